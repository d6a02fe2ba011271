"""The start page: what is said in the text, what is chosen below it, and the examples one may begin with."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from pipeline.models import Task
from tests.e2e.site import Site, barriers, picture
from tests.pipeline.doubles import Studio

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

FILM_WITHIN_MS = 90_000


def test_the_text_beats_the_example_it_began_with(site: Site, making: Studio) -> None:
    with site.opened("/") as page:
        page.get_by_role("button", name="Coffee, three ways").click()
        expect(page.get_by_text("A film of 15 s costs about")).to_be_visible()
        field = page.get_by_label("What the film is about")
        field.press("End")
        field.type(", in anime, 20 secs")
        expect(page.get_by_role("radio", name="Anime")).to_be_checked(timeout=FILM_WITHIN_MS)
        expect(page.get_by_role("radio", name="Tall 9:16")).to_be_checked()
        expect(page.get_by_text("A film of 20 s costs about")).to_be_visible()
        field.type(", noir")
        page.get_by_role("button", name="Write the script").click()
        expect(page.get_by_role("log")).to_contain_text("I'll make a film", timeout=FILM_WITHIN_MS)
    film = Task.objects.get()
    assert (film.settings["aspect_ratio"], film.settings["duration"]) == ("9:16", 20)
    assert film.settings["style"] != "watercolor"


def test_another_text_than_the_example_is_another_film(site: Site) -> None:
    with site.opened("/") as page:
        page.get_by_role("button", name="Coffee, three ways").click()
        expect(page.get_by_role("radio", name="Watercolor")).to_be_checked()
        page.get_by_label("What the film is about").fill("my pizza place in hamburg opens on friday")
        expect(page.get_by_role("radio", name="Cinematic")).to_be_checked()
        expect(page.get_by_role("radio", name="From my text")).to_be_checked()


def test_a_choice_that_overrules_the_text_is_named_and_can_be_given_up(site: Site) -> None:
    with site.opened("/") as page:
        page.get_by_role("radio", name="15 s").check(force=True)
        page.get_by_label("What the film is about").fill("a 30-second film about bees")
        said = page.get_by_text("Your text says 30 s; chosen below is 15 s.")
        expect(said).to_be_visible(timeout=FILM_WITHIN_MS)
        page.get_by_role("button", name="Do as my text says").click()
        expect(said).to_be_hidden()
        expect(page.get_by_text("A film of 30 s costs about")).to_be_visible()


def test_the_start_page_shows_what_the_text_says(site: Site) -> None:
    with site.opened("/") as page:
        page.get_by_label("What the film is about").fill("a vertical 10-second film about bees, in 4K")
        expect(page.get_by_text("A film of 10 s costs about")).to_be_visible(timeout=FILM_WITHIN_MS)
        expect(page.get_by_text("The resolution 4K is not to be had")).to_be_visible()
        expect(page.get_by_role("radio", name="Tall 9:16")).to_be_checked()
        page.get_by_role("radio", name="15 s").check(force=True)
        expect(page.get_by_text("A film of 15 s costs about")).to_be_visible()


def test_settings_are_kept_as_a_preset_and_chosen_again(site: Site) -> None:
    with site.opened("/") as page:
        page.get_by_role("radio", name="Tall 9:16").check(force=True)
        page.get_by_role("radio", name="15 s").check(force=True)
        page.get_by_text("Presets, and many films at once").click()
        page.get_by_label("Keep what is chosen now as").fill("Shop clips")
        page.get_by_role("button", name="Keep as a preset").click()
        expect(page.get_by_text("“Shop clips” is kept.")).to_be_visible()
        picture(page, "presets")
        assert barriers(page) == []
        page.get_by_role("radio", name="Wide 16:9").check(force=True)
        page.get_by_role("button", name="Shop clips", exact=True).click()
        expect(page.get_by_role("radio", name="Tall 9:16")).to_be_checked()
        page.get_by_role("button", name="Delete the preset Shop clips").click()
        expect(page.get_by_text("You have no presets.")).to_be_visible()


def test_a_table_becomes_films_at_one_price(site: Site, making: Studio, tmp_path: Path) -> None:
    table = tmp_path / "films.csv"
    table.write_text("prompt,duration,aspect_ratio\nTea,15,\nBees,15,5:7\n<b>Rome</b>,15,\n")
    with site.opened("/") as page:
        page.get_by_role("radio", name="Tall 9:16").check(force=True)
        page.get_by_text("Presets, and many films at once").click()
        page.get_by_label("Many films from a table").set_input_files(table)
        dialog = page.get_by_role("dialog")
        expect(dialog.get_by_text("2 films can be made of this table, for at most")).to_be_visible()
        expect(dialog.get_by_text("Line 3: aspect_ratio")).to_be_visible()
        picture(page, "a-table-of-films")
        assert barriers(page) == []
        dialog.get_by_role("button", name="Write 2 scripts · free").click()
        expect(dialog.get_by_text("2 scripts are being written.")).to_be_visible()
        dialog.get_by_role("button", name=re.compile("Make all for at most")).click()
        expect(dialog.get_by_text("Each film begins when its script is there.")).to_be_visible()
        expect(dialog.get_by_role("link", name="<b>Rome</b>")).to_be_visible()
    assert [film.settings["aspect_ratio"] for film in Task.objects.order_by("created_at")] == ["9:16", "9:16"]
