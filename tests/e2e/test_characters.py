"""Tests of who is in a film: how they look, what they are drawn after, and what can be done about it."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.models import Script, Task
from tests.e2e.made import aside, check, finish
from tests.e2e.site import Site
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import scene, script
from tests.pipeline.user_files import picture

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def with_anna(scripted: Task) -> Task:
    profiles = [{"name": "Anna", "image_prompt": "A baker with silver hair"}]
    content = script([scene(number, characters=["Anna"]) for number in (1, 2)], character_profiles=profiles)
    Script.objects.filter(task=scripted).update(content=content.model_dump(mode="json"))
    return scripted


def test_a_character_has_a_picture_takes_a_price_and_what_it_is_drawn_after(
    site: Site, with_anna: Task, making: Studio, tmp_path: Path
) -> None:
    with site.opened(f"/films/{with_anna.id}/script") as page:
        expect(page.get_by_text("Drawn once and used in every scene, for 4 credits.")).to_be_visible()
        expect(page.get_by_text("Characters can be drawn after a picture of yours.")).to_be_visible()
        page.locator(".reference input[type=file]").set_input_files(picture(tmp_path / "anna.png"))
        expect(page.get_by_role("img", name="Your reference picture")).to_be_visible()
        expect(page.get_by_text("All characters are drawn after your reference picture.")).to_be_visible()
        check(page, "characters-before")
        aside(lambda: finish(with_anna))
        page.reload()
        expect(page.get_by_role("img", name="Picture of Anna")).to_be_visible()
        expect(page.get_by_role("button", name="Make Picture of Anna again for 4 credits")).to_be_visible()
        page.get_by_role("button", name="1 take of Picture of Anna").click()
        expect(page.get_by_role("dialog")).to_contain_text("by double-1, from script version 1")
        page.keyboard.press("Escape")
        check(page, "characters")
