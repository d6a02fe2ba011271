"""Versions of a film in the studio: made, changed together, and one card in the list."""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from pipeline.models import Task, TaskStatus
from pipeline.services import family, scripts, versions
from tests.e2e.made import MADE_WITHIN_MS, aside, check
from tests.e2e.site import Site, small_targets

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def make(page: Page, kind: str) -> None:
    page.get_by_role("button", name="New version").click()
    page.get_by_role("radio", name=kind).check()


def test_shapes_and_cuts_of_a_film_are_made_and_are_tabs(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film/") as page:
        make(page, "A shorter cut")
        check(page, "family-new-cut")
        page.get_by_label("1. Scene 1").check()
        page.get_by_label("3. Scene 3").check()
        expect(page.get_by_text("Its scenes · 0:10")).to_be_visible()
        page.get_by_role("button", name="Make it").click()
        tabs = page.get_by_role("navigation", name="Versions of this film")
        expect(tabs.get_by_role("link")).to_have_count(2)
        stages(page, "Film").click(timeout=MADE_WITHIN_MS)
        expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=MADE_WITHIN_MS)
        expect(tabs.get_by_role("link", name="0:10 cut")).to_have_attribute("aria-current", "page")
        tabs.get_by_role("link").first.click()
        make(page, "Another shape")
        page.get_by_role("combobox", name="Another shape").select_option("9:16")
        check(page, "family-new-shape")
        page.get_by_role("button", name="Make it").click()
        expect(tabs.get_by_role("link")).to_have_count(3)
        stages(page, "Film").click(timeout=MADE_WITHIN_MS)
        expect(page.get_by_role("link", name="Download")).to_be_visible(timeout=MADE_WITHIN_MS)
        expect(tabs.get_by_role("link", name="9:16")).to_be_visible()
        check(page, "family-shape")
        stages(page, "Script").click()
        frame = page.get_by_role("slider", name="What is shown of scene 1")
        expect(frame).to_have_attribute("aria-valuetext", re.compile("found in the clip"))
        drag(page, frame, -400)
        expect(frame).to_have_attribute("aria-valuetext", "0 %")
        frame.press("End")
        expect(frame).to_have_attribute("aria-valuetext", "100 %")
        check(page, "family-frame")
        page.get_by_role("button", name="Undo", exact=True).click()
        expect(frame).to_have_attribute("aria-valuetext", re.compile("^0 %$|found in the clip"))
    with site.opened(f"/films/{finished.id}/film/", width=390, dark=True) as page:
        expect(page.get_by_role("navigation", name="Versions of this film")).to_be_visible()
        check(page, "family-phone-dark")
        assert small_targets(page) == []
    whole = aside(lambda: family.members(Task.objects.get(id=finished.id)))
    assert [each.status for each in whole] == [TaskStatus.COMPLETE] * 3


def stages(page: Page, name: str) -> Locator:
    """Return the link to a stage; the film's is there once it is cut."""
    return page.get_by_role("navigation", name="Stages of the film").get_by_role("link", name=name)


def drag(page: Page, what: Locator, by: int) -> None:
    what.hover()  # waits until it stands still and nothing lies over it
    box = what.bounding_box()
    assert box
    at = (box["x"] + box["width"] / 2, box["y"] + box["height"] / 2)
    page.mouse.move(*at)
    page.mouse.down()
    page.mouse.move(at[0] + by, at[1], steps=4)
    page.mouse.up()


