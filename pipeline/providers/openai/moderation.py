"""Texts and pictures judged by OpenAI's moderation model, which costs nothing."""

from __future__ import annotations

import asyncio
import base64
import io
from collections.abc import Mapping
from pathlib import Path
from typing import Any

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

    async def judge_text(self, text: str) -> Verdict:
        return await _judge(text, text)

    async def judge_picture(self, path: Path) -> Verdict:
        url = await asyncio.to_thread(_as_url, path)
        return await _judge([{"type": "image_url", "image_url": {"url": url}}], "")


async def _judge(content: Any, prompt: str) -> Verdict:
    """Raises ProviderError."""
    entry = model("moderation", OpenAIModeration.name)
    with free_of_charge(prompt):
        async with asyncio.timeout(DEADLINE_S), client(DEADLINE_S) as openai:
            answer = await openai.moderations.create(model=entry.endpoint, input=content)
    flagged = [result for result in answer.results if result.flagged]
    broken = {name for result in flagged for name, hit in result.categories.model_dump(by_alias=True).items() if hit}
    known = {WORDS[kind] for name in broken if (kind := name.partition("/")[0]) in WORDS}
    return Verdict(allowed=not flagged, categories=tuple(sorted(known)))


def _as_url(path: Path) -> str:
    with Image.open(path) as picture:
        small = picture.convert("RGB")
    small.thumbnail((SENT_SIDE, SENT_SIDE))
    encoded = io.BytesIO()
    small.save(encoded, "PNG")
    return f"data:image/png;base64,{base64.b64encode(encoded.getvalue()).decode()}"
