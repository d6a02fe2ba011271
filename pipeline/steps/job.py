"""The things that a step is given: values and paths, nothing of the database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pipeline.credentials.pieces import Piece
from pipeline.cut import profile
from pipeline.cut.framing.window import ALL, Window, read_window
from pipeline.cut.narration_fit import FPS
from pipeline.cut.picture.filter_graph import Canvas, LanguageTrack
from pipeline.cut.timeline import SceneCut, Timeline, lay_out
from pipeline.cut.word_cuts import Cuts
from pipeline.film.script import Scene, Script
from pipeline.film.settings import TaskSettings, frame_size
from pipeline.film.translation import Translating
from pipeline.planning.graph import Component, audio_key, crop_key, line_key
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
    cuts: Mapping[str, Cuts] = field(default_factory=dict)
    """The stretches that are taken out of the narrations that exist, by component."""
    reference: Input | None = None
    earlier: Input | None = None
    """The take of a film's sound that this one follows, where it can be read: what has not changed is taken from it."""
    sample: Input | None = None
    """The voice that is to speak, for a voice-over in one's own; its facts have the words `said` in it."""
    own: Input | None = None
    """What its owner uploaded, to be the take instead of something made; its facts are the upload's."""
    written: Script | None = None
    pieces: Sequence[Piece] = ()
    """All that what is joined is made from, back to what generators made and users gave."""
    manifests: Mapping[str, Path] = field(default_factory=dict)
    """The manifests that some of those were delivered with, by the names under which they are kept."""
    tracks: Sequence[LanguageTrack] = ()
    """The languages that are joined into one file."""
    translating: Translating | None = None
    """The text that is to be translated, where the film is a translation of another one."""
    source_is_gone: bool = False
    """The film with that text was removed."""
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

    @property
    def filmed_size(self) -> tuple[int, int]:
        """The size of what is made: stills and clips; of a scene where the job has one."""
        script = self.script
        shape = script.filmed_in or script.aspect_ratio
        if self.component.scene_id is not None:
            shape = script.shape_of(self.scene)
        return frame_size(shape, self.settings.resolution)

    @property
    def canvas(self) -> Canvas:
        """Return what all pieces of the film's picture have in common."""
        filmed = frame_size(self.script.filmed_in or self.script.aspect_ratio, self.settings.resolution)
        return Canvas(self.size, FPS, profile.of_film(self.size, filmed))

    def window(self, scene: Scene) -> Window:
        """Return what of a scene's clip the film shows. Blocking: it is read from a file."""
        found = self.inputs.get(crop_key(scene))
        return read_window(found.path.read_text("utf-8")) if found else ALL

    def input(self, key: str) -> Input:
        return self.inputs[key]

    def timeline(self) -> Timeline:
        """Laid out with the narrations and lines there are: a slot is right as soon as its own scene's are."""
        return lay_out([self._cut(scene) for scene in self.script.scenes])

    def _cut(self, scene: Scene) -> SceneCut:
        lines = tuple(self.spoken_ms.get(line_key(scene, number), 0) for number in range(1, len(scene.lines) + 1))
        narration_ms = self.spoken_ms.get(audio_key(scene), 0)
        return SceneCut(
            scene.id,
            scene.duration,
            scene.transition,
            narration_ms,
            lines,
            dragged=scene.slot_frames,
            shift_s=scene.narration_at,
            cuts=self.cuts.get(audio_key(scene), ()),
            clip_from_s=scene.clip_from,
        )
