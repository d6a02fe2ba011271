"""The things that a step is given: values and paths, nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pipeline.cut.timeline import SceneCut, Timeline, lay_out
from pipeline.film.script import Scene, Script
from pipeline.film.settings import TaskSettings, frame_size
from pipeline.planning.graph import Component, audio_key, line_key
from pipeline.providers.base import Call, Provider


@dataclass(frozen=True)
class Input:
    """A selected take, as a file that can be read."""

    path: Path
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Job:
    """One attempt at one component. `script` is None only while the script itself is being written."""

    component: Component
    prompt: str
    source: str
    """The film's own words, where the prompt is not them."""
    title: str
    settings: TaskSettings
    seed: int
    instructions: str
    call: Call
    provider: Provider | None
    """What makes it; None where that is our own code, or it is made of an upload."""
    inputs: Mapping[str, Input]
    spoken_ms: Mapping[str, int]
    """By component, of the narrations and lines that exist; a missing one counts as silent."""
    reference: Input | None = None
    earlier: Input | None = None
    """The take of a film's sound that this one follows, where it can be read: what has not changed is taken from it."""
    sample: Input | None = None
    """The voice that is to speak, for a voice-over in one's own; its facts have the words `said` in it."""
    own: Input | None = None
    """What its owner uploaded, to be the take instead of something made; its facts are the upload's."""
    written: Script | None = None
    seen: str = ""
    """What the still shows that a clip is made from, where somebody looked."""

    @property
    def script(self) -> Script:
        assert self.written is not None
        return self.written

    @property
    def scene(self) -> Scene:
        assert self.component.scene_id is not None
        return self.script.scene_by_id(self.component.scene_id)

    @property
    def size(self) -> tuple[int, int]:
        return frame_size(self.script.aspect_ratio, self.settings.resolution)

    def input(self, key: str) -> Input:
        return self.inputs[key]

    def timeline(self) -> Timeline:
        """Laid out with the narrations and lines there are: a slot is right as soon as its own scene's are."""
        return lay_out([self._cut(scene) for scene in self.script.scenes])

    def _cut(self, scene: Scene) -> SceneCut:
        lines = tuple(self.spoken_ms.get(line_key(scene, number), 0) for number in range(1, len(scene.lines) + 1))
        narration_ms = self.spoken_ms.get(audio_key(scene), 0)
        return SceneCut(scene.id, scene.duration, scene.transition, narration_ms, lines)
