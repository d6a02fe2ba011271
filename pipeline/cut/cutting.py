"""Cuts the bodies and transitions of a film from its clips, and joins them with sound and captions into the film."""

from __future__ import annotations

import asyncio
import functools
from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from fractions import Fraction
from pathlib import Path

from media_assets.file_format import format_of
from media_assets.probe import Probe, probe
from pipeline.cut import ffmpeg, join_packets
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.framing.window import ALL, Window
from pipeline.cut.picture import colour, filter_graph
from pipeline.cut.picture.filter_graph import Canvas, Clip, LanguageTrack, Text
from pipeline.cut.picture.unreferenced import unreferenced
from pipeline.cut.timeline import Slot
from pixora.foundation import processes
from pixora.foundation.errors import BadMedia

INDEXED = "mov"
"""The format, as ffmpeg names it, in which seeking is exact: MP4 and MOV."""


async def read_clip(path: Path, window: Window = ALL, *, begins_s: float = 0.0) -> Clip:
    """Read a clip's facts from its file; `window` is what of it the film shows, from `begins_s` on. Raises BadMedia for
    what is neither a whole video nor a picture, which then stands still."""
    format, found, unneeded = await asyncio.to_thread(_probed, path)
    if found.kind == "audio":
        raise BadMedia(f"{path.name} holds sound where a video is needed.")
    return Clip(
        path=path,
        format=format,
        start_s=found.start_s,
        span_s=found.span_s,
        longest_gap_s=found.longest_gap_s,
        codec=found.codec,
        unreferenced=unneeded,
        indexed=format == INDEXED,
        tagged_colour=found.tagged_colour,
        wide_colour=_wide_colour(found),
        still=found.kind == "image",
        window=window,
        skip_s=min(Fraction(begins_s).limit_denominator(1000), found.span_s),
    )


def _probed(path: Path) -> tuple[str, Probe, Mapping[int, Fraction]]:
    """A changed scene is in three pieces, and its neighbours' clips are as they were: each is read once."""
    stat = path.stat() if path.is_file() else None
    return _as_it_was(path, stat and (stat.st_ino, stat.st_mtime_ns, stat.st_size))


@functools.lru_cache(maxsize=1_000)
def _as_it_was(path: Path, _stamp: tuple[int, int, int] | None) -> tuple[str, Probe, Mapping[int, Fraction]]:
    format, found = format_of(path), probe(path)
    is_known = format == INDEXED and found.codec == "h264"
    return format, found, unreferenced(path, format) if is_known else {}


def _wide_colour(found: Probe) -> colour.Colour | None:
    meant = colour.meant(asdict(found.colour), found.width, found.height)
    return meant if found.kind == "video" and meant.is_wide else None


async def cut_body(
    clip: Path,
    out: Path,
    *,
    slot: Slot,
    canvas: Canvas,
    window: Window = ALL,
    text: Text | None = None,
    report: Report = no_report,
) -> processes.Finished:
    source = await read_clip(clip, window, begins_s=slot.clip_from_s)
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
    windows: tuple[Window, Window] = (ALL, ALL),
    text: Text | None = None,
    report: Report = no_report,
) -> None:
    left, right = await asyncio.gather(
        read_clip(before, windows[0], begins_s=before_slot.clip_from_s),
        read_clip(after, windows[1], begins_s=after_slot.clip_from_s),
    )
    with ffmpeg.temporary_name(out) as temporary:
        argv = filter_graph.transition(left, before_slot, right, after_slot, canvas, temporary, text)
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
    """Join a film by stream copy: nothing is decoded. Captions become a soft track, without cues none."""
    code = filter_graph.language_code(language)
    with ffmpeg.scratch_name(out) as text, ffmpeg.temporary_name(out) as temporary:
        beside = [soundtrack] if soundtrack else []
        if captions is not None and await asyncio.to_thread(_has_cues, captions):
            await ffmpeg.run(filter_graph.soft_track(captions, text), length_s=frames / fps)
            beside.append(text)
        await asyncio.to_thread(join_packets.join, pieces, beside, temporary, title=title, language=code, fps=fps)
    report(1.0)


async def join_languages(
    film: Path, tracks: Sequence[LanguageTrack], out: Path, *, title: str, report: Report = no_report
) -> None:
    """Copy a film's picture, and behind it the sound and the captions of each language; the first is the usual one."""
    shown = [
        track if await asyncio.to_thread(_has_cues, track.captions) else replace(track, captions=None)
        for track in tracks
    ]
    with ffmpeg.temporary_name(out) as temporary:
        argv = filter_graph.join_languages(film, shown, temporary, title=title)
        await ffmpeg.run(argv, length_s=float((await asyncio.to_thread(probe, film)).span_s), report=report)


def _has_cues(captions: Path | None) -> bool:
    """ffmpeg refuses a captions' file without any."""
    return captions is not None and "-->" in captions.read_text(encoding="utf-8")
