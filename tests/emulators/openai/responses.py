"""`POST /v1/responses`, whole or streamed."""

from __future__ import annotations

import itertools
import json
import re
import time
import uuid
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.emulators.openai import models
from tests.emulators.openai.bodies import Strict, read
from tests.emulators.openai.errors import Refused, unknown_parameter
from tests.emulators.openai.replies import Reply, next_reply, seen_in
from tests.emulators.openai.schemas import check_strict, check_tool
from tests.emulators.vendor import Vendor

TOKENS_OF_A_PICTURE = 85
"""With little detail."""
PIECE = 12
"""Characters in one delta."""


class Reasoning(Strict):
    effort: str | None = None
    summary: str | None = None


class Text(Strict):
    format: dict[str, Any] | None = None
    verbosity: str | None = None


class Asked(Strict):
    model: str
    input: str | list[dict[str, Any]]
    instructions: str | None = None
    text: Text | None = None
    tools: list[dict[str, Any]] | None = None
    tool_choice: str | dict[str, Any] | None = None
    parallel_tool_calls: bool | None = None
    max_tool_calls: int | None = None
    stream: bool | None = None
    stream_options: dict[str, Any] | None = None
    store: bool | None = None
    include: list[str] | None = None
    max_output_tokens: int | None = None
    reasoning: Reasoning | None = None
    temperature: float | None = None
    top_p: float | None = None
    safety_identifier: str | None = None
    prompt_cache_key: str | None = None
    previous_response_id: str | None = None
    metadata: dict[str, str] | None = None
    truncation: str | None = None
    service_tier: str | None = None
    moderation: dict[str, Any] | None = None
    background: bool | None = None


async def create(request: Request, here: Vendor) -> Response:
    asked = await read(request, Asked)
    known = models.find(asked.model, "text")
    _check(asked, known)
    fault = request.state.fault
    reply = (
        Reply(refusal="I can't help with that.")
        if fault and fault.kind == "refused"
        else next_reply(here, asked.model_dump(exclude_none=True))
    )
    answer = response_of(asked, reply, input_tokens=_tokens_of(asked))
    usage = answer["usage"]
    micros = round(usage["input_tokens"] * known.text_in + usage["output_tokens"] * known.out)
    here.ledger.bill("responses", model=asked.model, micros=micros, input=str(asked.input)[:200])
    if asked.stream:
        return StreamingResponse(stream(answer, reply), media_type="text/event-stream")
    return JSONResponse(answer, headers={"x-request-id": f"req_{uuid.uuid4().hex}"})


def _tokens_of(asked: Asked) -> int:
    """Words by their letters; a picture has as many as it has, however long it is written."""
    pictures = str(asked.input).count("'input_image'")
    letters = len(re.sub(r"data:image/[^']*", "", str(asked.input))) + len(asked.instructions or "")
    return letters // 4 + TOKENS_OF_A_PICTURE * pictures


def _check(asked: Asked, known: models.Known) -> None:
    for name in ("temperature", "top_p"):
        if known.reasons and getattr(asked, name) is not None:
            text = f"Unsupported parameter: '{name}' is not supported with this model."
            raise Refused(text, param=name, code="unsupported_parameter")
    if asked.reasoning and not known.reasons:
        text = "Unsupported parameter: 'reasoning.effort' is not supported with this model."
        raise Refused(text, param="reasoning.effort", code="unsupported_parameter")
    if asked.max_output_tokens is not None and asked.max_output_tokens < 16:
        raise Refused("Invalid 'max_output_tokens': integer below minimum value.", param="max_output_tokens")
    for number, tool in enumerate(asked.tools or []):
        check_tool(tool, f"tools[{number}]")
    _check_format(asked)
    _check_items(asked.input)


def _check_format(asked: Asked) -> None:
    wanted = asked.text.format if asked.text else None
    if not wanted or wanted.get("type") == "text":
        return
    if wanted.get("type") == "json_object":
        if "json" not in str(asked.input).lower():
            text = "Response input messages must contain the word 'json' to use 'text.format' of type 'json_object'."
            raise Refused(text, param="input")
        return
    for name in ("name", "schema"):
        if name not in wanted:
            path = f"text.format.{name}"
            raise Refused(f"Missing required parameter: '{path}'.", param=path, code="missing_required_parameter")
    if wanted.get("strict"):
        check_strict(wanted["schema"], "text.format.schema")


def _check_items(given: str | list[dict[str, Any]]) -> None:
    if isinstance(given, str):
        return
    called = {item.get("call_id") for item in given if item.get("type") == "function_call"}
    for number, item in enumerate(given):
        kind = item.get("type", "message")
        if kind == "message" and item.get("role") not in ("user", "assistant", "system", "developer"):
            raise Refused(f"Invalid value for 'input[{number}].role'.", param=f"input[{number}].role")
        if kind == "message" and isinstance(item.get("content"), list):
            for place, part in enumerate(item["content"]):
                _check_part(part, f"input[{number}].content[{place}]", item["role"])
        if kind == "function_call_output" and item.get("call_id") not in called:
            text = f"No tool call found for function call output with call_id {item.get('call_id')}."
            raise Refused(text, param="input")


