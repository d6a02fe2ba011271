"""`POST /v1/chat/completions`, whole or streamed, as oddly as the switches say."""

from __future__ import annotations

import asyncio
import json
import re
from collections.abc import AsyncIterator, Iterator
from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse

from tests.emulators.compatible.options import MODEL, Options, options
from tests.emulators.openai.bodies import Strict, read
from tests.emulators.openai.errors import Refused
from tests.emulators.openai.replies import PLAIN, Reply, laid_out, script_for, translation_for
from tests.emulators.vendor import Vendor

PIECE = 7
"""Characters in one delta."""
BYTES_PER_TOKEN = 4
IN_WORDS = {
    "tool_call": "<tool_call>\n{}\n</tool_call>",
    "tools": "<tools>{}</tools>",
    "fence": "```json\n{}\n```",
    "bare": "{}",
    "function_tag": "<function={name}>{arguments}</function>",
}
AROUND = {
    "": "{}",
    "fence": "```json\n{}\n```",
    "words": "Sure! Here is what you asked for:\n\n{}\n\nI hope you like it {{really}}.",
    "think": "<think>\nLet me {{see}}: a film.\n</think>\n\n{}",
    "open_think": "<think>\n\n</think>\n{}",
    "late_think": "Let me {{see}}: a film.\n</think>\n\n{}",
    "reasoning_content": "{}",
}


class Asked(Strict):
    model: str
    messages: list[dict[str, Any]]
    response_format: dict[str, Any] | None = None
    tools: list[dict[str, Any]] | None = None
    max_tokens: int | None = None
    temperature: float | None = None
    stream: bool | None = None


async def create(request: Request, here: Vendor) -> Response:
    chosen = options(here)
    if not chosen.chat:
        return JSONResponse({"detail": "Not Found"}, status_code=404)
    asked = await read(request, Asked)
    _check(asked, chosen)
    fault = request.state.fault
    reply = Reply(refusal="I can't help with that.") if fault and fault.kind == "refused" else _reply(asked, here)
    here.ledger.bill("chat", model=asked.model, micros=0, asked=asked.model_dump(exclude_none=True))
    answer = _answer(reply, chosen, _length(asked.messages), asked)
    if asked.stream and chosen.streams:
        return StreamingResponse(_stream(answer, reply, chosen), media_type="text/event-stream")
    await asyncio.sleep(chosen.first_token_s)
    return JSONResponse(answer)


def _check(asked: Asked, chosen: Options) -> None:
    wanted = (asked.response_format or {}).get("type", "")
    known = {"json_schema": {"json_schema", "json_object"}, "json_object": {"json_object"}, "none": set()}
    if wanted and wanted not in known.get(chosen.response_format, {wanted}):
        raise Refused(f"response_format of type {wanted!r} is not supported", param="response_format")
    if not chosen.tools and (asked.tools or any(message["role"] == "tool" for message in asked.messages)):
        raise Refused('"auto" tool choice requires --enable-auto-tool-choice and --tool-call-parser to be set')
    _check_length(asked, chosen)
    called = {call["id"] for message in asked.messages for call in message.get("tool_calls", ())}
    if any(message["role"] == "tool" and message["tool_call_id"] not in called for message in asked.messages):
        raise Refused("a tool's result has no call before it")


def _check_length(asked: Asked, chosen: Options) -> None:
    needed = (_length(asked.messages) + len(json.dumps(asked.tools or []))) // BYTES_PER_TOKEN
    if chosen.window and needed + (asked.max_tokens or 0) > chosen.window:
        text = f"This model's maximum context length is {chosen.window} tokens, but {needed} were asked for."
        raise Refused(text, code="context_length_exceeded", param="messages")


def _length(messages: list[dict[str, Any]]) -> int:
    return len(json.dumps(messages, ensure_ascii=False).encode())


def _reply(asked: Asked, here: Vendor) -> Reply:
    if found := laid_out(here):
        return found
    wanted = next((message["content"] for message in asked.messages if message["role"] == "user"), "")
    if '"to_name"' in wanted:
        return Reply(text=json.dumps(translation_for(json.loads(re.split(r"\n\n", wanted)[0]))))
    if '"limit_5_s"' not in wanted:
        return Reply(text=PLAIN)
    return Reply(text=json.dumps(script_for(json.loads(re.split(r"\n\n", wanted)[0]))))


