"""A valid script from any language model, whatever stands around its JSON and whatever its server does not know."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from pipeline.film.script import Script, parse_script
from pipeline.providers.base import Call
from pipeline.providers.compatible.script import INSTRUCTIONS, SHORT, CompatibleScript
from pipeline.providers.openai.wording import wording
from pixora.foundation.errors import ProviderError
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using
from tests.pipeline.providers.test_contract_script import request
from tests.pipeline.providers.test_openai_script import draft, scene


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def write(own: Emulators, call: Call, *replies: dict[str, Any], **options: Any) -> Script:
    own.turn("compatible", replies=list(replies), options=options)
    made = asyncio.run(CompatibleScript().make(request(), call))
    assert made.cost_micros == 0
    return parse_script(json.loads(made.path.read_text()))


def asked(own: Emulators) -> list[dict[str, Any]]:
    return [bill["what"]["asked"] for bill in own.bills("compatible")]


def test_a_script_is_written_for_nothing(own: Emulators, call: Call) -> None:
    assert write(own, call).expected_duration == request().duration_s
    assert len(asked(own)) == 1


@pytest.mark.parametrize("wrapping", ["fence", "words", "think", "open_think", "late_think", "reasoning_content"])
def test_whatever_stands_around_the_script(own: Emulators, call: Call, wrapping: str) -> None:
    assert write(own, call, {"json": draft()}, wrapping=wrapping).rewritten_prompt == "The sea through a day."
    assert len(asked(own)) == 1


@pytest.mark.parametrize(("known", "tries"), [("json_object", 1), ("none", 1), ("ignored", 1)])
def test_a_server_that_knows_no_schema_is_asked_more_simply_and_that_is_remembered(
    own: Emulators, call: Call, known: str, tries: int
) -> None:
    write(own, call, response_format=known)
    write(own, call, response_format=known)
    kinds = [(each.get("response_format") or {}).get("type", "none") for each in asked(own)]
    assert kinds == 2 * ["json_schema" if known == "ignored" else known]


def test_a_server_that_has_only_responses_writes_too(own: Emulators, call: Call) -> None:
    assert write(own, call, chat=False, responses=True).expected_duration == request().duration_s
    assert asked(own)[0]["text"]["format"]["type"] == "json_schema"


ODD_DRAFTS: dict[str, dict[str, Any]] = {
    "other names": {
        "title": "The sea through a day.",
        "soundtrack": "calm piano",
        "clips": [{"scene": {"narration": f"Waves {n}.", "visual": "the sea", "camera": "waves"}} for n in range(3)],
    },
    "durations as words": draft(scenes=[scene(duration=length) for length in ("5s", "5 seconds", 5.0)]),
    "more than was asked for": draft(notes="none", scenes=[scene(mood="calm", id=n) for n in range(3)]),
    "people as objects": draft(
        scenes=[scene(characters=[{"name": "Ada"}])] * 3, character_profiles=[{"name": "Ada", "description": "a woman"}]
    ),
    "no music, no transition": {**draft(scenes=[{**scene(), "transition": "Cross Fade"}] * 3), "music": []},
    "numbered scenes": {**draft(), "scenes": {str(n): scene() for n in range(1, 4)}},
    "within another object": {"film_script": draft()},
    "lengths that do not add up": draft(scenes=[scene(duration=10)] * 3),
}


@pytest.mark.parametrize("odd", ODD_DRAFTS.values(), ids=ODD_DRAFTS)
def test_what_is_only_of_another_form_is_put_right_without_asking_again(
    own: Emulators, call: Call, odd: dict[str, Any]
) -> None:
    script = write(own, call, {"json": odd}, response_format="none")
    assert len(script.scenes) == 3
    assert all(each.image_prompt and each.video_prompt and each.script for each in script.scenes)
    assert len(asked(own)) == 1


@pytest.mark.parametrize(
    "broken",
    [
        json.dumps(draft())[:-40],
        json.dumps(draft()).replace('"', "'"),
        json.dumps(draft()).replace("]}", "],}"),
        json.dumps(draft()).replace('"duration"', "duration"),
    ],
    ids=["cut short", "single quotes", "commas", "bare keys"],
)
def test_json_that_is_nearly_right_is_repaired(own: Emulators, call: Call, broken: str) -> None:
    assert len(write(own, call, {"text": broken}, response_format="none", wrapping="fence").scenes) == 3
    assert len(asked(own)) == 1


@pytest.mark.parametrize("first", [{"text": "Here is your film!"}, {"text": ""}, {"json": draft(2)},
    {"json": draft(scenes=[scene(image_prompt=""), scene(), scene()])}])  # fmt: skip
def test_what_cannot_be_put_right_is_told_and_written_once_more(
    own: Emulators, call: Call, first: dict[str, Any]
) -> None:
    first = {"json": draft(1)} if first == {"json": draft(2)} else first
    script = write(own, call, first, {"json": draft(rewritten_prompt="Better.")})
    assert script.rewritten_prompt == "Better."
    again = asked(own)[1]["messages"]
    assert "- " in again[-1]["content"]
    assert again[-2]["role"] == "assistant"


def test_a_second_answer_that_is_worse_does_not_cost_the_first(own: Emulators, call: Call) -> None:
    long = draft(scenes=[scene(script="word " * 40), scene(), scene()])
    assert write(own, call, {"json": long}, {"text": "No."}).scenes[0].script.startswith("word")


def test_two_answers_that_are_none_are_refused_with_the_reason(own: Emulators, call: Call) -> None:
    with pytest.raises(ProviderError, match="wrote no script") as refused:
        write(own, call, {"text": "No."}, {"text": "No."})
    assert (refused.value.code, refused.value.retryable) == ("script_invalid", False)


@pytest.mark.parametrize("tells_window", ["", "props"])
@pytest.mark.parametrize("window", [2_048, 4_096])
def test_a_small_window_is_kept(own: Emulators, call: Call, window: int, tells_window: str) -> None:
    broken, good = {"text": "No. " * 600}, {"json": draft()}
    write(own, call, broken, good, window=window, tells_window=tells_window)
    assert len(asked(own)) == 2
    short, whole = wording(SHORT), wording(INSTRUCTIONS)
    assert all(each["messages"][0]["content"].startswith(short if window < 4_096 else whole) for each in asked(own))


def test_a_film_that_does_not_fit_says_so(own: Emulators, call: Call) -> None:
    with pytest.raises(ProviderError, match="shorter") as refused:
        write(own, call, {"text": '{"rewritten', "incomplete": "length"}, {"text": '{"re', "incomplete": "length"})
    assert refused.value.code == "answer_too_long"


@pytest.mark.parametrize("kind", ["dropped", "truncated", "rate_limited", "server_error", "garbage"])
def test_a_server_that_fails_is_asked_again_by_the_engine(own: Emulators, call: Call, kind: str) -> None:
    own.fail("compatible", kind, times=None)
    with pytest.raises(ProviderError) as failed:
        asyncio.run(CompatibleScript().make(request(), call))
    assert failed.value.retryable
    assert not failed.value.unknown
