from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import httpx2
import pytest
from openai import BadRequestError

from pipeline.film.script import Script, parse_script
from pipeline.providers.base import Call, Machines
from pipeline.providers.openai import structured
from pipeline.providers.openai.draft import mended, schema
from pipeline.providers.openai.errors import translated
from pipeline.providers.openai.script import OpenAIScript
from pixora.foundation.errors import ProviderError
from tests.emulators.server import Emulators
from tests.pipeline.providers.test_contract_script import request


def scene(**changes: Any) -> dict[str, Any]:
    usual = {
        "title": "The sea",
        "duration": 5,
        "script": "The sea never sleeps.",
        "image_prompt": "the sea at dawn",
        "video_prompt": "waves roll in",
        "characters": [],
        "transition": "fade",
    }
    return {**usual, **changes}


def draft(scenes: list[dict[str, Any]] | int = 3, **changes: Any) -> dict[str, Any]:
    listed = [scene() for _ in range(scenes)] if isinstance(scenes, int) else scenes
    usual = {
        "rewritten_prompt": "The sea through a day.",
        "character_profiles": [],
        "scenes": listed,
        "music": [{"prompt": "calm piano", "scene_indexes": list(range(1, len(listed) + 1))}],
    }
    return {**usual, **changes}


def write(openai: Emulators, call: Call, *replies: dict[str, Any], machines: Machines | None = None) -> Script:
    openai.turn("openai", replies=list(replies))
    made = asyncio.run(OpenAIScript().make(replace(request(), machines=machines), call))
    assert made.cost_micros
    return parse_script(json.loads(made.path.read_text()))


def test_a_good_draft_becomes_the_script_at_once(openai: Emulators, call: Call) -> None:
    script = write(openai, call, {"json": draft()})
    assert [each.id for each in script.scenes] == [1, 2, 3]
    assert len(openai.bills("openai")) == 1


def test_scenes_may_last_and_end_as_the_machines_can(openai: Emulators, call: Call) -> None:
    written = {"json": draft([scene(duration=7, ends_on_next=True), scene(duration=3), scene(ends_on_next=True)])}
    able = Machines((3, 4, 5, 6, 7), 14, ends_on_next=True)
    found = write(openai, call, written, machines=able).scenes
    assert [(each.duration, each.ends_on_next) for each in found] == [(7, True), (3, False), (5, False)]
    unable = write(openai, call, written, machines=replace(able, ends_on_next=False))
    assert not any(each.ends_on_next for each in unable.scenes)
    told = schema(replace(request(), machines=able))["$defs"]["WrittenScene"]
    assert told["properties"]["duration"]["enum"] == [3, 4, 5, 6, 7, 10]
    assert "ends_on_next" in told["required"]
    assert "ends_on_next" not in schema(request())["$defs"]["WrittenScene"]["properties"]


def test_music_follows_the_story_where_the_machines_can(openai: Emulators, call: Call) -> None:
    written = {
        "json": draft([scene(music_mood="sparse, tense"), scene(music_mood="drums " * 50), scene(music_mood=" ")])
    }
    able = Machines((5, 10), 14, music_parts=True)
    found = write(openai, call, written, machines=able)
    first, second, third = (each.music_mood for each in found.scenes)
    assert (first, third) == ("sparse, tense", "")
    assert second.startswith("drums drums")
    assert len(second) <= 200
    assert len(found.music_parts(found.music[0])) == 3
    unable = write(openai, call, written, machines=replace(able, music_parts=False))
    assert not any(each.music_mood for each in unable.scenes)
    told = schema(replace(request(), machines=able))["$defs"]["WrittenScene"]
    assert "music_mood" in told["required"]
    assert "music_mood" not in schema(request())["$defs"]["WrittenScene"]["properties"]


@pytest.mark.parametrize(
    "broken",
    [
        draft(2),
        draft(music=[{"prompt": "calm piano", "scene_indexes": [1]}]),
        draft(scenes=[scene(script="word " * 40), scene(), scene()]),
        draft(scenes=[scene(characters=["Nobody"]), scene(), scene()]),
    ],
)
def test_a_broken_rule_is_told_and_repaired_by_asking_once_more(
    openai: Emulators, call: Call, broken: dict[str, Any]
) -> None:
    script = write(openai, call, {"json": broken}, {"json": draft(rewritten_prompt="Better.")})
    assert script.rewritten_prompt == "Better."
    assert len(openai.bills("openai")) == 2


