"""A film being made, as its owner watches it."""

from __future__ import annotations

import re
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.film.script import parse_script
from pipeline.models import Task, TaskStatus
from pipeline.providers.refusals import refused_prompt
from pipeline.services import films
from tests.e2e.made import MADE_WITHIN_MS, Gate, aside, check, until_complete
from tests.e2e.site import Site
from tests.pipeline.doubles import Studio, lasting_fault
from tests.web_server import web_server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

CLIP_1 = "motion Motion 1"
"""A double's label."""
NOTIFICATIONS = """() => {
    window.asked = 0
    window.notified = []
    window.Notification = class {
        static permission = "default"
        static async requestPermission() { asked += 1; return (this.permission = "granted") }
        constructor(title, { body }) { notified.push([title, body]) }
    }
    Object.defineProperty(document, "hidden", { get: () => true })
}"""
"""The browser's, which a headless one refuses; and a page that nobody looks at."""
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
    page.get_by_role("button", name="Make 3 pictures, 3 voice-overs, 1 piece of music and 3 clips · 53 credits").click()


def until_made(found: Locator) -> None:
    expect(found).to_be_visible(timeout=MADE_WITHIN_MS)


def state(page: Page, scene: str, piece: str) -> Locator:
    row = page.get_by_role("listitem", name=scene).locator(".scene-pieces li", has_text=piece)
    return row.locator(".state")


def pictures_arrive(page: Page) -> None:
    until_made(page.locator(".frame img").first)


def test_a_film_is_made_from_the_yes_until_it_plays(site: Site, scripted: Task, gate: Gate) -> None:
    gate.shuts.add(CLIP_1)
    with site.opened(f"/films/{scripted.id}/production") as page:
        expect(page.get_by_text("Ready to be made")).to_be_visible()
        check(page, "production-before")
        make(page)
        pictures_arrive(page)
        expect(state(page, "Scene 1", "Picture")).to_have_text("Ready", timeout=MADE_WITHIN_MS)
        expect(state(page, "Scene 1", "Clip")).to_contain_text("Making", timeout=MADE_WITHIN_MS)
        check(page, "production")
        gate.open()
        until_made(page.get_by_role("link", name="Download"))
        assert page.url == f"{site.url}/films/{scripted.id}"
        played: dict[str, Any] = page.evaluate(PLAYED)
        assert (played["error"], round(played["duration"]), played["size"]) == (None, 15, 128)
        assert played["cues"] >= 3
        check(page, "film")


def test_who_asked_for_it_is_notified_that_the_film_is_ready(site: Site, scripted: Task, gate: Gate) -> None:
    gate.shuts.add(CLIP_1)
    with site.opened(f"/films/{scripted.id}/production") as page:
        page.evaluate(NOTIFICATIONS)
        make(page)
        offer = page.get_by_role("button", name="Tell me when it is ready")
        expect(offer).to_be_visible()
        assert page.evaluate("asked") == 0
        offer.click()
        expect(page.get_by_text("You are told when it is ready")).to_be_visible()
        expect(page).to_have_title(re.compile(r"● \d+ % · The thing"), timeout=MADE_WITHIN_MS)
        gate.open()
        expect(page).to_have_title("Ready · The thing", timeout=MADE_WITHIN_MS)
        assert page.evaluate("[asked, notified]") == [1, [["Your film is ready", "The thing"]]]


def test_a_reload_in_the_middle_shows_how_it_stands(site: Site, scripted: Task, gate: Gate) -> None:
    gate.shuts.add(CLIP_1)
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        expect(state(page, "Scene 1", "Clip")).to_contain_text("Making", timeout=MADE_WITHIN_MS)
        page.reload()
        pictures_arrive(page)
        expect(page.get_by_role("progressbar", name="Progress of the film")).to_be_visible()
        expect(state(page, "Scene 1", "Picture")).to_have_text("Ready")
        expect(state(page, "Scene 1", "Clip")).to_contain_text("Making")
        gate.open()
        until_made(page.get_by_role("link", name="Download"))


def test_without_a_connection_in_the_middle_it_comes_back_to_the_finished_film(
    site: Site, scripted: Task, gate: Gate
) -> None:
    gate.shuts.add(CLIP_1)
    with site.opened(f"/films/{scripted.id}/production", forgives="net::ERR") as page:
        make(page)
        expect(state(page, "Scene 1", "Clip")).to_contain_text("Making", timeout=MADE_WITHIN_MS)
        page.context.set_offline(True)
        expect(page.get_by_text("Offline; what you write is kept")).to_be_visible()
        gate.open()
        aside(lambda: until_complete(scripted))
        page.context.set_offline(False)
        until_made(page.get_by_role("link", name="Download"))


