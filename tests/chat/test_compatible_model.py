"""The agent with any language model: what it says and calls comes through, however its server sends it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from pytest_django import Settings

from chat.agent import tool_specs
from chat.llm.base import CUT_SHORT, NOT_JSON, REFUSED, Said, ToolCall, ToolResult
from chat.llm.compatible.fitting import ESSENTIAL
from chat.llm.compatible.model import CompatibleModel
from chat.llm.compatible.schemas import offered
from pipeline.models import ModelCall, Task
from pixora.foundation.errors import ProviderError
from tests.chat.test_agent import answer, task
from tests.chat.test_language_models import PRICE, calls, reply, text
from tests.emulators.openai.replies import PLAIN
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


def requests(own: Emulators) -> list[dict[str, Any]]:
    return [bill["what"]["asked"] for bill in own.bills("compatible")]


@pytest.mark.parametrize("tools", [PRICE, {"name": "delete_everything", "arguments": {}}])
def test_a_server_that_knows_no_tools_is_told_of_them_in_words(own: Emulators, tools: dict[str, Any]) -> None:
    parts = say(own, {"text": "Let me see.", "tools": [tools]}, tools=False, tool_style="tool_call")
    assert [call.name for call in calls(parts)] == (["quote_film"] if tools is PRICE else [])
    say(own, {"text": "Yes."}, tools=False)
    assert len(requests(own)) == 2
    assert all("<tools>" in each["messages"][0]["content"] and "tools" not in each for each in requests(own))


def test_results_are_told_in_words_where_there_are_no_tools(own: Emulators) -> None:
    own.turn("compatible", replies=[{"text": "106."}], options={"tools": False})
    result = ToolResult(ToolCall("call_1", "quote_film", {}), {"price": {"credits": 106}})
    assert text(reply(CompatibleModel(), Said("user", "how much?"), result)) == "106."
    assert "<tool_response>" in requests(own)[0]["messages"][-1]["content"]


@pytest.mark.parametrize("tells_window", ["", "models", "props", "ollama", "unloaded", "lm_studio"])
@pytest.mark.parametrize("window", [3_000, 4_096, 8_192])
@pytest.mark.parametrize("state", ["empty", "scripted", "film"])
def test_a_small_window_is_kept(own: Emulators, tells_window: str, window: int, state: str) -> None:
    """A window that is told is never overrun; one that is not is found by what is refused."""
    own.turn("compatible", options={"window": window, "tells_window": tells_window})
    said = [Said("user" if place % 2 == 0 else "agent", "The sea is wide. " * 20) for place in range(30)]
    assert text(reply(CompatibleModel(), *said, Said("user", "how much will it cost?"), state=state)) == PLAIN
    [sent] = requests(own)
    assert sent["messages"][-1]["content"].endswith("how much will it cost?")
    offered = {tool["function"]["name"] for tool in sent["tools"]}
    is_small = window < 8_192 or tells_window == "unloaded"
    assert offered >= ESSENTIAL if is_small else offered == tool_specs.TOOLS.keys()


def test_a_small_window_is_not_filled_with_the_codes_of_languages() -> None:
    told = offered(tool_specs.TOOLS["change_settings"].spec, briefly=True)["function"]["parameters"]["properties"]
    assert told["language"] == {"type": "string"}
    assert told["captions"]["enum"]
    whole = offered(tool_specs.TOOLS["change_settings"].spec, briefly=False)["function"]["parameters"]["properties"]
    assert "de" in whole["language"]["enum"]


def test_the_essential_tools_exist() -> None:
    assert tool_specs.TOOLS.keys() >= ESSENTIAL


@pytest.mark.parametrize("odd", [{"usage": False}, {"ids": "long"}, {"ids": "none"}, {"comments": True},
    {"says_done": False}, {"says_reason": False}, {"streams": False}, {"first_token_s": 1.0},
    {"wrapping": "think"}, {"wrapping": "late_think"}])  # fmt: skip
def test_ordinary_oddities_change_nothing(own: Emulators, odd: dict[str, Any]) -> None:
    assert text(say(own, {"text": "It costs 106 credits."}, **odd)).endswith("It costs 106 credits.")


def test_words_come_as_they_are_spoken(own: Emulators) -> None:
    assert len(say(own, {"text": "A sentence that is longer than one piece of it."})) > 4


def test_an_empty_answer_is_asked_for_once_more(own: Emulators) -> None:
    assert text(say(own, {"text": ""}, {"text": "Here I am."})) == "Here I am."
    with pytest.raises(ProviderError, match="answered nothing"):
        say(own, {"text": ""}, {"text": ""})


@pytest.mark.parametrize("kind", ["dropped", "truncated", "rate_limited", "server_error", "garbage"])
def test_a_model_that_fails_is_a_providers_error(own: Emulators, kind: str) -> None:
    own.fail("compatible", kind, times=None)
    with pytest.raises(ProviderError) as failed:
        reply(CompatibleModel(), Said("user", "hello"))
    assert failed.value.retryable
    assert not failed.value.unknown


def test_a_stream_that_is_cut_off_is_noticed(own: Emulators) -> None:
    with pytest.raises(ProviderError, match="broke off"):
        say(own, {"text": "Let me tell you about the sea and the ships", "cut": True})


@pytest.mark.parametrize(
    ("laid_out", "said"),
    [
        ({"refusal": "I can't help with that."}, REFUSED),
        ({"text": "", "incomplete": "content_filter"}, REFUSED),
        ({"text": "It goes on", "incomplete": "length"}, "It goes on" + CUT_SHORT),
    ],
)
def test_an_answer_that_is_none_is_one_in_our_words(own: Emulators, laid_out: dict[str, Any], said: str) -> None:
    assert text(say(own, laid_out)) == said


@pytest.mark.parametrize("arguments", ['{"scene": 2, "ti', "[1]", "no"])
def test_arguments_that_cannot_be_read_are_the_tools_to_refuse(own: Emulators, arguments: str) -> None:
    [call] = calls(say(own, {"tools": [{"name": "edit_scene", "arguments": arguments}]}))
    assert call.arguments == {NOT_JSON: arguments}


WORDS = [
    "Look: {not a call}",
    "Use `[1, 2]` or <b>this</b>.",
    "```py\nprint(1)\n```",
    "[1] is one",
    "a < b, `x` and [T]",
]


@pytest.mark.parametrize("said", WORDS)
def test_words_that_only_look_like_a_call_are_words(own: Emulators, said: str) -> None:
    parts = say(own, {"text": said})
    assert (text(parts), calls(parts)) == (said, [])


def test_a_server_that_has_only_responses_is_asked_there(own: Emulators) -> None:
    edit = {"name": "edit_scene", "arguments": {"scene": 2, "title": "New"}}
    own.turn("compatible", options={"chat": False, "responses": True}, replies=[
        {"text": "Let me see.", "tools": [edit, PRICE]}, {"text": "It costs 106."}, {"refusal": "No."},
        {"text": "It goes on", "incomplete": "max_output_tokens"}, {"text": "cut", "cut": True},
    ])  # fmt: skip
    parts = reply(CompatibleModel(), Said("user", "how much?"))
    assert (text(parts), [call.name for call in calls(parts)]) == ("Let me see.", ["edit_scene", "quote_film"])
    result = ToolResult(calls(parts)[1], {"price": {"credits": 106}})
    assert text(reply(CompatibleModel(), Said("user", "how much?"), result)) == "It costs 106."
    assert text(reply(CompatibleModel(), Said("user", "how much?"))) == REFUSED
    assert text(reply(CompatibleModel(), Said("user", "how much?"))) == "It goes on" + CUT_SHORT
    with pytest.raises(ProviderError, match="broke off"):
        reply(CompatibleModel(), Said("user", "how much?"))


def test_a_server_that_has_neither_says_so_once(own: Emulators) -> None:
    with pytest.raises(ProviderError, match="not at the address that is set") as failed:
        say(own, chat=False)
    assert not failed.value.retryable


def test_thinking_without_a_beginning_is_told_once_and_then_known(own: Emulators) -> None:
    assert text(say(own, {"text": "It costs 106."}, wrapping="late_think")).startswith("Let me")
    assert text(say(own, {"text": "It costs 106."}, wrapping="late_think")) == "It costs 106."
