"""A voice of one's own, chosen in the chat: for the narration and for characters, with slips, in several languages."""

from __future__ import annotations

import copy
from pathlib import Path
from typing import Any

import pytest
from pytest_django import Settings

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Step, Understood, step
from chat.llm.local.understanding import understand
from pipeline.models import Script, Task
from pipeline.services import scripts
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import answer, task
from tests.pipeline.engine.test_own_voices import voice_for

__all__ = ["task"]

CAST = [
    {"name": "Anna", "image_prompt": "A young woman with red hair"},
    {"name": "Tom", "image_prompt": "An old man with a beard"},
]
ANNA = {"character": "Anna"}


def heard(said: str, *kept: str) -> Understood:
    found: dict[str, Any] = copy.deepcopy(facts("scripted"))
    found["script"]["character_profiles"] = CAST
    spoken = Film({**found, "own_voices": list(kept)}, language_of(said, "en"))
    return spoken.telling(lambda one: understand(said, one, mind=likely_meanings))


@pytest.mark.parametrize(
    ("said", "arguments"),
    [
        ("use my voice for Anna", ANNA),
        ("anna shoud speak with my voice pls", ANNA),
        ("take my own voice for the narration", {}),
        ("my own voice please", {}),
        ("can you use my voice for anna?", ANNA),
        ("let anna talk in grandpa's voice", {"voice": "Grandpa", **ANNA}),
        ("use the voice grandpa for tom", {"voice": "Grandpa", "character": "Tom"}),
        ("nimm meine stimme für anna", ANNA),
        ("Anna soll mit meiner eigenen Stimme sprechen", ANNA),
        ("quiero usar mi voz para Anna", ANNA),
        ("utilise ma voix pour Anna", ANNA),
        ("usa la mia voce per Anna", ANNA),
        ("use a minha voz para Anna", ANNA),
        ("用我的声音", {}),
    ],
)
def test_it_is_understood(said: str, arguments: dict[str, Any]) -> None:
    assert heard(said, "Me", "Grandpa").calls == (Step("use_own_voice", arguments),)


@pytest.mark.parametrize(
    "said",
    ["my voice sounds weird", "can i use my own voice?", "is that my voice?", "how much would it cost with my voice?",
     "the voice of the sea", "grandpa walks to the sea in scene 2", "use my voice in scene 2"],
)  # fmt: skip
def test_what_is_told_or_asked_chooses_none(said: str) -> None:
    assert "use_own_voice" not in [call.tool for call in heard(said, "Me", "Grandpa").calls]


@pytest.mark.parametrize(
    ("said", "name", "voice"),
    [
        ("give anna a deep voice", "Anna", "Aria"),
        ("anna needs a british voice", "Anna", "Alice"),
        ("a male voice for anna", "Anna", "George"),
        ("anna should have george's voice", "Anna", "George"),
        ("tom should sound older", "Tom", "Bill"),
    ],
)
def test_somebody_of_the_film_has_another_voice_and_not_the_narrator(said: str, name: str, voice: str) -> None:
    assert heard(said).calls == (Step("describe_character", {"name": name, "voice": voice}),)


@pytest.mark.parametrize(
    "said",
    [
        "give it a deep, warm, British voice",
        "use a deep, warm and British voice",
        "deep, warm, British voice please",
        "the voice should be deep, warm and British",
    ],
)
def test_a_voice_is_described_in_one_breath(said: str) -> None:
    assert heard(said) == Understood((Step("change_settings", {"voice": "George"}),))
    calls = [(call.tool, call.arguments.get("voice")) for call in heard(f"{said}, and make scene 2 darker").calls]
    assert calls == [("change_settings", "George"), ("edit_scene", None)]


def test_another_wish_beside_it_is_done_too() -> None:
    tools = [call.tool for call in heard("use my voice for anna and make scene 2 darker", "Me").calls]
    assert tools == ["use_own_voice", "edit_scene"]


def test_who_has_none_is_told_what_it_takes() -> None:
    assert "upload 5 to 60 seconds" in heard("use my voice for Anna").words
    assert "“Me” and “Grandpa”" in heard("can i use my own voice?", "Me", "Grandpa").words


def test_a_usual_voice_takes_its_place_again() -> None:
    assert heard("stop using my voice", "Me").calls == (Step("change_settings", {"voice": "Rachel"}),)
    gone = heard("not my voice for anna", "Me").calls
    assert gone == (Step("describe_character", {"name": "Anna", "voice": ""}),)


def test_it_is_chosen_told_and_taken_back(task: Task, alice: User, home: Path, settings: Settings) -> None:
    content = {**scripts.current_script(task).content, "character_profiles": CAST}
    Script.objects.filter(task=task).update(content=content)
    voice = voice_for(alice, home)

    def own() -> tuple[str, list[str]]:
        task.refresh_from_db()
        told = scripts.current_script(task).content
        return task.settings.get("voice_character", ""), [
            each.get("voice_character", "") for each in told["character_profiles"]
        ]

    assert "No model here speaks English in the voice of a sample" in answer(task, "use my voice for anna").content
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "fal": "k"}
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "voice": "auto"}
    told = answer(task, "use my voice for anna").content
    assert "Anna speaks with your voice “Me” now." in told
    assert own() == ("", [voice.id, ""])
    assert "Anna speaks with one of the usual voices now." in answer(task, "not my voice for anna").content
    assert own() == ("", ["", ""])
    assert "Your voice “Me” speaks the narration now." in answer(task, "use my own voice").content
    assert own() == (voice.id, ["", ""])
    assert "The voice is Rachel now." in answer(task, "use Rachel").content, "it was Rachel's before, and spoke no more"
    assert own() == ("", ["", ""])
    assert "Your own voice speaks again." in answer(task, "undo").content
    assert own() == (voice.id, ["", ""])


@pytest.mark.parametrize("said", ["use a woman with british accent", "a british accent please"])
def test_an_accent_is_one_of_a_voice(said: str) -> None:
    assert heard(said).calls == (step("change_settings", voice="Alice"),)
