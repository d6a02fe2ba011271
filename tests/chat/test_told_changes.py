"""Tests of how the agent tells what a picture's description has more of."""

from __future__ import annotations

import pytest

from chat.llm.base import ToolCall, ToolResult
from chat.llm.local import looks
from chat.llm.local.appearance import with_look
from chat.llm.local.changes import added_to
from chat.llm.local.film import Film
from chat.llm.local.tool_answers import report
from chat.llm.local.understanding import understand
from tests.chat.films import SPACE, facts

CORGI = "A corgi in the sand, lighthouse above the ocean at sunset, wide shot"


@pytest.mark.parametrize(
    ("new", "told"),
    [
        (f"{CORGI}, darker", ["darker"]),
        ("A corgi in the sand, lighthouse above the ocean, wide shot, at night", ["at night"]),
        ("Another picture", None),
        (None, []),
    ],
)
def test_only_what_was_added_is_told(new: str | None, told: list[str] | None) -> None:
    assert added_to(CORGI, new) == told


@pytest.mark.parametrize(
    ("asked", "prompt"),
    [
        (["at sunset"], CORGI),
        (["wide shot"], CORGI),
        (["at night"], "A corgi in the sand, lighthouse above the ocean, wide shot, at night"),
        (["darker"], f"{CORGI}, darker"),
    ],
)
def test_what_a_picture_shows_already_is_not_asked_of_it_again(asked: list[str], prompt: str) -> None:
    assert looks.seen_too(CORGI, asked) == prompt


def test_another_mood_leaves_no_stray_signs_in_the_music() -> None:
    film = Film({**facts("scripted"), "script": {**SPACE.model_dump(mode="json"), "music": [
        {"prompt": "silly finale in C major, bouncy: brass band, glockenspiel", "scene_indexes": [1, 2, 3, 4, 5, 6]},
    ]}})  # fmt: skip
    [call] = understand("calmer music", film).calls
    assert call.arguments["prompt"] == "calm, silly finale in C major: brass band, glockenspiel"


def test_a_character_of_another_colour_is_told_and_drawn_in_that_alone() -> None:
    old = "Character profile of Luna: an orange cat with a red satchel. Four angles side by side"
    new = with_look(old, "white")
    assert new == "Character profile of Luna: a white cat with a red satchel. Four angles side by side"
    result = ToolResult(
        ToolCall("1", "describe_character", {"name": "Luna", "image_prompt": new}), {"version": 2, "before": old}
    )
    told = report([result], Film(facts("scripted")))
    assert told.startswith("Luna is described again: a white cat with a red satchel.")


def test_a_character_is_told_by_what_is_new_of_it_alone() -> None:
    old = "A dog with floppy ears. Four angles side by side: front, side"
    asked = {"name": "Biscuit", "new_name": "Biscuit", "image_prompt": old.replace("ears.", "ears, corgi.")}
    result = ToolResult(ToolCall("1", "describe_character", asked), {"version": 2, "before": old})
    assert report([result], Film(facts("scripted"))).startswith("Biscuit is described again: corgi. ")


@pytest.mark.parametrize(
    ("said", "picture"),
    [
        ("actually no scene 3 at night", "Picture of moon landing, at night"),
        ("actually no, scene 3 back to day", "Picture of moon landing, in daylight"),
        ("no people in scene 3", "Picture of moon landing, in daylight, without people"),
    ],
)
def test_a_no_before_a_scene_is_nothing_that_should_go(said: str, picture: str) -> None:
    found = understand(said, Film(facts("scripted")))
    [call] = found.calls
    assert (call.arguments["image_prompt"], found.words) == (picture, "")


@pytest.mark.parametrize("said", ["same thing but vertical for TikTok", "make it vertical, same thing otherwise"])
def test_the_same_thing_is_no_wish_that_was_left(said: str) -> None:
    found = understand(said, Film(facts("scripted")))
    [call] = found.calls
    assert (dict(call.arguments), found.words) == ({"aspect_ratio": "9:16"}, "")
