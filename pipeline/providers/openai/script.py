"""Scripts by structured output on the Responses API, repaired once by asking again."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

from openai import AsyncOpenAI

from pipeline.film.script import Script, parse_script, warnings
from pipeline.film.translation import Translation
from pipeline.providers.base import Call, Made, ScriptRequest, ScriptWriter, TranslationRequest, Translator
from pipeline.providers.openai import translation
from pipeline.providers.openai.answers import json_object
from pipeline.providers.openai.client import client
from pipeline.providers.openai.draft import as_script, brief, mended, schema
from pipeline.providers.openai.structured import Answer, ask
from pipeline.providers.openai.wording import wording
from pipeline.providers.registry import model_name
from pixora.foundation.errors import ProviderError, ScriptInvalid, Violation

INSTRUCTIONS, REPAIR = "script.v5", "repair.v1"


class OpenAIScript(ScriptWriter, Translator):
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

    async def translate(self, request: TranslationRequest, call: Call) -> tuple[Translation, int | None]:
        return await translation.translate(request, call)


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
    return await ask(
        openai,
        messages,
        call,
        instructions=wording(INSTRUCTIONS),
        form=("film_script", schema(request)),
        prompt=request.prompt,
    )


def _broken(text: str, request: ScriptRequest) -> tuple[Violation, ...]:
    """Every broken rule; of an otherwise good script also the narrations that will not fit."""
    try:
        return warnings(parse_script(as_script(json_object(text), request)))
    except ScriptInvalid as invalid:
        return invalid.violations


def _best(text: str, request: ScriptRequest, cost_micros: int | None) -> Script:
    """Return the script as it was written, else mended where that is safe. Raises ProviderError."""
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
