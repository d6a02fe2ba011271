"""A film being made, as its owner watches it."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from pipeline.models import Task
from tests.e2e.studio import Site, check
from tests.pipeline.doubles import lasting_fault

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("worker")]

PLAYED = """async () => {
    const video = document.querySelector(".cinema video")
    if (video.readyState < 1) await new Promise((resolve) => video.addEventListener("loadedmetadata", resolve))
    const [track] = video.textTracks
    track.mode = "showing"
    video.muted = true
    await video.play()
    await new Promise((resolve) => video.addEventListener("timeupdate", resolve, {once: true}))
    while (!track.cues?.length) await new Promise((resolve) => setTimeout(resolve, 50))
    video.pause()
    return {error: video.error, duration: video.duration, cues: track.cues.length, size: video.videoWidth}
}"""


def make(page: Page) -> None:
    page.get_by_role("button", name="Make 1 character").click()


def state(page: Page, scene: str, piece: str) -> str:
    row = page.get_by_role("listitem", name=scene).locator(".scene-pieces li", has_text=piece)
    return row.locator(".state").inner_text()


def test_a_film_is_made_from_the_yes_until_it_plays(site: Site, scripted: Task) -> None:
    site.gate.shuts |= {"motion"}
    with site.opened(f"/films/{scripted.id}/production") as page:
        expect(page.get_by_text("Ready to be made")).to_be_visible()
        check(page, "production-before")
        make(page)
        expect(page.locator(".frame img")).to_have_count(2)
        expect(page.locator(".counts")).to_contain_text("waiting")
        expect(page.get_by_role("listitem", name="1 Dawn").locator("[data-state=making]").first).to_be_visible()
        check(page, "production")
        site.gate.shuts.clear()
        expect(page.get_by_role("link", name="Download")).to_be_visible()
        assert page.url == f"{site.url}/films/{scripted.id}"
        played = page.evaluate(PLAYED)
        assert (played["error"], round(played["duration"]), played["size"]) == (None, 15, 128)
        assert played["cues"] >= 2
        check(page, "film")


def test_a_reload_in_the_middle_shows_how_it_stands(site: Site, scripted: Task) -> None:
    site.gate.shuts |= {"motion"}
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        expect(page.locator(".frame img")).to_have_count(2)
        page.reload()
        expect(page.locator(".frame img")).to_have_count(2)
        expect(page.get_by_role("progressbar", name="Progress of the film")).to_be_visible()
        assert state(page, "1 Dawn", "Picture") == "Ready"
        assert state(page, "2 Storm", "Clip").startswith(("Making", "Waiting"))
        site.gate.shuts.clear()
        expect(page.get_by_role("link", name="Download").or_(page.get_by_role("link", name="Watch"))).to_be_visible()


def test_what_could_not_be_made_says_why_and_what_to_do(site: Site, scripted: Task) -> None:
    site.doubles.always["scene Storm"] = lasting_fault("The picture of a storm was refused: choose other words.")
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        expect(page.get_by_text("1 piece could not be made")).to_be_visible()
        trouble = page.get_by_role("group", name="What to do about the picture")
        expect(trouble).to_contain_text("was refused: choose other words")
        expect(trouble.get_by_role("link", name="Change the prompt")).to_be_visible()
        assert state(page, "2 Storm", "Clip") == "Held up"
        check(page, "production-failed")
        site.doubles.always.clear()
        trouble.get_by_role("button", name="Try again · 24 credits").click()
        expect(page.get_by_role("link", name="Download")).to_be_visible()


def test_stopping_asks_first_and_can_be_gone_on_with(site: Site, scripted: Task) -> None:
    site.gate.shuts |= {"motion"}
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        stop = page.get_by_role("button", name="Cancel")
        stop.click()
        expect(page.get_by_role("button", name="Go on")).to_be_focused()
        check(page, "production-stop")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(stop).to_be_focused()
        stop.press("Enter")
        page.get_by_role("button", name="Stop it").click()
        expect(page.get_by_text("Production was stopped")).to_be_visible()
        check(page, "production-stopped")
        site.gate.shuts.clear()
        page.get_by_role("button", name="Go on with").click()
        expect(page.get_by_role("link", name="Download")).to_be_visible()
