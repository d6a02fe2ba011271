"""A take with a fault, in the studio: it is told, and there are three ways on."""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, Route, expect

from media_assets.models import Asset
from pipeline.models import Task
from pipeline.planning.referee import DEFECTS
from tests.e2e.made import check
from tests.e2e.site import Site
from tests.e2e.test_film_view import card

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FROZEN = next(defect for defect in DEFECTS if defect.code == "frozen")


def with_a_fault(film: Task) -> None:
    clip = Asset.objects.get(task=film, component="video/1", selected=True)
    fault = {"code": FROZEN.code, "message": FROZEN.sentence}
    clip.metadata = {**clip.metadata, "faults": [fault], "warnings": [FROZEN.sentence]}
    clip.save()


def sold_in_two_tiers(page: Page) -> None:
    """Sell it in two tiers, as where a vendor has a key: the server of these tests has none."""

    def answer(route: Route) -> None:
        found = route.fetch()
        options = found.json()
        (only,) = options["tiers"]
        models = {what: {"vendor": "fal", "model": "Kling 3 Pro"} for what in only["models"]}
        best = {**only, "name": "best", "about": "The best there is.", "models": models}
        route.fulfill(response=found, json={**options, "tiers": [only, best]})

    page.route("**/api/v1/options", answer)


@pytest.mark.parametrize(("width", "dark"), [(1440, False), (390, True)])
def test_a_fault_is_told_once_and_kept_made_again_or_made_by_another_model(
    site: Site, finished: Task, width: int, dark: bool
) -> None:
    with_a_fault(finished)
    with site.opened("/", width=width, dark=dark) as page:
        sold_in_two_tiers(page)
        page.goto(f"{site.url}/films/{finished.id}/film")
        asked = card(page, "Clip of scene 1").get_by_role("group", name="What to do about Clip of scene 1")
        expect(asked).to_contain_text(FROZEN.sentence)
        expect(card(page, "Clip of scene 1").get_by_text(FROZEN.sentence)).to_have_count(1)
        asked.scroll_into_view_if_needed()
        check(page, f"verdict-{width}")

        again = asked.get_by_role("button", name="Make Clip of scene 1 again")
        again.focus()
        page.keyboard.press("Tab")
        page.keyboard.press("Enter")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Quality")).to_have_value("best")
        expect(dialog).to_contain_text("It is made by Kling 3 Pro.")
        check(page, f"verdict-other-model-{width}")
        page.keyboard.press("Escape")

        keep = asked.get_by_role("button", name="Keep Clip of scene 1 as it is")
        keep.focus()
        page.keyboard.press("Enter")
        expect(asked).to_have_count(0)
        expect(card(page, "Clip of scene 1").get_by_text(FROZEN.sentence)).to_be_visible()