def _answer(reply: Reply, chosen: Options, length: int, asked: Asked) -> dict[str, Any]:
    message: dict[str, Any] = {"role": "assistant", "content": _content(reply, chosen)}
    if chosen.wrapping == "reasoning_content":
        message["reasoning_content"] = "Let me {see}: a film."
    if reply.tools and chosen.tool_style not in IN_WORDS:
        message["tool_calls"] = [_call(place, tool, chosen) for place, tool in enumerate(reply.tools)]
    if reply.refusal:
        message["refusal"] = reply.refusal
    reason = reply.incomplete or ("tool_calls" if "tool_calls" in message else "stop")
    told = length // BYTES_PER_TOKEN
    used = {"prompt_tokens": told, "completion_tokens": 9, "total_tokens": told + 9}
    return {
        **_id(chosen),
        "object": "chat.completion",
        "created": 1_780_000_000,
        "model": MODEL,
        "choices": [{"index": 0, "message": message, "finish_reason": reason if chosen.says_reason else None}],
        **({"usage": used} if chosen.usage else {}),
    }


def _id(chosen: Options) -> dict[str, str]:
    return {"usual": {"id": "chatcmpl-1"}, "long": {"id": "x" * 400}, "none": {}}[chosen.ids]


def _content(reply: Reply, chosen: Options) -> str:
    said = AROUND[chosen.wrapping].format(reply.text) if reply.text else ""
    form = IN_WORDS.get(chosen.tool_style)
    return "\n".join([said, *(_in_words(form, tool) for tool in reply.tools)]).strip() if form else said


def _in_words(form: str, tool: dict[str, Any]) -> str:
    arguments = json.dumps(tool["arguments"])
    whole = json.dumps({"name": tool["name"], "arguments": tool["arguments"]})
    return form.replace("{name}", tool["name"]).replace("{arguments}", arguments).replace("{}", whole, 1)


def _call(place: int, tool: dict[str, Any], chosen: Options) -> dict[str, Any]:
    arguments = tool["arguments"]
    if chosen.tool_style != "object" and not isinstance(arguments, str):
        arguments = json.dumps(arguments)
    ids = {} if chosen.tool_style == "no_ids" else {"id": f"call_{place}{'y' * 400 if chosen.ids == 'long' else ''}"}
    return {**ids, "type": "function", "function": {"name": tool["name"], "arguments": arguments}}


async def _stream(answer: dict[str, Any], reply: Reply, chosen: Options) -> AsyncIterator[bytes]:
    deltas = list(_deltas(answer["choices"][0]["message"], chosen))
    kept = deltas[: len(deltas) // 2] if reply.cut else deltas
    plain: dict[str, Any] = {name: answer[name] for name in ("id", "model") if name in answer}
    if chosen.comments:
        yield b": processing\n\n"
    await asyncio.sleep(chosen.first_token_s)
    for delta in kept:
        yield _event({**plain, "object": "chat.completion.chunk", "choices": [{"index": 0, "delta": delta}]})
        if chosen.comments:
            yield b": keep-alive\n\ndata: \n\n"
    for event in () if reply.cut else _ending(answer, plain, chosen):
        yield event
    if reply.breaks:
        raise ConnectionResetError


def _ending(answer: dict[str, Any], plain: dict[str, Any], chosen: Options) -> Iterator[bytes]:
    if chosen.says_reason:
        last = {"index": 0, "delta": {}, "finish_reason": answer["choices"][0]["finish_reason"]}
        yield _event({**plain, "object": "chat.completion.chunk", "choices": [last]})
    if chosen.usage:
        yield _event({**plain, "choices": [], "usage": answer["usage"]})
    if chosen.says_done:
        yield b"data: [DONE]\n\n"


def _event(value: dict[str, Any]) -> bytes:
    return f"data: {json.dumps(value)}\n\n".encode()


def _deltas(message: dict[str, Any], chosen: Options) -> Iterator[dict[str, Any]]:
    yield {"role": "assistant", "content": None}
    for name in ("reasoning_content", "content", "refusal"):
        yield from ({name: piece} for piece in _pieces(message.get(name, "")))
    for place, call in enumerate(message.get("tool_calls", ())):
        if chosen.tool_style in ("whole", "object"):
            yield {"tool_calls": [call]}
            continue
        begun = {**call, "function": {**call["function"], "arguments": ""}}
        yield {"tool_calls": [{"index": place, **begun}]}
        for piece in _pieces(call["function"]["arguments"]):
            yield {"tool_calls": [{"index": place, "function": {"arguments": piece}}]}


def _pieces(text: str) -> Iterator[str]:
    return (text[start : start + PIECE] for start in range(0, len(text), PIECE))
