"""A film as an OpenTimelineIO timeline, to be opened in an editing program beside the files it names.

A scene's item is as long as its slot, a transition lies half on each side of its boundary, as in the film; what it
shows beyond the slot are the clip's handles. A clip is slowed as in the film by a time warp.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import opentimelineio as otio
from opentimelineio.opentime import RationalTime, TimeRange

from pipeline.cut.filtergraph import MAX_STRETCH
from pipeline.cut.timeline import Slot, Timeline

DISSOLVES = frozenset({"fade", "dissolve"})


@dataclass(frozen=True)
class Source:
    """A file of the takeaway, named from where the timeline lies."""

    place: str
    name: str
    duration_ms: int


def as_otio(
    title: str,
    timeline: Timeline,
    *,
    clips: Mapping[int, Source],
    narrations: Mapping[int, Source],
    music: Source | None,
) -> str:
    """The file's text. `clips` and `narrations` by scene id."""
    tracks = [_pictures(timeline, clips), _voice(timeline, narrations)]
    if music:
        tracks.append(_track("Music", "Audio", [_clip(music, 0, timeline.frames, timeline.fps)]))
    made = otio.schema.Timeline(name=title, global_start_time=RationalTime(0, timeline.fps))
    made.tracks.extend(tracks)
    return str(otio.adapters.write_to_string(made, "otio_json"))


def _pictures(timeline: Timeline, clips: Mapping[int, Source]) -> otio.schema.Track:
    items: list[otio.core.Composable] = []
    for slot in timeline.slots:
        if slot.inner_left and slot.transition != "none":
            items.append(_transition(slot, timeline.fps))
        source = clips.get(slot.scene_id)
        items.append(_conformed(source, slot, timeline.fps) if source else _gap(slot.frames, timeline.fps))
    return _track("Picture", "Video", items)


def _voice(timeline: Timeline, narrations: Mapping[int, Source]) -> otio.schema.Track:
    items: list[otio.core.Composable] = []
    heard = [slot for slot in timeline.slots if slot.scene_id in narrations]
    ends = itertools.accumulate((0, *(slot.narration_start + slot.narration_frames for slot in heard)), max)
    for slot, before in zip(heard, ends, strict=False):
        if slot.narration_start > before:
            items.append(_gap(slot.narration_start - before, timeline.fps))
        said = _clip(narrations[slot.scene_id], 0, slot.narration_frames, timeline.fps)
        items.append(_warped(said, slot.tempo))
    return _track("Voice", "Audio", items)


def _conformed(source: Source, slot: Slot, fps: int) -> otio.schema.Clip:
    """As the cut does it: slowed to the slot and its handles where the clip is shorter, at most to 1.25."""
    needed_s, there_s = slot.clip_frames / fps, source.duration_ms / 1000
    slowed = min(max(needed_s / there_s, 1.0), float(MAX_STRETCH))
    first = slot.transition_frames / 2 / slowed
    return _warped(_clip(source, first, slot.frames, fps), 1 / slowed)


def _clip(source: Source, first: float, frames: int, fps: int) -> otio.schema.Clip:
    whole = TimeRange(RationalTime(0, fps), RationalTime(source.duration_ms * fps / 1000, fps))
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


def _gap(frames: int, fps: int) -> otio.schema.Gap:
    return otio.schema.Gap(source_range=TimeRange(RationalTime(0, fps), RationalTime(frames, fps)))


def _track(name: str, kind: str, items: Sequence[otio.core.Composable]) -> otio.schema.Track:
    return otio.schema.Track(name=name, kind=kind, children=list(items))
