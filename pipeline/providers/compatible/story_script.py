"""Scripts by a small language model: it writes the story, and the local writer what it cannot.

What it leaves out or gets wrong is asked for once more. Facts that are still left out are put in; where there is no
story the local writer's script is taken, and the take says so.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from typing import Any

import httpx

from pipeline.film.script import Script, violations
from pipeline.film.translation import Translation
from pipeline.providers.base import Call, Made, ScriptRequest, ScriptWriter, TranslationRequest, Translator
from pipeline.providers.compatible import story, translation
from pipeline.providers.compatible.answers import object_in, text_in
from pipeline.providers.compatible.client import client, streamed
from pipeline.providers.compatible.errors import LLM, translated
from pipeline.providers.compatible.model_traits import traits
from pipeline.providers.local.script import of_own_words
from pipeline.providers.local.writing.pictures import style_words
from pipeline.providers.local.writing.writer import write_script
from pipeline.providers.models_and_prices import TextModel
from pipeline.providers.openai.answers import as_object, objects
from pipeline.providers.openai.wording import wording
from pipeline.providers.registry import model, model_name
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

INSTRUCTIONS = "story.v1"
TRIES = 2
SILENCE_S, EACH_SCENE_S = 90.0, 40.0
"""How long the first word, and each scene after it, may take; on two free cores they take 2 s and 6 s."""
MOST_TOKENS, TOKENS_A_SCENE = 2_000, 130
BEGUN, ENDED = 0.05, 0.95


class StoryScript(ScriptWriter, Translator):
    name = "compatible"
    local = True
    suffix = ".json"

    @property
    def model(self) -> str:
        return model_name("script", self.name)

    async def make(self, request: ScriptRequest, call: Call) -> Made:
        """Have a script written; by the local writer where the model cannot, or where the words are the user's own."""
        call.report(BEGUN)
        script, why = await _script(request, call)
        await asyncio.to_thread(call.out.write_text, script.as_json(), encoding="utf-8")
        call.report(1.0)
        facts = {"scenes": len(script.clips), "duration_s": script.expected_duration, "prompt_version": INSTRUCTIONS}
        warnings = {"warnings": [f"Pixora's rules wrote this script: {why}"]} if why else {}
        return Made(call.out, {**facts, **warnings}, cost_micros=0)

    async def translate(self, request: TranslationRequest, call: Call) -> tuple[Translation, int | None]:
        return await translation.translate(request, call, is_small=True)


async def _script(request: ScriptRequest, call: Call) -> tuple[Script, str]:
    """The script, and why it is not the model's where the model should have written it."""
    if own := await asyncio.to_thread(of_own_words, request):
        return own, ""
    base = await asyncio.to_thread(write_script, request)
    script, why = await _written(request, base, call)
    return script or base, why


async def _written(request: ScriptRequest, base: Script, call: Call) -> tuple[Script | None, str]:
    """The script, or None and why there is none."""
    if request.language not in story.LANGUAGES:
        return None, "the language model here does not write this language well enough"
    lacks: list[str] = []
    script: Script | None = None
    why = "the language model did not answer"
    for _ in range(TRIES):
        try:
            draft = await _asked(request, base, lacks, call)
        except ProviderError as error:
            log.warning("no story: %s", error.message)
            continue
        found, wrong = _judged(draft, request, base)
        if found and not wrong:
            return found, ""
        why = "the language model wrote no story for it"
        script, lacks = (found, wrong) if found else (script, lacks)
        log.warning("a story was not taken: %s", "; ".join(wrong))
    return (story.with_facts(script, lacks), "") if script else (None, why)


def _judged(draft: Mapping[str, Any], request: ScriptRequest, base: Script) -> tuple[Script | None, list[str]]:
    """The script that a draft makes, and the facts that it lacks; None and its faults where it makes none."""
    if faults := story.broken(draft, request, base):
        return None, faults
    script = story.as_script(draft, base, style=style_words(request.style))
    if faults := [str(one) for one in violations(script)]:
        return None, faults
    return script, story.lacking(script)


async def _asked(request: ScriptRequest, base: Script, lacks: list[str], call: Call) -> dict[str, Any]:
    """Raises ProviderError."""
    entry = model("script", StoryScript.name)
    assert isinstance(entry, TextModel)
    scenes = len(base.clips)
    await call.sending()
    with translated(LLM):
        async with asyncio.timeout(SILENCE_S + EACH_SCENE_S * scenes), client("llm", SILENCE_S) as http:
            name = (await traits(http, entry.endpoint)).model
            return object_in(await _heard(http, _body(name, story.wish(request, base, lacks), scenes), scenes, call))


def _body(name: str, wish: str, scenes: int) -> dict[str, Any]:
    form = {"name": "story", "strict": True, "schema": story.schema(scenes)}
    return {
        "model": name,
        "messages": [{"role": "system", "content": wording(INSTRUCTIONS)}, {"role": "user", "content": wish}],
        "response_format": {"type": "json_schema", "json_schema": form},
        "max_tokens": min(MOST_TOKENS, TOKENS_A_SCENE * (scenes + 2)),
        "stream": True,
    }


async def _heard(http: httpx.AsyncClient, body: Mapping[str, Any], scenes: int, call: Call) -> str:
    """The whole text; each scene that begins in it is progress."""
    text = ""
    async for chunk in streamed(http, "chat/completions", body):
        choice = next(objects((chunk or {}).get("choices")), {})
        text += text_in((as_object(choice.get("delta")) or as_object(choice.get("message"))).get("content"))
        begun = min(text.count('"title"'), scenes)
        call.report(BEGUN + (ENDED - BEGUN) * begun / scenes)
    return text
