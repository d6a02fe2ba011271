"""A film as an OpenTimelineIO timeline, to be opened in an editing program beside the files it names.

A scene's item is as long as its slot, a transition lies half on each side of its boundary, as in the film; what it
shows beyond the slot are the clip's handles. A clip is slowed as in the film by a time warp. Nothing is asked of a file
beyond its end: a clip that ends before its scene stands still for the rest, as in the film.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from pipeline.cut.framing.window import Window
from pipeline.cut.picture.filter_graph import MAX_STRETCH
from pipeline.cut.timeline import Slot, Timeline
from pipeline.cut.word_cuts import stretches
from pipeline.takeaway import otio_parts as otio
from pipeline.takeaway.otio_parts import RationalTime, TimeRange

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


Size = tuple[int, int]


@dataclass(frozen=True)
class Framing:
    """The way in which a film of another shape shows a clip: through a window, in a frame of this size."""

    window: Window
    clip: Size
    frame: Size


@dataclass(frozen=True)
class Voices:
    """The voices of another language, on a track of this name."""

    name: str
    timeline: Timeline
    narrations: Mapping[int, Source]
    lines: Mapping[tuple[int, int], Source]


def as_otio(
    title: str,
    timeline: Timeline,
    *,
    clips: Mapping[int, Source],
    narrations: Mapping[int, Source],
    beside: Mapping[str, Source],
    framings: Mapping[int, Framing] | None = None,
    lines: Mapping[tuple[int, int], Source] | None = None,
    voices: Sequence[Voices] = (),
) -> str:
    """The file's text. `clips` and `narrations` by scene id, `lines` by that and their number; what lies `beside` them
    by the name of its track; `framings` by scene id, of clips whose shape is not the film's; `voices` are those of
    other languages, on tracks that are switched off."""
    tracks = [_pictures(timeline, clips, framings or {}), _voice(timeline, narrations, lines or {})]
    for name, source in beside.items():
        tracks.append(_track(name, "Audio", [_clip(source, 0, timeline.frames, timeline.fps)]))
    tracks += [_switched_off(each) for each in voices]
    start = RationalTime(0, timeline.fps)
    return otio.as_text(otio.Timeline(name=title, global_start_time=start, tracks=otio.Stack(children=tracks)))


def _switched_off(voices: Voices) -> otio.Track:
    track = _voice(voices.timeline, voices.narrations, voices.lines)
    track.name, track.enabled = voices.name, False
    return track


def _pictures(timeline: Timeline, clips: Mapping[int, Source], framings: Mapping[int, Framing]) -> otio.Track:
    items: list[otio.Item | otio.Transition] = []
    for slot in timeline.slots:
        if slot.inner_left and slot.transition != "none":
            items.append(_transition(slot, timeline.fps))
        source = clips.get(slot.scene_id)
        shown = _conformed(source, slot, timeline.fps) if source else [_gap(slot.frames, timeline.fps)]
        if framing := framings.get(slot.scene_id):
            _reframe(shown, framing, slot.transition_frames // 2, timeline.fps)
        items += shown
    return _track("Picture", "Video", items)


def _voice(timeline: Timeline, narrations: Mapping[int, Source], lines: Mapping[tuple[int, int], Source]) -> otio.Track:
    """A narration or a line ends with its file, a part of a frame before the frames that it touches."""
    items: list[otio.Item | otio.Transition] = []
    until = 0.0
    for heard in _spoken(timeline, narrations, lines):
        if heard.start > until + ROUNDING:
            items.append(_gap(heard.start - until, timeline.fps))
        items.append(_warped(_clip(heard.source, heard.first, heard.frames, timeline.fps), heard.tempo))
        until = heard.start + heard.frames
    return _track("Voice", "Audio", items)


@dataclass(frozen=True)
class _Heard:
    """A stretch of a voice's file: from which of its frames, and from when to when in the film."""

    source: Source
    first: float
    start: float
    frames: float
    tempo: float


def _spoken(
    timeline: Timeline, narrations: Mapping[int, Source], lines: Mapping[tuple[int, int], Source]
) -> Iterator[_Heard]:
    """Return what is heard, in its order. A narration of which something is taken out is several stretches of its
    file."""
    for slot in timeline.slots:
        if source := narrations.get(slot.scene_id):
            yield from _narrated(source, slot, timeline.fps)
        for line in slot.lines:
            if source := lines.get((slot.scene_id, line.number)):
                frames = min(line.frames, source.frames(timeline.fps) / slot.tempo)
                yield _Heard(source, 0, line.start, frames, slot.tempo)


def _narrated(source: Source, slot: Slot, fps: int) -> Iterator[_Heard]:
    start: float = slot.narration_start
    ends = start + slot.narration_frames
    for begin_ms, end_ms in stretches(round(source.duration_ms), slot.cuts):
        frames = min((end_ms - begin_ms) * fps / 1000 / slot.tempo, ends - start)
        yield _Heard(source, begin_ms * fps / 1000, start, frames, slot.tempo)
        start += frames


