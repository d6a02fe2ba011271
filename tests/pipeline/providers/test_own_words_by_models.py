"""A user's own words come out of a language model as they went in, whatever it writes."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest

from pipeline.film.script import parse_script
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing import own_words
from pipeline.providers.local.writing.writer import write_script
from pipeline.providers.openai.draft import as_script, brief, mended

WORDS = [
    "Every morning at seven, Marta unlocks a door.",
    "Then a boy walks in.",
    "He asks for the longest story she has.",
]
TEXT = "\n".join(
    f'SCENE {place} - INT. BOOKSHOP - MORNING\nNarrator: "{words}"' for place, words in enumerate(WORDS, 1)
)
REQUEST = ScriptRequest(TEXT, 15, "16:9", "noir", "en", "Rachel", False, 0, source_mode="verbatim")


def written(scenes: int, *, groups: list[list[int]] | None = None) -> dict[str, Any]:
    scene = {
        "title": "Theirs", "duration": 10, "script": "Words of a model.", "image_prompt": "a lamp",
        "video_prompt": "slow", "characters": [], "transition": "fade",
    }  # fmt: skip
    music = [{"prompt": "piano", "scene_indexes": indexes} for indexes in groups or [list(range(1, scenes + 1))]]
    return {
        "rewritten_prompt": "A film", "character_profiles": [], "scenes": [dict(scene) for _ in range(scenes)],
        "music": music,
    }  # fmt: skip


@pytest.mark.parametrize("draft", [written(3), written(1), written(5), written(3, groups=[[1], [2, 3]])])
@pytest.mark.parametrize("mend", [False, True])
def test_word_for_word_the_words_and_scenes_are_the_users(draft: dict[str, Any], mend: bool) -> None:
    script = parse_script(as_script(mended(draft, REQUEST) if mend else draft, REQUEST))
    assert [scene.script for scene in script.scenes] == WORDS
    assert [scene.duration for scene in script.scenes] == [5, 5, 5]
    assert script.expected_duration == 15
    assert script.scenes[0].image_prompt == "a lamp"


def test_a_model_that_writes_no_scenes_leaves_a_film_of_the_words() -> None:
    draft = {"rewritten_prompt": "A film", "character_profiles": [], "scenes": [], "music": []}
    script = parse_script(as_script(draft, REQUEST))
    assert [scene.script for scene in script.scenes] == WORDS
    assert "inside a bookshop in the morning" in script.scenes[0].image_prompt


def test_a_model_is_told_the_mode_and_the_scenes() -> None:
    source = json.loads(brief(REQUEST))["source"]
    assert source["mode"] == "verbatim"
    assert [scene["narration"] for scene in source["scenes"]] == WORDS
    assert source["scenes"][0]["heading"] == "INT. BOOKSHOP - MORNING"


@pytest.mark.parametrize("mode", ["condensed", "inspired_by"])
def test_in_the_other_modes_the_model_writes(mode: str) -> None:
    request = replace(REQUEST, source_mode=mode)
    script = parse_script(as_script(mended(written(3), request), request))
    assert script.scenes[0].script == "Words of a model."
    source = json.loads(brief(request))["source"]
    assert source["mode"] == mode
    assert all(words in source["text"] for words in WORDS)


def test_a_text_beside_the_prompt_is_told_with_it() -> None:
    request = replace(REQUEST, prompt="Make it cosy", source=TEXT)
    told = json.loads(brief(request))
    assert told["prompt"] == "Make it cosy"
    assert [scene["narration"] for scene in told["source"]["scenes"]] == WORDS


def test_a_wish_has_no_source() -> None:
    assert "source" not in json.loads(brief(replace(REQUEST, prompt="A film about cats", source_mode="")))


def test_the_local_writer_keeps_them_too() -> None:
    script = own_words.script_of(REQUEST)
    assert script
    assert [scene.script for scene in script.scenes] == WORDS
    assert [scene.title for scene in script.scenes] == ["Bookshop, morning"] * 3
    assert len({scene.image_prompt for scene in script.scenes}) == 3
    assert not any("scene" in scene.image_prompt.lower() for scene in script.scenes)


def test_the_local_writer_writes_freely_where_they_are_an_inspiration() -> None:
    request = replace(REQUEST, source_mode="inspired_by")
    assert own_words.script_of(request) is None
    script = own_words.inspired_by(request)
    assert script
    assert script.user_prompt == TEXT
    assert own_words.inspired_by(replace(request, prompt="A film about cats")) is None
    assert write_script(replace(request, prompt="A film about cats")).scenes
