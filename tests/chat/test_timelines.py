"""Wishes for the cut in the chat: free, told plainly, and taken back by a word."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from tests.chat.films import facts

OUT, CLIP, VOICE = "pauses_out", "clip_later", "voice_later"


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("cut the pause in scene 2", {"scenes": [2], OUT: True}),
        ("cut teh pauses in scene 2 pls", {"scenes": [2], OUT: True}),
        ("remove the silence between the words in scene 4", {"scenes": [4], OUT: True}),
        ("take out the silences", {OUT: True}),
        ("can you cut the pauses?", {OUT: True}),
        ("schneide die Pause in Szene 2 raus", {"scenes": [2], OUT: True}),
        ("die pausen in allen szenen kürzen", {"scenes": [1, 2, 3, 4, 5, 6], OUT: True}),
        ("start the clip of scene 3 two seconds later", {"scenes": [3], CLIP: 2.0}),
        ("start scene 3 two seconds later", {"scenes": [3], CLIP: 2.0}),
        ("let scene 3's clip start 1.5 sec earlier", {"scenes": [3], CLIP: -1.5}),
        ("skip the first 2 seconds of the clip in scene 3", {"scenes": [3], CLIP: 2.0}),
        ("trim 2 seconds off the start of the clip in scene 3", {"scenes": [3], CLIP: 2.0}),
        ("lass den Clip von Szene 3 zwei Sekunden später anfangen", {"scenes": [3], CLIP: 2.0}),
        ("start the voice in scene 1 half a second later", {"scenes": [1], VOICE: 0.5}),
        ("die Stimme in Szene 1 soll eine halbe Sekunde später anfangen", {"scenes": [1], VOICE: 0.5}),
        ("fade out the music at the end over 5 seconds", {"scenes": [6], "fade_out": 5.0}),
        ("let the music fade in slowly", {"scenes": [1], "fade_in": 5.0}),
        ("Musik am Ende langsam ausblenden", {"scenes": [6], "fade_out": 5.0}),
    ],
)
def test_a_wish_for_the_cut_is_one_call(said: str, asked: dict[str, Any]) -> None:
    language = "de" if any(word in said.lower() for word in ("szene", "musik")) else "en"
    [call] = understand(said, Film(facts("film"), language)).calls
    assert (call.tool, call.arguments) == ("edit_timeline", asked)


@pytest.mark.parametrize(
    "said",
    [
        "add a pause in scene 2",
        "make scene 2 longer",
        "mute the music at the end",
        "cut scene 2",
        "no music in scene 3",
    ],
)
def test_other_wishes_are_no_edits_of_the_timeline(said: str) -> None:
    assert "edit_timeline" not in [call.tool for call in understand(said, Film(facts("film"), "en")).calls]


def test_two_wishes_in_one_sentence_are_both_heard() -> None:
    said = "remove the pause in scene 1 and mute the music in the last scene"
    calls = understand(said, Film(facts("film"), "en")).calls
    assert [(call.tool, call.arguments["scenes"]) for call in calls] == [("edit_timeline", [1]), ("change_music", [6])]
