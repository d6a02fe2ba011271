"""Tests of what is said twice, of a numbered piece of music, in quotation marks, or of a new scene."""

from __future__ import annotations

import pytest

from chat.llm.local.film import Film
from chat.llm.local.steps import Step
from chat.llm.local.understanding import understand
from tests.chat.films import facts


def said(*sentences: str) -> tuple[Step, ...]:
    """The calls for the last sentence."""
    film, calls = Film(facts("scripted"), "en"), tuple[Step, ...]()
    for sentence in sentences:
        calls = understand(sentence, film).calls
        for call in calls:
            film = film.after(call)
    return calls


def test_slower_said_again_is_slower_once_and_faster_takes_its_place() -> None:
    slower = "make scene 2 slower"
    assert said(slower)[0].arguments["video_prompt"] == "Motion 2, in slow motion, slowly"
    assert said(slower, slower)[0].arguments["video_prompt"] == "Motion 2, in very slow motion, very slowly"
    assert said(slower, slower, slower)[0].arguments["video_prompt"] == "Motion 2, in very slow motion, very slowly"
    assert said(slower, "scene 2 faster")[0].arguments["video_prompt"] == "Motion 2, fast, with quick movement"


@pytest.mark.parametrize("wish", ["make the music 2 quieter", "music 2 louder pls", "turn the music 2 down"])
def test_the_loudness_of_one_piece_of_music_is_not_that_of_all(wish: str) -> None:
    found = understand(wish, Film(facts("scripted"), "en"))
    assert not found.calls
    assert found.words.startswith("The loudness is the same for the whole film.")


def test_a_number_behind_the_music_is_its_piece_and_no_measure() -> None:
    assert said("make the music 2 calmer")[0].arguments == {"scenes": [4, 5, 6], "prompt": "calm, electronic"}
    assert said("make the music 2 db quieter")[0].arguments == {"music_level_db": -2.0}


@pytest.mark.parametrize(
    "text",
    [
        "“Good morning, all”",
        "‘Good morning, all’",
        "'Good morning, all'",
        '""Good morning, all""',
        "„Good morning, all“",
    ],
)
def test_dictated_words_lose_their_quotation_marks(text: str) -> None:
    assert said(f"scene 2 says {text}")[0].arguments["script"] == "Good morning, all"


def test_a_scene_that_is_added_looks_like_the_others() -> None:
    found = facts("scripted")
    for clip in found["script"]["clips"]:
        clip["scene"]["image_prompt"] = f"a rocket {clip['scene']['index']}, wide shot, anime illustration, clean lines"
    (call,) = understand("add a scene about a sandcastle at the end", Film(found, "en")).calls
    assert call.arguments["image_prompt"].endswith("film, wide shot, anime illustration, clean lines")
