"""One client for each attempt: connections do not outlive an event loop, and never cross a fork."""

from __future__ import annotations

# The SDK imports these at their first use otherwise, in which the event loop would stand.
import httpcore2  # noqa: F401
import openai.resources.moderations  # noqa: F401
from django.conf import settings
from openai import AsyncOpenAI, DefaultAsyncHttpxClient, Timeout

from pipeline.providers.connections import tls

CONNECT_S = 10.0
DEFAULT_URL = "https://api.openai.com/v1"


def client(deadline_s: float) -> AsyncOpenAI:
    """To be closed (`async with`). It tries nothing twice: the engine does, which knows what was paid for."""
    return AsyncOpenAI(
        api_key=settings.PIXORA_KEYS["openai"],
        base_url=settings.PIXORA_BASE_URLS["openai"] or DEFAULT_URL,
        max_retries=0,
        timeout=Timeout(deadline_s, connect=CONNECT_S),
        http_client=DefaultAsyncHttpxClient(verify=tls()),
    )
