"""Scripts by any language model: JSON by a schema where its server can, else JSON found in its words and repaired.

What breaks a rule is put right where that changes no word; what cannot be is told to the model, which writes once more.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass, replace

import httpx

from pipeline.film.script import TRANSITIONS, Script, parse_script, warnings
from pipeline.film.script_rules import USUAL_SECONDS
from pipeline.film.translation import Translation
from pipeline.providers.base import Call, Machines, Made, ScriptRequest, ScriptWriter, TranslationRequest, Translator
from pipeline.providers.compatible import translation
from pipeline.providers.compatible.answers import Reply, object_in
from pipeline.providers.compatible.client import client
from pipeline.providers.compatible.errors import LLM, Refused, translated
from pipeline.providers.compatible.model_traits import Traits, learn, narrower, traits
from pipeline.providers.compatible.repair import repaired
from pipeline.providers.compatible.whole_answer import Message, ask
from pipeline.providers.compatible.window import PER_MESSAGE, tokens_in
from pipeline.providers.models_and_prices import TextModel
from pipeline.providers.openai.draft import SCHEMA, as_script, brief, mended
from pipeline.providers.openai.wording import wording
from pipeline.providers.refusals import refused_prompt
from pipeline.providers.registry import model, model_name
from pixora.foundation.errors import ProviderError, ScriptInvalid, Violation

INSTRUCTIONS, SHORT, FORM, REPAIR = "script.v5", "script_short.v1", "form.v2", "repair.v1"
"""The short instructions are for models that read so little at once that the whole ones leave no room for a script."""
LEAST_ANSWER = 512
"""Tokens; in fewer no script can be written."""
LEAST_MOST, ROUND_A_SCENE = 3_000, 450
"""Tokens that an answer may have at most: three times what a scene needs, so that a model which repeats itself ends."""
MOST_CUTS = 4
TOO_LONG = ProviderError(
    "The film is too long for this language model: ask for a shorter one, or have a larger context set.",
    code="answer_too_long",
)
CUT = Violation("script", "was longer than there is room for: use fewer words in each text")


class CompatibleScript(ScriptWriter, Translator):
    name = "compatible"
    local = True
    suffix = ".json"

    @property
    def model(self) -> str:
        return model_name("script", self.name)

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        """Have a script written. Raises ProviderError: refused, too long, or invalid even after it was repaired."""
        entry = model("script", self.name)
        assert isinstance(entry, TextModel)
        with translated(LLM):
            async with asyncio.timeout(call.deadline_s), client("llm", call.deadline_s) as http:
                writing = Writing(http, request, call, entry, await traits(http, entry.endpoint))
                script = await writing.script()
        await asyncio.to_thread(call.out.write_text, script.as_json(), encoding="utf-8")
        call.report(1.0)
        facts = {"scenes": len(script.clips), "duration_s": script.expected_duration, "prompt_version": writing.told}
        return Made(call.out, facts, cost_micros=0)

    async def translate(self, request: TranslationRequest, call: Call) -> tuple[Translation, int | None]:
        return await translation.translate(request, call)


@dataclass(frozen=True)
class Judged:
    """`script` is None where no script could be made of an answer; `broken` says what is wrong with it, or was."""

    script: Script | None
    broken: tuple[Violation, ...]
    is_cut: bool


@dataclass
class Writing:
    """One script being written: what is known of its model grows with what the server refuses."""

    http: httpx.AsyncClient
    request: ScriptRequest
    call: Call
    entry: TextModel
    found: Traits
    told: str = INSTRUCTIONS

    async def script(self) -> Script:
        """The script, after a second try where the first cannot be put right. Raises Refused, ProviderError."""
        messages = _messages(self.request)
        first = await self._ask(messages)
        judged = _judged(first, self.request)
        if judged.script and not judged.broken:
            return judged.script
        second = await self._ask(_told(self._fitting(messages), first, judged.broken, self.found))
        return _best(judged, _judged(second, self.request))

    async def _ask(self, messages: Sequence[Message]) -> Reply:
        for _ in range(MOST_CUTS):
            messages = self._fitting(messages)
            most = self._room(messages)
            await self.call.sending()
            try:
                reply = await ask(self.http, self.found.model, messages, schema=SCHEMA, max_tokens=most)
            except Refused as refused:
                if not refused.about_length:
                    raise
                self.found = narrower(self.found, told=refused.window, sent=_length(messages) + most)
                learn(self.http, self.entry.endpoint, self.found)
                continue
            if reply.is_filtered:
                raise refused_prompt(self.request.prompt)
            return reply
        raise TOO_LONG

    def _room(self, messages: Sequence[Message]) -> int:
        """Tokens that the answer may have. Raises ProviderError where they are too few."""
        room = min(self.entry.max_output_tokens, self._most(), self.found.window - _length(messages))
        if room < LEAST_ANSWER:
            raise TOO_LONG
        return room

    def _most(self) -> int:
        return max(LEAST_MOST, ROUND_A_SCENE * self.request.duration_s // 5)

    def _fitting(self, messages: Sequence[Message]) -> Sequence[Message]:
        """The messages, with the short instructions where the whole ones leave less room than a script needs."""
        if _length(messages) + self._most() // 3 > self.found.window:
            self.told = SHORT
            return [_system(self.request, SHORT), *messages[1:]]
        return messages


def _messages(request: ScriptRequest) -> list[Message]:
    return [_system(request, INSTRUCTIONS), {"role": "user", "content": brief(_as_usual(request))}]


def _as_usual(request: ScriptRequest) -> ScriptRequest:
    """The request of a model that is given the usual form, whatever else the machines can."""
    machines = request.machines and Machines(USUAL_SECONDS, request.machines.references)
    return replace(request, machines=machines)


def _system(request: ScriptRequest, instructions: str) -> Message:
    """Servers that know no schema, or ignore it, are told the form in words."""
    form = wording(FORM, transitions=", ".join(TRANSITIONS), count=str(max(1, request.duration_s // 5)))
    return {"role": "system", "content": f"{wording(instructions)}\n\n{form}"}


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


def _judged(reply: Reply, request: ScriptRequest) -> Judged:
    """The best script that can be made of an answer without changing a word."""
    draft = object_in(reply.text) or object_in(reply.thought)
    cut = (CUT,) if reply.is_cut else ()
    if not draft:
        return Judged(None, cut or (Violation("script", "must be one JSON object"),), reply.is_cut)
    whole = repaired(draft, request)
    for each in (whole, mended(whole, request)):
        try:
            script = parse_script(as_script(each, request))
        except ScriptInvalid as invalid:
            broken = invalid.violations
        else:
            return Judged(script, warnings(script), reply.is_cut)
    return Judged(None, (*cut, *broken), reply.is_cut)


def _best(first: Judged, second: Judged) -> Script:
    """Raises ProviderError where neither is a script."""
    if script := second.script or first.script:
        return script
    if second.is_cut:
        raise TOO_LONG
    fields = ", ".join(sorted({violation.field for violation in second.broken})[:5])
    raise ProviderError(
        f"{LLM} wrote no script that keeps the rules ({fields}): say it differently, try again, or set a larger model.",
        code="script_invalid",
    )
