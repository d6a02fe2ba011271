"""Sentences that no rule knows, understood by their likeness to examples; and what is never done for a likeness."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any

import numpy as np
import pytest

from chat.llm.local import deeds
from chat.llm.local.corrections import NOTHING, Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import learn, likely_meanings
from chat.llm.local.steps import Step, Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import sentences
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts


def film(state: str = "scripted", language: str = "en") -> Film:
    found = facts(state)
    found["script"] = {"version": 1, **LIGHTHOUSE.model_dump(mode="json")} if state != "empty" else None
    return Film({**found, "takes": {}}, language)


def heard(said: str, state: str = "scripted", before: Before = NOTHING) -> Understood:
    spoken = film(state, language_of(said, "en"))
    return spoken.telling(lambda one: understand(said, one, before=before, mind=likely_meanings))


def only(found: Understood) -> Step:
    assert len(found.calls) == 1, found
    return found.calls[0]


def test_the_weights_are_those_of_the_examples() -> None:
    with np.load(learn.WEIGHTS, allow_pickle=False) as stored:
        assert str(stored["stamp"]) == learn.stamp(), "run `python -m chat.llm.local.meanings.learn`"


@pytest.mark.parametrize(
    ("said", "scene"),
    [
        ("the harbour should be packed with people cheering", 4),
        ("more rust on the fishing boat, the one between the waves", 2),
        ("die treppe soll viel enger und gruseliger wirken", 3),
        ("pon una ballena en la escena del barco", 2),
        ("I want the stairs to be covered in candles", 3),
        ("mehr Möwen im Hafen", 4),
    ],
)
def test_what_is_to_be_seen_goes_into_the_scene_that_has_it(said: str, scene: int) -> None:
    call = only(heard(said))
    assert (call.tool, call.arguments["scene"]) == ("edit_scene", scene)
    assert call.arguments["image_prompt"].startswith(LIGHTHOUSE.clips[scene - 1].scene.image_prompt[:12])


@pytest.mark.parametrize(
    ("said", "order"),
    [
        ("lose the stairs", [1, 2, 4]),
        ("start with the boat, then the storm, rest stays", [2, 1, 3, 4]),
        ("die Treppe ganz an den Anfang", [3, 1, 2, 4]),
        ("swap the storm and the morning", [4, 2, 3, 1]),
    ],
)
def test_a_scene_is_moved_and_removed_by_what_it_is_called(said: str, order: list[int]) -> None:
    assert only(heard(said)) == Step("arrange_scenes", {"order": order})


@pytest.mark.parametrize(
    ("said", "setting"),
    [
        ("fallo quadrato", {"aspect_ratio": "1:1"}),
        ("mach den Text weg, also die Untertitel mein ich", {"captions": "off"}),
        ("Rachel nervt, ganz ohne Stimme, nur Musik", {"voice_over": False}),
    ],
)
def test_a_setting_is_changed_in_any_language(said: str, setting: dict[str, Any]) -> None:
    assert only(heard(said)).arguments == setting


def test_words_that_are_given_go_where_words_like_them_are() -> None:
    call = only(heard("'somebody' is too vague, it should go 'Tonight Tom needs it'", "film"))
    assert call.arguments == {"scene": 2, "script": "Tonight Tom needs it"}
    call = only(heard("change the last line to: and the light stayed on."))
    assert (call.arguments["scene"], call.arguments["script"]) == (4, "And the light stayed on.")


def test_a_character_is_without_what_is_said_to_be_gone() -> None:
    call = only(heard("Tom senza cappello per favore"))
    assert (call.tool, call.arguments["name"]) == ("describe_character", "Tom")
    assert "red cap" not in call.arguments["image_prompt"]


@pytest.mark.parametrize("meaning", ["scene_remove", "stop", "undo", "rewrite", "film_longer"])
def test_what_removes_rewrites_or_stops_is_asked_about(meaning: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(learn, "SAID_WITH", 1)  # the same sentence with a second and third scene is heard alike
    told = [one for name, said in learn.examples().items() if name == meaning for one in said]
    spoken = {said: film(language=language_of(said, "en")) for said in told}
    by_rules = {said: one.telling(partial(understand, said)) for said, one in spoken.items()}
    for said, alone in by_rules.items():
        if not alone.calls:
            calls = {call.tool for call in heard(said).calls}
            assert not calls & (deeds.NEVER_GUESSED - {"arrange_scenes"}), said


def test_what_was_said_while_the_script_was_written_is_a_wish_before_it_is_a_fact() -> None:
    waited = film()
    waited = replace(waited, facts={**waited.facts, "waited_for_the_script": True})
    found = understand("wait, the keeper should be called Ruth not Ella", waited, mind=likely_meanings)
    assert only(found) == Step("describe_character", {"name": "Ella", "new_name": "Ruth"})


def test_a_yes_does_what_was_asked_about() -> None:
    asked = sentences("en")["ask.meant"].format(what="Remove scene 4")
    found = heard("yes please", before=Before("enlève la scène du matin", asked))
    assert only(found) == Step("arrange_scenes", {"order": [1, 2, 3]})
    assert not heard("no", before=Before("enlève la scène du matin", asked)).calls


@pytest.mark.parametrize("language", ["en", "de"])
def test_every_sentence_that_is_asked_back_is_one_that_the_rules_know(language: str) -> None:
    offered = {key: text for key, text in sentences(language).items() if key.startswith("meant.")}
    for key, text in offered.items():
        found = understand(text.format(n=2), film("film", language))
        lost = sentences(language)["talk.lost"].partition(".")[0]
        assert found, (key, text)
        assert lost not in found.words, (key, text)


@pytest.mark.parametrize(
    "said", ["how much is a 30 second vid", "was kostet der spaß hier eigentlich", "can you make me a 90 minute movie?"]
)
def test_a_question_is_no_subject_of_a_film(said: str) -> None:
    found = heard(said, "empty")
    assert not found.calls
    assert found.words


@pytest.mark.parametrize("said", ["blorp the fizzle", "purple monkey dishwasher", "mein fahrrad ist kaputt"])
def test_what_means_nothing_is_not_understood(said: str) -> None:
    assert sentences(language_of(said, "en"))["talk.lost"].partition(".")[0] in heard(said).words


@pytest.mark.parametrize("said", ["is the music too loud?", "does Tom have a hat?", "sind die Untertitel an?"])
def test_a_question_changes_nothing(said: str) -> None:
    assert not {call.tool for call in heard(said).calls} - {"explain", "film_status", "quote_film"}
