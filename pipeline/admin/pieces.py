"""A film's components as staff see them: what is selected, how it stands, what one more take costs."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from django.urls import reverse

from media_assets.models import Asset
from media_assets.signing import signed_url
from pipeline.film.script import Script
from pipeline.models import Step, StepStatus, Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.graph import audio_key, line_key
from pipeline.planning.kinds import Kind, kind_of
from pipeline.planning.piece_names import PieceNames, within_a_sentence
from pipeline.planning.plan import Action, Decision, Plan
from pipeline.providers.registry import price

FRESH = "ready"
PICTURES = (".png", ".jpg", ".jpeg", ".webp")
SOUNDS = (".mp3", ".wav", ".m4a", ".ogg", ".flac")
FILMS = (".mp4", ".webm", ".mov")


@dataclass(frozen=True)
class Piece:
    """One component. `state` is what its badge says."""

    task_id: str
    key: str
    name: str
    """As people call it: "Picture of scene 1"."""
    state: str
    takes: Sequence[Asset] = ()
    price: int = 0
    problem: str = ""
    can_regenerate: bool = False
    has_files: bool = True
    """Those of a deleted film are served to nobody."""

    @property
    def noun(self) -> str:
        """The piece's name without its place, for where that is plain."""
        return kind_of(self.key).about.label

    @property
    def the_name(self) -> str:
        """The name as it reads within a sentence: "the picture of scene 1"."""
        return within_a_sentence(self.name)

    @cached_property
    def selected(self) -> Asset | None:
        return next((take for take in self.takes if take.selected), None)

    @property
    def is_fresh(self) -> bool:
        return self.state == FRESH

    @property
    def page(self) -> str:
        return reverse("admin:pipeline_task_component", args=[self.task_id, self.key])

    @property
    def regenerate(self) -> str:
        return reverse("admin:pipeline_task_regenerate", args=[self.task_id, self.key])

    @property
    def player(self) -> Player | None:
        return Player.of(self.selected) if self.selected and self.has_files else None


@dataclass(frozen=True)
class Player:
    """The player that shows a take: `kind` is picture, sound, film or file."""

    kind: str
    url: str

    @classmethod
    def of(cls, asset: Asset) -> Player:
        name = asset.storage_path.lower()
        kinds = {"picture": PICTURES, "sound": SOUNDS, "film": FILMS}
        return cls(next((kind for kind, ends in kinds.items() if name.endswith(ends)), "file"), signed_url(asset))


@dataclass(frozen=True)
class SaidLine:
    speaker: str
    text: str
    piece: Piece | None


@dataclass(frozen=True)
class Scene:
    number: int
    title: str
    narration: str
    seconds: int
    picture: Piece | None
    voice: Piece | None
    clip: Piece | None
    lines: Sequence[SaidLine] = ()


@dataclass(frozen=True)
class Pieces:
    """All components of a film, by key."""

    task: Task
    plan: Plan
    assets: Sequence[Asset]
    steps: Mapping[str, Step]
    """Those of the newest run."""
    names: PieceNames
    script: Script | None = None

    @cached_property
    def takes(self) -> Mapping[str, Sequence[Asset]]:
        found: dict[str, list[Asset]] = {}
        for asset in self.assets:
            found.setdefault(asset.component, []).append(asset)
        return found

    @cached_property
    def all(self) -> Mapping[str, Piece]:
        keys = [*self.plan.decisions, *(key for key in self.takes if key not in self.plan.decisions)]
        return {key: self._piece(key) for key in keys}

    def _piece(self, key: str) -> Piece:
        decision, step = self.plan.decisions.get(key), self.steps.get(key)
        return Piece(
            task_id=self.task.id,
            key=key,
            name=self.names.name(key),
            state=_state(decision, step),
            takes=self.takes.get(key, ()),
            price=price(decision.component, settings_of(self.task).choice) if decision else 0,
            problem=step.error_message if step and step.status == StepStatus.FAILED else "",
            can_regenerate=decision is not None and not self.task.deleted_at,
            has_files=not self.task.deleted_at,
        )

    def scenes(self) -> Iterator[Scene]:
        for scene in self.script.scenes if self.script else ():
            yield Scene(
                number=scene.index,
                title=scene.title,
                narration=scene.script,
                seconds=scene.duration,
                picture=self.all.get(f"scene/{scene.id}"),
                voice=self.all.get(audio_key(scene)),
                lines=[
                    SaidLine(line.speaker, line.text, self.all.get(line_key(scene, number)))
                    for number, line in enumerate(scene.lines, 1)
                ],
                clip=self.all.get(f"video/{scene.id}"),
            )

    def of_kind(self, *kinds: Kind) -> list[Piece]:
        return [piece for key, piece in self.all.items() if kind_of(key) in kinds]


BADGES: Mapping[Action, str] = {
    Action.KEEP: FRESH,
    Action.SELECT: FRESH,
    Action.ADOPT: FRESH,
    Action.MAKE: "waiting",
    Action.WAIT: "waiting",
    Action.LEAVE: "out of date",
    Action.MISSING: "not made yet",
}
"""In the studio's words."""
AT_WORK: Mapping[str, str] = {
    StepStatus.RUNNING: "making",
    StepStatus.FAILED: "failed",
}
"""What the newest run says of its steps, where that is more than the plan knows."""


def _state(decision: Decision | None, step: Step | None) -> str:
    if decision is None:
        return "not in the film"
    if step and step.status in AT_WORK and decision.action is not Action.KEEP:
        return AT_WORK[step.status]
    return BADGES[decision.action]
