"""Tests of what people say in a chat that is held in Chinese or in Hindi, which are written in other scripts."""

from __future__ import annotations

import time
import tomllib
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from chat.llm.local import talk
from chat.llm.local.clause_forms import clauses
from chat.llm.local.corrections import NOTHING, Before, was_asked
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.steps import Step, Understood
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say
from tests.bench.agent.films import LIGHTHOUSE, TITLE
from tests.chat.films import facts

HERE = Path(__file__).parent
TABLES = {"zh": "chinese.toml", "hi": "hindi.toml"}


def cases() -> list[Any]:
    return [
        pytest.param(language, case, said, id=said)
        for language, name in TABLES.items()
        for case in tomllib.loads((HERE / name).read_text(encoding="utf-8"))["case"]
        for said in case["said"]
    ]


def film(state: str, language: str) -> Film:
    told = facts(state)
    if told["script"] is not None:
        told["script"] = {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}
        told["film"]["title"] = TITLE
        told["film"]["settings"] = {**told["film"]["settings"], "duration": LIGHTHOUSE.expected_duration}
        told["scene_lengths"] = list(range(3, 16))
    return Film(told, language)


def heard(said: str, language: str, state: str = "scripted", before: Before = NOTHING) -> Understood:
    def told(one: Film) -> Understood:
        return understand(said, one, is_first=state == "empty", before=before, mind=likely_meanings)

    return film(state, language_of(said, language)).telling(told)


def fits(call: Step, wanted: Mapping[str, Any]) -> bool:
    """Tell whether a call is the one that is wanted: `~word` is contained, `!word` is not, all else is equal."""
    return call.tool == wanted["tool"] and all(
        _fits(call.arguments.get(name), value) for name, value in wanted.items() if name != "tool"
    )


def _fits(value: Any, wanted: Any) -> bool:
    if not isinstance(wanted, str) or wanted[:1] not in ("~", "!"):
        return bool(value == wanted)
    has, _, hasnt = wanted.removeprefix("~").partition(" !")
    return has in str(value) and (not hasnt or hasnt not in str(value))


def is_right(case: Mapping[str, Any], found: Understood, calls: Sequence[Step], language: str) -> bool:
    tools = [call.tool for call in calls]
    if "never" in case:
        return not set(case["never"]) & set(tools)
    if "calls" in case:
        is_whole = len(calls) == len(case["calls"]) and not was_asked("talk.left", found.words)
        return is_whole and all(fits(call, one) for call, one in zip(calls, case["calls"], strict=True))
    told = found.words
    is_told = bool(told) and not talk.was_lost(told) and not calls and case.get("shows", "") in told
    return is_told and (case["says"] == "*" or told == say(language, case["says"]))


@pytest.mark.parametrize(("language", "case", "said"), cases())
def test_this_comes_of_what_was_said(language: str, case: Mapping[str, Any], said: str) -> None:
    assert language_of(said, language) == language
    found = heard(said, language, case.get("state", "scripted"))
    calls = [one for call in found.calls for one in _single(call)]
    assert is_right(case, found, calls, language), found


def _single(call: Step) -> list[Step]:
    edits = call.arguments.get("changes", ()) if call.tool == "edit_scenes" else ()
    return [Step("edit_scene", dict(one)) for one in edits] or [call]


@pytest.mark.parametrize(
    ("language", "said", "answer", "wanted"),
    [("zh", "加一只猫", "第二场", "一只猫"), ("hi", "थोड़ा उजला कर दो", "दूसरे सीन में", "brighter")],
)
def test_the_scene_that_is_asked_for_is_taken_from_the_answer(
    language: str, said: str, answer: str, wanted: str
) -> None:
    asked = heard(said, language)
    assert not asked.calls
    assert asked.words == say(language, "ask.scene")
    [call] = heard(answer, language, before=Before(said, asked.words)).calls
    assert call.arguments["scene"] == 2
    assert wanted in call.arguments["image_prompt"]


@pytest.mark.parametrize(
    ("language", "said"), [("zh", "第二场加点雪，那个呃呃呃吧啦"), ("hi", "सीन 3 हटा दो, वो वाला जैसा पिछली बार था")]
)
def test_what_was_not_understood_is_named_and_nothing_is_removed_beside_it(language: str, said: str) -> None:
    found = heard(said, language)
    assert "arrange_scenes" not in [call.tool for call in found.calls]
    assert was_asked("talk.left", found.words)


@pytest.mark.parametrize("said", ["में कुछ पीला सा गोल मटोल", "सीन को एकदम झक्कास टाइप"])
def test_nothing_is_changed_by_a_guess_in_a_language_that_the_encoder_does_not_know(said: str) -> None:
    assert not heard(said, "hi").calls


@pytest.mark.parametrize("language", TABLES)
def test_a_long_message_is_read_in_no_time(language: str) -> None:
    word = {"zh": "再", "hi": "और "}[language]
    started = time.process_time()
    clauses(word * 88, language, 4, lambda name: False)
    assert time.process_time() - started < 1.0


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("zh", "第三场加一只猫，换个男声"),
        ("zh", "第三场说晚上好，换个男声"),
        ("hi", "सीन 3 में एक बिल्ली डालो, मर्द की आवाज़ कर दो"),
    ],
)
def test_a_wish_behind_a_comma_is_no_part_of_a_picture_or_of_words(language: str, said: str) -> None:
    found = heard(said, language)
    assert {call.tool for call in found.calls} == {"change_settings", "edit_scene"}
    assert not found.words
