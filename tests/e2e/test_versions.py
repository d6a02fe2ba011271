"""The versions of a script, in the studio."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pipeline.models import Task
from pipeline.services import scripts
from tests.e2e.made import check
from tests.e2e.site import Site

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize(("width", "dark"), [(1280, False), (390, True)])
def test_a_version_says_what_made_it_what_has_changed_and_the_way_back(
    site: Site, finished: Task, width: int, dark: bool
) -> None:
    changes = {"image_prompt": "Picture 1 at night", "transition": "fade_black"}
    scripts.revise_scene(
        task=finished, version=1, scene_index=1, changes=changes, reason="make scene 1 at night, through black"
    )
    with site.opened(f"/films/{finished.id}/script", width=width, dark=dark) as page:
        page.get_by_role("button", name="Versions").click()
        dialog = page.get_by_role("dialog", name="Versions")
        rows, back = dialog.locator(".version"), dialog.get_by_role("button", name="Go back to version")
        expect(rows.first).to_contain_text("make scene 1 at night, through black")
        expect(rows.first).to_contain_text("as it is now")
        expect(rows.last.locator("img")).to_have_count(3)
        expect(rows.first.locator("img")).to_have_count(2)
        rows.last.click()
        expect(dialog.locator(".changes")).to_contain_text("Fade → Through black")
        check(page, f"versions-{width}")
        back.click()
        expect(page.get_by_text("Version 3", exact=True)).to_be_visible()
        page.get_by_role("button", name="Versions").click()
        rows.last.click()
        expect(dialog.get_by_text("It says the same as the script does now.")).to_be_visible()
        expect(back).to_have_count(0)
