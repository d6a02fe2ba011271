"""Tests of how a name is said, told in the chat in many words, with slips, in English and German."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from pipeline.models import Task
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import answer, task

__all__ = ["task"]


def film(language: str = "en") -> Film:
    found: dict[str, Any] = copy.deepcopy(facts("scripted"))
    found["script"]["clips"][0]["scene"]["script"] = "Köhler flies to San José with Nguyen."
    return Film(found, language)


@pytest.mark.parametrize(
    ("said", "written", "how"),
    [
        ("pronounce Köhler KER-ler", "Köhler", {"said": "KER-ler"}),
        ("pls pronouce köhler as KER-ler", "Köhler", {"said": "KER-ler"}),
        ("köhler prononced KER-ler", "Köhler", {"said": "KER-ler"}),
        ("the name Köhler is pronounced KER-ler.", "Köhler", {"said": "KER-ler"}),
        ("plz say nguyen like win", "Nguyen", {"said": "win"}),
        ("you say nguyen wrong. its win", "Nguyen", {"said": "win"}),
        ("the narrator mispronounces Köhler, it's KER-ler", "Köhler", {"said": "KER-ler"}),
        ("Köhler → KER-ler", "Köhler", {"said": "KER-ler"}),
        ("pronounce San José san ho-ZAY", "San José", {"said": "san ho-ZAY"}),
        ("pronounce Köhler /ˈkøːlɐ/", "Köhler", {"ipa": "ˈkøːlɐ"}),
        ("pronounce Köhler KER-ler in all my films", "Köhler", {"said": "KER-ler", "in_all_films": True}),
        ("pronounce Köhler as it is written", "Köhler", {}),
        ("sprich köhler wie KER-ler aus", "Köhler", {"said": "KER-ler"}),
        ("Der Name Köhler wird KER-ler ausgesprochen", "Köhler", {"said": "KER-ler"}),
        ("Köhler spricht man KER-ler aus", "Köhler", {"said": "KER-ler"}),
    ],
)
def test_it_is_understood(said: str, written: str, how: dict[str, Any]) -> None:
    [call] = understand(said, film()).calls
    assert (call.tool, call.arguments) == ("pronounce", {"written": written, **how})


@pytest.mark.parametrize(
    "said",
    ["pronounce it better", "say hello like a pirate in scene 2", "the captain is said to be brave", "scene 2 says hi",
     "the narration is read by George"],
)  # fmt: skip
def test_what_is_about_something_else_is_left_alone(said: str) -> None:
    assert "pronounce" not in [call.tool for call in understand(said, film()).calls]


def test_who_does_not_say_how_is_asked() -> None:
    assert "How is Köhler said?" in understand("pronounce Köhler correctly", film()).words
    assert "Wie spricht man Köhler?" in understand("pronounce Köhler properly", film("de")).words


def test_it_is_noted_told_and_taken_back(task: Task, alice: User) -> None:
    told = answer(task, "pronounce Nobody NO-buddy in all my films")
    assert "Nobody is spoken “NO-buddy” from now on; captions and script keep it as it is written." in told.content
    assert "No narration has “Nobody” so far" in told.content
    assert "Your new films begin with that too" in told.content
    task.refresh_from_db()
    alice.refresh_from_db()
    listed = [{"written": "Nobody", "said": "NO-buddy", "ipa": ""}]
    assert (task.settings["pronunciations"], alice.pronunciations) == (listed, listed)
    assert "Every word is spoken as it is written." in answer(task, "undo").content
    task.refresh_from_db()
    assert "pronunciations" not in task.settings
