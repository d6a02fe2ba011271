"""Tiers in the studio: what each costs and how long it takes, and what is asked before one is left."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.models import Task
from pipeline.services import scripts, versions
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
        page.get_by_label("Length of scene 1").select_option("3")
        expect(page.get_by_text("Version 2")).to_be_visible()

        quality.select_option("draft")
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_role("heading")).to_have_text("Change to Draft?")
        expect(dialog).to_contain_text("Scene 1 lasts 5 s instead of 3 s")
        looked_at(page, "retiming", dialog)
        dialog.get_by_role("button", name="Keep it as it is").click()
        expect(quality).to_have_value("best")

        quality.select_option("draft")
        dialog.get_by_role("button", name="Change it").click()
        expect(dialog).to_be_hidden()
        expect(quality).to_have_value("draft")
        expect(page.get_by_label("Length of scene 1")).to_have_value("5")

        ending = page.locator("#scene-1").get_by_label("End on the next scene's picture")
        ending.check()
        expect(page.get_by_text("Version 4")).to_be_visible()
        looked_at(page, "ending", ending)
    film = aside(lambda: Task.objects.get(id=scripted.id))
    first = aside(lambda: scripts.current_script(film)).content["clips"][0]["scene"]
    assert (film.settings["tier"], first["duration"], first["ends_on_next"]) == ("draft", 5, True)


def test_music_follows_the_scenes_where_its_model_can(scripted: Task, sold: Site) -> None:
    with sold.opened(f"/films/{scripted.id}/script/") as page:
        mood = page.locator("#scene-2").get_by_label("Mood of the music here")
        expect(page.get_by_label("Quality")).to_be_enabled()
        expect(mood).to_be_hidden()
        page.get_by_label("Quality").select_option("best")
        mood.fill("tense, low strings")
        expect(page.get_by_text("Version 2")).to_be_visible()
        looked_at(page, "music_mood", mood)
        page.get_by_label("Quality").select_option("standard")
        expect(page.locator("#scene-1").get_by_label("Mood of the music here")).to_be_hidden()
        expect(mood).to_have_value("tense, low strings")
    film = aside(lambda: Task.objects.get(id=scripted.id))
    version = aside(lambda: scripts.current_script(film))
    assert version.content["clips"][1]["scene"]["music_mood"] == "tense, low strings"
    assert version.reason == "Edited by hand: mood of the music of scene 2"


def test_models_are_chosen_below_the_tiers_and_some_scenes_are_upgraded(finished: Task, sold: Site) -> None:
    with sold.opened(f"/films/{finished.id}/script/") as page:
        page.get_by_role("button", name="Settings").click()
        page.get_by_text("Models", exact=True).click()
        clips = page.get_by_role("combobox", name="Clips")
        clips.select_option("minimax-h3-max")
        expect(page.get_by_text("Models (1 chosen)")).to_be_visible()
        looked_at(page, "models_script", clips)
    settings = aside(lambda: Task.objects.get(id=finished.id).settings)
    assert settings["models"] == {"motion": "minimax-h3-max"}

    with sold.opened(f"/films/{finished.id}/film/") as page:
        page.get_by_role("button", name="Upgrade scenes").click()
        dialog = page.get_by_role("dialog")
        for scene in (1, 3):
            dialog.get_by_role("checkbox").nth(scene - 1).check(force=True)
        expect(dialog.get_by_role("status")).to_have_text("2 pictures and 2 clips.")
        expect(dialog.get_by_role("button", name="Make them · 66 credits")).to_be_enabled()
        looked_at(page, "upgrade", dialog.get_by_role("status"))
        dialog.get_by_label("Clips by").select_option("kling-3-standard")
        expect(dialog.get_by_role("button", name="Make them · 36 credits")).to_be_enabled()
        page.keyboard.press("Escape")

        page.get_by_role("button", name="Make Clip of scene 1 again").click()
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_label("Made by")).to_contain_text("As the film has it: minimax-h3-max")
        dialog.get_by_label("Made by").select_option("kling-3-pro")
        expect(dialog.get_by_role("button", name="Make it · 25 credits")).to_be_enabled()
        looked_at(page, "made_by", dialog.get_by_label("Made by"))


def test_dialogs_say_before_the_order_what_other_versions_share_and_get(finished: Task, sold: Site) -> None:
    aside(lambda: versions.make_cut(task=finished, scenes=[1, 2], title="The teaser"))
    with sold.opened(f"/films/{finished.id}/film/") as page:
        page.get_by_role("button", name="Upgrade scenes").click()
        dialog = page.get_by_role("dialog")
        dialog.get_by_role("checkbox").first.check(force=True)
        shared = dialog.locator(".shared")
        expect(shared).to_contain_text(re.compile(r"^Shares \d picture.* clip.* with the cut “The teaser”\. The cut"))
        expect(shared).to_contain_text("The cut “The teaser” can have it too, for nothing: you are asked.")
        looked_at(page, "upgrade_shared", shared)
        dialog.get_by_role("checkbox").first.uncheck(force=True)
        dialog.get_by_role("checkbox").nth(2).check(force=True)
        expect(shared).to_contain_text(re.compile(r"^Shares .* with the cut “The teaser”\.$"))
        page.keyboard.press("Escape")

        page.get_by_role("button", name="Make Clip of scene 1 again").click()
        dialog = page.get_by_role("dialog")
        expect(dialog).to_contain_text("The cut “The teaser” can have it too, for nothing: you are asked.")
        looked_at(page, "another_take_shared", dialog.get_by_role("button", name="Make it"))
