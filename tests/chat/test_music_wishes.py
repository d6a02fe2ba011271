"""Tests of wishes for music in few words: how loud it is, and in which mood; the rest of its description stays."""

from __future__ import annotations

import pytest

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.understanding import understand
from tests.chat.films import SPACE, facts

MUSIC = {"prompt": "bright theme in C major: strings and horns", "scene_indexes": [1, 2, 3, 4, 5, 6]}


def film(said: str, *, is_on: bool) -> Film:
    found = facts("scripted")
    found["film"]["settings"]["music"] = is_on
    return Film({**found, "script": {**SPACE.model_dump(mode="json"), "music": [MUSIC]}}, language_of(said, "en"))


@pytest.mark.parametrize("is_on", [True, False])
@pytest.mark.parametrize(
    "said",
    ["musik wieder an aber ruhig", "mach die Musik an, aber ruhiger bitte", "music back on but calm"],
)
def test_music_that_is_on_again_keeps_what_it_was_but_for_its_mood(said: str, is_on: bool) -> None:
    calls = understand(said, film(said, is_on=is_on)).calls
    settings = [call.arguments for call in calls if call.tool == "change_settings"]
    prompts = [call.arguments["prompt"] for call in calls if call.tool == "change_music"]
    assert settings == [{"music": True}]
    assert prompts == ["calm, theme in C major: strings and horns"]


@pytest.mark.parametrize("said", ["die musik soll leise sein", "leise musik", "make the music quiet"])
def test_quiet_music_is_the_same_music(said: str) -> None:
    [call] = understand(said, film(said, is_on=True)).calls
    assert (call.tool, dict(call.arguments)) == ("change_settings", {"music_level_db": -6.0})


def test_a_mood_in_german_is_no_german_word_in_the_music() -> None:
    for said in ("die musik soll ruhig sein", "doch ruhige musik"):
        [call] = understand(said, film(said, is_on=True)).calls
        assert call.arguments["prompt"] == "calm, theme in C major: strings and horns"
