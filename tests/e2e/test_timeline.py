"""The timeline under a finished film: touched, heard before anything is cut, and taken back."""

from __future__ import annotations

import re
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from pipeline.models import Task
from tests.e2e.made import MADE_WITHIN_MS, aside, check
from tests.e2e.site import Site, picture, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

BEGUN = "() => document.querySelector('.preview-screen').dataset.startedMs"


def scenes(film: Task) -> list[dict[str, Any]]:
    newest = aside(lambda: film.scripts.order_by("-version").first())
    assert newest
    return [clip["scene"] for clip in newest.content["clips"]]


def version(page: Page, number: int) -> None:
    """Wait until an edit is saved: the strip says so, and the film is laid out by it."""
    expect(page.locator(".timeline-head [role=status]")).to_contain_text("edits cost nothing")
    page.wait_for_function(
        """(number) => fetch(`/api/v1${location.pathname.replace('/films', '/tasks').replace('/film', '')}/timeline`)
            .then((answer) => answer.json()).then(({version}) => version >= number)""",
        arg=number,
    )


def test_the_timeline_is_touched_heard_before_the_cut_and_taken_back(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        strip = page.get_by_role("region", name="Timeline")
        credits, first = page.locator(".credits b").inner_text(), page.locator(".cinema video").get_attribute("src")
        border = strip.get_by_role("slider", name="Border between scenes 1 and 2")
        expect(border).to_have_attribute("aria-valuetext", "Scene 1 lasts 150 frames, 5.0 s")
        expect(strip.locator(".wave path")).to_have_count(3)
        strip.scroll_into_view_if_needed()
        check(page, "timeline")

        border.focus()
        for key in ("ArrowLeft", "ArrowLeft", "Shift+ArrowLeft"):
            page.keyboard.press(key)
        expect(border).to_have_attribute("aria-valuetext", "Scene 1 lasts 138 frames, 4.6 s")
        version(page, 2)
        assert [scene.get("slot_frames") for scene in scenes(finished)] == [138, 162, None]

        box = border.bounding_box()
        assert box
        page.mouse.move(box["x"] + box["width"] / 2, box["y"] + 20)
        page.mouse.down()
        page.mouse.move(box["x"] + box["width"] / 2 - 4_000, box["y"] + 20, steps=4)
        page.mouse.up()
        version(page, 3)
        least = scenes(finished)[0]["slot_frames"]
        assert 30 <= least < 138, "no further than its words allow"

        strip.get_by_role("button", name="Take out: This").click()
        expect(strip.get_by_role("button", name="Take out: This")).to_have_attribute("aria-pressed", "true")
        version(page, 4)
        strip.get_by_role("button", name="Mute the music of scenes 1 to 3").click()
        version(page, 5)
        picture(page, "timeline-edited")
        strip.get_by_role("button", name="Preview").click()
        begun = page.wait_for_function(BEGUN).json_value()
        assert int(begun) < 1_000, "it plays in under a second"
        expect(page.locator(".preview-seek")).not_to_have_value(re.compile(r"^1?\d$"))
        expect(strip.locator(".preview-caption")).to_contain_text("what scene 1 says")
        check(page, "timeline-preview")
        strip.get_by_role("button", name="Pause").click()
        assert page.locator(".credits b").inner_text() == credits

        undo = strip.get_by_role("button", name="Undo the last edit")
        for left in (3, 2, 1, 0):
            undo.click()
            expect(undo).to_be_enabled(enabled=bool(left), timeout=20_000)
        expect(border).to_have_attribute("aria-valuetext", "Scene 1 lasts 150 frames, 5.0 s")
        expect(page.locator(".cinema video")).to_have_attribute("src", first or "", timeout=MADE_WITHIN_MS)
    assert all(not {"cuts", "slot_frames"} & set(scene) for scene in scenes(finished))


def test_the_timeline_fits_a_phone_and_the_dark(site: Site, finished: Task) -> None:
    for width, dark in ((390, False), (1280, True), (390, True)):
        with site.opened(f"/films/{finished.id}/film", width=width, dark=dark) as page:
            strip = page.get_by_role("region", name="Timeline")
            expect(strip.locator(".wave path")).to_have_count(3)
            strip.scroll_into_view_if_needed()
            check(page, f"timeline-{width}-{'dark' if dark else 'light'}")
            assert width > 400 or not [each for each in small_targets(page) if "timeline" in each]
