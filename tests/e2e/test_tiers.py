"""Tiers in the studio: what each costs and how long it takes, and what is asked before one is left."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.models import Task
from pipeline.services import scripts
from tests.e2e.made import aside
from tests.e2e.site import Site, barriers, overflow, picture
from tests.web_server import web_server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

NOBODY = "http://127.0.0.1:9"
"""Nothing is made here, so no vendor is asked."""


@pytest.fixture
def sold(site: Site, home: Path) -> Iterator[Site]:
    """A studio where pieces are bought, so that there are tiers to choose from."""
    openai = f"{NOBODY}/v1"
    with web_server(home, FAL_KEY="k", OPENAI_API_KEY="k", FAL_BASE_URL=NOBODY, OPENAI_BASE_URL=openai) as running:
        yield replace(site, url=running.url)


def looked_at(page: Page, name: str, place: Locator) -> None:
    for width in (1440, 390):
        page.set_viewport_size({"width": width, "height": 900})
        place.scroll_into_view_if_needed()
        picture(page, f"{name}_{width}")
        assert overflow(page) <= 0
    assert not barriers(page)


def test_each_tier_says_its_price_and_time_and_asks_before_it_retimes_scenes(sold: Site, scripted: Task) -> None:
    with sold.opened("/") as page:
        draft = page.get_by_role("radio", name="Draft ·")
        expect(draft).to_have_accessible_name("Draft · 44 to 58 credits · about 68 s")
        looked_at(page, "tiers_start", draft)

    path = f"/films/{scripted.id}/script/"
    with sold.opened(path, forgives="409") as page:
        quality = page.get_by_label("Quality")
        quality.select_option("best")
        page.get_by_label("Length of scene 1").select_option("7")
        expect(page.get_by_text("Version 2")).to_be_visible()

        quality.select_option("standard")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading")).to_have_text("Change to Standard?")
        expect(dialog).to_contain_text("Scene 1 lasts 5 s instead of 7 s")
        looked_at(page, "retiming", dialog)
        dialog.get_by_role("button", name="Keep it as it is").click()
        expect(quality).to_have_value("best")

        quality.select_option("standard")
        dialog.get_by_role("button", name="Change it").click()
        expect(dialog).to_be_hidden()
        expect(quality).to_have_value("standard")
        expect(page.get_by_role("group", name="Length of scene 1").get_by_label("5 s")).to_be_checked()
    film = aside(lambda: Task.objects.get(id=scripted.id))
    first = aside(lambda: scripts.current_script(film)).content["clips"][0]["scene"]
    assert (film.settings["tier"], first["duration"]) == ("standard", 5)
