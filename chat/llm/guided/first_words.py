"""A short sentence said first, where an answer takes long to begin."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from chat.llm.base import Part, TextDelta
from chat.llm.local.film import Film
from chat.llm.local.wording import SPOKEN, sentences

PATIENCE_S = 2.0
"""How long nobody is told that the model thinks."""


async def soon(parts: AsyncIterator[Part], film: Film) -> AsyncIterator[Part]:
    """The parts of an answer, and before them a sentence where they let wait."""
    first = asyncio.ensure_future(anext(parts, None))
    try:
        if not (await asyncio.wait({first}, timeout=PATIENCE_S))[0]:
            yield TextDelta(f"{film.telling(lambda one: one.say('guided.thinking'))}\n\n")
        if (part := await first) is not None:
            yield part
    finally:
        first.cancel()
    async for part in parts:
        yield part


def without(answer: str) -> str:
    """The words that were told after that sentence, if it was said."""
    told = (sentences(language)["guided.thinking"] for language in SPOKEN)
    said = next((one for one in told if answer.startswith(one)), "")
    return answer[len(said) :].lstrip()
