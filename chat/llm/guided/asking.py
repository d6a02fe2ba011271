"""The requests to a small language model, and the warming of what stands at their beginning.

llama.cpp keeps what it has read: of a request that begins as an earlier one did, only the rest is read.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Mapping
from typing import Any

from pipeline.providers.compatible.answers import object_in, text_in
from pipeline.providers.compatible.client import client, streamed
from pipeline.providers.compatible.errors import LLM, translated
from pipeline.providers.compatible.model_traits import traits
from pipeline.providers.compatible.whole_answer import ask
from pipeline.providers.openai.answers import as_object, objects
from pipeline.providers.registry import model
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

DEADLINE_S = 90.0
"""On two free cores an answer takes 2 to 5 s, and 25 s where nothing was read before."""
OBJECT_TOKENS, WORDS_TOKENS = 200, 90


async def asked_object(system: str, user: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """The JSON object that the model answers with; empty where it is none. Raises ProviderError."""
    with translated(LLM):
        async with asyncio.timeout(DEADLINE_S), client("llm", DEADLINE_S) as http:
            name = (await traits(http, _endpoint())).model
            reply = await ask(
                http, name, _messages(system, user), schema=schema, max_tokens=OBJECT_TOKENS, temperature=0.0
            )
            return object_in(reply.text)


async def asked_words(system: str, user: str) -> AsyncIterator[str]:
    """The model's words as they come. Raises ProviderError."""
    with translated(LLM):
        async with client("llm", DEADLINE_S) as http:
            name = (await traits(http, _endpoint())).model
            body = {"model": name, "messages": _messages(system, user), "max_tokens": WORDS_TOKENS, "temperature": 0.0}
            async for chunk in streamed(http, "chat/completions", {**body, "stream": True}):
                choice = next(objects((chunk or {}).get("choices")), {})
                yield text_in((as_object(choice.get("delta")) or as_object(choice.get("message"))).get("content"))


async def warm(system: str, user: str) -> bool:
    """Have the model read this, so that a request which begins so is answered sooner. False where it did not."""
    try:
        with translated(LLM):
            async with client("llm", DEADLINE_S) as http:
                name = (await traits(http, _endpoint())).model
                body = {"model": name, "messages": _messages(system, user), "max_tokens": 1}
                return (await http.post("chat/completions", json=body)).is_success
    except ProviderError as error:
        log.info("the language model was not warmed: %s", error.message)
        return False


def _endpoint() -> str:
    return str(model("agent", "compatible").endpoint)


def _messages(system: str, user: str) -> list[dict[str, Any]]:
    return [{"role": "system", "content": system}, {"role": "user", "content": user}]
