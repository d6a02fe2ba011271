"""OpenAI's own client."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Awaitable, Mapping
from contextlib import asynccontextmanager
from typing import Any, Protocol

# The SDK imports these at their first use otherwise, in which the event loop would stand.
import httpcore2  # noqa: F401
import httpx2
import openai.resources.images
import openai.resources.moderations
import openai.resources.responses  # noqa: F401
from django.conf import settings
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

from pipeline.providers.connections import connected, tls

CONNECT_S = 10.0
DEFAULT_URL = "https://api.openai.com/v1"


@asynccontextmanager
async def client(deadline_s: float) -> AsyncIterator[AsyncOpenAI]:
    """Yield a client that tries nothing twice: the engine does, which knows what was paid for."""
    async with connected("openai", _http) as http:
        yield AsyncOpenAI(
            api_key=settings.PIXORA_KEYS["openai"],
            base_url=settings.PIXORA_BASE_URLS["openai"] or DEFAULT_URL,
            max_retries=0,
            timeout=Timeout(deadline_s, connect=CONNECT_S),
            http_client=http,
        )


class RawAnswer(Protocol):
    """The SDK's answer before it makes one of its own types of it."""

    @property
    def text(self) -> str: ...


async def sent(request: Awaitable[RawAnswer]) -> Mapping[str, Any]:
    """The answer's JSON object as it came. The SDK's own types promise fields that other servers leave out.

    Raises ValueError where the answer is no JSON object; the SDK's errors go through.
    """
    try:
        found = json.loads((await request).text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return found


def _http() -> httpx2.AsyncClient:
    """Each request has a connection of its own: see `connections.FRESH`."""
    limits = httpx2.Limits(max_connections=None, max_keepalive_connections=0)
    return DefaultAsyncHttpxClient(verify=tls(), limits=limits)
