"""Tests of what people say in scenes, written with the keyboard alone, heard line by line."""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from pipeline.models import Script, Task
from tests.e2e.made import aside, check, finish
from tests.e2e.site import Site, overflow, picture, small_targets
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import scene, script

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def with_anna(scripted: Task) -> Task:
    profiles = [{"name": "Anna", "image_prompt": "A baker with silver hair"}]
    content = script([scene(number, characters=["Anna"]) for number in (1, 2)], character_profiles=profiles)
    Script.objects.filter(task=scripted).update(content=content.model_dump(mode="json"))
    return scripted


def test_a_dialogue_is_written_with_the_keyboard_and_heard(site: Site, with_anna: Task, making: Studio) -> None:
    with site.opened(f"/films/{with_anna.id}/script") as page:
        card = page.get_by_role("article", name="Scene 1")
        card.get_by_role("button", name="Add a line of dialogue").focus()
        page.keyboard.press("Enter")
        expect(card.get_by_label("Words of line 1 of scene 1")).to_be_focused()
        expect(card.get_by_label("Who says line 1 of scene 1")).to_have_value("Anna")
        page.keyboard.type("Good morning.")
        card.get_by_role("button", name="Add a line of dialogue").press("Enter")
        expect(card.get_by_label("Who says line 2 of scene 1")).to_be_focused()
        page.keyboard.type("Tom")
        page.keyboard.press("Tab")
        page.keyboard.type("Two rolls, please.")
        card.get_by_role("button", name="Move line 2 of scene 1 up").press("Enter")
        expect(card.get_by_label("Words of line 1 of scene 1")).to_have_value("Two rolls, please.")
        expect(card.get_by_text("11 too many for 5 s")).not_to_be_visible()
        page.get_by_label("Voice of Anna, for lines").select_option("Alice")
        expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
        check(page, "lines")
        aside(lambda: finish(with_anna))
        page.goto(f"{site.url}/films/{with_anna.id}/production")
        expect(page.get_by_role("button", name="Play the voice of line 1 of scene 1")).to_be_visible()
        check(page, "lines-production")
        page.goto(f"{site.url}/films/{with_anna.id}/film")
        expect(page.get_by_role("heading", name="Line 2 of scene 1")).to_be_visible()
        check(page, "lines-film")
    said = {request.text: request.voice for request in making.spoken}
    assert said["Good morning."] == "Alice"
    assert said["Two rolls, please."] not in ("Alice", said["This is what scene 2 says."])
    content = Script.objects.latest("version").content
    assert [line["speaker"] for line in content["clips"][0]["scene"]["lines"]] == ["Tom", "Anna"]


def test_lines_fit_a_narrow_window(site: Site, with_anna: Task, making: Studio) -> None:
    with site.opened(f"/films/{with_anna.id}/script", width=390) as page:
        card = page.get_by_role("article", name="Scene 1")
        card.get_by_role("button", name="Add a line of dialogue").click()
        card.get_by_label("Words of line 1 of scene 1").fill("Good morning to everybody who is up so early.")
        expect(page.get_by_text("Version 2", exact=True)).to_be_visible()
        card.locator(".dialogue").scroll_into_view_if_needed()
        picture(page, "lines-narrow")
        assert overflow(page) == 0
        assert small_targets(page) == []
