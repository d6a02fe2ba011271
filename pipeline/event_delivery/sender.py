"""One request to an address that a user named, with as much of its answer as is worth keeping."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass

import httpx

from pixora.foundation import public_requests

WITHIN_S = 10.0
TEXT_WITHIN_S = 2.0
TIMES = httpx.Timeout(WITHIN_S, connect=5.0)
KEPT_CHARS = 500
READ_BYTES = 4 * KEPT_CHARS
GONE = 410


@dataclass(frozen=True)
class Answer:
    """`status` is None where none came; `problem` then says why."""

    status: int | None
    problem: str = ""
    text: str = ""
    took_ms: int = 0

    @property
    def is_taken(self) -> bool:
        return self.status is not None and 200 <= self.status < 300


async def post(url: str, body: str, headers: Mapping[str, str]) -> Answer:
    """Send it once, within 10 s. Whatever goes wrong is an answer; only its beginning is read."""
    began = time.monotonic()
    try:
        async with asyncio.timeout(WITHIN_S), public_requests.client(TIMES) as http:
            status, text = await _posted(http, url, body, headers)
        return Answer(status, text=text, took_ms=_since(began))
    except public_requests.NotPublic:
        return Answer(None, "The address does not lead to a public server.", took_ms=_since(began))
    except (TimeoutError, httpx.TimeoutException):
        return Answer(None, f"There was no answer within {WITHIN_S:.0f} s.", took_ms=_since(began))
    except (httpx.HTTPError, httpx.InvalidURL, OSError, UnicodeError, ValueError, OverflowError) as error:
        return Answer(None, f"It could not be reached ({type(error).__name__}).", took_ms=_since(began))


async def _posted(http: httpx.AsyncClient, url: str, body: str, headers: Mapping[str, str]) -> tuple[int, str]:
    request = await public_requests.request(http, "POST", httpx.URL(url), content=body.encode(), headers=dict(headers))
    answer = await http.send(request, stream=True)
    try:
        return answer.status_code, await _beginning(answer)
    finally:
        await answer.aclose()


async def _beginning(answer: httpx.Response) -> str:
    """Read the beginning as it came over the wire: what is packed small could be endless when unpacked.

    The status counts, whatever becomes of the text.
    """
    read = bytearray()
    with suppress(TimeoutError, httpx.HTTPError):
        async with asyncio.timeout(TEXT_WITHIN_S):
            async for chunk in answer.aiter_raw(READ_BYTES):
                read += chunk
                if len(read) >= READ_BYTES:
                    break
    text = bytes(read[:READ_BYTES]).decode("utf-8", "replace")
    return "".join(letter if letter.isprintable() else " " for letter in text)[:KEPT_CHARS]


def _since(began: float) -> int:
    return round((time.monotonic() - began) * 1_000)
