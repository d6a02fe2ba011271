"""Requests to an own server, over plain HTTP: OpenAI's SDK promises fields that such servers leave out."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

import httpx
from django.conf import settings
from httpx_sse import EventSource

from pipeline.providers.bounded_answers import PLAIN, bound
from pipeline.providers.compatible.addresses import api_root
from pipeline.providers.compatible.errors import refused
from pipeline.providers.connections import FRESH, connected, tls
from pipeline.providers.openai.answers import storable

CONNECT_S = 10.0


@asynccontextmanager
async def client(server: str, deadline_s: float) -> AsyncIterator[httpx.AsyncClient]:
    """Yield a client of one of the servers (`llm`, …); nothing may come for `deadline_s` at most."""

    def make() -> httpx.AsyncClient:
        key = settings.PIXORA_KEYS.get(server, "")
        return httpx.AsyncClient(
            base_url=api_root(settings.PIXORA_BASE_URLS[server]),
            headers={**PLAIN, **({"Authorization": f"Bearer {key}"} if key else {})},
            timeout=httpx.Timeout(deadline_s, connect=CONNECT_S),
            verify=tls(),
            limits=FRESH,
            event_hooks={"response": [bound]},
        )

    async with connected(f"{server} {deadline_s:g}", make) as http:
        yield http


async def sent(http: httpx.AsyncClient, path: str, **request: Any) -> httpx.Response:
    """Send a POST and return its whole answer. Raises Refused for any but a success."""
    answer = await http.post(path, **request)
    if not answer.is_success:
        raise refused(answer)
    return answer


async def posted(http: httpx.AsyncClient, path: str, body: Mapping[str, Any]) -> dict[str, Any]:
    """Send JSON and return the JSON object that comes. Raises Refused, or ValueError where none comes."""
    return read_object((await sent(http, path, json=body)).text)


async def looked_up(http: httpx.AsyncClient, url: str, *, deadline_s: float) -> dict[str, Any]:
    """Return the JSON object at an address; empty where there is none, or the server does not say it in time."""
    try:
        answer = await http.get(url, timeout=deadline_s)
        return read_object(answer.text) if answer.is_success else {}
    except (httpx.HTTPError, ValueError):
        return {}


async def streamed(http: httpx.AsyncClient, path: str, body: Mapping[str, Any]) -> AsyncIterator[dict[str, Any] | None]:
    """Yield the objects of a stream as they come, and None for its `[DONE]`.

    Comments keep a connection alive and are no events. A server that knows no streams answers with one object. Raises
    Refused, or ValueError for what is no JSON object.
    """
    async with http.stream("POST", path, json=body) as answer:
        if not answer.is_success:
            await answer.aread()
            raise refused(answer)
        if "text/event-stream" not in answer.headers.get("content-type", ""):
            yield read_object((await answer.aread()).decode("utf-8", "replace"))
            yield None
            return
        async for event in EventSource(answer).aiter_sse():
            if event.data.strip():
                yield None if event.data.strip() == "[DONE]" else read_object(event.data)


def read_object(text: str) -> dict[str, Any]:
    """Raises ValueError where the text is no JSON object."""
    try:
        found = json.loads(text)
    except RecursionError:
        raise ValueError("nested too deeply") from None
    if not isinstance(found, dict):
        raise ValueError("not an object")
    return dict(storable(found))