def _conformed(source: Source, slot: Slot, fps: int) -> list[otio.Clip]:
    """Conform the clip as the cut does it: slowed to the slot and its handles where the clip is shorter, at most to
    1.25; where that is not enough, its last picture stands still. The transition behind it shows one clip, so it stands
    for half of one at least."""
    skipped = slot.clip_from_s * fps
    there, half = max(source.frames(fps) - skipped, 1.0), slot.transition_frames // 2
    slowed = min(max(slot.clip_frames / there, 1.0), float(MAX_STRETCH))
    first = half / slowed
    lasts = max(math.floor((there - first) * slowed + ROUNDING), 0)
    still = 0 if lasts >= slot.frames + half * slot.inner_right else max(slot.frames - lasts, half)
    moving = (
        [_warped(_clip(source, skipped + first, slot.frames - still, fps), 1 / slowed)] if slot.frames > still else []
    )
    return moving + ([_frozen(source, min(still, slot.frames), fps)] if still else [])


def _reframe(shown: Iterable[otio.Item], framing: Framing, handle: int, fps: int) -> None:
    """Tell of each clip how it lies in the film's frame: by its bounds, which readers know, as it lies on the average,
    and by an effect that has its window at every moment."""
    for clip in shown:
        if isinstance(clip, otio.Clip):
            window, keys = framing.window, list(_keys(clip, framing.window, handle, fps))
            clip.media_reference.available_image_bounds = _bounds(framing, sum(at for _, at in keys) / len(keys))
            told = {"axis": window.axis, "part": window.part, "fill": window.fill, "keys": [list(key) for key in keys]}
            clip.effects.append(
                otio.Effect(name="Reframing", effect_name="Transform", metadata={"pixora": {"window": told}})
            )


def _keys(clip: otio.Clip, window: Window, handle: int, fps: int) -> Iterator[tuple[float, float]]:
    """Yield the frames of the clip's file, what its transitions show of it too, and where the window begins at each, as
    a part of the axis; between two of them it moves evenly. One that stands still has one."""
    speed = next((warp.time_scalar for warp in clip.effects if isinstance(warp, otio.LinearTimeWarp)), 1.0)
    first = max(clip.source_range.start_time.value - handle * speed, 0.0)
    frames = clip.source_range.start_time.value + (clip.source_range.duration.value + handle) * speed - first
    steps = 0 if window.stands_still else math.ceil(frames / KEY_EVERY)
    for step in range(steps + 1):
        frame = first + min(step * KEY_EVERY, frames)
        yield round(frame, 3), round(window.place_at(frame / fps), 6)


KEY_EVERY = 3
"""The frames from one place of a moving window to the next; between them it accelerates by next to nothing."""


def _bounds(framing: Framing, place: float) -> otio.Box2d:
    """Return where the whole picture of a clip lies in a frame about the origin that is 1 high; what is above has
    greater numbers. Whatever reaches beyond the frame is not seen."""
    (width, height), window = framing.clip, framing.window
    across, down = (window.part if window.axis == axis else 1.0 for axis in ("x", "y"))
    frame_width, shape = framing.frame[0] / framing.frame[1], width / height
    fits = max if window.fill == "crop" else min
    high = fits(frame_width / (shape * across), 1 / down)
    wide = shape * high
    left = -wide * (place + across / 2 if window.axis == "x" else 0.5)
    top = high * (place + down / 2 if window.axis == "y" else 0.5)
    return otio.Box2d(otio.V2d(left, top - high), otio.V2d(left + wide, top))


def _frozen(source: Source, frames: float, fps: int) -> otio.Clip:
    last = max(source.frames(fps) - 1, 0.0)
    clip = _clip(source, last, frames, fps)
    clip.effects.append(otio.FreezeFrame())
    return clip


def _clip(source: Source, first: float, frames: float, fps: int) -> otio.Clip:
    whole = TimeRange(RationalTime(0, fps), RationalTime(source.frames(fps), fps))
    return otio.Clip(
        name=source.name,
        media_references={otio.MEDIA: otio.ExternalReference(target_url=source.place, available_range=whole)},
        source_range=TimeRange(RationalTime(first, fps), RationalTime(frames, fps)),
    )


def _warped(clip: otio.Clip, speed: float) -> otio.Clip:
    if speed != 1.0:
        clip.effects.append(otio.LinearTimeWarp(time_scalar=speed))
    return clip


def _transition(slot: Slot, fps: int) -> otio.Transition:
    half = RationalTime(slot.transition_frames // 2, fps)
    return otio.Transition(
        name=slot.transition,
        transition_type=otio.DISSOLVE if slot.transition in DISSOLVES else otio.CUSTOM,
        in_offset=half,
        out_offset=half,
        metadata={"pixora": {"transition": slot.transition}},
    )


def _gap(frames: float, fps: int) -> otio.Gap:
    return otio.Gap(source_range=TimeRange(RationalTime(0, fps), RationalTime(frames, fps)))


def _track(name: str, kind: str, items: Sequence[otio.Item | otio.Transition]) -> otio.Track:
    return otio.Track(name=name, kind=kind, children=list(items))
