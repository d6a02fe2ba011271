"""PURE: the cut as data, in whole frames.

A slot is a scene's place in the film. Its clip is conformed to the slot plus one transition's length, half of it
before the slot and half behind: the handles that the pieces over the boundaries need. What a conformed clip holds,
left to right, for a scene in the middle of a film:

    |<- T into the scene ->|<------- body ------->|<- T into the next scene ->|
    |<-- T/2 -->|<------------- slot ------------->|<-- T/2 -->|

The pieces of a film are its bodies and, between each two of them, the T frames over the boundary.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass, replace

from pipeline.cut.narration_fit import FPS, Rhythm, narration_frames, slot_frames
from pipeline.cut.word_cuts import Cuts, joined, left_ms


@dataclass(frozen=True)
class SceneCut:
    """The facts of a scene that the cut needs. Lengths of what nobody speaks are 0."""

    id: int
    duration_s: int
    transition: str = "none"
    narration_ms: int = 0
    lines_ms: tuple[int, ...] = ()
    dragged: int = 0
    """The frames to which its border was dragged; 0: nobody did."""
    shift_s: float = 0.0
    """How much later what is spoken begins, as far as there is room."""
    cuts: Cuts = ()
    """The stretches that are taken out of the narration."""
    clip_from_s: float = 0.0
    """The moment of its clip at which the scene begins."""

    @property
    def spoken_ms(self) -> list[int]:
        """The lengths of what is heard, in its order."""
        return [ms for ms in (self.heard_ms, *self.lines_ms) if ms]

    @property
    def heard_ms(self) -> int:
        """The time that what is left of the narration lasts."""
        return left_ms(self.narration_ms, self.cuts)


@dataclass(frozen=True)
class LineCut:
    """A line's place among the scene's, from 1, and in the film, in frames."""

    number: int
    start: int
    frames: int


@dataclass(frozen=True)
class Slot:
    """Lengths and places in frames; `start` and `narration_start` count from the film's first frame."""

    scene_id: int
    start: int
    frames: int
    narration_start: int
    narration_frames: int
    tempo: float
    transition: str
    transition_frames: int
    inner_left: bool
    inner_right: bool
    lines: tuple[LineCut, ...] = ()
    cuts: Cuts = ()
    """The stretches that are taken out of the narration, in milliseconds of its take."""
    clip_from_s: float = 0.0
    """The moment of its clip at which the scene begins, in seconds."""

    @property
    def end(self) -> int:
        return self.start + self.frames

    @property
    def clip_frames(self) -> int:
        return self.frames + self.transition_frames

    @property
    def body_from(self) -> int:
        """The conformed frame that is the body's first."""
        return self.transition_frames if self.inner_left else self.transition_frames // 2

    @property
    def body_frames(self) -> int:
        return self.frames - self.transition_frames // 2 * (self.inner_left + self.inner_right)


@dataclass(frozen=True)
class Stretch:
    """Consecutive slots as one length of time: where a group's music lies."""

    start: int
    frames: int


@dataclass(frozen=True)
class Timeline:
    fps: int
    transition_frames: int
    slots: tuple[Slot, ...]

    @property
    def frames(self) -> int:
        return sum(slot.frames for slot in self.slots)

    @property
    def duration_s(self) -> float:
        return self.frames / self.fps

    def slot(self, scene_id: int) -> Slot:
        return next(slot for slot in self.slots if slot.scene_id == scene_id)

    def stretch(self, scene_ids: Sequence[int]) -> Stretch:
        """Return the stretch of the film, in frames, that the scenes of a group take up; they follow each other."""
        slots = [slot for slot in self.slots if slot.scene_id in scene_ids]
        return Stretch(slots[0].start, sum(slot.frames for slot in slots))


def lay_out(scenes: Sequence[SceneCut], *, fps: int = FPS) -> Timeline:
    rhythm = Rhythm.at(fps)
    lengths = [slot_frames(scene.duration_s, scene.spoken_ms, fps, dragged=scene.dragged) for scene in scenes]
    starts = itertools.accumulate((frames for frames, _ in lengths), initial=0)
    last = len(scenes) - 1
    slots = tuple(
        replace(
            _slot(scene, start, frames, tempo, rhythm),
            inner_left=place > 0,
            inner_right=place < last,
        )
        for place, (scene, (frames, tempo), start) in enumerate(zip(scenes, lengths, starts, strict=False))
    )
    return Timeline(fps, rhythm.transition, slots)


def _slot(scene: SceneCut, start: int, frames: int, tempo: float, rhythm: Rhythm) -> Slot:
    begins = start + rhythm.lead + _shift(scene, frames, tempo, rhythm)
    return Slot(
        scene_id=scene.id,
        start=start,
        frames=frames,
        narration_start=begins,
        narration_frames=narration_frames(scene.heard_ms, tempo, rhythm.fps),
        tempo=tempo,
        transition=scene.transition,
        transition_frames=rhythm.transition,
        inner_left=False,
        inner_right=False,
        lines=_lines(scene, begins, tempo, rhythm),
        cuts=joined(scene.cuts, scene.narration_ms),
        clip_from_s=scene.clip_from_s,
    )


def _shift(scene: SceneCut, frames: int, tempo: float, rhythm: Rhythm) -> int:
    """Return how many frames later than usual what is spoken begins: never so late that it would not end in its
    slot."""
    spoken = scene.spoken_ms
    used = sum(narration_frames(ms, tempo, rhythm.fps) for ms in spoken) + rhythm.pause * max(len(spoken) - 1, 0)
    room = max(frames - rhythm.lead - used - rhythm.tail, 0)
    return min(round(scene.shift_s * rhythm.fps), room)


def _lines(scene: SceneCut, start: int, tempo: float, rhythm: Rhythm) -> tuple[LineCut, ...]:
    """The lines one after another behind the narration, a pause between each two."""
    found: list[LineCut] = []
    for number, ms in enumerate((scene.heard_ms, *scene.lines_ms)):
        frames = narration_frames(ms, tempo, rhythm.fps)
        if number and ms:
            found.append(LineCut(number, start, frames))
        start += (frames + rhythm.pause) if ms else 0
    return tuple(found)
