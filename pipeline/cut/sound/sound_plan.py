"""PURE: the place of every sound of a film, to the sample, and the loudness it is to have."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from pipeline.cut import profile
from pipeline.cut.picture.filter_graph import shown_s, span_s, stretch
from pipeline.cut.timeline import Timeline
from pipeline.cut.word_cuts import Cuts

RATE = profile.AUDIO.sample_rate
TARGET_LUFS = -14.0
VOICE_LUFS, MUSIC_LUFS = -16.0, -20.0
"""Of the two buses before the master: music alone lies a little under the voice, ducked it lies far under."""
MAX_GAIN_DB, MAX_CLIP_GAIN_DB = 30.0, 12.0
"""What was recorded quietly with a clip is meant to be quieter than music."""
SILENCE_LUFS = -69.0
"""The meter's floor is -70: nothing to normalise."""
CLOSE_ENOUGH_LU, MAX_CORRECTION_LU = 0.3, 6.0
"""When the limiter has taken more than the first, the master is made once more; what lacks more stays quiet."""
VOICE_STEP_DB, MASTER_STEP_DB = 0.5, 0.25
"""Gains are whole steps, which nobody hears: so another narration rarely changes how loud all the others are."""
UNREADABLE = "unreadable sound: "
"""What the laying-out child writes to stderr before the path of a file that it cannot decode."""
CROSSFADE_S, FADE_IN_S, FADE_OUT_S, LEAST_FADE_S = 1.0, 0.05, 1.5, 0.01


@dataclass(frozen=True)
class Narration:
    """A narration or a line. Where several people speak, each sound is `levelled`: nobody is louder than the others."""

    path: Path
    start: int
    tempo: float = 1.0
    levelled: bool = False
    cuts: Cuts = ()
    """The stretches that are taken out of it, in milliseconds of its recording."""


@dataclass(frozen=True)
class Music:
    """A sound under the voice, measured in samples: one group's music, or (`once`) the own sound of a clip.

    `seamless` music repeats as it is, other music over a cross-fade. A clip's sound is slowed as its picture is, begins
    after `skip` samples of that, and is silent after its end.
    """

    path: Path
    start: int
    samples: int
    fade_in: int
    fade_out: int
    seamless: bool = False
    once: bool = False
    tempo: float = 1.0
    skip: int = 0


@dataclass(frozen=True)
class SoundPlan:
    samples: int
    narrations: tuple[Narration, ...] = ()
    music: tuple[Music, ...] = ()
    music_level_db: float = 0.0

    @property
    def seconds(self) -> float:
        return self.samples / RATE


@dataclass(frozen=True)
class GroupMusic:
    scene_ids: tuple[int, ...]
    path: Path
    seamless: bool = False
    fade_in_s: float = 0.0
    """0: as is usual."""
    fade_out_s: float = 0.0


@dataclass(frozen=True)
class ClipSound:
    """The own sound of a scene's clip; the clip lasts `span_s` from its first frame's beginning to its last one's."""

    path: Path
    span_s: Fraction


def clip_sound(path: Path, facts: Mapping[str, Any]) -> ClipSound | None:
    """Return the own sound of a clip's take; None where none was kept with it."""
    return ClipSound(path, span_s(facts)) if facts.get("has_sound") else None


def plan_sound(
    timeline: Timeline,
    *,
    narrations: Mapping[int, Path],
    lines: Mapping[tuple[int, int], Path] | None = None,
    music: Sequence[GroupMusic] = (),
    clips: Mapping[int, ClipSound] | None = None,
    music_level_db: float = 0.0,
) -> SoundPlan:
    """`narrations` and `clips` by scene id, `lines` by that and the line's number; scenes without one are silent.
    `music` in the order of the film."""
    spoken = tuple(_lay_spoken(timeline, narrations, lines or {}))
    total = samples_at(timeline.frames, timeline.fps)
    heard = _lay_clips(timeline, clips or {})
    return SoundPlan(total, spoken, _lay_music(timeline, music, total) + heard, music_level_db)