def test_a_restart_of_the_server_in_the_middle_is_got_over(
    site: Site, scripted: Task, gate: Gate, home: Path, tmp_path: Path
) -> None:
    gate.shuts.add(CLIP_1)
    (tmp_path / "media").symlink_to(home / "media")
    with ExitStack() as stack:
        with web_server(tmp_path) as first:
            opened = replace(site, url=first.url).opened(f"/films/{scripted.id}/production", forgives="net::ERR")
            page = stack.enter_context(opened)
            make(page)
            expect(state(page, "Scene 1", "Clip")).to_contain_text("Making", timeout=MADE_WITHIN_MS)
        gate.open()
        expect(page.get_by_text("Connection lost; trying again")).to_be_visible()
        stack.enter_context(web_server(tmp_path, port=urlsplit(first.url).port))
        until_made(page.get_by_role("link", name="Download"))


def test_what_could_not_be_made_says_why_and_what_to_do(site: Site, scripted: Task, making: Studio) -> None:
    making.always["scene Scene 2"] = lasting_fault("The picture of a storm was refused: choose other words.")
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        until_made(page.get_by_text("1 piece could not be made"))
        trouble = page.get_by_role("group", name="What to do about the picture")
        expect(trouble).to_contain_text("was refused: choose other words")
        expect(trouble.get_by_role("link", name="Change the description")).to_be_visible()
        expect(state(page, "Scene 2", "Clip")).to_have_text("Held up")
        expect(page.get_by_role("button", name="Try again: 1 picture and 1 clip · 14 credits")).to_be_visible()
        check(page, "production-failed")
        making.always.clear()
        trouble.get_by_role("button", name="Try again: the picture and 1 that waits for it · 14 credits").click()
        until_made(page.get_by_role("link", name="Download"))


def test_softer_words_are_offered_after_a_reload_too(site: Site, scripted: Task, making: Studio) -> None:
    making.always["scene Scene 2"] = refused_prompt("A bloody storm kills the sailors")
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        until_made(page.get_by_text("1 piece could not be made"))
        page.reload()
        trouble = page.get_by_role("group", name="What to do about the picture")
        expect(trouble.get_by_text("Softer words:")).not_to_contain_text("bloody")
        softer = trouble.get_by_role("button", name="Use softer words")
        making.always.clear()
        softer.click()
        expect(softer).to_have_count(0)
        page.get_by_role("button", name="Try again: 1 picture and 1 clip · 14 credits").click()
        until_made(page.get_by_role("link", name="Download"))
    prompts = [each.image_prompt for each in parse_script(scripted.scripts.latest("version").content).scenes]
    assert "bloody" not in prompts[1]
    assert prompts[1] != prompts[0]


def test_a_price_in_the_chat_is_good_for_one_press(site: Site, scripted: Task, gate: Gate) -> None:
    gate.shuts.add("scene Scene 1")
    with site.opened(f"/films/{scripted.id}") as page:
        page.get_by_label("Message to the agent").fill("How much will it cost?")
        page.get_by_role("button", name="Send", exact=True).click()
        button = page.get_by_role("log").get_by_role("button", name="Make it for 53 credits")
        button.click()
        expect(page.get_by_role("progressbar").first).to_be_visible()
        aside(lambda: films.cancel(task=scripted))
        expect(page.get_by_text("Production was stopped")).to_be_visible()
        expect(button).to_have_count(0)
        page.reload()
        expect(button).to_be_disabled()
    assert aside(scripted.runs.count) == 1


def test_stopping_asks_first_and_can_be_gone_on_with(site: Site, scripted: Task, gate: Gate) -> None:
    gate.shuts.add("motion")
    with site.opened(f"/films/{scripted.id}/production") as page:
        make(page)
        stop = page.get_by_role("button", name="Cancel")
        stop.click()
        expect(page.get_by_role("button", name="Go on")).to_be_focused()
        check(page, "production-stop")
        page.keyboard.press("Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(stop).to_be_focused()
        for _ in range(10):
            page.keyboard.press("Enter")
            page.keyboard.press("Escape")
        stop.press("Enter")
        page.get_by_role("button", name="Stop it").click()
        until_made(page.get_by_text("Production was stopped"))
        check(page, "production-stopped")
        gate.open()
        page.get_by_role("button", name="Go on with").click()
        until_made(page.get_by_role("link", name="Download"))


def uncut(task: Task) -> None:
    """Leave the film as a stop in the middle of the cut does: everything is made, and there is no film."""
    task.assets.filter(component="fullvideo").delete()
    Task.objects.filter(id=task.id).update(status=TaskStatus.CANCELLED)


def test_a_film_that_was_stopped_while_it_was_cut_is_cut_with_one_press(site: Site, finished: Task) -> None:
    aside(lambda: uncut(finished))
    with site.opened(f"/films/{finished.id}/production") as page:
        expect(page.get_by_text("only the film has still to be cut")).to_be_visible()
        page.get_by_role("button", name="Cut the film · 0 credits").click()
        until_made(page.get_by_role("link", name="Download"))
