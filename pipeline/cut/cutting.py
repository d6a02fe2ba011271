"""Cuts the bodies and transitions of a film from its clips, and joins them with sound and captions into the film."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Sequence
from dataclasses import asdict
from pathlib import Path

from media_assets.file_format import format_of
from media_assets.probe import Probe, probe
from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.join_packets import chain
from pipeline.cut.picture import colour, filter_graph
from pipeline.cut.picture.filter_graph import Canvas, Clip, Text
from pipeline.cut.timeline import Slot
from pixora.foundation import processes
from pixora.foundation.errors import BadMedia

INDEXED = "mov"
"""The format, as ffmpeg names it, in which seeking is exact: MP4 and MOV."""


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
    with ffmpeg.temporary_name(out) as temporary:
        argv = filter_graph.body(source, slot, canvas, temporary, text)
        return await ffmpeg.run(argv, length_s=slot.clip_frames / canvas.fps, report=report)


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
    with ffmpeg.temporary_name(out) as temporary:
        argv = filter_graph.transition(left, before_slot, right, after_slot, canvas, temporary)
        await ffmpeg.run(
            argv, length_s=(before_slot.clip_frames + after_slot.transition_frames) / canvas.fps, report=report
        )


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
    with ffmpeg.scratch_name(out) as pictures, ffmpeg.temporary_name(out) as temporary:
        await asyncio.to_thread(chain, pieces, pictures, fps=fps)
        text = captions if await asyncio.to_thread(_has_cues, captions) else None
        argv = filter_graph.join(pictures, soundtrack, text, temporary, title=title, language=language, fps=fps)
        await ffmpeg.run(argv, length_s=frames / fps, report=report)


def _has_cues(captions: Path | None) -> bool:
    """ffmpeg refuses a captions' file without any."""
    return captions is not None and "-->" in captions.read_text(encoding="utf-8")
