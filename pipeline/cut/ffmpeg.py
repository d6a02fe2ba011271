"""Runs the cut's commands: each into a temporary name in the work folder, then renamed into place."""

from __future__ import annotations

import asyncio
import contextlib
import functools
import os
import secrets
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from importlib.util import find_spec
from pathlib import Path

from media_assets.formats import format_of
from media_assets.probe import Probe, probe
from pipeline.cut.join_packets import chain
from pipeline.cut.picture import colour, filter_graph
from pipeline.cut.picture.filter_graph import Canvas, Clip, Text
from pipeline.cut.timeline import Slot
from pixora.foundation import processes
from pixora.foundation.errors import BadMedia, ServiceDown

Report = Callable[[float], None]

START_UP_S = 30.0
SECONDS_PER_SECOND = 20.0
"""How much longer than the piece itself its making may take on a slow, busy machine."""
INDEXED = "mov"
"""The format, as ffmpeg names it, in which seeking is exact: MP4 and MOV."""
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


async def read_clip(path: Path) -> Clip:
    """Read a clip's facts from its file. Raises BadMedia for what is neither a whole video nor a picture, which then
    stands still."""
    format, found = await asyncio.to_thread(_probed, path)
    if found.kind == "audio":
        raise BadMedia(f"{path.name} holds sound where a video is needed.")
    return Clip(
        path=path,
        format=format,
        start_s=found.start_s,
        span_s=found.span_s,
        longest_gap_s=found.longest_gap_s,
        indexed=format == INDEXED,
        tagged_colour=found.tagged_colour,
        wide_colour=_wide_colour(found),
        still=found.kind == "image",
    )


def _probed(path: Path) -> tuple[str, Probe]:
    """A changed scene is in three pieces, and its neighbours' clips are as they were: each is read once."""
    stat = path.stat() if path.is_file() else None
    return _as_it_was(path, stat and (stat.st_ino, stat.st_mtime_ns, stat.st_size))


@functools.lru_cache(maxsize=1_000)
def _as_it_was(path: Path, _stamp: tuple[int, int, int] | None) -> tuple[str, Probe]:
    return format_of(path), probe(path)


def _wide_colour(found: Probe) -> colour.Colour | None:
    meant = colour.meant(asdict(found.colour), found.width, found.height)
    return meant if found.kind == "video" and meant.is_wide else None


async def cut_body(
    clip: Path, out: Path, *, slot: Slot, canvas: Canvas, text: Text | None = None, report: Report = no_report
) -> processes.Finished:
    source = await read_clip(clip)
    with temporary_name(out) as temporary:
        argv = filter_graph.body(source, slot, canvas, temporary, text)
        return await run(argv, length_s=slot.clip_frames / canvas.fps, report=report)


async def cut_transition(
    before: Path,
    after: Path,
    out: Path,
    *,
    before_slot: Slot,
    after_slot: Slot,
    canvas: Canvas,
    report: Report = no_report,
) -> None:
    left, right = await asyncio.gather(read_clip(before), read_clip(after))
    with temporary_name(out) as temporary:
        argv = filter_graph.transition(left, before_slot, right, after_slot, canvas, temporary)
        await run(argv, length_s=(before_slot.clip_frames + after_slot.transition_frames) / canvas.fps, report=report)


async def join(
    pieces: Sequence[Path],
    soundtrack: Path | None,
    captions: Path | None,
    out: Path,
    *,
    title: str,
    language: str,
    frames: int,
    fps: int,
    report: Report = no_report,
) -> None:
    with _scratch(out) as pictures, temporary_name(out) as temporary:
        await asyncio.to_thread(chain, pieces, pictures, fps=fps)
        text = captions if await asyncio.to_thread(_has_cues, captions) else None
        argv = filter_graph.join(pictures, soundtrack, text, temporary, title=title, language=language, fps=fps)
        await run(argv, length_s=frames / fps, report=report)


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


def _has_cues(captions: Path | None) -> bool:
    """ffmpeg refuses a captions' file without any."""
    return captions is not None and "-->" in captions.read_text(encoding="utf-8")


def _progress(length_s: float, report: Report, line: str) -> None:
    """ffmpeg writes `key=value` lines; its clock is in microseconds, and `N/A` before the first frame."""
    key, _, value = line.partition("=")
    if key == "out_time_us" and value.lstrip("-").isdigit():
        report(min(max(int(value) / 1e6 / length_s, 0.0), 1.0))


@contextlib.contextmanager
def temporary_name(out: Path) -> Iterator[Path]:
    """A private name beside `out`, renamed to it when all went well and removed when not."""
    with _scratch(out) as temporary:
        yield temporary
        temporary.replace(out)


@contextlib.contextmanager
def _scratch(out: Path) -> Iterator[Path]:
    """A private name beside `out` for as long as it is needed."""
    path = out.with_name(f".{out.stem}-{secrets.token_hex(4)}{out.suffix}")
    try:
        yield path
    finally:
        path.unlink(missing_ok=True)