def _check_part(part: dict[str, Any], path: str, role: str) -> None:
    """A picture comes as an address or whole; it is opened, and what is none is refused."""
    kind = part.get("type")
    allowed = ("output_text", "refusal") if role == "assistant" else ("input_text", "input_image", "input_file")
    if kind not in allowed:
        raise Refused(f"Invalid value: '{kind}'.", param=f"{path}.type", code="invalid_value")
    if kind != "input_image":
        return
    if unknown := part.keys() - {"type", "image_url", "file_id", "detail"}:
        raise unknown_parameter(f"{path}.{sorted(unknown)[0]}")
    if part.get("detail", "auto") not in ("auto", "low", "high", "original"):
        raise Refused("Invalid value.", param=f"{path}.detail", code="invalid_value")
    url = part.get("image_url")
    if not isinstance(url, str):
        raise Refused("Invalid type.", param=f"{path}.image_url", code="invalid_type")
    if url.startswith("data:") and not seen_in(url):
        raise Refused("The image data you provided does not represent a valid image.", code="invalid_image_file")


def response_of(asked: Asked, reply: Reply, *, input_tokens: int) -> dict[str, Any]:
    output = [*_message(reply), *map(_call, reply.tools)]
    out = len(json.dumps(output)) // 4
    return {
        "id": f"resp_{uuid.uuid4().hex}",
        "object": "response",
        "created_at": int(time.time()),
        "status": "incomplete" if reply.incomplete else "completed",
        "error": None,
        "incomplete_details": {"reason": reply.incomplete} if reply.incomplete else None,
        "instructions": asked.instructions,
        "model": asked.model,
        "output": output,
        "parallel_tool_calls": True,
        "tool_choice": "auto",
        "tools": asked.tools or [],
        "temperature": None,
        "top_p": None,
        "metadata": {},
        "usage": {
            "input_tokens": input_tokens,
            "input_tokens_details": {"cached_tokens": 0},
            "output_tokens": out,
            "output_tokens_details": {"reasoning_tokens": 0},
            "total_tokens": input_tokens + out,
        },
    }


def _message(reply: Reply) -> list[dict[str, Any]]:
    if reply.refusal:
        content: dict[str, Any] = {"type": "refusal", "refusal": reply.refusal}
    elif reply.text:
        content = {"type": "output_text", "text": reply.text, "annotations": [], "logprobs": []}
    else:
        return []
    plain = {"id": f"msg_{uuid.uuid4().hex}", "type": "message", "role": "assistant"}
    return [{**plain, "status": "completed", "content": [content]}]


def _call(tool: dict[str, Any]) -> dict[str, Any]:
    arguments = tool["arguments"]
    return {
        "id": f"fc_{uuid.uuid4().hex}",
        "type": "function_call",
        "status": "completed",
        "call_id": tool.get("call_id", f"call_{uuid.uuid4().hex}"),
        "name": tool["name"],
        "arguments": arguments if isinstance(arguments, str) else json.dumps(arguments),
    }


async def stream(answer: dict[str, Any], reply: Reply) -> AsyncIterator[bytes]:
    numbers = itertools.count()
    events = list(_events(answer))
    for event in events[: len(events) // 2] if reply.cut else events:
        yield f"event: {event['type']}\ndata: {json.dumps({**event, 'sequence_number': next(numbers)})}\n\n".encode()
    if reply.breaks:
        raise ConnectionResetError


def _events(answer: dict[str, Any]) -> Iterator[dict[str, Any]]:
    begun = {**answer, "status": "in_progress", "output": [], "usage": None}
    yield {"type": "response.created", "response": begun}
    yield {"type": "response.in_progress", "response": begun}
    for place, item in enumerate(answer["output"]):
        yield from _call_events(place, item) if item["type"] == "function_call" else _message_events(place, item)
    yield {"type": f"response.{answer['status']}", "response": answer}


def _message_events(place: int, item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    [content] = item["content"]
    kind, key = ("refusal", "refusal") if content["type"] == "refusal" else ("output_text", "text")
    at = {"item_id": item["id"], "output_index": place, "content_index": 0}
    extra: dict[str, Any] = {"logprobs": []} if kind == "output_text" else {}
    started = {**item, "status": "in_progress", "content": []}
    yield {"type": "response.output_item.added", "output_index": place, "item": started}
    yield {"type": "response.content_part.added", **at, "part": {**content, key: ""}}
    for delta in _pieces(content[key]):
        yield {"type": f"response.{kind}.delta", **at, **extra, "delta": delta}
    yield {"type": f"response.{kind}.done", **at, **extra, key: content[key]}
    yield {"type": "response.content_part.done", **at, "part": content}
    yield {"type": "response.output_item.done", "output_index": place, "item": item}


def _call_events(place: int, item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    at = {"item_id": item["id"], "output_index": place}
    started = {**item, "status": "in_progress", "arguments": ""}
    yield {"type": "response.output_item.added", "output_index": place, "item": started}
    for delta in _pieces(item["arguments"]):
        yield {"type": "response.function_call_arguments.delta", **at, "delta": delta}
    done = {"name": item["name"], "arguments": item["arguments"]}
    yield {"type": "response.function_call_arguments.done", **at, **done}
    yield {"type": "response.output_item.done", "output_index": place, "item": item}


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))
