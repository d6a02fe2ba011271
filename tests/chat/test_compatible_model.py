"""The agent with any language model: what it says and calls comes through, however its server sends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from chat.llm.base import Said
from chat.llm.compatible.model import CompatibleModel
from pipeline.models import ModelCall, Task
from tests.chat.test_agent import answer, task
from tests.chat.test_language_models import PRICE, calls, reply, text
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using

__all__ = ["task"]


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def say(own: Emulators, *replies: dict[str, Any], **options: Any) -> list[Any]:
    own.turn("compatible", replies=list(replies), options=options)
    return reply(CompatibleModel(), Said("user", "how much will it cost?"))


STYLES = ["native", "no_ids", "whole", "object", "tool_call", "tools", "fence", "bare", "function_tag"]


@pytest.mark.parametrize("tool_style", STYLES)
@pytest.mark.parametrize("wrapping", ["", "think", "reasoning_content"])
def test_a_call_comes_through_however_it_is_sent(own: Emulators, tool_style: str, wrapping: str) -> None:
    edit = {"name": "edit_scene", "arguments": {"scene": 2, "title": "New", "script": None}}
    said = "" if tool_style == "bare" else "Let me see."
    parts = say(own, {"text": said, "tools": [edit, PRICE][: 1 if tool_style == "bare" else 2]},
                tool_style=tool_style, wrapping=wrapping)  # fmt: skip
    assert text(parts).strip() == said
    assert (calls(parts)[0].name, calls(parts)[0].arguments) == ("edit_scene", {"scene": 2, "title": "New"})
    assert all(0 < len(call.id) <= 200 for call in calls(parts))
    assert len({call.id for call in calls(parts)}) == len(calls(parts)) == (1 if tool_style == "bare" else 2)


def test_a_turn_leaves_a_row_that_costs_nothing(own: Emulators, task: Task) -> None:
    own.turn("compatible", replies=[{"text": "Let me see.", "tools": [PRICE]}, {"text": "That is the price."}])
    assert answer(task, "how much will it cost?", CompatibleModel()).content == "Let me see.\n\nThat is the price."
    rows = ModelCall.objects.filter(task=task)
    assert [(row.provider, row.cost_micros, row.status) for row in rows] == 2 * [("compatible", 0, "succeeded")]