def test_an_answer_that_is_no_json_is_asked_for_again(openai: Emulators, call: Call) -> None:
    assert write(openai, call, {"text": "Here is your script!"}, {"json": draft()})


def test_what_is_still_broken_is_mended_where_that_is_safe(openai: Emulators, call: Call) -> None:
    music = [{"prompt": "calm piano", "scene_indexes": [1, 3]}, {"prompt": "drums", "scene_indexes": [3]}]
    broken = draft(2, music=music)
    broken["scenes"][0] |= {"characters": ["Nobody"]}
    script = write(openai, call, {"json": broken}, {"json": broken})
    assert [each.duration for each in script.scenes] == [5, 10]
    assert [group.scene_indexes for group in script.music] == [[1, 2]]
    assert script.scenes[0].characters == []


def test_what_cannot_be_mended_is_refused_with_the_fields(openai: Emulators, call: Call) -> None:
    broken = draft(scenes=[scene(image_prompt="")] * 3)
    with pytest.raises(ProviderError, match="image_prompt") as refused:
        write(openai, call, {"json": broken}, {"json": broken})
    assert (refused.value.code, refused.value.retryable) == ("script_invalid", False)


@pytest.mark.parametrize(
    "reply", [{"refusal": "I can't help with that."}, {"text": "{", "incomplete": "content_filter"}]
)
def test_a_refusal_offers_softer_words(openai: Emulators, call: Call, reply: dict[str, Any]) -> None:
    with pytest.raises(ProviderError) as refused:
        write(openai, call, reply)
    assert (refused.value.code, refused.value.retryable) == ("refused_prompt", False)
    assert refused.value.details["softened_prompt"].startswith("A film about the sea.")
    assert "can't help" not in refused.value.message


def test_a_script_that_was_cut_off_is_not_bought_again(openai: Emulators, call: Call) -> None:
    with pytest.raises(ProviderError, match="shorter film") as ended:
        write(openai, call, {"text": '{"rewritten', "incomplete": "max_output_tokens"})
    assert (ended.value.retryable, ended.value.unknown) == (False, False)
    assert ended.value.cost_micros is not None
    assert ended.value.cost_micros > 0


@pytest.mark.parametrize("wanted_s", [10, 15, 20, 25, 30])
@pytest.mark.parametrize("lengths", [[5, 5, 5], [10, 10], [5, 10, 5], [10, 10, 10], [7, None, 10]])
def test_durations_are_mended_wherever_the_scenes_allow_it(wanted_s: int, lengths: list[Any]) -> None:
    scenes = [scene(duration=length) for length in lengths]
    fixed = [each["duration"] for each in mended(draft(scenes=scenes), request(duration_s=wanted_s))["scenes"]]
    assert set(fixed) <= {5, 10}
    if 5 * len(lengths) <= wanted_s <= 10 * len(lengths):
        assert sum(fixed) == wanted_s


@pytest.fixture(autouse=True)
def _nothing_left(openai: Emulators) -> Iterator[None]:
    yield
    openai.reset()


ODD_WORDS = [["failed"], {"value": "failed"}, 7, None]


@pytest.mark.parametrize("status", ODD_WORDS)
def test_a_status_of_another_type_is_none(status: object) -> None:
    part = {"type": "output_text", "text": "A script."}
    answer = {"status": status, "output": [{"type": "message", "content": [part]}]}
    assert structured._text(answer, "A film", None) == "A script."


@pytest.mark.parametrize("code", ODD_WORDS)
def test_a_code_of_another_type_is_one_that_nobody_knows(code: object) -> None:
    asked = httpx2.Request("POST", "https://api.openai.com/v1/responses")
    body = {"code": code, "param": code, "message": "No."}
    with pytest.raises(ProviderError, match="did not understand the request"), translated("a prompt"):
        raise BadRequestError("No.", response=httpx2.Response(400, request=asked), body=body)
