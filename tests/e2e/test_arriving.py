"""Lists that do not arrive: they say so, and come by themselves when the connection is back, or when asked again."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from pipeline.models import Can, Task
from pipeline.sharing import links
from pipeline.sharing.links import Wish
from tests.e2e.made import aside
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

UNREACHABLE = "Pixora cannot be reached."
OFFLINE = "ERR_INTERNET_DISCONNECTED"
ABORTED = "ERR_FAILED"


def films(page: Page) -> None:
    page.get_by_role("link", name="My films").click()


def account(page: Page) -> None:
    page.locator("details.account summary").click()
    page.get_by_role("link", name="Your account").click()


def credits(page: Page) -> None:
    page.get_by_role("banner").get_by_role("button", name=re.compile("credits")).click()


def versions(page: Page) -> None:
    page.get_by_role("button", name="Versions").click()


def takes(page: Page) -> None:
    page.get_by_role("button", name="1 take of Picture of scene 1").click()


def shares(page: Page) -> None:
    page.get_by_role("button", name="Share", exact=True).click()


def offline(page: Page, opens: Callable[[Page], None]) -> None:
    expect(page.get_by_text("Connected", exact=True)).to_be_attached()
    page.context.set_offline(True)
    expect(page.get_by_text("Offline; what you write is kept")).to_be_visible()
    opens(page)
    expect(page.get_by_text(UNREACHABLE).first).to_be_visible()


@pytest.mark.parametrize(
    ("opens", "arrived"),
    [(films, ".film-card"), (account, "#webhooks form"), (credits, ".sums dt"), (versions, ".version")],
)
def test_what_did_not_arrive_comes_by_itself(
    opens: Callable[[Page], None], arrived: str, site: Site, scripted: Task
) -> None:
    with site.opened(f"/films/{scripted.id}/script", forgives=OFFLINE) as page:
        expect(page.get_by_label("Title of scene 2")).to_be_visible()
        offline(page, opens)
        expect(page.locator(arrived)).to_have_count(0)
        page.context.set_offline(False)
        expect(page.locator(arrived).first).to_be_visible()
        expect(page.locator(".problem")).to_have_count(0)


def test_a_finished_films_takes_pictures_and_links_come_by_themselves(site: Site, finished: Task) -> None:
    aside(lambda: links.create(finished, Wish(Can.COMMENT)))
    with site.opened(f"/films/{finished.id}/film", forgives=OFFLINE) as page:
        expect(page.locator(".cinema video")).to_be_visible()
        for opens, arrived in ((takes, ".take-choice"), (shares, ".links > li")):
            offline(page, opens)
            page.context.set_offline(False)
            expect(page.locator(arrived)).to_have_count(1)
            expect(page.locator(".problem")).to_have_count(0)
            page.keyboard.press("Escape")


def test_a_picture_that_broke_offline_is_brought_when_the_connection_is_back(site: Site, finished: Task) -> None:
    with site.opened("/films/", forgives=OFFLINE) as page:
        poster = page.locator(".film-card img")
        expect(poster).to_have_js_property("naturalWidth", 128)
        expect(page.get_by_text("Connected", exact=True)).to_be_attached()
        page.context.set_offline(True)
        poster.evaluate("(picture) => { picture.src = picture.src + '?again' }")
        expect(poster).to_have_js_property("naturalWidth", 0)
        page.context.set_offline(False)
        expect(poster).to_have_js_property("naturalWidth", 128)


@pytest.mark.parametrize(
    ("opens", "asked", "arrived"),
    [
        (films, "**/api/v1/tasks?*", "No films yet"),
        (account, "**/api/v1/keys?*", "You have no keys."),
        (account, "**/api/v1/webhooks?*", "Nothing is sent anywhere."),
        (credits, "**/api/v1/credits?limit=20", "Welcome credits"),
    ],
)
def test_what_was_refused_is_asked_for_again_by_a_button(
    opens: Callable[[Page], None], asked: str, arrived: str, site: Site
) -> None:
    with site.opened("/", forgives=ABORTED) as page:
        expect(page.get_by_text("Connected", exact=True)).to_be_attached()
        page.route(asked, lambda route: route.abort())
        opens(page)
        expect(page.get_by_text(UNREACHABLE).first).to_be_visible()
        page.unroute(asked)
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_text(arrived)).to_be_visible()
        expect(page.get_by_role("button", name="Try again")).to_have_count(0)


def test_a_film_that_cannot_be_read_is_read_again_by_a_button(site: Site, scripted: Task) -> None:
    with site.opened("/", forgives=ABORTED) as page:
        page.route("**/api/v1/tasks/*/components", lambda route: route.abort())
        page.goto(f"{site.url}/films/{scripted.id}/script")
        expect(page.get_by_role("heading", name="The film cannot be shown")).to_be_visible()
        page.unroute("**/api/v1/tasks/*/components")
        page.get_by_role("button", name="Try again").click()
        expect(page.get_by_label("Title of scene 2")).to_be_visible()
