"""The way into the storage for what was made: it is brought there first, however long that takes, and named within
the transaction that writes it down."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any, TypeVar

from media_assets.paths import script_name
from media_assets.storage import drop_file, place_file, put_text, stage_file
from pipeline.engine.retry import STORAGE
from pipeline.film.script import Script
from pipeline.providers.base import Made
from pixora.foundation.errors import ServiceDown

log = logging.getLogger(__name__)

Seen = TypeVar("Seen")
Parts = Mapping[str, str]
"""By ending, what the storage has without a name."""


@asynccontextmanager
async def staged(made: Made, look: Callable[[], Seen]) -> AsyncIterator[tuple[Parts, Seen]]:
    """Bring what was made to the storage, for the block to name, and `look` at it meanwhile, in a thread. Where any of
    the three fails, it is removed again."""
    parts: dict[str, str] = {}
    looking = asyncio.create_task(asyncio.to_thread(look))
    try:
        await _bring(made, parts)
        yield parts, await asyncio.shield(looking)
    except BaseException:
        await _until_seen(looking)
        await asyncio.to_thread(_drop, parts)
        raise


async def _until_seen(looking: asyncio.Task[Any]) -> None:
    """A thread cannot be cancelled, and the files that it reads go with the attempt."""
    if not looking.done():
        await asyncio.wait([looking])
    if not looking.cancelled():
        looking.exception()


def place(names: Mapping[str, str], parts: Parts) -> None:
    """Give the files of each ending its name."""
    for suffix, part in parts.items():
        place_file(part, names[suffix])


def put_script(folder: str, script: Script) -> None:
    """Write the current version to `script.json`; where the storage is away, the next run does."""
    try:
        put_text(script_name(folder), script.as_json())
    except ServiceDown as error:
        log.warning("script.json was not written: %s", error.message)


async def _bring(made: Made, parts: dict[str, str]) -> None:
    """A storage that is away is waited for: what was made may have been paid for."""
    files = {**made.extra, made.path.suffix: made.path}
    failures = 0
    while missing := next((suffix for suffix in files if suffix not in parts), None):
        try:
            parts[missing] = await _stage(files[missing])
        except ServiceDown as error:
            failures += 1
            delay_s = STORAGE.delay_s(failures) if error.retryable else None
            if delay_s is None:
                raise
            await asyncio.sleep(delay_s)


async def _stage(path: Path) -> str:
    """A thread cannot be cancelled: what it brought meanwhile is taken away again."""
    bringing = asyncio.create_task(asyncio.to_thread(stage_file, path))
    try:
        return await asyncio.shield(bringing)
    except asyncio.CancelledError:
        drop_file(await bringing)
        raise


def _drop(parts: Parts) -> None:
    for part in parts.values():
        drop_file(part)
