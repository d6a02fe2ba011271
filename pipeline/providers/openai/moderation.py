"""Texts and pictures judged by OpenAI's moderation model, which costs nothing."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from pipeline.providers.base import Moderator, Verdict
from pipeline.providers.openai.answers import as_object, objects
from pipeline.providers.openai.client import client, sent
from pipeline.providers.openai.errors import free_of_charge
from pipeline.providers.openai.small_picture import as_url
from pipeline.providers.registry import model, model_name

DEADLINE_S = 30.0
WORDS: Mapping[str, str] = {
    "sexual": "sexual content",
    "violence": "violence",
    "hate": "hatred",
    "harassment": "harassment",
    "self-harm": "self-harm",
    "illicit": "instructions for crimes",
}
"""Our words for the first part of a category's name."""


class OpenAIModeration(Moderator):
    name = "openai"
    local = False

    @property
    def model(self) -> str:
        return model_name("moderation", self.name)

    async def judge_texts(self, texts: Sequence[str]) -> Sequence[Verdict]:
        return await _judged(list(texts), count=len(texts), prompt=texts[0] if len(texts) == 1 else "")

    async def judge_picture(self, path: Path) -> Verdict:
        url = await asyncio.to_thread(as_url, path)
        (verdict,) = await _judged([{"type": "image_url", "image_url": {"url": url}}], count=1)
        return verdict


async def _judged(content: Any, *, count: int, prompt: str = "") -> list[Verdict]:
    """Return so many verdicts. Raises ProviderError."""
    entry = model("moderation", OpenAIModeration.name)
    with free_of_charge(prompt):
        async with asyncio.timeout(DEADLINE_S), client(DEADLINE_S) as openai:
            moderations = openai.moderations.with_raw_response
            answer = await sent(moderations.create(model=entry.endpoint, input=content))
        verdicts = [_verdict(result) for result in objects(answer.get("results"))]
        if len(verdicts) != count:
            raise ValueError("another number of verdicts")
    return verdicts


def _verdict(result: Mapping[str, Any]) -> Verdict:
    """Raises ValueError where it does not say whether it was flagged."""
    flagged = result.get("flagged")
    if not isinstance(flagged, bool):
        raise ValueError("no verdict")
    broken = [name for name, hit in as_object(result.get("categories")).items() if hit is True]
    return Verdict(not flagged, tuple(sorted({word for name in broken if (word := _word(name))})) if flagged else ())


def _word(category: str) -> str:
    """Some servers write `self_harm` and `harassment_threatening`."""
    name = category.replace("_", "-")
    return next((word for kind, word in WORDS.items() if re.match(rf"{kind}\b", name)), "")
