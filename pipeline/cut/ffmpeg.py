"""Runs ffmpeg: where it is, how long it may take, its progress, and files that appear only when they are whole."""

from __future__ import annotations

import contextlib
import functools
import os
import secrets
import tempfile
from collections.abc import Callable, Iterator, Sequence
from importlib.util import find_spec
from pathlib import Path

from pixora.foundation import processes
from pixora.foundation.errors import ServiceDown

Report = Callable[[float], None]

START_UP_S = 30.0
SECONDS_PER_SECOND = 20.0
"""How much longer than the piece itself its making may take on a slow, busy machine."""
LONGEST_DEADLINE_S = 4 * 3_600.0
"""Whatever is said of the length: after that something is wrong."""


def no_report(_fraction: float) -> None:
    return None


@functools.cache
def executable() -> str:
    """The packaged ffmpeg, found without running it; IMAGEIO_FFMPEG_EXE names another one."""
    chosen = os.environ.get("IMAGEIO_FFMPEG_EXE")
    if chosen:
        return chosen
    spec = find_spec("imageio_ffmpeg")
    folders = spec.submodule_search_locations if spec else None
    found = sorted(Path(folder) / "binaries" for folder in folders or ())
    binaries = [path for folder in found for path in sorted(folder.glob("ffmpeg-*")) if os.access(path, os.X_OK)]
    if not binaries:
        raise ServiceDown("There is no ffmpeg: install imageio-ffmpeg or set IMAGEIO_FFMPEG_EXE.")
    return str(binaries[0])


async def run(
    argv: Sequence[str], *, length_s: float, report: Report = no_report, stdin: bytes = b""
) -> processes.Finished:
    """`length_s` is the media's: it gives both the deadline and what progress is a part of."""
    finished = await processes.run(
        [executable(), *argv],
        deadline_s=deadline_s(length_s),
        stdin=stdin,
        on_line=functools.partial(_progress, length_s, report),
    )
    report(1.0)
    return finished


def deadline_s(length_s: float) -> float:
    return min(START_UP_S + SECONDS_PER_SECOND * length_s, LONGEST_DEADLINE_S)


def _progress(length_s: float, report: Report, line: str) -> None:
    """ffmpeg writes `key=value` lines; its clock is in microseconds, and `N/A` before the first frame."""
    key, _, value = line.partition("=")
    if key == "out_time_us" and value.lstrip("-").isdigit():
        report(min(max(int(value) / 1e6 / length_s, 0.0), 1.0))


@contextlib.contextmanager
def temporary_name(out: Path) -> Iterator[Path]:
    """A private name beside `out`, renamed to it when all went well and removed when not."""
    with scratch_name(out) as temporary:
        yield temporary
        temporary.replace(out)


@contextlib.contextmanager
def scratch_folder(beside: Path) -> Iterator[Path]:
    """A folder in `beside` for as long as it is needed."""
    with tempfile.TemporaryDirectory(prefix=".scratch-", dir=beside) as folder:
        yield Path(folder)


@contextlib.contextmanager
def scratch_name(out: Path) -> Iterator[Path]:
    """A private name beside `out` for as long as it is needed."""
    path = out.with_name(f".{out.stem}-{secrets.token_hex(4)}{out.suffix}")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
