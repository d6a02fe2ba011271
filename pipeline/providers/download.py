"""A provider's result, brought here at once: its addresses are public and end."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import httpx

from media_assets.probe import Kind, Probe, probe
from pipeline.providers.connections import connected, file_client
from pipeline.providers.polling import fetches
from pixora.foundation.errors import BadMedia, ProviderError

T = TypeVar("T")

WHOLE_S = 180.0
"""For one try, however slowly the bytes come."""
MOST_BYTES = 1 << 30
GONE = frozenset({400, 401, 403, 404, 410})


async def download(url: str, path: Path, *, expect: Kind) -> Probe:
    """Fetch a whole file that can be read to its end, nothing less; return what was seen in it.

    Raises ProviderError, not retryable: it was made and paid for.
    """
    return await _brought(url, path, lambda part: probe(part, expect=expect, every_frame=True))


async def fetch(url: str, path: Path) -> bytes:
    """Return the content of a small file, say a picture, and keep it at `path`. Raises ProviderError as `download`."""
    return await _brought(url, path, Path.read_bytes)


async def _brought(url: str, path: Path, read: Callable[[Path], T]) -> T:
    """`read` is called in a thread and may raise BadMedia: the file is then fetched again."""
    part = path.with_name(f".{path.name}.part")
    for delay_s in fetches():
        await asyncio.sleep(delay_s)
        try:
            async with asyncio.timeout(WHOLE_S):
                await _stream(url, part)
            found = await asyncio.to_thread(read, part)
        except (httpx.RequestError, TimeoutError, BadMedia, _Busy):
            continue
        part.replace(path)
        return found
    raise ProviderError("It was made, but could not be fetched: start it again to try anew.")


class _Busy(Exception):
    """The server could not answer now."""


async def _stream(url: str, path: Path) -> None:
    try:
        async with (
            connected("files", file_client) as http,
            http.stream("GET", url, follow_redirects=True) as answer,
        ):
            if answer.status_code in GONE:
                raise ProviderError("It was made, but is not there any more: start it again to try anew.")
            if answer.is_error:
                raise _Busy
            await _write(answer, path)
    except (httpx.InvalidURL, httpx.UnsupportedProtocol, UnicodeError) as error:
        raise ProviderError("The generator did not say where its result is: start it again.") from error


async def _write(answer: httpx.Response, path: Path) -> None:
    size = 0
    with path.open("wb") as file:
        async for chunk in answer.aiter_bytes(1 << 18):
            size += len(chunk)
            if size > MOST_BYTES:
                raise ProviderError("What was made is too large.", code="too_large")
            await asyncio.to_thread(file.write, chunk)
