"""Every language model obeys the same contract, whoever it is; what only OpenAI's can do wrong follows."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from pytest_django import Settings

from chat import prompts
from chat.agent import tool_specs
from chat.llm.base import CUT_SHORT, NOT_JSON, REFUSED, Conversation, Item, Said, TextDelta, ToolCall, ToolResult
from chat.llm.local.model import LocalModel
from chat.llm.openai import OpenAIModel, strict
from chat.llm.registry import agent_provider
from pipeline.models import Task
from pixora.accounts.models import User
from pixora.foundation.errors import ProviderError
from tests.chat.films import facts
from tests.chat.test_agent import answer, task
from tests.emulators.openai.schemas import check_strict
from tests.emulators.server import Emulators

__all__ = ["task"]

MODELS = [LocalModel, OpenAIModel]
PRICE = {"name": "quote_film", "arguments": {}}


@pytest.fixture
def openai(emulators: Emulators, settings: Settings) -> Emulators:
    environment = emulators.environment
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": environment["OPENAI_API_KEY"]}
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "openai": environment["OPENAI_BASE_URL"]}
    return emulators


def reply(model: Any, *items: Item, state: str = "scripted") -> list[TextDelta | ToolCall]:
    conversation = Conversation(prompts.instructions(), facts(state), items)

    async def listen() -> list[TextDelta | ToolCall]:
        return [part async for part in model.reply(conversation, tool_specs.SPECS)]

    return asyncio.run(listen())


def text(parts: list[TextDelta | ToolCall]) -> str:
    return "".join(part.text for part in parts if isinstance(part, TextDelta))


def calls(parts: list[TextDelta | ToolCall]) -> list[ToolCall]:
    return [part for part in parts if isinstance(part, ToolCall)]


def lay_out(openai: Emulators, *replies: dict[str, Any]) -> None:
    openai.turn("openai", replies=list(replies))


@pytest.mark.parametrize("model", MODELS)
def test_a_question_is_answered_by_a_tool_or_in_words(openai: Emulators, model: Any) -> None:
    lay_out(openai, {"text": "Let me see.", "tools": [PRICE]})
    asked = reply(model(), Said("user", "how much will it cost?"))
    assert [call.name for call in calls(asked)] == ["quote_film"]
    assert all(call.name in tool_specs.TOOLS and call.id for call in calls(asked))


@pytest.mark.parametrize("model", MODELS)
def test_a_tools_result_is_told(openai: Emulators, model: Any) -> None:
    lay_out(openai, {"text": "It costs 106 credits."})
    call = ToolCall("call_1", "quote_film", {})
    result = ToolResult(call, {"price": {"quote_id": "q", "credits": 106, "components": ["scene/1"]}, "next": "Wait."})
    told = reply(model(), Said("user", "how much will it cost?"), result)
    assert "106" in text(told)
    assert calls(told) == []


@pytest.mark.parametrize("model", MODELS)
def test_a_failed_tool_is_told_too(openai: Emulators, model: Any) -> None:
    lay_out(openai, {"text": "There is no scene 9."})
    call = ToolCall("call_1", "edit_scene", {"scene": 9, "title": "x"})
    failed = ToolResult(call, {"error": {"code": "not_found", "message": "There is no scene 9."}})
    assert "9" in text(reply(model(), Said("user", "call scene 9 x"), failed))


@pytest.mark.parametrize("model", MODELS)
def test_every_state_of_a_film_can_be_talked_about(openai: Emulators, model: Any) -> None:
    for state in ("empty", "scripted", "running", "failed", "film"):
        assert reply(model(), Said("user", "how is it going?"), state=state)


def test_words_come_as_they_are_spoken(openai: Emulators) -> None:
    lay_out(openai, {"text": "A sentence that is longer than one piece of it."})
    parts = reply(OpenAIModel(), Said("user", "hello"))
    assert len(parts) > 2
    assert text(parts) == "A sentence that is longer than one piece of it."


def test_several_tools_are_called_with_what_was_given(openai: Emulators) -> None:
    edit = {"name": "edit_scene", "arguments": {"scene": 2, "title": "New", "script": None, "duration": 10}}
    lay_out(openai, {"tools": [edit, PRICE]})
    first, second = calls(reply(OpenAIModel(), Said("user", "change it")))
    assert (first.name, first.arguments) == ("edit_scene", {"scene": 2, "title": "New", "duration": 10})
    assert second.name == "quote_film"
    assert first.id != second.id


@pytest.mark.parametrize("arguments", ['{"scene": 2, "ti', "[1]", "null", "no"])
def test_arguments_that_cannot_be_read_are_the_tools_to_refuse(openai: Emulators, arguments: str) -> None:
    lay_out(openai, {"tools": [{"name": "edit_scene", "arguments": arguments}]})
    [call] = calls(reply(OpenAIModel(), Said("user", "change it")))
    assert call.arguments == {NOT_JSON: arguments}


@pytest.mark.parametrize(
    ("laid_out", "said"),
    [
        ({"refusal": "I can't help with that."}, REFUSED),
        ({"text": "", "incomplete": "content_filter"}, REFUSED),
        ({"text": "It goes on", "incomplete": "max_output_tokens"}, "It goes on" + CUT_SHORT),
    ],
)
def test_an_answer_that_is_none_is_one_in_our_words(openai: Emulators, laid_out: dict[str, Any], said: str) -> None:
    lay_out(openai, laid_out)
    assert text(reply(OpenAIModel(), Said("user", "hello"))) == said


@pytest.mark.parametrize("kind", ["dropped", "truncated", "rate_limited", "server_error", "no_quota", "garbage"])
def test_a_model_that_fails_is_a_providers_error(openai: Emulators, kind: str) -> None:
    openai.fail("openai", kind)
    with pytest.raises(ProviderError):
        reply(OpenAIModel(), Said("user", "hello"))


def test_a_stream_that_is_cut_off_is_noticed(openai: Emulators) -> None:
    lay_out(openai, {"text": "Let me tell you about the sea and the ships", "cut": True})
    with pytest.raises(ProviderError):
        reply(OpenAIModel(), Said("user", "hello"))


def test_an_answer_counts_that_was_complete_before_its_connection_broke_off(openai: Emulators) -> None:
    lay_out(openai, {"text": "Let me see.", "tools": [PRICE], "breaks": True})
    asked = reply(OpenAIModel(), Said("user", "how much will it cost?"))
    assert (text(asked), [call.name for call in calls(asked)]) == ("Let me see.", ["quote_film"])


@pytest.mark.parametrize("spec", tool_specs.SPECS, ids=lambda spec: spec.name)
def test_every_tool_is_offered_by_the_strict_rules(spec: Any) -> None:
    check_strict(strict(spec.parameters), spec.name)


def test_the_model_that_speaks_is_the_one_with_a_key(openai: Emulators, settings: Settings) -> None:
    assert agent_provider() == "openai"
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "agent": "local"}
    assert agent_provider() == "local"


def test_a_turn_with_tools_ends_in_an_answer(openai: Emulators, task: Task, alice: User) -> None:
    lay_out(openai, {"text": "Let me see.", "tools": [PRICE]}, {"text": "That is the price: shall I?"})
    said = answer(task, "how much will it cost?", OpenAIModel())
    assert said.content == "Let me see.\n\nThat is the price: shall I?"
    assert said.actions[0]["send"]["type"] == "approve_script"


def test_a_tool_that_was_never_offered_is_refused_and_the_turn_goes_on(openai: Emulators, task: Task) -> None:
    lay_out(openai, {"tools": [{"name": "delete_everything", "arguments": "{"}]}, {"text": "I cannot do that."})
    assert answer(task, "delete everything", OpenAIModel()).content == "I cannot do that."
