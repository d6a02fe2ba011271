"""The manifest (C2PA) that a delivered file brings with it, kept although the file is cropped or converted.

As a module it is a child process, with limits of its own: the file is a stranger's. It reads one JSON object from
stdin (`file`, `out`, `content_hash` of the take that the file became), writes an archive of the manifest to `out`, and
one line of JSON: `manifest`, its name, or nothing where there is none that is intact.
"""

from __future__ import annotations

import asyncio
import json
import logging
import mmap
import os
import resource
import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

from media_assets.format_by_bytes import HEAD_BYTES, sniff
from media_assets.storage import content_hash
from pipeline.credentials import manifest
from pipeline.credentials.signing import LIBRARY_SETTINGS, library
from pipeline.providers.base import Made
from pipeline.providers.picture import SIGNED, as_delivered
from pixora.foundation import processes
from pixora.foundation.errors import ProcessFailed

log = logging.getLogger(__name__)

SUFFIX = ".c2pa"
"""Of the file beside a take that holds the manifest it was delivered with."""
MOST_BYTES = 256 << 10
"""Larger ones hold pictures; a film of sixty of them would be a third as long in vain."""
DEADLINE_S, CPU_S, MEMORY_BYTES = 30.0, 20, 2 << 30
INTACT = ("Valid", "Trusted")
FORMATS = {
    "png_pipe": "image/png", "jpeg_pipe": "image/jpeg", "webp_pipe": "image/webp", "mov": "video/mp4",
    "mp3": "audio/mpeg", "wav": "audio/wav",
}  # fmt: skip
"""By ffmpeg's name of the format."""


async def kept(made: Made, given: Path | None) -> Made:
    """Return what was made with the manifest that it, or what it was `given` as, came with, where that is intact."""
    source = given or _delivered(made.path)
    if not await asyncio.to_thread(is_marked, source):
        return made
    out = made.path.with_suffix(SUFFIX)
    wanted = {"file": os.fspath(source.absolute()), "out": os.fspath(out.absolute())}
    wanted["content_hash"] = await asyncio.to_thread(content_hash, made.path)
    found = await _read(wanted)
    if not found.get("manifest"):
        return made
    return replace(made, facts={**made.facts, "manifest": found["manifest"]}, extra={**made.extra, SUFFIX: out})


def _delivered(made: Path) -> Path:
    came = as_delivered(made)
    return came if came.exists() else made


def is_marked(path: Path) -> bool:
    """True where a file may carry a manifest. Blocking, a few milliseconds."""
    if not path.stat().st_size:
        return False
    with path.open("rb") as opened, mmap.mmap(opened.fileno(), 0, access=mmap.ACCESS_READ) as content:
        return all(content.find(mark) >= 0 for mark in SIGNED)


async def _read(wanted: dict[str, str]) -> dict[str, Any]:
    """A file whose manifest brings the reader down has none that is kept: the piece is as good without."""
    try:
        finished = await processes.run(
            processes.python_module(__name__),
            deadline_s=DEADLINE_S,
            stdin=json.dumps(wanted).encode(),
            env=processes.lean_environment(),
        )
        found: dict[str, Any] = json.loads(finished.stdout)
        return found
    except (ProcessFailed, ValueError) as error:
        log.warning("a delivered manifest could not be kept: %s", type(error).__name__)
        return {}


def main() -> None:
    for kind, most in ((resource.RLIMIT_AS, MEMORY_BYTES), (resource.RLIMIT_CPU, CPU_S), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))
    wanted = json.load(sys.stdin)
    print(json.dumps(_archive(Path(wanted["file"]), Path(wanted["out"]), wanted["content_hash"])))


def _archive(file: Path, out: Path, hashed: str) -> dict[str, str]:
    c2pa, format = library(), _format_of(file)
    context = c2pa.Context(c2pa.Settings.from_dict(LIBRARY_SETTINGS))
    with file.open("rb") as source:
        reader = c2pa.Reader.try_create(format, source, context=context) if format else None
        if reader is None or reader.get_validation_state() not in INTACT:
            return {}
        name = json.loads(reader.json())["active_manifest"]
        source.seek(0)
        builder = c2pa.Builder(json.dumps({"claim_generator_info": manifest.GENERATOR}), context=context)
        ingredient = manifest.delivered(hashed)
        builder.add_ingredient(json.dumps(ingredient), format, source)
    with out.open("w+b") as archive:
        builder.write_ingredient_archive(ingredient["label"], archive)
    return {"manifest": name} if out.stat().st_size <= MOST_BYTES else {}


def _format_of(file: Path) -> str:
    with file.open("rb") as opened:
        found = sniff(opened.read(HEAD_BYTES))
    return FORMATS.get(found.format, "") if found else ""


if __name__ == "__main__":
    main()
