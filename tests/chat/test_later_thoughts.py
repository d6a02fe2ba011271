"""Wishes that are taken back, denied or complained about first: only what is meant at the end is done."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import sentences
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts


def heard(said: str) -> Understood:
    """Return what a sentence means, said to the film of the lighthouse (storm, boat, stairs, morning)."""
    told = facts("scripted")
    told["script"] = {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}
    return understand(said, Film(told, language_of(said, "en")), mind=likely_meanings)


def called(said: str) -> list[tuple[str, dict[str, Any]]]:
    return [(call.tool, dict(call.arguments)) for call in heard(said).calls]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("i want the stairs before the boat.. oh they already are, ignore me", "en"),
        ("mets la tempete juste avant la derniere, enfin non laisse comme ca", "fr"),
        ("tira as legendas, ou melhor deixa estar", "pt"),
        ("no no non ho detto di cancellare niente", "it"),
        ("quita la música, bueno no, déjalo así", "es"),
        ("nao me apaga as escadas hein, minha filha adora", "pt"),
        ("dont you dare delete the boat", "en"),
        ("lösch mir bloß das boot nicht", "de"),
    ],
)
def test_what_is_taken_back_is_not_done(said: str, language: str) -> None:
    assert (heard(said).calls, heard(said).words) == ((), sentences(language)["talk.kept"])


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("remove scene 2. nah wait keep it, kill 3 instead", "arrange_scenes", {"order": [1, 2, 4]}),
        ("lösch szene 1, ach lass es, lösch lieber szene 2", "arrange_scenes", {"order": [1, 3, 4]}),
        ("don't delete scene 1, delete scene 2", "arrange_scenes", {"order": [1, 3, 4]}),
        ("flip 1 and 2.. hmm no, flip 2 and 3", "arrange_scenes", {"order": [1, 3, 2, 4]}),
        ("nobody cares about the stairs, scrap that bit", "arrange_scenes", {"order": [1, 2, 4]}),
        ("open with the boat instead", "arrange_scenes", {"order": [2, 1, 3, 4]}),
        ("a trilha ta alta demais, quase nao ouço a moça", "change_settings", {"music_level_db": -6.0}),
        ("acho q o bill combinava mais pra narrar", "change_settings", {"voice": "Bill"}),
        ("bin the one with the spiral stairs", "arrange_scenes", {"order": [1, 2, 4]}),
        ("boat for 10 secs", "edit_scene", {"scene": 2, "duration": 10}),
        ("die treppe nur 5 sek", "edit_scene", {"scene": 3, "duration": 5}),
        ("swap the narrator for chris", "change_settings", {"voice": "Chris"}),
        ("metti charlotte al posto di questa voce", "change_settings", {"voice": "Charlotte"}),
        ("la voix fait trop jeune, mets bill", "change_settings", {"voice": "Bill"}),
        ("die stimme nervt, nimm lieber brian", "change_settings", {"voice": "Brian"}),
        ("troca essa voz pela alice", "change_settings", {"voice": "Alice"}),
        ("it shouldnt be vertical", "change_settings", {"aspect_ratio": "16:9"}),
        ("mejor sin musica eh", "change_settings", {"music": False}),
    ],
)
def test_this_alone_is_done(said: str, tool: str, arguments: dict[str, Any]) -> None:
    assert called(said) == [(tool, arguments)]


def test_a_length_in_a_message_half_understood_rewrites_nothing() -> None:
    assert called("kids cant read that fast, captions off pls and boat for 10 secs") == [
        ("change_settings", {"captions": "off"})
    ]


@pytest.mark.parametrize(
    "said",
    [
        "quantos segundos tem a cena do barco",
        "how many seconds is the boat one",
        "was sieht man nochmal in der zweiten",
        "ma la barca viene prima o dopo le scale?",
    ],
)
def test_a_question_about_one_scene_is_answered(said: str) -> None:
    assert "The boat" in heard(said).words
    assert not heard(said).calls


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("シーン2を夕焼けにして", "Japanese"),
        ("zrób scenę 2 ciemniejszą", "Polish"),
        ("ikinci sahnede kar yagsin", "Turkish"),
        ("haal de muziek er maar helemaal uit", "Dutch"),
    ],
)
def test_a_language_that_is_not_spoken_is_told(said: str, language: str) -> None:
    assert heard(said).words.startswith(f"I do not understand {language} yet. Tell me in ")
    assert not heard(said).calls


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("call it 夜の光", "rename_film", {"title": "夜の光"}),
        ("scene 1 says こんにちは世界", "edit_scene", {"scene": 1, "script": "こんにちは世界"}),
        ("ile to bedzie kosztowac", "quote_film", {}),
    ],
)
def test_words_of_such_a_language_may_be_dictated(said: str, tool: str, arguments: dict[str, Any]) -> None:
    assert called(said) == [(tool, arguments)]


def test_the_voice_over_is_made_anew_where_there_is_one() -> None:
    assert called("redo the voice over") == [
        ("regenerate", {"components": ["audio/1", "audio/2", "audio/4"], "instructions": ""})
    ]


@pytest.mark.parametrize(
    ("said", "shown"),
    [
        ("more waves not boats in scene 2", ", more waves"),
        ("mehr wellen, nicht boote in szene 2", ", mehr wellen"),
        ("the boat needs someone waving", ", someone waving"),
        ("sulla barca ci vorrebbe un gatto", ", un gatto"),
    ],
)
def test_only_what_is_to_be_seen_is_put_into_a_picture(said: str, shown: str) -> None:
    [(tool, arguments)] = called(said)
    assert (tool, arguments["scene"]) == ("edit_scene", 2)
    assert arguments["image_prompt"] == f"A small fishing boat between high waves{shown}"


def test_a_question_is_put_into_no_picture() -> None:
    assert called("know any lighthouses worth visiting in cornwall? taking the kids") == []