def test_a_refusal_is_said_in_the_dialog_that_is_open(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film/", forgives="422") as page:
        make(page, "Another language")
        dialog = page.get_by_role("dialog")
        dialog.get_by_label("Or paste a table or subtitles").fill("1; Eins.\n2; Zwei.")
        dialog.get_by_role("button", name="Make it").click()
        refusal = dialog.get_by_role("alert")
        expect(refusal).to_contain_text("Scene 3 has no translation")
        expect(page.locator(".notices").locator("visible=true")).to_have_count(1)
        check(page, "family-refused-in-dialog")
        refusal.get_by_role("button", name="Dismiss").click()
        expect(refusal).to_be_empty()
        expect(dialog).to_be_visible()


def test_a_language_is_made_of_ones_own_words_and_kept_up_to_date(site: Site, finished: Task) -> None:
    with site.opened(f"/films/{finished.id}/film/", width=390) as page:
        make(page, "Another language")
        page.get_by_role("combobox", name="Another language").select_option("de")
        expect(page.get_by_text("No language model that translates is set up here")).to_be_visible()
        made = page.get_by_role("button", name="Make it")
        expect(made).to_be_disabled()
        for place in (1, 2, 3):
            page.get_by_label(re.compile(rf"^{place}\. Scene")).first.fill(f"Das „sagt“ Szene {place}")
        page.get_by_text("Titles of the scenes (optional)").click()
        page.get_by_role("textbox", name="2. Scene 2", exact=True).fill("Die „zweite“")
        check(page, "family-own-translation")
        page.get_by_role("button", name="Close").click()
        make(page, "Another language")
        page.get_by_role("combobox", name="Another language").select_option("de")
        made.click()
        expect(page.get_by_role("navigation", name="Versions of this film").get_by_role("link")).to_have_count(2)
        expect(page.get_by_label("Narration").first).to_have_value("Das „sagt“ Szene 1")
        expect(page.get_by_text(re.compile(r"Shares \d+ pictures.* clips.* with the English film\."))).to_be_visible()
    (german,) = aside(lambda: family.siblings(Task.objects.get(id=finished.id)))
    titles = [clip["scene"]["title"] for clip in aside(lambda: newest(german))["clips"]]
    assert titles == ["Scene 1", "Die „zweite“", "Scene 3"]
    reason = aside(lambda: german.scripts.latest("version").reason)
    assert reason == "Your own translation; scenes 1, 3 keep their titles"
    aside(lambda: scripts.revise_scene(task=finished, version=1, scene_index=2, changes={"script": "Quite new words."}))
    with site.opened(f"/films/{german.id}/script/") as page:
        expect(page.get_by_text("1 scene to translate again")).to_be_visible()
        page.get_by_role("button", name="Translate it yourself").click()
        expect(page.get_by_text("Quite new words.")).to_be_visible()
        page.get_by_label(re.compile(r"^2\. ")).first.fill("Ganz neue Worte.")
        check(page, "family-translate-again")
        page.get_by_role("button", name="Take it").click()
        expect(page.get_by_text("1 scene to translate again")).to_be_hidden()
        expect(page.get_by_label("Narration").nth(1)).to_have_value("Ganz neue Worte.")
    assert aside(lambda: newest(german))["clips"][1]["scene"]["title"] == "Die „zweite“"
    aside(lambda: scripts.revise_scene(task=finished, version=2, scene_index=3, changes={"title": "The harbour"}))
    with site.opened(f"/films/{german.id}/script/") as page:
        expect(page.get_by_text("the title of scene 3 was changed")).to_be_visible()
        expect(page.get_by_text("the price of the new")).to_be_hidden()
        page.get_by_role("button", name="Translate it yourself").click()
        page.get_by_role("textbox", name="3. The harbour", exact=True).fill("Der Hafen")
        check(page, "family-translate-title-again")
        page.get_by_role("button", name="Take it").click()
        expect(page.get_by_text("1 scene to translate again")).to_be_hidden()
    scene = aside(lambda: newest(german))["clips"][2]["scene"]
    assert (scene["title"], scene["script"]) == ("Der Hafen", "Das „sagt“ Szene 3")


def test_where_a_change_goes_is_asked_once(site: Site, finished: Task) -> None:
    cut = aside(lambda: versions.make_cut(task=finished, scenes=[1, 2]))
    with site.opened(f"/films/{finished.id}/script/") as page:
        page.get_by_label("Picture", exact=True).first.fill("A red door in the rain")
        asked = page.get_by_role("button", name="In both versions")
        expect(asked).to_be_visible()
        check(page, "family-where")
        expect(page.get_by_text("can have it too, for nothing: you are asked.")).to_be_visible()
        page.get_by_label("Do the same from now on").check()
        asked.click()
        expect(asked).to_be_hidden()
    (scene,) = (clip["scene"] for clip in aside(lambda: newest(cut))["clips"] if clip["scene"]["index"] == 1)
    assert scene["image_prompt"] == "A red door in the rain"


def newest(task: Task) -> dict[str, list[dict[str, dict[str, object]]]]:
    content: dict[str, list[dict[str, dict[str, object]]]] = task.scripts.latest("version").content
    return content


def test_a_family_is_one_card_and_is_deleted_as_a_whole(site: Site, finished: Task) -> None:
    aside(lambda: versions.make_cut(task=finished, scenes=[1, 2]))
    with site.opened("/films/") as page:
        cards = page.locator(".film-card")
        expect(cards).to_have_count(1)
        expect(cards.get_by_text("2 versions")).to_be_visible()
        check(page, "family-card")
        cards.get_by_role("button", name="Delete").press("Enter")
        expect(page.get_by_text("with all its 2 versions and their takes")).to_be_visible()
        page.get_by_role("button", name="Delete all versions").click()
        expect(cards).to_have_count(0)
        page.get_by_role("button", name="Undo").click()
        expect(cards).to_have_count(1)
        page.get_by_role("searchbox", name="Search your films").fill(finished.title or finished.prompt)
        expect(cards).to_have_count(2)
        cards.first.get_by_role("button", name="Delete").press("Enter")
        expect(page.get_by_text("is one of 2 versions")).to_be_visible()
        check(page, "family-delete-one")
        page.get_by_role("button", name="Only this one").click()
        expect(cards).to_have_count(1)
        page.get_by_role("button", name="Undo").click()
        expect(cards).to_have_count(2)
    assert aside(lambda: len(family.members(Task.objects.get(id=finished.id)))) == 2
