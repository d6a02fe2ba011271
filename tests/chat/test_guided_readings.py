"""Tests of what a small language model is asked, and what of its answer counts: without a server."""

from __future__ import annotations

import re
from typing import NamedTuple

import pytest

from chat import prompts
from chat.llm.guided import wishes
from chat.llm.guided.candidates import DEEDS_OF, candidates
from chat.llm.guided.deeds import carried_out
from chat.llm.guided.evidence import as_typed
from chat.llm.guided.translating import is_english
from chat.llm.guided.wishes import Wish
from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from tests.chat.films import facts


class Likely(NamedTuple):
    name: str
    likelihood: float


def test_the_model_chooses_among_the_few_deeds_that_the_sentence_is_like() -> None:
    likely = [Likely("scene_remove", 0.7), Likely("picture", 0.2), Likely("undo", 0.05), Likely("price", 0.01)]
    assert candidates(likely, is_several=False) == ("picture", "remove", "undo", "ask", "unclear")
    assert "price" in candidates(likely, is_several=True)
    assert candidates([], is_several=False) == wishes.DEEDS


def test_every_deed_is_known_to_the_prompt() -> None:
    prompt = prompts.instructions("wishes-1")
    assert [deed for deed in wishes.DEEDS if not re.search(rf"\b{deed}\b", prompt)] == []
    assert {deed for deeds in DEEDS_OF.values() for deed in deeds} <= set(wishes.DEEDS)


@pytest.mark.parametrize(
    ("text", "said", "typed"),
    [
        ("and the light stayed on", "change it to: And the light, stayed on.", "And the light, stayed on."),
        ("something else", "change it to: And the light stayed on.", ""),
        ("", "anything", ""),
    ],
)
def test_as_typed(text: str, said: str, typed: str) -> None:
    assert as_typed(text, said) == typed


def test_what_is_read_names_only_scenes_and_deeds_that_there_are() -> None:
    film = Film(facts("scripted"))
    answer = {"wishes": [{"do": "fly", "at": [1]}, {"do": "silent", "at": [2, 2, 9, "x"]}, "odd", {"do": "title"}]}
    assert wishes.wishes_in(answer, film) == (Wish("silent", (2,)), Wish("title"))


@pytest.mark.parametrize(
    ("said", "english"),
    [
        ("put a cat on the stairs", True),
        ("Tom senza cappello", False),
        ("mehr Möwen", False),
        ("fallo quadrato", False),
    ],
)
def test_is_english(said: str, english: bool) -> None:
    assert is_english(said) == english


@pytest.mark.parametrize(("lengths", "lasts"), [([5, 10], 5), (list(range(3, 16)), 7)])
def test_a_scene_gets_the_length_that_its_clip_can_have(lengths: list[int], lasts: int) -> None:
    film = Film({**facts("scripted"), "scene_lengths": lengths})
    wish, said = Wish("seconds", (1,), "7"), "let the rockety bit run for 7 seconds"
    now = film.scene(1)["duration"]
    done = carried_out([wish], said, film, understand)
    assert [call.arguments for call in done.calls] == ([{"scene": 1, "duration": lasts}] if lasts != now else [])
