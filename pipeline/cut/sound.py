"""PURE: where every sound of a film lies, to the sample, and how loud it is to be."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from pipeline.cut import profile
from pipeline.cut.timeline import Timeline

RATE = profile.AUDIO.sample_rate
TARGET_LUFS = -14.0
VOICE_LUFS, MUSIC_LUFS = -16.0, -20.0
"""Of the two buses before the master: music alone lies a little under the voice, ducked it lies far under."""
MAX_GAIN_DB = 30.0
SILENCE_LUFS = -69.0
"""The meter's floor is -70: nothing to normalise."""
CLOSE_ENOUGH_LU, MAX_CORRECTION_LU = 0.3, 6.0
"""When the limiter has taken more than the first, the master is made once more; what lacks more stays quiet."""
UNREADABLE = "unreadable sound: "
"""What the laying-out child writes to stderr before the path of a file that it cannot decode."""
CROSSFADE_S, FADE_IN_S, FADE_OUT_S = 1.0, 0.05, 1.5


@dataclass(frozen=True)
class Narration:
    path: Path
    start: int
    tempo: float = 1.0


@dataclass(frozen=True)
class Music:
    """One group's music, in samples. `seamless` music repeats as it is, other music over a cross-fade."""

    path: Path
    start: int
    samples: int
    fade_in: int
    fade_out: int
    seamless: bool = False


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


def plan_sound(
    timeline: Timeline,
    *,
    narrations: Mapping[int, Path],
    music: Sequence[GroupMusic] = (),
    music_level_db: float = 0.0,
) -> SoundPlan:
    """`narrations` by scene id; scenes without one are silent. `music` in the order of the film."""
    spoken = tuple(
        Narration(narrations[slot.scene_id], samples_at(slot.narration_start, timeline.fps), slot.tempo)
        for slot in timeline.slots
        if slot.scene_id in narrations and slot.narration_frames
    )
    total = samples_at(timeline.frames, timeline.fps)
    return SoundPlan(total, spoken, _lay_music(timeline, music, total), music_level_db)


def samples_at(frame: int, fps: int) -> int:
    return frame * RATE // fps


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
                fade_in=2 * half if before else round(FADE_IN_S * RATE),
                fade_out=2 * half if after else round(FADE_OUT_S * RATE),
                seamless=group.seamless,
            )
        )
    return tuple(laid)


def voice_gain_db(measured_lufs: float) -> float:
    return _gain_db(measured_lufs, VOICE_LUFS)


def master_gain_db(measured_lufs: float) -> float:
    return _gain_db(measured_lufs, TARGET_LUFS)


def _gain_db(measured_lufs: float, target: float) -> float:
    """Silence is never raised, and what is almost silence only so far."""
    return min(target - measured_lufs, MAX_GAIN_DB) if measured_lufs > SILENCE_LUFS else 0.0
