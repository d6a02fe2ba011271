"""Scripts by structured output on the Responses API, repaired once by asking again."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from openai import AsyncOpenAI
from openai.types.responses import Response

from pipeline.providers.base import Call, Made, ScriptRequest
from pipeline.providers.catalogue import TextModel
from pipeline.providers.openai.client import client
from pipeline.providers.openai.draft import SCHEMA, as_script, brief, mended
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.usage import cost_micros
from pipeline.providers.openai.wording import wording
from pipeline.providers.refusals import refused_prompt
from pipeline.providers.registry import model, model_name
from pipeline.script import Script, parse_script, warnings
from pixora.errors import ProviderError, ScriptInvalid, Violation

INSTRUCTIONS, REPAIR = "script.v1", "repair.v1"


@dataclass(frozen=True)
class Answer:
    text: str
    cost_micros: int


class OpenAIScript:
    name = "openai"
    local = False
    suffix = ".json"

    @property
    def model(self) -> str:
        return model_name("script", self.name)

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        """Raises ProviderError: refused, or invalid even after it was repaired."""
        async with client(call.deadline_s) as openai:
            script, cost = await _written(openai, request, call)
        await asyncio.to_thread(call.out.write_text, script.as_json(), encoding="utf-8")
        call.report(1.0)
        facts = {"scenes": len(script.clips), "duration_s": script.expected_duration, "prompt_version": INSTRUCTIONS}
        return Made(call.out, facts, cost_micros=cost)


async def _written(openai: AsyncOpenAI, request: ScriptRequest, call: Call) -> tuple[Script, int]:
    messages: list[dict[str, Any]] = [{"role": "user", "content": brief(request)}]
    first = await _ask(openai, request, messages, call)
    broken = _broken(first.text, request)
    if not broken:
        return parse_script(as_script(_read(first.text), request)), first.cost_micros
    messages += [
        {"role": "assistant", "content": first.text},
        {"role": "user", "content": wording(REPAIR, violations="\n".join(f"- {one}" for one in broken))},
    ]
    second = await _ask(openai, request, messages, call)
    return _best(second.text, request), first.cost_micros + second.cost_micros


async def _ask(openai: AsyncOpenAI, request: ScriptRequest, messages: list[dict[str, Any]], call: Call) -> Answer:
    entry = model("script", OpenAIScript.name)
    assert isinstance(entry, TextModel)
    await call.sending()
    with translated(request.prompt):
        async with asyncio.timeout(call.deadline_s):
            response: Response = await openai.responses.create(**_body(entry, messages))
    cost = cost_micros(response.usage, entry) if response.usage else 0
    return Answer(_text(response, request), cost)


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


def _text(response: Response, request: ScriptRequest) -> str:
    refused = any(part.type == "refusal" for item in response.output if item.type == "message" for part in item.content)
    reason = response.incomplete_details.reason if response.incomplete_details else None
    if refused or reason == "content_filter":
        raise refused_prompt(request.prompt)
    if response.status != "completed" or not response.output_text:
        raise lost_answer("The script was not written to its end.")
    return response.output_text


def _read(text: str) -> dict[str, Any]:
    """Empty where it is no JSON object: the rules then say what is missing."""
    try:
        data = json.loads(text)
    except ValueError:
        return {}
    return data if isinstance(data, dict) else {}


def _broken(text: str, request: ScriptRequest) -> tuple[Violation, ...]:
    """Every broken rule; of an otherwise good script also the narrations that will not fit."""
    try:
        return warnings(parse_script(as_script(_read(text), request)))
    except ScriptInvalid as invalid:
        return invalid.violations


def _best(text: str, request: ScriptRequest) -> Script:
    """As it was written, else mended where that is safe. Raises ProviderError."""
    draft = _read(text)
    with suppress(ScriptInvalid):
        return parse_script(as_script(draft, request))
    try:
        return parse_script(as_script(mended(draft, request), request))
    except ScriptInvalid as invalid:
        fields = ", ".join(sorted({violation.field for violation in invalid.violations})[:5])
        raise ProviderError(
            f"No script that keeps the rules was written ({fields}): say it differently, or try again.",
            code="script_invalid",
        ) from None
