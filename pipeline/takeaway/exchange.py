"""A film as an OpenTimelineIO timeline, to be opened in an editing program beside the files it names.

A scene's item is as long as its slot, a transition lies half on each side of its boundary, as in the film; what it
shows beyond the slot are the clip's handles. A clip is slowed as in the film by a time warp. Nothing is asked of a file
beyond its end: a clip that ends before its scene stands still for the rest, as in the film.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from pipeline.cut.picture.filter_graph import MAX_STRETCH
from pipeline.cut.timeline import Slot, Timeline

ROUNDING = 1e-6
DISSOLVES = frozenset({"fade", "dissolve"})


@dataclass(frozen=True)
class Source:
    """A file of the takeaway, named from where the timeline lies."""

    place: str
    name: str
    duration_ms: float

    def frames(self, fps: int) -> float:
        return self.duration_ms * fps / 1000


def as_otio(
    title: str,
    timeline: Timeline,
    *,
    clips: Mapping[int, Source],
    narrations: Mapping[int, Source],
    beside: Mapping[str, Source],
    lines: Mapping[tuple[int, int], Source] | None = None,
) -> str:
    """The file's text. `clips` and `narrations` by scene id, `lines` by that and their number; what lies `beside` them
    by the name of its track."""
    tracks = [_pictures(timeline, clips), _voice(timeline, narrations, lines or {})]
    for name, source in beside.items():
        tracks.append(_track(name, "Audio", [_clip(source, 0, timeline.frames, timeline.fps)]))
    made = otio.schema.Timeline(name=title, global_start_time=RationalTime(0, timeline.fps))
    made.tracks.extend(tracks)
    return str(otio.adapters.write_to_string(made, "otio_json"))


def _pictures(timeline: Timeline, clips: Mapping[int, Source]) -> otio.schema.Track:
    items: list[otio.core.Composable] = []
    for slot in timeline.slots:
        if slot.inner_left and slot.transition != "none":
            items.append(_transition(slot, timeline.fps))
        source = clips.get(slot.scene_id)
        items += _conformed(source, slot, timeline.fps) if source else [_gap(slot.frames, timeline.fps)]
    return _track("Picture", "Video", items)


def _voice(
    timeline: Timeline, narrations: Mapping[int, Source], lines: Mapping[tuple[int, int], Source]
) -> otio.schema.Track:
    """A narration or a line ends with its file, a part of a frame before the frames that it touches."""
    items: list[otio.core.Composable] = []
    until = 0.0
    for source, start, touched, tempo in _spoken(timeline, narrations, lines):
        if start > until:
            items.append(_gap(start - until, timeline.fps))
        frames = min(touched, source.frames(timeline.fps) / tempo)
        items.append(_warped(_clip(source, 0, frames, timeline.fps), tempo))
        until = start + frames
    return _track("Voice", "Audio", items)


def _spoken(
    timeline: Timeline, narrations: Mapping[int, Source], lines: Mapping[tuple[int, int], Source]
) -> Iterator[tuple[Source, int, int, float]]:
    """What is heard, in its order: file, first frame, frames that it touches, tempo."""
    for slot in timeline.slots:
        if source := narrations.get(slot.scene_id):
            yield source, slot.narration_start, slot.narration_frames, slot.tempo
        for line in slot.lines:
            if source := lines.get((slot.scene_id, line.number)):
                yield source, line.start, line.frames, slot.tempo


def _conformed(source: Source, slot: Slot, fps: int) -> list[otio.schema.Clip]:
    """As the cut does it: slowed to the slot and its handles where the clip is shorter, at most to 1.25; where that is
    not enough, its last picture stands still. The transition behind it shows one clip, so it stands for half of one at
    least."""
    there, half = source.frames(fps), slot.transition_frames // 2
    slowed = min(max(slot.clip_frames / there, 1.0), float(MAX_STRETCH))
    first = half / slowed
    lasts = max(math.floor((there - first) * slowed + ROUNDING), 0)
    still = 0 if lasts >= slot.frames + half * slot.inner_right else max(slot.frames - lasts, half)
    moving = [_warped(_clip(source, first, slot.frames - still, fps), 1 / slowed)] if slot.frames > still else []
    return moving + ([_frozen(source, min(still, slot.frames), fps)] if still else [])


def _frozen(source: Source, frames: float, fps: int) -> otio.schema.Clip:
    last = max(source.frames(fps) - 1, 0.0)
    clip = _clip(source, last, frames, fps)
    clip.effects.append(otio.schema.FreezeFrame())
    return clip


def _clip(source: Source, first: float, frames: float, fps: int) -> otio.schema.Clip:
    whole = TimeRange(RationalTime(0, fps), RationalTime(source.frames(fps), fps))
    return otio.schema.Clip(
        name=source.name,
        media_reference=otio.schema.ExternalReference(target_url=source.place, available_range=whole),
        source_range=TimeRange(RationalTime(first, fps), RationalTime(frames, fps)),
    )


def _warped(clip: otio.schema.Clip, speed: float) -> otio.schema.Clip:
    if speed != 1.0:
        clip.effects.append(otio.schema.LinearTimeWarp(time_scalar=speed))
    return clip


def _transition(slot: Slot, fps: int) -> otio.schema.Transition:
    half = RationalTime(slot.transition_frames // 2, fps)
    types = otio.schema.TransitionTypes
    return otio.schema.Transition(
        name=slot.transition,
        transition_type=types.SMPTE_Dissolve if slot.transition in DISSOLVES else types.Custom,
        in_offset=half,
        out_offset=half,
        metadata={"pixora": {"transition": slot.transition}},
    )


def _gap(frames: float, fps: int) -> otio.schema.Gap:
    return otio.schema.Gap(source_range=TimeRange(RationalTime(0, fps), RationalTime(frames, fps)))


def _track(name: str, kind: str, items: Sequence[otio.core.Composable]) -> otio.schema.Track:
    return otio.schema.Track(name=name, kind=kind, children=list(items))
