"""What the benchmark's films are made of: their timelines and the files of `shooting`."""

from __future__ import annotations

import subprocess
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from pipeline.cut.narration_fit import FPS
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.sound.sound_plan import GroupMusic, SoundPlan, plan_sound
from pipeline.cut.timeline import SceneCut, Timeline, lay_out

CANVAS = Canvas((1280, 720), FPS)
CLIPS, SCENE_S, CLIP_S, SPEECH_S, MUSIC_S = 6, 5, 5.04, 3.0, 24.0
PITCHES, TUNES = (110, 150, 200), 2
GROUP = 6
"""Scenes under one piece of music."""
RATE = 48_000


@dataclass(frozen=True)
class Film:
    """One film's timeline and the file of every input; `clips` and `narrations` by scene id."""

    timeline: Timeline
    clips: dict[int, Path]
    narrations: dict[int, Path]
    music: tuple[GroupMusic, ...]

    @property
    def sound(self) -> SoundPlan:
        return plan_sound(self.timeline, narrations=self.narrations, music=self.music)

    def spoken_anew(self, scene: int) -> Film:
        """One scene in another of the film's voices."""
        voices = sorted(set(self.narrations.values()))
        other = voices[(voices.index(self.narrations[scene]) + 1) % len(voices)]
        return replace(self, narrations={**self.narrations, scene: other})

    def edited(self, scene: int, *, clip_from_s: float = 0.0, cut_ms: int = 0) -> Film:
        """One scene edited on the timeline: begun later in its clip, or with a stretch taken out of its voice."""
        cuts = ((1_000, 1_000 + cut_ms),) if cut_ms else ()
        slots = [
            replace(slot, clip_from_s=clip_from_s, cuts=cuts) if slot.scene_id == scene else slot
            for slot in self.timeline.slots
        ]
        return replace(self, timeline=replace(self.timeline, slots=tuple(slots)))

    def with_other_music(self) -> Film:
        """Each group under what was another's."""
        paths = [group.path for group in self.music]
        turned = [*paths[1:], paths[0]]
        return replace(self, music=tuple(map(_with_path, self.music, turned)))


def _with_path(group: GroupMusic, path: Path) -> GroupMusic:
    return replace(group, path=path)


@dataclass(frozen=True)
class Material:
    """The material that all films are made of, in a folder."""

    folder: Path

    @property
    def clips(self) -> list[Path]:
        return [self.folder / f"clip_{number}.mp4" for number in range(CLIPS)]

    @property
    def voices(self) -> list[Path]:
        return [self.folder / f"voice_{pitch}.mp3" for pitch in PITCHES]

    @property
    def tunes(self) -> list[Path]:
        return [self.folder / f"tune_{number}.mp3" for number in range(TUNES)]

    def film(self, scenes: int, *, transition: str = "fade") -> Film:
        ids = range(1, scenes + 1)
        cuts = [SceneCut(scene, SCENE_S, transition, round(SPEECH_S * 1000)) for scene in ids]
        groups = [tuple(ids[at : at + GROUP]) for at in range(0, scenes, GROUP)]
        return Film(
            lay_out(cuts, fps=FPS),
            {scene: self.clips[scene % CLIPS] for scene in ids},
            {scene: self.voices[scene % len(self.voices)] for scene in ids},
            tuple(GroupMusic(group, self.tunes[at % TUNES]) for at, group in enumerate(groups)),
        )


def make(folder: Path) -> Material:
    """Make it in a process of its own, so that its memory is not taken for the cut's."""
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([sys.executable, "-m", "tests.bench.cut.shooting", str(folder)], check=True)
    return Material(folder)
