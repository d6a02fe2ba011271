"""Scripts by any language model: JSON by a schema where its server can, else JSON found in its words and repaired.

What breaks a rule is put right where that changes no word; what cannot be is told to the model, which writes once more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass

import httpx

from pipeline.film.script import TRANSITIONS, Script, parse_script, warnings
from pipeline.providers.base import Call, Made, ScriptRequest, ScriptWriter
from pipeline.providers.catalogue import TextModel
from pipeline.providers.compatible.answers import Reply, object_in
from pipeline.providers.compatible.asking import Message, ask
from pipeline.providers.compatible.client import client
from pipeline.providers.compatible.errors import LLM, again, translated
from pipeline.providers.compatible.repair import repaired
from pipeline.providers.compatible.traits import Traits, traits
from pipeline.providers.compatible.window import PER_MESSAGE, tokens_in
from pipeline.providers.openai.draft import SCHEMA, as_script, brief, mended
from pipeline.providers.openai.wording import wording
from pipeline.providers.refusals import refused_prompt
from pipeline.providers.registry import model, model_name
from pixora.foundation.errors import ProviderError, ScriptInvalid, Violation

INSTRUCTIONS, FORM, REPAIR = "script.v2", "form.v1", "repair.v1"
LEAST_ANSWER = 512
"""Tokens; in fewer no script can be written."""


class CompatibleScript(ScriptWriter):
    name = "compatible"
    local = True
    suffix = ".json"

    @property
    def model(self) -> str:
        return model_name("script", self.name)

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        """Have a script written. Raises ProviderError: refused, too long, or invalid even after it was repaired."""
        with translated(LLM):
            async with asyncio.timeout(call.deadline_s), client("llm", call.deadline_s) as http:
                script = await _written(http, request, call)
        await asyncio.to_thread(call.out.write_text, script.as_json(), encoding="utf-8")
        call.report(1.0)
        facts = {"scenes": len(script.clips), "duration_s": script.expected_duration, "prompt_version": INSTRUCTIONS}
        return Made(call.out, facts, cost_micros=0)


@dataclass(frozen=True)
class Judged:
    """`script` is None where no script could be made of an answer; `broken` says what is wrong with it, or was."""

    script: Script | None
    broken: tuple[Violation, ...]


async def _written(http: httpx.AsyncClient, request: ScriptRequest, call: Call) -> Script:
    found = await _traits(http)
    messages = _messages(request)
    first = await _asked(http, found, messages, request, call)
    judged = _judged(first, request)
    if judged.script and not judged.broken:
        return judged.script
    second = await _asked(http, found, _told(messages, first, judged.broken, found), request, call)
    return _best(judged, _judged(second, request))


async def _traits(http: httpx.AsyncClient) -> Traits:
    return await traits(http, model("script", CompatibleScript.name).endpoint)


def _messages(request: ScriptRequest) -> list[Message]:
    """Servers that know no schema, or ignore it, are told the form in words."""
    form = wording(FORM, transitions=", ".join(TRANSITIONS), count=str(max(1, request.duration_s // 5)))
    return [
        {"role": "system", "content": f"{wording(INSTRUCTIONS)}\n\n{form}"},
        {"role": "user", "content": brief(request)},
    ]


def _told(messages: Sequence[Message], first: Reply, broken: Sequence[Violation], found: Traits) -> list[Message]:
    """The same, with what was wrong with the first answer, and the answer itself where there is room for both."""
    wrong = "\n".join(f"- {one}" for one in broken)
    told = wording(REPAIR, violations=wrong)
    whole = [*messages, {"role": "assistant", "content": first.text}, {"role": "user", "content": told}]
    if _length(whole) + tokens_in(first.text) + LEAST_ANSWER <= found.window:
        return whole
    wanted = f"{messages[-1]['content']}\n\nAn earlier script of yours broke these rules, keep them:\n{wrong}"
    return [*messages[:-1], {"role": "user", "content": wanted}]


def _length(messages: Sequence[Message]) -> int:
    return sum(tokens_in(message["content"]) + PER_MESSAGE for message in messages)


async def _asked(
    http: httpx.AsyncClient, found: Traits, messages: Sequence[Message], request: ScriptRequest, call: Call
) -> Reply:
    entry = model("script", CompatibleScript.name)
    assert isinstance(entry, TextModel)
    room = min(entry.max_output_tokens, found.window - _length(messages))
    await call.sending()
    reply = await ask(http, found.model, messages, schema=SCHEMA, max_tokens=max(room, LEAST_ANSWER))
    if reply.is_filtered:
        raise refused_prompt(request.prompt)
    return reply


def _judged(reply: Reply, request: ScriptRequest) -> Judged:
    """The best script that can be made of an answer without changing a word."""
    draft = object_in(reply.text) or object_in(reply.thought)
    if not draft:
        return Judged(None, (Violation("script", "must be one JSON object"),))
    whole = repaired(draft, request)
    for each in (whole, mended(whole, request)):
        try:
            script = parse_script(as_script(each, request))
        except ScriptInvalid as invalid:
            broken = invalid.violations
        else:
            return Judged(script, warnings(script))
    return Judged(None, broken)


def _best(first: Judged, second: Judged) -> Script:
    """Raises ProviderError where neither is a script."""
    if script := second.script or first.script:
        return script
    if not second.broken:
        raise again(f"{LLM} answered without a script.")
    fields = ", ".join(sorted({violation.field for violation in second.broken})[:5])
    raise ProviderError(
        f"{LLM} wrote no script that keeps the rules ({fields}): say it differently, try again, or set a larger model.",
        code="script_invalid",
    )
