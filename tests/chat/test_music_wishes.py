"""Tests of wishes for music in few words: how loud it is, and in which mood; the rest of its description stays."""

from __future__ import annotations

import pytest

from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say
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


MUSIC_ASKED = Before("other music", say("en", "ask.music_all"))


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("undo that", ["undo"]), ("whats the price", ["quote_film"]), ("stop", ["cancel_run"]), ("thanks", []),
        ("can i see it before i pay", []), ("download it", []), ("how far is it", ["film_status"]),
    ],
)  # fmt: skip
def test_what_is_no_answer_to_how_music_should_sound_describes_no_music(said: str, tools: list[str]) -> None:
    found = understand(said, film(said, is_on=True), before=MUSIC_ASKED)
    assert [call.tool for call in found.calls] == tools
    assert found.calls or (found.words and found.words != MUSIC_ASKED.agent)


@pytest.mark.parametrize(
    ("said", "prompt"),
    [("lively drums", "lively drums music"), ("jazz", "jazz music"), ("piano i think", "piano music"),
     ("like in a spy film", "spy music")],
)  # fmt: skip
def test_an_answer_describes_the_music(said: str, prompt: str) -> None:
    [call] = understand(said, film(said, is_on=True), before=MUSIC_ASKED).calls
    assert call.arguments["prompt"] == prompt


def test_words_that_music_had_already_are_kept_with_another_mood() -> None:
    had = {"prompt": "tender beginning in B flat major: piano", "scene_indexes": [1, 2, 3, 4, 5, 6]}
    script = {**SPACE.model_dump(mode="json"), "music": [had]}
    found = understand("more upbeat music pls", Film({**facts("scripted"), "script": script}, "en"))
    assert [call.arguments["prompt"] for call in found.calls] == ["upbeat, beginning in B flat major: piano"]
    assert not found.words


@pytest.mark.parametrize(
    "said",
    [
        "die musik is mir zu traurig", "die musik ist zu traurig", "the music is too sad for me",
        "la musica es demasiado triste para mi", "la musique est trop triste", "la musica è troppo triste",
        "a música é triste demais",
    ],
)  # fmt: skip
def test_what_is_too_much_of_in_the_music_becomes_less(said: str) -> None:
    [call] = understand(said, film(said, is_on=True)).calls
    assert call.arguments["prompt"] == "bright theme in C major: strings and horns, less sad"


@pytest.mark.parametrize("said", ["musik is zu langweilig", "die musik finde ich zu hektisch", "musik passt mir nicht"])
def test_a_complaint_that_says_no_mood_is_asked_about(said: str) -> None:
    found = understand(said, film(said, is_on=True))
    assert (found.calls, found.words) == ((), say("de", "ask.music_all"))


@pytest.mark.parametrize("said", ["never mind", "no not that"])
def test_whoever_wants_all_as_it_was_hears_how_a_change_is_taken_back(said: str) -> None:
    language = language_of(said, "en")
    before = Before("louder music", say(language, "now.music_on"))
    assert understand(said, film(said, is_on=True), before=before).words == say(language, "talk.denied")


@pytest.mark.parametrize("said", ["make scene 2 quieter", "make the last scene quieter"])
def test_loudness_is_put_into_no_picture(said: str) -> None:
    found = understand(said, Film(facts("scripted"), "en"))
    assert not found.calls
    assert "loudness is the same for the whole film" in found.words
