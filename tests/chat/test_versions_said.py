"""Wishes for another version of a film, as people say them."""

from __future__ import annotations

import pytest

from chat.llm.base import ToolCall, ToolResult
from chat.llm.local import prices, versions
from chat.llm.local.film import Film
from chat.llm.local.into_english import in_english, language_of
from chat.llm.local.steps import step
from chat.llm.local.understanding import understand
from chat.llm.local.wording import SPOKEN, say
from tests.chat.films import facts
from tests.chat.test_follow_ups import heard
from tests.chat.test_kinds_of_wishes import changes, lighthouse


@pytest.mark.parametrize(
    ("said", "wanted"),
    [
        ("a 10-second cut of it", {"seconds": 10}),
        ("can u make a 10 sec teaser", {"seconds": 10}),
        ("make a trailer from this", {"seconds": 15}),
        ("i need a short version for instagram", {"seconds": 15}),
        ("a cut of it with scenes 1 and 3", {"scenes": [1, 3]}),
        ("mach einen Teaser von 10 Sekunden", {"seconds": 10}),
    ],
)
def test_a_shorter_cut_is_made_beside_the_film(said: str, wanted: dict[str, object]) -> None:
    assert heard(said).calls == (step("make_version", **wanted),)


@pytest.mark.parametrize("said", ["make it 15 seconds", "cut scene 2", "shorten scene 3", "call it The Teaser"])
def test_other_wishes_make_no_version(said: str) -> None:
    assert "make_version" not in [call.tool for call in heard(said).calls]


def wished(said: str, state: str = "film") -> list[tuple[str, dict[str, object]]]:
    language = language_of(said, "en")
    film = Film(facts(state), language)
    return [(call.tool, dict(call.arguments)) for call in understand(in_english(said, language), film).calls]


@pytest.mark.parametrize(
    ("said", "codes"),
    [
        ("translate it to Spanish", ["es"]),
        ("pls translate this to german", ["de"]),
        ("same film in French", ["fr"]),
        ("can i have it in german too?", ["de"]),
        ("also in italian and spanish", ["it", "es"]),
        ("auf Deutsch auch", ["de"]),
        ("bitte auch auf Französisch", ["fr"]),
        ("den gleichen Film auf Spanisch", ["es"]),
        ("tradúcelo al alemán", ["de"]),
        ("aussi en allemand", ["de"]),
    ],
)
def test_another_language_of_a_finished_film_is_a_version_of_it(said: str, codes: list[str]) -> None:
    assert wished(said) == [("make_version", {"language": code}) for code in codes]


@pytest.mark.parametrize(
    "said",
    ["translate scene 2 to Spanish", "the captions in Spanish too", "Spanish guitar music too", "make it darker too"],
)
def test_another_wish_makes_no_translation(said: str) -> None:
    assert "make_version" not in [tool for tool, _ in wished(said)]


def test_a_film_of_which_nothing_is_made_is_written_in_the_other_language() -> None:
    assert [tool for tool, _ in wished("translate it to Spanish", "script")] == ["write_script"]


@pytest.mark.parametrize(
    "said",
    [
        "translate it again",
        "retranslate it pls",
        "update the translation",
        "translate the changed scenes",
        "übersetz es bitte nochmal",
        "tradúcelo otra vez",
    ],
)
def test_a_translation_is_made_again(said: str) -> None:
    language = language_of(said, "en")
    for places, calls in (([2], [step("write_script")]), ([], [])):
        found = understand(in_english(said, language), Film({**facts("film"), "to_translate": places}, language))
        assert list(found.calls) == calls
        assert bool(found.words) != bool(calls)
    assert wished(said) == [], "it is no translation: nothing is written anew"


def test_another_language_again_is_a_version() -> None:
    assert wished("translate it to Spanish again") == [("make_version", {"language": "es"})]


@pytest.mark.parametrize("language", SPOKEN)
def test_what_is_translated_again_is_told_in_every_language(language: str) -> None:
    film, call = Film(facts("film"), language), ToolCall("1", "write_script", {})
    found = [{"translates": places, "titles_only": alone} for places, alone in (([2], False), ([2], True), ([], False))]
    assert len({versions.translating(ToolResult(call, each), film) for each in found}) == 3


@pytest.mark.parametrize("language", SPOKEN)
def test_a_price_names_the_versions_that_it_has_to_do_with(language: str) -> None:
    film = Film(facts("film"), language)
    spanish, tall = {"language": "es"}, {"language": "en", "aspect_ratio": "9:16"}
    shares = {"pictures_and_clips": 12, "with": [spanish], "reaches": [spanish, tall], "asks": [{"title": "Teaser"}]}
    shared, reached, asked = prices.shared({"shares": shares}, film)
    assert "12" in shared
    assert film.language_name("es") in shared
    assert f"{film.language_name('en')} 9:16" in reached
    assert "2" in reached
    assert "Teaser" in asked
    assert prices.shared({}, film) == []


@pytest.mark.parametrize("language", SPOKEN)
def test_a_version_and_a_refusal_are_told_in_every_language(language: str) -> None:
    film = Film(facts("film"), language)
    call = ToolCall("1", "make_version", {"language": "es"})
    found = {"id": "task_1", "address": "/films/task_1/", "scenes": None, "seconds": 35, "title": "The thing"}
    made = versions.made(ToolResult(call, {"made": found, "credits": None}), film)
    refused = ToolResult(call, {"error": {"code": "invalid", "message": "No.", "details": {"field": "translation"}}})
    assert "The thing" in made
    assert versions.has_words(refused)
    assert versions.made(refused, film) != made


@pytest.mark.parametrize(
    "said", ["delet the spanish version", "lösch die spanische fassung", "remove the vertical one"]
)
def test_a_version_is_not_deleted_by_the_chat_which_says_where_it_is(said: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words in {say(language, "versions.undeleted") for language in ("en", "de")}


def test_a_length_behind_a_shorter_scene_is_of_the_scene() -> None:
    assert changes(lighthouse("make scnee 2 a bit shorter, 4s")) == [("edit_scene", {"scene": 2, "duration": 4})]


@pytest.mark.parametrize(
    ("said", "is_on"),
    [("kennzeichne es als KI", True), ("keinen KI-Hinweis bitte", False), ("write made by ai on it", True)],
)
def test_the_label_of_what_is_generated_is_put_on_and_off(said: str, is_on: bool) -> None:
    assert changes(lighthouse(said)) == [("change_settings", {"ai_label": is_on})]
