"""The studio on a phone: what is pressed is in sight, and what stands in its way is said there."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.models import Task
from tests.e2e.site import Site, overflow, picture, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

OFFLINE = "ERR_INTERNET_DISCONNECTED"
PHONE = 390
SMALLEST = 320
MAKE = re.compile(r"Make the film · \d+ credits")


def whole(page: Page, shown: Locator) -> bool:
    """Tell whether all of it is in the window and nothing lies over its middle."""
    expect(shown).to_be_visible()
    return bool(
        shown.evaluate(
            """(one) => {
                const box = one.getBoundingClientRect()
                const there = document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2)
                return one.contains(there) && box.left >= 0 && box.right <= innerWidth && box.bottom <= innerHeight
            }"""
        )
    )


def test_without_a_connection_it_says_so_and_why_nothing_can_be_made(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", width=PHONE, touch=True, forgives=OFFLINE) as page:
        make = page.get_by_role("button", name=MAKE)
        expect(make).to_be_enabled()
        page.context.set_offline(True)
        expect(page.get_by_text("Offline; what you write is kept")).to_be_visible()
        assert overflow(page) == 0
        page.get_by_label("Title of scene 1").fill("Kept")
        expect(page.get_by_text("What you changed is kept.")).to_be_visible()
        picture(page, "phone-offline")
        page.context.set_offline(False)
        expect(make).to_be_enabled()
        expect(page.get_by_text("Version 2", exact=True)).to_be_visible()


def test_an_edit_against_anothers_is_told_where_one_presses(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", width=PHONE, touch=True, forgives="409") as page:
        other = page.context.new_page()
        other.goto(f"{site.url}/films/{scripted.id}")
        page.get_by_label("Title of scene 3").wait_for()
        other.get_by_label("Title of scene 1").fill("Theirs")
        page.get_by_label("Title of scene 3").fill("Mine")
        expect(page.get_by_text("What you changed is not saved")).to_be_visible()
        picture(page, "phone-conflict")
        page.get_by_role("button", name="See what can be done").tap()
        expect(page.get_by_role("button", name="Save mine over it")).to_be_in_viewport()
        page.get_by_role("button", name="Take the other one").tap()
        expect(page.get_by_role("button", name=MAKE)).to_be_enabled()


def test_a_notice_leaves_the_button_free_that_it_speaks_of(site: Site, scripted: Task) -> None:
    with site.opened(f"/films/{scripted.id}", width=PHONE, touch=True, forgives="ERR_FAILED") as page:
        page.route("**/quote", lambda route: route.abort())
        make = page.get_by_role("button", name=MAKE)
        make.tap()
        expect(page.get_by_text("Pixora cannot be reached.")).to_be_visible()
        picture(page, "phone-notice")
        assert whole(page, make)


def test_another_view_begins_at_its_top(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/script", width=PHONE, touch=True) as page:
        page.get_by_label("Title of scene 3").scroll_into_view_if_needed()
        assert page.locator("#stage").evaluate("(stage) => stage.scrollTop") > 0
        page.get_by_role("link", name="Production", exact=True).tap()
        expect(page.get_by_role("heading", name="Production of")).to_be_attached()
        assert page.locator("#stage").evaluate("(stage) => stage.scrollTop") == 0


def test_a_new_picture_tells_what_its_clip_will_cost(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film", width=PHONE, touch=True) as page:
        clip = page.get_by_role("button", name=re.compile("Make Clip of scene 1 again"))
        costs = re.search(r"\d+(?= credits)", clip.inner_text())
        assert costs
        page.get_by_role("button", name=re.compile("Make Picture of scene 1 again")).tap()
        told = page.get_by_text(f"stays as it is until you update it too: {costs[0]} credits more.")
        expect(told).to_be_visible()
        picture(page, "phone-regenerate")
        page.get_by_role("button", name="Make it").tap()
        expect(page.get_by_text(re.compile("clip is out of date"))).to_be_visible(timeout=60_000)


def test_the_smallest_phone_shows_all_of_the_film_and_of_the_chats_head(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film", width=SMALLEST, touch=True) as page:
        expect(page.get_by_role("link", name="Download")).to_be_visible()
        assert overflow(page) == 0
        page.get_by_role("link", name="Script", exact=True).tap()
        page.get_by_label("Title of scene 1").fill("Other")
        page.get_by_label("Narration").first.fill("Other words.")
        page.get_by_role("button", name="Ask for a change").tap()
        expect(page.get_by_text("credits to make")).to_be_visible()
        page.wait_for_timeout(400)  # the sheet slides in
        picture(page, "phone-smallest-chat")
        assert whole(page, page.get_by_role("button", name="Close the chat"))


def test_dialogs_are_for_fingers_too(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film", width=PHONE, touch=True) as page:
        page.get_by_role("banner").get_by_role("button", name=re.compile("credits")).tap()
        expect(page.get_by_text("Every change")).to_be_visible()
        assert small_targets(page) == []
        page.keyboard.press("Escape")
        page.get_by_role("button", name="Share", exact=True).tap()
        page.get_by_role("button", name="Make a link").tap()
        expect(page.get_by_text("The link is made.")).to_be_visible()
        assert small_targets(page) == []
