"""Answers that end: whatever a server sends, so many bytes of it are read, for so long, and nothing is unpacked.

A few kilobytes that are packed twice unpack to gigabytes, before anybody can count them.
"""

from __future__ import annotations

import time
from collections.abc import AsyncIterator
from typing import Any

import httpx

PLAIN = {"Accept-Encoding": "identity"}
MOST_BYTES = 64 << 20
"""Of an answer that is read into memory: a picture of the largest size in base64 has a third of it."""
WHOLE_S = 1_800.0
"""From the first byte to the last: a model on ordinary cores writes for minutes, and none for so long."""


async def refuse_packed(answer: httpx.Response) -> None:
    """Raise, as an httpx hook, DecodingError for an answer that is packed although `PLAIN` was asked for."""
    if answer.headers.get("content-encoding", "identity").strip().lower() not in ("", "identity"):
        raise httpx.DecodingError("The answer is packed.", request=answer.request)


async def bound(answer: httpx.Response) -> None:
    """Have, as an httpx hook, the reading of an answer end in DecodingError where it is too much, or lasts too long."""
    await refuse_packed(answer)
    answer.stream = _Bounded(answer.stream, answer.request)


class _Bounded(httpx.AsyncByteStream):
    def __init__(self, stream: Any, request: httpx.Request) -> None:
        self._stream, self._request = stream, request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        read, until = 0, time.monotonic() + WHOLE_S
        async for part in self._stream:
            read += len(part)
            if read > MOST_BYTES or time.monotonic() > until:
                raise httpx.DecodingError("The answer does not end.", request=self._request)
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()
