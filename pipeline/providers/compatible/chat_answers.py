"""A language model's answers, whole or in pieces: by `/chat/completions`, or `/responses` where only that is served."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from typing import Any

import httpx

from pipeline.providers.compatible import responses
from pipeline.providers.compatible.client import posted, streamed
from pipeline.providers.compatible.errors import Refused

CHAT, RESPONSES = "chat/completions", "responses"
_only_responses: set[str] = set()
"""Addresses without `/chat/completions`."""


async def whole(http: httpx.AsyncClient, body: Mapping[str, Any]) -> Mapping[str, Any]:
    """Return a whole answer in the form of `/chat/completions`. Raises Refused, ValueError."""
    base = str(http.base_url)
    if base not in _only_responses:
        try:
            return await posted(http, CHAT, body)
        except Refused as refused:
            if not refused.is_no_address:
                raise
    answer = await posted(http, RESPONSES, responses.request_of(body))
    _only_responses.add(base)
    return responses.completion_of(answer)


async def pieces(http: httpx.AsyncClient, body: Mapping[str, Any]) -> AsyncIterator[dict[str, Any] | None]:
    """Yield an answer's pieces in the form of `/chat/completions`, and None at its end. Raises as `whole` does."""
    base = str(http.base_url)
    if base not in _only_responses:
        try:
            async for chunk in streamed(http, CHAT, body):
                yield chunk
            return
        except Refused as refused:
            if not refused.is_no_address:
                raise
    async for event in streamed(http, RESPONSES, responses.request_of(body)):
        _only_responses.add(base)
        if event is None:
            yield None
        elif chunk := responses.chunk_of(event):
            yield chunk


def forget() -> None:
    """Look for `/chat/completions` everywhere again."""
    _only_responses.clear()
