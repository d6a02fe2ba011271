"""The timeline by a finger on a phone, and its ranges by a mouse."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.models import Task
from tests.e2e.made import check
from tests.e2e.site import Site, picture, small_targets
from tests.e2e.test_timeline import scenes, version

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

Slide = Callable[[Page, Locator, float], None]


def by_finger(page: Page, what: Locator, by: float, *, down: float = 0.0, at: float = 0.5) -> None:
    """Slide a finger sideways from a point of it, `at` of its width."""
    box = what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * at, box["y"] + box["height"] / 2
    screen = page.context.new_cdp_session(page)
    screen.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [{"x": x, "y": y}]})
    for part in range(1, 11):
        point = {"x": x + by * part / 10, "y": y + down * part / 10}
        screen.send("Input.dispatchTouchEvent", {"type": "touchMove", "touchPoints": [point]})
    screen.send("Input.dispatchTouchEvent", {"type": "touchEnd", "touchPoints": []})


def by_mouse(page: Page, what: Locator, by: float, *, at: float = 0.5) -> None:
    box = what.bounding_box()
    assert box
    x, y = box["x"] + box["width"] * at, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x + by, y, steps=8)
    page.mouse.up()


def height_of(what: Locator) -> float:
    box = what.bounding_box()
    assert box
    return box["y"]


def frames_of(border: Locator) -> int:
    found = re.search(r"lasts (\d+) frames", border.get_attribute("aria-valuetext") or "")
    assert found
    return int(found[1])


def test_a_finger_moves_borders_voices_and_ranges(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film", width=390, touch=True) as page:
        strip = page.get_by_role("region", name="Timeline")
        expect(strip.locator(".wave path")).to_have_count(3)
        border = strip.get_by_role("slider", name="Border between scenes 1 and 2")
        strip.locator(".scenes-row").scroll_into_view_if_needed()
        picture(page, "touch-timeline")
        before = height_of(border)

        by_finger(page, border, -24, down=30)
        assert height_of(border) == pytest.approx(before, abs=2), "the page stays where it is"
        version(page, 2)
        shorter = frames_of(border)
        assert 110 < shorter < 150
        assert scenes(finished)[0]["slot_frames"] == shorter

        voice = strip.get_by_role("slider", name="Voice of scene 1")
        by_finger(page, voice, 12)
        version(page, 3)
        expect(voice).to_have_attribute("aria-valuetext", re.compile(r"Begins 0\.[1-9] s later"))
        assert scenes(finished)[0]["narration_at"] > 0

        begins = strip.get_by_role("slider", name=re.compile("Clip from"))
        begins.scroll_into_view_if_needed()
        by_finger(page, begins, 150, at=0.02)
        expect(strip.get_by_text(re.compile(r"Clip from 0\.[1-9] s to"))).to_be_visible()
        version(page, 4)
        assert scenes(finished)[0]["clip_from"] > 0

        fades = strip.get_by_role("slider", name="Music fades in, music of scenes 1 to 3")
        fades.scroll_into_view_if_needed()
        by_finger(page, fades, 90, at=0.03)
        expect(strip.get_by_text(re.compile(r"Music fades in [1-9]\.\d s"))).to_be_visible()
        version(page, 5)
        expect(strip.locator(".fade.in")).to_be_visible()
        check(page, "touch-timeline-edited")
        assert not [each for each in small_targets(page) if "timeline" in each]

        strip.locator(".scenes-row").scroll_into_view_if_needed()
        strip.get_by_role("button", name="Take out: This").tap()
        version(page, 6)
        strip.get_by_role("button", name="Mute the music of scenes 1 to 3").tap()
        version(page, 7)
        strip.get_by_role("button", name="Preview").tap()
        page.wait_for_function("() => document.querySelector('.preview-screen').dataset.startedMs")
        expect(strip.locator(".preview-caption")).to_contain_text("what scene 1 says")
        picture(page, "touch-timeline-preview")


def test_a_long_strip_is_scrolled_by_a_finger_beside_its_borders(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film", width=390, touch=True) as page:
        strip = page.get_by_role("region", name="Timeline")
        expect(strip.locator(".wave path")).to_have_count(3)
        lines = strip.get_by_role("group", name="Strip of the timeline")
        lines.scroll_into_view_if_needed()
        room = lines.evaluate("(box) => box.scrollWidth - box.clientWidth")
        by_finger(page, lines.locator(".captions-row"), -120)
        page.wait_for_function(
            """(least) => document.querySelector(".timeline-scroll").scrollLeft >= least""", arg=min(room, 120) - 25
        )
        assert len(scenes(finished)) == 3
        assert all("slot_frames" not in scene for scene in scenes(finished)), "nothing was moved by that"


def test_a_mouse_sets_where_a_clip_begins_and_how_music_fades(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film") as page:
        strip = page.get_by_role("region", name="Timeline")
        expect(strip.locator(".wave path")).to_have_count(3)
        strip.scroll_into_view_if_needed()
        by_mouse(page, strip.get_by_role("slider", name="Border between scenes 2 and 3"), -60)
        version(page, 2)
        strip.get_by_role("button", name="Scene 2, Scene 2").click()
        for name, field, number in (
            ("Clip from", "clip_from", 3),
            ("Music fades in, music of scenes 1 to 3", "", 4),
            ("Music fades out, music of scenes 1 to 3", "", 5),
        ):
            slider = strip.get_by_role("slider", name=re.compile(name))
            slider.scroll_into_view_if_needed()
            by_mouse(page, slider, 80, at=0.03)
            version(page, number)
            assert not field or scenes(finished)[1][field] > 0
        expect(strip.locator(".fade")).to_have_count(2)
        check(page, "mouse-timeline-fades")
