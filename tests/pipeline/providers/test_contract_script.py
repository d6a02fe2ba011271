"""Every scriptwriter obeys the same contract, whoever it is."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest

from pipeline.film.script import Script, parse_script
from pipeline.providers.base import Call, ScriptRequest
from pipeline.providers.local.script import LocalScript
from pipeline.providers.openai.script import OpenAIScript
from tests.emulators.server import Emulators

WRITERS = [LocalScript, OpenAIScript]


def request(**changes: Any) -> ScriptRequest:
    wanted: dict[str, Any] = {
        "prompt": "A film about the sea",
        "duration_s": 15,
        "aspect_ratio": "16:9",
        "style": "cinematic",
        "language": "en",
        "voice": "Rachel",
        "character_consistency": False,
        "seed": 1,
    }
    return ScriptRequest(**{**wanted, **changes})


def written(writer: Any, call: Call, **changes: Any) -> Script:
    made = asyncio.run(writer.make(request(**changes), call))
    assert made.path == call.out
    return parse_script(json.loads(made.path.read_text()))


@pytest.mark.parametrize("writer", WRITERS)
@pytest.mark.parametrize("duration_s", [5, 30])
def test_a_film_is_as_long_as_it_should_be(openai: Emulators, call: Call, writer: Any, duration_s: int) -> None:
    script = written(writer(), call, duration_s=duration_s)
    assert script.expected_duration == sum(scene.duration for scene in script.scenes) == duration_s


@pytest.mark.parametrize("writer", WRITERS)
def test_what_the_user_chose_is_in_the_script(openai: Emulators, call: Call, writer: Any) -> None:
    chosen = {"language": "de", "aspect_ratio": "9:16", "style": "noir", "voice": "Bill"}
    script = written(writer(), call, prompt="Ein Film über Züge", **chosen)
    assert {name: getattr(script, name) for name in chosen} == chosen
    assert script.user_prompt == "Ein Film über Züge"


@pytest.mark.parametrize("writer", WRITERS)
def test_somebody_to_keep_consistent_is_described(openai: Emulators, call: Call, writer: Any) -> None:
    script = written(writer(), call, character_consistency=True, prompt="A film about a fox called Renny")
    assert script.character_profiles
    assert any(scene.characters for scene in script.scenes)


@pytest.mark.parametrize("writer", WRITERS)
def test_a_writer_says_who_it_is(writer: Any) -> None:
    assert writer().name in ("local", "openai")
    assert writer().model
    assert writer().suffix == ".json"
