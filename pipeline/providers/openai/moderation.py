"""Texts and pictures judged by OpenAI's moderation model, which costs nothing."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from openai.types import Moderation
from PIL import Image

from pipeline.providers.base import Verdict
from pipeline.providers.openai.client import client
from pipeline.providers.openai.errors import free_of_charge
from pipeline.providers.registry import model, model_name

DEADLINE_S = 30.0
SENT_SIDE = 1024
"""A smaller picture is judged as well and sent sooner."""
WORDS: Mapping[str, str] = {
    "sexual": "sexual content",
    "violence": "violence",
    "hate": "hatred",
    "harassment": "harassment",
    "self-harm": "self-harm",
    "illicit": "instructions for crimes",
}
"""Our words for the first part of a category's name."""


class OpenAIModeration:
    name = "openai"
    local = False

    @property
    def model(self) -> str:
        return model_name("moderation", self.name)

    async def judge_texts(self, texts: Sequence[str]) -> Sequence[Verdict]:
        return await _judged(list(texts), count=len(texts), prompt=texts[0] if len(texts) == 1 else "")

    async def judge_picture(self, path: Path) -> Verdict:
        url = await asyncio.to_thread(_as_url, path)
        (verdict,) = await _judged([{"type": "image_url", "image_url": {"url": url}}], count=1)
        return verdict


async def _judged(content: Any, *, count: int, prompt: str = "") -> list[Verdict]:
    """So many verdicts. Raises ProviderError."""
    entry = model("moderation", OpenAIModeration.name)
    with free_of_charge(prompt):
        async with asyncio.timeout(DEADLINE_S), client(DEADLINE_S) as openai:
            answer = await openai.moderations.create(model=entry.endpoint, input=content)
        verdicts = [_verdict(result) for result in answer.results or ()]
        if len(verdicts) != count:
            raise ValueError("another number of verdicts")
    return verdicts


def _verdict(result: Moderation) -> Verdict:
    broken = {name for name, hit in result.categories.model_dump(by_alias=True).items() if hit}
    known = {WORDS[kind] for name in broken if (kind := name.partition("/")[0]) in WORDS}
    return Verdict(not result.flagged, tuple(sorted(known)) if result.flagged else ())


def _as_url(path: Path) -> str:
    with Image.open(path) as picture:
        small = picture.convert("RGB")
    small.thumbnail((SENT_SIDE, SENT_SIDE))
    encoded = io.BytesIO()
    small.save(encoded, "PNG")
    return f"data:image/png;base64,{base64.b64encode(encoded.getvalue()).decode()}"