def samples_at(frame: int, fps: int) -> int:
    return frame * RATE // fps


def _lay_spoken(
    timeline: Timeline, narrations: Mapping[int, Path], lines: Mapping[tuple[int, int], Path]
) -> Iterator[Narration]:
    levelled = bool(lines)
    for slot in timeline.slots:
        if slot.scene_id in narrations and slot.narration_frames:
            start = samples_at(slot.narration_start, timeline.fps)
            yield Narration(narrations[slot.scene_id], start, slot.tempo, levelled, slot.cuts)
        for line in slot.lines:
            if path := lines.get((slot.scene_id, line.number)):
                yield Narration(path, samples_at(line.start, timeline.fps), slot.tempo, levelled)


def _lay_clips(timeline: Timeline, clips: Mapping[int, ClipSound]) -> tuple[Music, ...]:
    """Each as its picture is conformed, over both its boundaries, where it fades with the picture."""
    laid = []
    for slot in timeline.slots:
        if clip := clips.get(slot.scene_id):
            half = slot.transition_frames // 2
            before, after = half * slot.inner_left, half * slot.inner_right
            length = samples_at(before + slot.frames + after, timeline.fps)
            slowed = stretch(shown_s(clip.span_s, slot), slot.clip_frames, timeline.fps)
            laid.append(
                Music(
                    path=clip.path,
                    start=samples_at(slot.start - before, timeline.fps),
                    samples=length,
                    fade_in=samples_at(2 * before, timeline.fps) or round(FADE_IN_S * RATE),
                    fade_out=samples_at(2 * after, timeline.fps) or round(FADE_IN_S * RATE),
                    once=True,
                    tempo=round(float(1 / slowed), 4),
                    skip=samples_at(half - before, timeline.fps) + round(float(slowed) * slot.clip_from_s * RATE),
                )
            )
    return tuple(laid)


def _lay_music(timeline: Timeline, music: Sequence[GroupMusic], total: int) -> tuple[Music, ...]:
    """Neighbouring groups overlap by the cross-fade, its middle on their border."""
    stretches = [timeline.stretch(group.scene_ids) for group in music]
    spans = [
        (samples_at(stretch.start, timeline.fps), samples_at(stretch.start + stretch.frames, timeline.fps))
        for stretch in stretches
    ]
    meets = [left[1] == right[0] for left, right in itertools.pairwise(spans)]
    half = round(CROSSFADE_S * RATE / 2)
    laid = []
    for place, (group, (start, end)) in enumerate(zip(music, spans, strict=True)):
        before, after = [False, *meets][place], [*meets, False][place]
        begin, stop = start - half * before, min(end + half * after, total)
        laid.append(
            Music(
                path=group.path,
                start=begin,
                samples=stop - begin,
                fade_in=_fade(group.fade_in_s, stop - begin) or (2 * half if before else round(FADE_IN_S * RATE)),
                fade_out=_fade(group.fade_out_s, stop - begin) or (2 * half if after else round(FADE_OUT_S * RATE)),
                seamless=group.seamless,
            )
        )
    return tuple(laid)


def _fade(seconds: float, samples: int) -> int:
    """A fade that somebody chose: never so short that it clicks, never longer than the music."""
    return min(round(max(seconds, LEAST_FADE_S) * RATE), samples) if seconds else 0


def voice_gain_db(measured_lufs: float) -> float:
    return in_steps(_gain_db(measured_lufs, VOICE_LUFS), VOICE_STEP_DB)


def master_gain_db(measured_lufs: float) -> float:
    return in_steps(_gain_db(measured_lufs, TARGET_LUFS))


def in_steps(gain_db: float, step_db: float = MASTER_STEP_DB) -> float:
    return round(gain_db / step_db) * step_db


def _gain_db(measured_lufs: float, target: float) -> float:
    """Silence is never raised, and what is almost silence only so far."""
    return min(target - measured_lufs, MAX_GAIN_DB) if measured_lufs > SILENCE_LUFS else 0.0
