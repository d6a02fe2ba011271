"""PURE: `/responses` in the terms of `/chat/completions`, for servers that have only the newer one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from pipeline.providers.openai.answers import as_object, is_refused, objects, stop_reason, string, text_of

Body = dict[str, Any]
REFUSAL = "refused"
KEPT = ("model", "stream", "temperature")


def request_of(body: Mapping[str, Any]) -> Body:
    """The request to `/responses` that asks for the same as one to `/chat/completions`. Nothing is stored there."""
    asked: Body = {name: body[name] for name in KEPT if name in body} | {"store": False}
    asked["input"] = [item for message in body["messages"] for item in _items(message)]
    if "max_tokens" in body:
        asked["max_output_tokens"] = body["max_tokens"]
    if body.get("tools"):
        asked["tools"] = [{"type": "function", **tool["function"]} for tool in body["tools"]]
    if wanted := body.get("response_format"):
        asked["text"] = {"format": {"type": wanted["type"], **as_object(wanted.get("json_schema"))}}
    return asked


def _items(message: Mapping[str, Any]) -> Iterator[Body]:
    if message["role"] == "tool":
        yield {"type": "function_call_output", "call_id": message["tool_call_id"], "output": message["content"]}
        return
    if message["content"]:
        yield {"role": message["role"], "content": message["content"]}
    for call in message.get("tool_calls", ()):
        yield {"type": "function_call", "call_id": call["id"], **call["function"]}


def completion_of(response: Mapping[str, Any]) -> Body:
    """A whole answer as one of `/chat/completions`."""
    message = {"content": text_of(response), "tool_calls": [*_calls(response)]}
    return {"id": response.get("id"), "choices": [{"message": message, "finish_reason": _reason(response)}]}


def chunk_of(event: Mapping[str, Any]) -> Body | None:
    """An event of a stream as a piece of one of `/chat/completions`; None for what tells nothing of it."""
    response = as_object(event.get("response"))
    match event.get("type"):
        case "response.created":
            return {"id": response.get("id"), "choices": []}
        case "response.output_text.delta":
            return _chunk({"content": string(event.get("delta"))})
        case "response.refusal.done":
            return _chunk({"refusal": REFUSAL})
        case "response.output_item.done":
            calls = [*_calls({"output": [event.get("item")]})]
            return _chunk({"tool_calls": calls}) if calls else None
        case "response.completed" | "response.incomplete":
            return _chunk({}, _reason(response))
        case "response.failed" | "error":
            return {"error": True}
    return None


def _chunk(delta: Body, reason: str | None = None) -> Body:
    return {"choices": [{"delta": delta, "finish_reason": reason}]}


def _calls(response: Mapping[str, Any]) -> Iterator[Body]:
    for item in objects(response.get("output")):
        if item.get("type") == "function_call":
            function = {"name": string(item.get("name")), "arguments": item.get("arguments")}
            yield {"id": string(item.get("call_id")), "function": function}


def _reason(response: Mapping[str, Any]) -> str:
    if is_refused(response):
        return "content_filter"
    return "length" if stop_reason(response) else "stop"
