"""A still told in a few words, by one call of OpenAI's cheapest language model that sees."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

from pipeline.providers.base import Seen, Seer
from pipeline.providers.models_and_prices import TextModel
from pipeline.providers.openai.answers import is_refused, string, text_of
from pipeline.providers.openai.client import client, sent
from pipeline.providers.openai.errors import lost_answer, translated
from pipeline.providers.openai.small_picture import as_url
from pipeline.providers.openai.usage import text_cost_micros
from pipeline.providers.openai.wording import wording
from pipeline.providers.registry import model
from pixora.foundation.errors import ProviderError

INSTRUCTIONS = "sight.v1"
ROLE = "sight"
MOST_TOKENS = 2_000
"""Of an answer, a reasoning model's thoughts included."""
SEEN_SIDE = 512
"""As large as a picture is looked at in low detail."""
MOST_CHARACTERS = 400
"""Of a description: what a clip's prompt has room for."""


class OpenAISight(Seer):
    name = "openai"

    @property
    def model(self) -> str:
        """The entry's name, and the version of what it is asked, so that another question is asked anew."""
        return f"{model(ROLE, self.name).name}/{INSTRUCTIONS}"

    async def describe(self, still: Path, *, deadline_s: float) -> Seen:
        """Say what the still shows. Raises ProviderError."""
        entry = model(ROLE, self.name)
        assert isinstance(entry, TextModel)
        body = _body(entry, await asyncio.to_thread(as_url, still, side=SEEN_SIDE))
        with translated(""):
            async with asyncio.timeout(deadline_s), client(deadline_s) as openai:
                answer = await sent(openai.responses.with_raw_response.create(**body))
        cost = text_cost_micros(answer.get("usage"), entry)
        text = " ".join(text_of(answer).split())
        if is_refused(answer):
            raise ProviderError("OpenAI's model does not look at this picture.", code="refused", cost_micros=cost)
        if not text:
            raise lost_answer("OpenAI answered without a description.")
        return Seen(_shortened(text), cost, string(answer.get("id")))


def _body(entry: TextModel, picture: str) -> dict[str, Any]:
    shown = {"type": "input_image", "image_url": picture, "detail": "low"}
    return {
        "model": entry.endpoint,
        "instructions": wording(INSTRUCTIONS),
        "input": [{"role": "user", "content": [shown]}],
        "max_output_tokens": MOST_TOKENS,
        "store": False,
        **({"reasoning": {"effort": entry.effort}} if entry.effort else {}),
    }


def _shortened(text: str) -> str:
    """Keep whole sentences where any fit, else whole words."""
    if len(text) <= MOST_CHARACTERS:
        return text
    kept = text[: MOST_CHARACTERS + 1]
    end = kept.rfind(". ")
    return kept[: end + 1] if end > 0 else kept.rsplit(" ", 1)[0]
