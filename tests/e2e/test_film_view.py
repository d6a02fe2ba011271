"""A finished film, changed where one watches it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.models import Task
from tests.e2e.made import MADE_WITHIN_MS, check
from tests.e2e.site import Site
from tests.pipeline.user_files import clip, picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


WHERE = """(video) => new Promise((resolve) => {
    const tell = () => resolve(video.currentTime)
    video.seeking || video.readyState < 1 ? video.addEventListener("seeked", tell, {once: true}) : tell()
})"""


def shown(page: Page) -> str:
    """Return which cut is on the screen."""
    source = page.locator(".cinema video").get_attribute("src")
    assert source
    return source


def card(page: Page, name: str) -> Locator:
    return page.locator(".piece-card", has=page.get_by_role("heading", name=name))


def test_a_picture_is_made_again_with_a_wish_and_the_old_take_restored(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        first, credits = shown(page), int(page.locator(".credits b").inner_text())
        page.get_by_role("button", name="Make Picture of scene 1 again").click()
        wish = page.get_by_label("What should be different?")
        expect(wish).to_be_focused()
        wish.fill("at night, with snow")
        check(page, "film-regenerate")
        page.get_by_role("button", name="Make it · 4 credits").click()
        update = page.get_by_role("button", name="Update it · 10 credits")
        expect(update).to_be_visible(timeout=MADE_WITHIN_MS)
        expect(card(page, "Picture of scene 1")).to_contain_text("Take 2 of 2")
        expect(card(page, "Clip of scene 1")).to_contain_text("No longer fits")
        check(page, "film-stale")
        update.click()
        expect(page.locator(".cinema video")).not_to_have_attribute("src", first, timeout=MADE_WITHIN_MS)

        page.get_by_role("button", name="2 takes of Picture of scene 1").click()
        takes = page.get_by_role("dialog")
        expect(takes.get_by_text("“at night, with snow”")).to_be_visible()
        expect(takes.get_by_role("radio")).to_have_count(2)
        check(page, "film-takes")
        takes.get_by_role("button", name="Use take 1").click()
        expect(page.locator(".cinema video")).to_have_attribute("src", first, timeout=MADE_WITHIN_MS)
        expect(update).to_have_count(0)
        expect(page.locator(".credits b")).to_have_text(str(credits - 14))


def test_scenes_are_chosen_by_keyboard_and_shown_where_they_begin(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        page.get_by_role("button", name="Scene 1, Scene 1, at").focus()
        page.keyboard.press("ArrowRight")
        expect(page.get_by_role("button", name="Scene 2, Scene 2, at 0:05")).to_be_focused()
        expect(page.locator("#scene-panel-title", has_text="Scene 2")).to_be_visible()
        assert page.locator(".cinema video").evaluate(WHERE) >= 5
        page.keyboard.press("Home")
        expect(page.locator("#scene-panel-title", has_text="Scene 1")).to_be_visible()


def test_a_film_is_one_stop_of_the_keyboard_until_it_is_opened(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        play, film = page.get_by_role("button", name="Play The thing"), page.locator(".cinema video")
        play.focus()
        page.keyboard.press("Tab")
        expect(page.get_by_role("button", name="Scene 1, Scene 1, at")).to_be_focused()
        page.keyboard.press("Shift+Tab")
        page.keyboard.press("Enter")
        expect(film).to_be_focused()
        expect(film).to_have_js_property("controls", True)
        expect(play).to_have_count(0)
        card(page, "Clip of scene 1").get_by_role("button", name="Play Clip of scene 1").press("Enter")
        expect(card(page, "Clip of scene 1").locator("video")).to_be_focused()
        card(page, "Voice-over of scene 1").get_by_role("button", name="Play Voice-over of scene 1").press("Enter")
        expect(card(page, "Voice-over of scene 1").locator("audio")).to_be_visible()
        check(page, "film-playing")


def test_a_bad_file_is_refused_with_a_sentence_and_a_good_one_becomes_a_take(
    site: Site, finished: Task, tmp_path: Path
) -> None:
    rubbish = tmp_path / "holiday.png"
    rubbish.write_bytes(b"this is no picture")
    with site.opened(f"/films/{finished.id}/film", forgives="415") as page:
        own = page.get_by_label("Use my own for Picture of scene 2")
        page.get_by_role("button", name="Scene 2, Scene 2, at").click()
        own.set_input_files(rubbish)
        refusal = page.locator(".piece-card [role=status] .problem")
        expect(refusal).to_contain_text("That is not a picture. PNG, JPEG or WebP, please.")
        check(page, "film-refused")
        before = shown(page)
        own.set_input_files(picture(tmp_path / "mine.png"))
        page.get_by_role("button", name="Put it in").click()
        expect(refusal).to_have_count(0)
        expect(page.get_by_role("button", name="Update it · 10 credits")).to_be_visible(timeout=MADE_WITHIN_MS)
        page.get_by_role("button", name="2 takes of Picture of scene 2").click()
        expect(page.get_by_role("dialog").get_by_text("Your picture mine.png, added today")).to_be_visible()
        page.keyboard.press("Escape")
        expect(card(page, "Picture of scene 2")).to_contain_text("Your picture mine.png")
        expect(page.get_by_role("log")).to_contain_text("You have your own picture in scene 2 now.")
        assert shown(page) == before or page.get_by_text("A new cut is ready").is_visible()


def test_what_a_clip_would_lose_is_asked_first(site: Site, finished: Task, tmp_path: Path) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        page.get_by_role("button", name="Scene 2, Scene 2, at").click()
        page.get_by_label("Use my own for Clip of scene 2").set_input_files(clip(tmp_path / "mine.mp4"))
        choices = page.get_by_role("form", name="How your file becomes Clip of scene 2")
        expect(choices).to_contain_text("of it is seen", timeout=MADE_WITHIN_MS)
        check(page, "film-own-choices")
        choices.get_by_label("Show all of it on a blurred ground").check()
        choices.get_by_role("button", name="Put it in").click()
        remark = card(page, "Clip of scene 2").locator(".remark")
        expect(remark).to_contain_text("own sound is not in the film", timeout=MADE_WITHIN_MS)
        expect(choices).to_have_count(0)
        check(page, "film-remark")


def test_the_takeaway_and_the_film_are_taken_away(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        for name, ending in (("Download", ".mp4"), ("Everything as a zip", ".zip")):
            with page.expect_download() as taken:
                page.get_by_role("link", name=name).click()
            assert taken.value.suggested_filename == f"{finished.title}{ending}"
            assert taken.value.path().stat().st_size > 1_000


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_a_narrow_window_has_everything_without_scrolling_sideways(site: Site, finished: Task, scheme: str) -> None:
    with site.opened(f"/films/{finished.id}/film", width=360, dark=scheme == "dark") as page:
        expect(page.get_by_role("button", name="Make Clip of scene 1 again")).to_be_visible()
        check(page, f"film-narrow-{scheme}")
        page.get_by_role("button", name="1 take of Clip of scene 1").click()
        expect(page.get_by_role("dialog").locator("video")).to_be_visible()
        check(page, f"takes-narrow-{scheme}")
        page.goto(f"{site.url}/films/{finished.id}/production")
        expect(page.get_by_text("Everything is made")).to_be_visible()
        check(page, f"production-narrow-{scheme}")
        page.goto(f"{site.url}/films/")
        expect(page.get_by_text("Finished")).to_be_visible()
        check(page, f"films-narrow-{scheme}")
