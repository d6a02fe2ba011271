"""Scenes that are to end on the next one's picture, as people ask for it in the chat."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.base import ToolCall, ToolResult
from chat.llm.local import tool_answers
from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from tests.chat.films import facts


def heard(said: str, language: str = "en") -> list[tuple[int, bool]]:
    found = understand(said, Film(facts("film"), language))
    edits = [one for call in found.calls for one in call.arguments.get("changes") or [call.arguments]]
    assert all(call.tool in ("edit_scene", "edit_scenes") for call in found.calls), found
    assert all(set(one) == {"scene", "ends_on_next"} for one in edits), found
    return [(one["scene"], one["ends_on_next"]) for one in edits]


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("let scene 2 end on the picture of scene 3", "en"),
        ("Please make scene 2 end on scene 3's picture", "en"),
        ("the second scene should end on the next scene's picture", "en"),
        ("can scene 2 finish with the first frame of scene 3?", "en"),
        ("scene 2: end on the next scene's picture", "en"),
        ("Lass Szene 2 auf dem Bild von Szene 3 enden", "de"),
        ("Szene 2 soll mit dem Bild der nächsten Szene enden", "de"),
        ("die zweite Szene soll auf dem Bild der dritten enden", "de"),
        ("beende Szene 2 mit dem Bild von Szene 3", "de"),
        ("que la escena 2 termine en la imagen de la escena 3", "es"),
        ("fais finir la scène 2 sur l'image de la scène 3", "fr"),
        ("fai finire la scena 2 sull'immagine della scena 3", "it"),
        ("faz a cena 2 terminar na imagem da cena 3", "pt"),
    ],
)
def test_a_scene_is_to_end_on_the_next_ones_picture(said: str, language: str) -> None:
    assert heard(said, language) == [(2, True)]


def test_it_can_be_every_scene_or_none() -> None:
    assert heard("let every scene end on the picture of the next one") == [(place, True) for place in range(1, 6)]
    assert heard("scene 2 should no longer end on the picture of scene 3") == [(2, False)]
    assert heard("Szene 2 soll nicht auf dem Bild von Szene 3 enden", "de") == [(2, False)]


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("let scene 6 end on the next scene's picture", "No scene follows scene 6"),
        ("let scene 2 end on the picture of scene 5", "scene 2 on that of scene 3"),
        ("let scene 3 end on the picture of scene 2", "scene 3 on that of scene 4"),
        ("end on the next scene's picture", "In which scene?"),
    ],
)
def test_what_cannot_be_is_said_and_changes_nothing(said: str, told: str) -> None:
    found = understand(said, Film(facts("film")))
    assert not found.calls
    assert told in found.words


@pytest.mark.parametrize(
    "said", ["end the film with a picture of a cat", "end scene 2 with a sunset", "scene 2 ends too early"]
)
def test_other_wishes_are_none_of_it(said: str) -> None:
    calls = understand(said, Film(facts("film"))).calls
    assert not any("ends_on_next" in str(call.arguments) for call in calls)


@pytest.mark.parametrize(
    ("able", "language", "told"),
    [
        ([], "en", "No clip model here is told a picture to end on"),
        (["kling-3-pro"], "en", "These are: kling-3-pro"),
        (["kling-3-pro"], "de", "Diesen schon: kling-3-pro"),
    ],
)
def test_a_model_that_cannot_is_told_with_those_that_can(able: list[str], language: str, told: str) -> None:
    film = Film({**facts("film"), "models_that_end": able}, language)
    call = ToolCall("1", "edit_scene", {"scene": 2, "ends_on_next": True})
    failed: dict[str, Any] = {"error": {"code": "invalid", "message": "clips[1].scene.ends_on_next: no"}}
    assert told in tool_answers.report([ToolResult(call, failed)], film)


def test_what_was_done_is_told() -> None:
    call = ToolCall("1", "edit_scene", {"scene": 2, "ends_on_next": True})
    done = {"version": 2, "before": {"2": {}}, "price": {"credits": 10, "components": ["video/2"]}}
    assert "Scene 2 now ends on the picture of scene 3" in tool_answers.report(
        [ToolResult(call, done)], Film(facts("film"))
    )
