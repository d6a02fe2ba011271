"""The agent's language model at OpenAI: one streamed turn on the Responses API. Nothing is kept there (`store` false).

Tools are offered by the strict rules, under which nothing may be left out: what is optional may be null instead, and
a null that comes back is left out of the call.
"""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any

from openai import APIConnectionError, AsyncStream
from openai.types.responses import Response, ResponseFunctionToolCall, ResponseStreamEvent

from chat.llm.base import Bill, Conversation, Item, Part, Said, TextDelta, ToolCall, ToolSpec
from pipeline.providers.catalogue import TextModel
from pipeline.providers.openai.client import client
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.usage import cost_micros
from pipeline.providers.registry import model

SILENCE_S = 60.0
"""How long nothing may come."""
REFUSED = "I cannot help with that. Tell me what else your film should show."
CUT_SHORT = " …"
NOT_JSON = "not_json"
"""The argument a tool is called with where the model wrote none that can be read: it is told so by the tool."""
MAX_QUOTED = 200
ENDS = ("response.completed", "response.incomplete")
FAILURES = ("response.failed", "error")


class OpenAIModel:
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
    """Raises ProviderError where the answer does not come to its end.

    All is read, the little after the answer's end too: a connection that is let go half-read is closed by nobody.
    """
    last = ""
    try:
        async for event in stream:
            for part in _told(event, entry):
                yield part
            if event.type in (*ENDS, *FAILURES):
                last = event.type
    except APIConnectionError:
        if last not in ENDS:
            raise
    if last in FAILURES:
        raise lost_answer("OpenAI has a problem at the moment.")
    if last not in ENDS:
        raise lost_answer("The connection to OpenAI broke off.")


def _told(event: ResponseStreamEvent, entry: TextModel) -> Iterator[Part]:
    match event.type:
        case "response.created":
            yield Bill(event.response.id)
        case "response.output_text.delta":
            yield TextDelta(event.delta)
        case "response.output_item.done" if isinstance(event.item, ResponseFunctionToolCall):
            yield ToolCall(event.item.call_id, event.item.name, _arguments(event.item.arguments))
        case "response.refusal.done":
            yield TextDelta(REFUSED)
        case "response.incomplete":
            filtered = event.response.incomplete_details
            yield TextDelta(REFUSED if filtered and filtered.reason == "content_filter" else CUT_SHORT)
            yield _bill(event.response, entry)
        case "response.completed":
            yield _bill(event.response, entry)


def _bill(response: Response, entry: TextModel) -> Bill:
    return Bill(response.id, cost_micros(response.usage, entry) if response.usage else None)


def _arguments(text: str) -> dict[str, Any]:
    try:
        found = json.loads(text or "{}")
    except ValueError:
        found = None
    if not isinstance(found, dict):
        return {NOT_JSON: text[:MAX_QUOTED]}
    return {name: value for name, value in found.items() if value is not None}
