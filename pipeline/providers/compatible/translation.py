"""Translations of scripts by the operator's own language model: some scenes at once, or one where it is small."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import httpx

from pipeline.film.narration import narration_unit
from pipeline.film.translation import Translation, limit_of
from pipeline.providers.base import Call, TranslationRequest
from pipeline.providers.compatible.answers import object_in
from pipeline.providers.compatible.client import client
from pipeline.providers.compatible.errors import LLM, Refused, translated
from pipeline.providers.compatible.model_traits import Traits, traits
from pipeline.providers.compatible.whole_answer import Message, ask
from pipeline.providers.models_and_prices import TextModel
from pipeline.providers.openai.wording import wording
from pipeline.providers.refusals import refused_prompt
from pipeline.providers.registry import model
from pipeline.providers.translating import (
    INSTRUCTIONS,
    ONE_SCENE,
    REPAIR,
    SCHEMA,
    Faults,
    brief,
    kept_in,
    language_name,
    listed,
    translate_parts,
)
from pixora.foundation.errors import ProviderError

AT_ONCE, ROUND_A_SCENE, LEAST_MOST = 6, 250, 600
"""Scenes in one request, and the tokens that an answer may have for each."""
FORM = (
    'Answer with one JSON object: {"title": "…", "scenes": [{"id": 1, "title": "…", "narration": "…", "lines": ["…"]}]}'
)
EMPTY = ProviderError(
    f"{LLM} answered without a translation: try again, set a larger model, or give your own translation as a table.",
    code="no_translation",
)


async def translate(request: TranslationRequest, call: Call, *, is_small: bool = False) -> tuple[Translation, int]:
    """Have scenes translated, for nothing. Raises ProviderError."""
    entry = model("script", "compatible")
    assert isinstance(entry, TextModel)
    with translated(LLM):
        async with asyncio.timeout(call.deadline_s), client("llm", call.deadline_s) as http:
            asking = _Asking(http, call, await traits(http, entry.endpoint), is_small)
            made = await translate_parts(request, asking, at_once=1 if is_small else AT_ONCE, report=call.report)
    if not made.texts:
        raise EMPTY
    return made, 0


class _Asking:
    """One translation under way: it is called with the scenes of each request."""

    def __init__(self, http: httpx.AsyncClient, call: Call, found: Traits, is_small: bool) -> None:
        self.http, self.call, self.found, self.is_small = http, call, found, is_small

    async def __call__(self, part: TranslationRequest, wrong: Faults, before: str) -> Mapping[str, Any]:
        most = max(LEAST_MOST, ROUND_A_SCENE * len(part.scenes))
        await self.call.sending()
        try:
            reply = await ask(
                self.http, self.found.model, _messages(part, wrong, self.is_small), schema=SCHEMA, max_tokens=most
            )
        except Refused as refused:
            if not refused.about_length or len(part.scenes) == 1:
                raise
            return await self._in_halves(part, wrong, before)
        if reply.is_filtered:
            raise refused_prompt(part.scenes[0].script or part.title)
        return object_in(reply.text) or object_in(reply.thought) or {}

    async def _in_halves(self, part: TranslationRequest, wrong: Faults, before: str) -> Mapping[str, Any]:
        """More than the model reads at once."""
        middle = len(part.scenes) // 2
        halves = [replace(part, scenes=scenes) for scenes in (part.scenes[:middle], part.scenes[middle:])]
        answers = [await self(half, wrong, before) for half in halves]
        scenes = [scene for answer in answers for scene in answer.get("scenes") or ()]
        return {**answers[0], "scenes": scenes}


def _messages(part: TranslationRequest, wrong: Faults, is_small: bool) -> list[Message]:
    """Tell what was wrong without the answer itself: small windows have no room for it."""
    system = _of_one_scene(part) if is_small else wording(INSTRUCTIONS)
    wanted = brief(part)
    if wrong:
        wanted += f"\n\n{wording(REPAIR, faults=listed(wrong))}"
    return [{"role": "system", "content": f"{system}\n\n{FORM}"}, {"role": "user", "content": wanted}]


def _of_one_scene(part: TranslationRequest) -> str:
    (scene,) = part.scenes
    return wording(
        ONE_SCENE,
        language=language_name(part.language),
        limit=str(limit_of(scene, part.language, part.source_language)),
        unit=narration_unit(part.language),
        keep=", ".join(kept_in(scene, part)) or "nothing",
    )
