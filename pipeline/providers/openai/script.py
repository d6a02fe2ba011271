"""Scripts by structured output on the Responses API, repaired once by asking again."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from openai import AsyncOpenAI

from pipeline.film.script import Script, parse_script, warnings
from pipeline.providers.base import Call, Made, ScriptRequest, ScriptWriter
from pipeline.providers.catalogue import TextModel
from pipeline.providers.openai.answers import is_refused, json_object, stop_reason, string, text_of
from pipeline.providers.openai.client import client, sent
from pipeline.providers.openai.draft import SCHEMA, as_script, brief, mended
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.usage import text_cost_micros
from pipeline.providers.openai.wording import wording
from pipeline.providers.refusals import refused_prompt
from pipeline.providers.registry import model, model_name
from pixora.foundation.errors import ProviderError, ScriptInvalid, Violation

INSTRUCTIONS, REPAIR = "script.v4", "repair.v1"
UNFINISHED = frozenset({"failed", "incomplete", "cancelled", "queued", "in_progress"})


@dataclass(frozen=True)
class Answer:
    """`cost_micros` is None where the server does not say what it used."""

    text: str
    cost_micros: int | None


class OpenAIScript(ScriptWriter):
    name = "openai"
    local = False
    suffix = ".json"

    @property
    def model(self) -> str:
        return model_name("script", self.name)

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        """Have a script written. Raises ProviderError: refused, or invalid even after it was repaired."""
        async with client(call.deadline_s) as openai:
            script, cost = await _written(openai, request, call)
        await asyncio.to_thread(call.out.write_text, script.as_json(), encoding="utf-8")
        call.report(1.0)
        facts = {"scenes": len(script.clips), "duration_s": script.expected_duration, "prompt_version": INSTRUCTIONS}
        return Made(call.out, facts, cost_micros=cost)


async def _written(openai: AsyncOpenAI, request: ScriptRequest, call: Call) -> tuple[Script, int | None]:
    messages: list[dict[str, Any]] = [{"role": "user", "content": brief(request)}]
    first = await _ask(openai, request, messages, call)
    broken = _broken(first.text, request)
    if not broken:
        return parse_script(as_script(json_object(first.text), request)), first.cost_micros
    messages += [
        {"role": "assistant", "content": first.text},
        {"role": "user", "content": wording(REPAIR, violations="\n".join(f"- {one}" for one in broken))},
    ]
    second = await _ask(openai, request, messages, call)
    cost = _sum(first.cost_micros, second.cost_micros)
    return _best(second.text, request, cost), cost


def _sum(first: int | None, second: int | None) -> int | None:
    """Unknown where one of them is: the expected price of the whole then stands."""
    return None if first is None or second is None else first + second


async def _ask(openai: AsyncOpenAI, request: ScriptRequest, messages: list[dict[str, Any]], call: Call) -> Answer:
    entry = call.model or model("script", OpenAIScript.name)
    assert isinstance(entry, TextModel)
    await call.sending()
    with translated(request.prompt):
        async with asyncio.timeout(call.deadline_s):
            response = await sent(openai.responses.with_raw_response.create(**_body(entry, messages)))
    cost = text_cost_micros(response.get("usage"), entry)
    return Answer(_text(response, request, cost), cost)


def _body(entry: TextModel, messages: list[dict[str, Any]]) -> dict[str, Any]:
    """Reasoning models take an effort and no temperature, the others the reverse."""
    body = {
        "model": entry.endpoint,
        "instructions": wording(INSTRUCTIONS),
        "input": messages,
        "text": {"format": {"type": "json_schema", "name": "film_script", "strict": True, "schema": SCHEMA}},
        "max_output_tokens": entry.max_output_tokens,
        "store": False,
    }
    if entry.effort:
        body["reasoning"] = {"effort": entry.effort}
    if entry.temperature is not None:
        body["temperature"] = entry.temperature
    return body


def _text(response: Mapping[str, Any], request: ScriptRequest, cost_micros: int | None) -> str:
    """Raises ProviderError where there is none; what was paid for it is told with the error."""
    if is_refused(response):
        raise refused_prompt(request.prompt)
    if stop_reason(response) == "max_output_tokens":
        raise ProviderError(
            "OpenAI's model reached the end of what it may write before the script was done: ask for a shorter film.",
            code="answer_too_long",
            cost_micros=cost_micros,
        )
    text = text_of(response)
    if string(response.get("status")) in UNFINISHED or not text.strip():
        raise lost_answer("OpenAI answered without a script.")
    return text


def _broken(text: str, request: ScriptRequest) -> tuple[Violation, ...]:
    """Every broken rule; of an otherwise good script also the narrations that will not fit."""
    try:
        return warnings(parse_script(as_script(json_object(text), request)))
    except ScriptInvalid as invalid:
        return invalid.violations


def _best(text: str, request: ScriptRequest, cost_micros: int | None) -> Script:
    """As it was written, else mended where that is safe. Raises ProviderError."""
    draft = json_object(text)
    with suppress(ScriptInvalid):
        return parse_script(as_script(draft, request))
    try:
        return parse_script(as_script(mended(draft, request), request))
    except ScriptInvalid as invalid:
        fields = ", ".join(sorted({violation.field for violation in invalid.violations})[:5])
        raise ProviderError(
            f"OpenAI's model wrote no script that keeps the rules ({fields}): say it differently, or try again.",
            code="script_invalid",
            cost_micros=cost_micros,
        ) from None
