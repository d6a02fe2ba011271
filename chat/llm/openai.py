"""The agent's language model at OpenAI: one streamed turn on the Responses API. Nothing is kept there (`store` false).

Tools are offered by the strict rules, under which nothing may be left out: what is optional may be null instead, and
a null that comes back is left out of the call.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from openai import APIConnectionError, AsyncStream
from openai.types.responses import ResponseStreamEvent
from pydantic import BaseModel

from chat.llm.base import (
    CUT_SHORT,
    MAX_QUOTED,
    NOT_JSON,
    REFUSED,
    Bill,
    ChatModel,
    Conversation,
    Item,
    Part,
    Said,
    TextDelta,
    ToolCall,
    ToolSpec,
)
from pipeline.providers.models_and_prices import TextModel
from pipeline.providers.openai.answers import as_object, objects, stop_reason, string, text_of_item
from pipeline.providers.openai.client import client
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.usage import text_cost_micros
from pipeline.providers.registry import model
from pipeline.providers.vendor_ids import stored_id

SILENCE_S = 60.0
"""How long nothing may come."""


class OpenAIModel(ChatModel):
    name = "openai"
    local = False

    async def reply(self, conversation: Conversation, tools: Sequence[ToolSpec]) -> AsyncIterator[Part]:
        """Raises ProviderError, in the middle of a sentence too."""
        entry = model("agent", OpenAIModel.name)
        assert isinstance(entry, TextModel)
        with translated(""):
            async with client(SILENCE_S) as openai:
                body = _body(entry, conversation, tools)
                stream: AsyncStream[ResponseStreamEvent] = await openai.responses.create(**body)
                async for part in _parts(stream, entry):
                    yield part


def _body(entry: TextModel, conversation: Conversation, tools: Sequence[ToolSpec]) -> dict[str, Any]:
    body = {
        "model": entry.endpoint,
        "instructions": conversation.instructions,
        "input": _input(conversation),
        "tools": [_offer(tool) for tool in tools],
        "max_output_tokens": entry.max_output_tokens,
        "store": False,
        "stream": True,
    }
    if entry.effort:
        body["reasoning"] = {"effort": entry.effort}
    return body


def _input(conversation: Conversation) -> list[dict[str, Any]]:
    facts = json.dumps(conversation.facts, ensure_ascii=False, default=str)
    told = [{"role": "developer", "content": f"How the film stands now:\n{facts}"}]
    return told + [message for item in conversation.items for message in _messages(item)]


def _messages(item: Item) -> list[dict[str, Any]]:
    """A call goes back without the id of its output item, so the reasoning before it need not."""
    if isinstance(item, Said):
        return [{"role": "user" if item.role == "user" else "assistant", "content": item.text}]
    call = item.call
    arguments = json.dumps(dict(call.arguments), ensure_ascii=False)
    result = json.dumps(dict(item.result), ensure_ascii=False, default=str)
    return [
        {"type": "function_call", "call_id": call.id, "name": call.name, "arguments": arguments},
        {"type": "function_call_output", "call_id": call.id, "output": result},
    ]


def _offer(tool: ToolSpec) -> dict[str, Any]:
    return {
        "type": "function",
        "name": tool.name,
        "description": tool.description,
        "strict": True,
        "parameters": strict(tool.parameters),
    }


def strict(schema: Mapping[str, Any]) -> dict[str, Any]:
    """Every property required, without defaults; those that may be left out may be null."""
    required = schema.get("required", [])
    properties: Mapping[str, Any] = schema.get("properties", {})
    return {
        "type": "object",
        "properties": {
            name: _plain(inner) if name in required else _or_null(_plain(inner)) for name, inner in properties.items()
        },
        "required": list(properties),
        "additionalProperties": False,
    }


def _plain(schema: Mapping[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in schema.items() if key not in ("default", "title")}


def _or_null(schema: dict[str, Any]) -> dict[str, Any]:
    null = {"type": "null"}
    choices: list[Any] = schema.get("anyOf", [schema])
    return {"anyOf": [*choices, *([] if null in choices else [null])]}


async def _parts(stream: AsyncStream[ResponseStreamEvent], entry: TextModel) -> AsyncIterator[Part]:
    """Raises ProviderError where the answer does not come to its end, or holds nothing.

    All is read, the little after the answer's end too: a connection that is let go half-read is closed by nobody.
    """
    heard = Heard(entry)
    try:
        async for event in stream:
            for part in heard.parts(plain(event)):
                yield part
    except APIConnectionError:
        if not heard.is_complete:
            raise
    if heard.failed:
        raise lost_answer("OpenAI has a problem at the moment.")
    if not heard.is_complete:
        raise lost_answer("The connection to OpenAI broke off.")
    if heard.is_empty:
        raise lost_answer("OpenAI answered nothing.")


def plain(event: Any) -> Mapping[str, Any]:
    """An event as the JSON it came as: the SDK's types promise fields that other servers leave out."""
    if isinstance(event, BaseModel):
        event = event.model_dump(exclude_unset=True, warnings=False)
    return as_object(event)


@dataclass
class Heard:
    """The part of an answer that has come so far. Text and calls that come only with an item's or the answer's end are
    told then; what came before is not told twice."""

    entry: TextModel
    is_complete: bool = False
    failed: bool = False
    has_text: bool = False
    calls: set[str] = field(default_factory=set)

    @property
    def is_empty(self) -> bool:
        return not self.has_text and not self.calls

    def parts(self, event: Mapping[str, Any]) -> Iterator[Part]:
        response = as_object(event.get("response"))
        match event.get("type"):
            case "response.created":
                yield Bill(string(response.get("id")))
            case "response.output_text.delta":
                yield from self._text(string(event.get("delta")))
            case "response.output_item.done":
                yield from self._item(as_object(event.get("item")))
            case "response.refusal.done":
                yield from self._text(REFUSED)
            case "response.incomplete" | "response.completed":
                yield from self._end(response)
            case "response.failed" | "error":
                self.failed = True

    def _item(self, item: Mapping[str, Any]) -> Iterator[Part]:
        if item.get("type") == "function_call":
            yield from self._call(item)
        elif not self.has_text:
            yield from self._text(text_of_item(item))

    def _end(self, response: Mapping[str, Any]) -> Iterator[Part]:
        self.is_complete = True
        for item in objects(response.get("output")):
            yield from self._item(item)
        if stop_reason(response):
            yield from self._text(REFUSED if stop_reason(response) == "content_filter" else CUT_SHORT)
        yield Bill(string(response.get("id")), text_cost_micros(response.get("usage"), self.entry))

    def _text(self, text: str) -> Iterator[Part]:
        if text:
            self.has_text = True
            yield TextDelta(text)

    def _call(self, item: Mapping[str, Any]) -> Iterator[Part]:
        """Some servers give no id, so the name and arguments stand for it."""
        name, arguments = string(item.get("name")), string(item.get("arguments"))
        call_id = string(item.get("call_id")) or f"call_{stored_id(f'{name}({arguments})')}"
        if name and call_id not in self.calls:
            self.calls.add(call_id)
            yield ToolCall(call_id, name, _arguments(arguments))


def _arguments(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except (ValueError, RecursionError):
        found = None
    if not isinstance(found, dict):
        return {NOT_JSON: text[:MAX_QUOTED]}
    return {name: value for name, value in found.items() if value is not None}
