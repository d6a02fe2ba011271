"""Tests of scenes that are wished for: their titles, and the words that are to be said in them."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.base import ToolCall, ToolResult
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.leftover_words import described
from chat.llm.local.new_scenes import MOST_CHARS, titled
from chat.llm.local.tool_answers import report
from chat.llm.local.understanding import understand
from tests.chat.films import facts

FILM = Film(facts("scripted"))


@pytest.mark.parametrize(
    ("said", "title", "spoken"),
    [
        (
            "add a scene at the end where a dog eats an ice cream, 5 sec, and a line 'yummy'",
            "A Dog Eats An Ice Cream",
            {"script": "yummy", "duration": 5},
        ),
        (
            "add a scene where a dog eats an ice cream, the narration says 'so good'",
            "A Dog Eats An Ice Cream",
            {"script": "so good"},
        ),
        (
            "add a scene where the astronaut waves and says 'hello'",
            "The Astronaut Waves",
            {"script": "", "lines": [{"speaker": "Astronaut", "text": "hello"}]},
        ),
        (
            "add a scene: the moon over the sea, with the line 'good night'",
            "The Moon Over The Sea",
            {"script": "good night"},
        ),
        ("add a scene about a cat in space", "A Cat In Space", {"script": ""}),
        (
            "füge am ende eine szene hinzu, in der ein Junge ein Brötchen isst und 'lecker' sagt",
            "Ein Junge isst ein Brötchen",
            {"script": "lecker"},
        ),
    ],
)
def test_what_is_to_be_said_in_a_new_scene_is_said_and_not_drawn(said: str, title: str, spoken: dict[str, Any]) -> None:
    [call] = understand(said, Film(facts("scripted"), language_of(said, "en"))).calls
    assert call.tool == "add_scene"
    assert call.arguments | spoken | {"title": title} == call.arguments
    assert "“" not in call.arguments["image_prompt"]
    assert ("lines" in call.arguments) == ("lines" in spoken)
    told = report([ToolResult(ToolCall("1", "add_scene", dict(call.arguments)), {"version": 2})], FILM)
    words = spoken.get("script") or next((line["text"] for line in spoken.get("lines", ())), "")
    assert f"“{words}” in it" in told if words else "no narration yet" in told


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("at the end show her on the moon", "her on the moon"),
        ("show a castle at the end, please", "a castle"),
        ("show the end of the road", "the end of the road"),
        ("zeig am Ende eine Burg", "eine Burg"),
    ],
)
def test_where_in_the_film_it_is_to_be_is_no_part_of_a_picture(said: str, seen: str) -> None:
    assert described(said) == seen


@pytest.mark.parametrize("language", ["en", "de"])
def test_a_title_ends_with_a_whole_word(language: str) -> None:
    said = "the history of the old lighthouse on the cliff and of everybody who kept it"
    title = titled(said, language)
    assert 0 < len(title) <= MOST_CHARS
    assert set(title.lower().split()) <= set(said.split())


@pytest.mark.parametrize(
    ("said", "tools"),
    [
        ("make it funnier pls", {"write_script"}),
        ("swap scene 1 and 2, thx", {"arrange_scenes"}),
        ("tausche Szene 1 und 2, danke", {"arrange_scenes"}),
        ("scene 2 at night pls, thanks a lot", {"edit_scene"}),
        ("the astronaut has a red helmet!! and make it funnier pls", {"describe_character", "write_script"}),
        ("he has a red helmet and make it funnier", {"describe_character", "write_script"}),
        ("use a different voice, like an old man", {"change_settings"}),
    ],
)
def test_a_polite_word_at_the_end_loses_no_wish(said: str, tools: set[str]) -> None:
    found = understand(said, Film(facts("scripted"), language_of(said, "en")))
    assert {call.tool for call in found.calls} == tools
    assert not found.words
    for call in found.calls:
        assert "funnier" not in call.arguments.get("image_prompt", "")


@pytest.mark.parametrize(
    ("said", "title"),
    [
        ("make the title Beautiful Day", "Beautiful Day"),
        ("make the title Toast", "Toast"),
        ("change the title to be Toast", "Toast"),
        ("call it Aspen", "Aspen"),
        ("mach den titel Bello und die Wurst", "Bello und die Wurst"),
    ],
)
def test_a_title_keeps_its_first_letters(said: str, title: str) -> None:
    [call] = understand(said, Film(facts("scripted"), language_of(said, "en"))).calls
    assert (call.tool, dict(call.arguments)) == ("rename_film", {"title": title})


def test_a_new_scene_shares_no_half_of_somebodys_look() -> None:
    found = facts("scripted")
    for clip in found["script"]["clips"]:
        clip["scene"]["image_prompt"] = "Luna (a cat with a satchel, white), wide shot, anime"
    [call] = understand("add a scene about a dog's bone", Film(found)).calls
    assert call.arguments["title"] == "A Dog's Bone"
    assert call.arguments["image_prompt"].endswith("with the rest of the film, wide shot, anime")


def test_a_no_while_the_script_is_written_speaks_of_the_script() -> None:
    told = understand("no", Film({**facts("running"), "script_is_being_written": True, "offer": None})).words
    assert "still writing the script" in told


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("scene 2 at night w/ fireworks, and no captions pls", {2: ["at night", "with fireworks"]}),
        ("scene 2 at sunset with a ship and birds", {2: ["at sunset", "with a ship and birds"]}),
        ("scene 2 at night with rain", {2: ["at night", "rain"]}),
        ("wait no fireworks in scene 1 not 2", {1: ["with fireworks"], 2: ["without fireworks"]}),
    ],
)
def test_what_is_seen_at_an_hour_is_not_lost(said: str, seen: dict[int, list[str]]) -> None:
    calls = [call.arguments for call in understand(said, FILM).calls if call.tool == "edit_scene"]
    assert {call["scene"]: call["image_prompt"].split(", ")[-len(seen[call["scene"]]) :] for call in calls} == seen
