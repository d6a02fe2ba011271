"""Sentences that lean on the one before, other tones of words, lengths of every second, and questions before a film."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Understood
from chat.llm.local.understanding import understand
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts

DESCRIBED = "I described scene 2 with snow."


def film(language: str = "en", **more: Any) -> Film:
    found = facts("scripted")
    found["script"] = {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}
    return Film({**found, "scene_lengths": list(range(3, 16)), **more}, language)


def heard(said: str, before: Before = NOTHING) -> Understood:
    return film(language_of(said, "en")).telling(lambda one: understand(said, one, before=before))


def changed(found: Understood) -> list[tuple[int, str]]:
    return [(call.arguments["scene"], call.arguments["image_prompt"]) for call in found.calls]


@pytest.mark.parametrize(
    ("said", "places"),
    [
        ("and the same for scene 4", [4]),
        ("scene 4 too", [4]),
        ("do that in scene 1 as well pls", [1]),
        ("the same in scenes 3 and 4", [3, 4]),
        ("all the others as well", [1, 3, 4]),
    ],
)
def test_the_same_is_done_in_other_scenes(said: str, places: list[int]) -> None:
    found = changed(heard(said, Before("make it snow in scene 2", DESCRIBED)))
    assert [place for place, _ in found] == places
    assert all("snow" in picture for _, picture in found)


@pytest.mark.parametrize(
    ("wish", "said"),
    [
        ("mach szene 2 neblig", "das gleiche bitte für szene 4"),
        ("mach szene 2 neblig", "szene 4 auch"),
        ("make scene 2 foggy", "lo mismo para la escena 4"),
        ("make scene 2 foggy", "la même chose pour la scène 4"),
        ("make scene 2 foggy", "lo stesso per la scena 4"),
        ("make scene 2 foggy", "o mesmo para a cena 4"),
    ],
)
def test_the_same_is_said_in_other_languages(wish: str, said: str) -> None:
    assert [place for place, _ in changed(heard(said, Before(wish, DESCRIBED)))] == [4]


def test_nothing_is_the_same_as_what_was_not_done() -> None:
    assert not heard("the same for scene 4", Before("make it snow in scene 2", "I did not get that.")).calls


def test_it_is_the_scene_that_the_sentence_before_was_about() -> None:
    before = Before("read me scene 2", "Scene 2 says: “Tonight somebody needs it.”")
    assert changed(heard("its too dark", before)) == [(2, "A small fishing boat between high waves, brighter")]


@pytest.mark.parametrize(
    "said",
    [
        "the text of scene 2 should be funnier",
        "scene 2 sounds too stiff",
        "can the narration of scene 2 be more dramatic",
        "szene 2 bitte etwas förmlicher formulieren",
        "make scene 2 more formal",
    ],
)
def test_words_in_another_tone_are_not_made_up_and_no_picture_is_changed(said: str) -> None:
    found = heard(said)
    assert not found.calls
    assert "language model" in found.words or "Sprachmodell" in found.words


@pytest.mark.parametrize(
    ("said", "duration"),
    [("scene 2 should be 7 seconds", 7), ("mach szene 2 13 sekunden lang", 13), ("scene 2 3s pls", 3)],
)
def test_a_scene_lasts_any_second_that_its_model_makes(said: str, duration: int) -> None:
    assert heard(said).calls[0].arguments == {"scene": 2, "duration": duration}


def test_what_is_to_be_read_in_the_picture_is_not_spoken() -> None:
    found = heard("text on screen in scene 2: TONIGHT")
    assert not found.calls
    assert found.words.startswith("I cannot write into the picture")


def test_why_nothing_is_spoken_is_answered_with_the_way_to_words() -> None:
    assert heard("why is there no voice in scene 3?").words.startswith("Scene 3 has no words. What should scene 3 say?")


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("title should just be Keeper", {"title": "Keeper"}),
        ("pls no fade between 1 and 2", {"scene": 2, "transition": "none"}),
        ("don't make it yet!! first remove the music", {"music": False}),
        (
            "put some rain in scene 3",
            {"scene": 3, "image_prompt": "Ella climbs the spiral stairs with a lantern, rain"},
        ),
        ("zoom in slowly in 3", {"scene": 3, "video_prompt": "The camera follows her up, zoom in slowly"}),
    ],
)
def test_hurried_wishes(said: str, arguments: dict[str, Any]) -> None:
    assert heard(said).calls[0].arguments == arguments


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("scene 1 is fine but 3 is way too dark", [("edit_scene", 3)]),
        ("mach alle szenen gleich lang", [("edit_scene", place) for place in (1, 2, 3, 4)]),
        ("do the whole thing in english and spanish", []),
        ("warum ist die dritte szene stumm", []),
    ],
)
def test_hurried_wishes_change_only_what_they_name(said: str, tools: list[tuple[str, int]]) -> None:
    assert [(call.tool, call.arguments["scene"]) for call in heard(said).calls] == tools


def likely(said: str, before: Before = NOTHING) -> Understood:
    return film(language_of(said, "en")).telling(lambda one: understand(said, one, before=before, mind=likely_meanings))


def test_a_likeness_overrules_no_plain_words() -> None:
    assert likely("the boat bit should be 8 sec").calls[0].arguments == {"scene": 2, "duration": 8}
    assert likely("remove tom from the last scene").calls[0].arguments == {"name": "Tom", "scenes": [4]}
    assert likely("who the hell is tom").words == "Tom is in scenes 2 and 4."
    assert not likely("whats the vibe of the music in the first half").calls
    renamed = likely("tom heisst jetzt Jonas und hat einen bart").calls
    assert [call.arguments["new_name"] for call in renamed] == ["Jonas"]
    assert "bart" in renamed[0].arguments["image_prompt"]


def test_those_changes_are_a_yes_and_no_correction() -> None:
    before = Before("scene 2 at night", "I described scene 2 at night. Making the film costs 106 credits. Shall I?")
    assert [call.tool for call in heard("ok make those changes", before).calls] == ["start_film"]
    assert not heard("keep those changes", before).calls


@pytest.mark.parametrize(
    "said", ["kann man hier auch eigene fotos benutzen?", "does it cost anything if i just try", "is there a watermark"]
)
def test_a_question_before_there_is_a_film_begins_none(said: str) -> None:
    empty = Film(facts("empty"), language_of(said, "en"))
    found = empty.telling(lambda one: understand(said, one, mind=likely_meanings))
    assert found.words
    assert not found.calls


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("不要音乐", [("change_settings", {"music": False})]),
        ("संगीत बंद करो", [("change_settings", {"music": False})]),
        ("mets la musique moins fort", [("change_settings", {"music_level_db": -6.0})]),
        ("échange les scènes 1 et 3", [("arrange_scenes", {"order": [3, 2, 1, 4]})]),
        ("cambia la escena 1 por la 3", [("arrange_scenes", {"order": [3, 2, 1, 4]})]),
        ("troca as cenas 1 e 3", [("arrange_scenes", {"order": [3, 2, 1, 4]})]),
        ("llámala El faro", [("rename_film", {"title": "El faro"})]),
        ("标题是灯塔", [("rename_film", {"title": "灯塔"})]),
    ],
)
def test_wishes_in_the_other_languages(said: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    assert [(call.tool, call.arguments) for call in likely(said).calls] == calls


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("¿qué música hay?", "En las escenas 1 y 2 se oye «tense strings»"),
        ("que dit la scène 9", "Le film a les scènes 1 à 4 ; il n'y a pas de scène 9."),
        ("che cosa dice la scena 1", "Scena 1, «The storm», 10 secondi."),
        ("o que diz a cena 1", "Cena 1, “The storm”, 10 segundos."),
        ("कितने सीन हैं", "फ़िल्म में 4 सीन हैं"),
        ("有几个场景", "影片有 4 个场景"),
    ],
)
def test_answers_about_the_film_are_in_the_language_of_the_question(said: str, told: str) -> None:
    assert likely(said).words.startswith(told)
