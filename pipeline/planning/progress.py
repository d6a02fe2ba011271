"""PURE: a run's progress, in whole percent that never go back, and what it is doing in words a person reads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Literal

from pipeline.film.script import Script
from pipeline.planning.kinds import BESIDE, DERIVED, Kind, kind_of, scene_and_line

Stage = Literal["writing_script", "generating_assets", "cutting"]
DONE = "done"
STARTING = "Starting"
"""While every piece waits: none is being made that could be named."""
NOT_LANDED = 0.99
"""What is made but not stored yet."""
STEADY_SHARE = 0.1
"""From here on the time passed says something about the time to come."""


@dataclass(frozen=True)
class Steps:
    """The numbers of a run's steps for the film; what is beside it does not count."""

    all: int
    left: int
    generated_left: int
    """Of those left, the ones that are not computed by ourselves."""


def stage(steps: Steps, *, writes_script: bool) -> Stage:
    if writes_script:
        return "writing_script"
    return "generating_assets" if steps.generated_left or not steps.all else "cutting"


@dataclass
class Progress:
    """The progress of one run. `shown` is what was told last, by an earlier process too."""

    run_id: str
    shown: int = 0
    script: Script | None = None
    _shares: dict[str, float] = field(default_factory=dict)
    """Component → how much of it is done, 0 to 1."""
    _latest: tuple[str, str] = ("", "queued")
    _doing: str = ""
    """The piece that was worked on last; empty while all of them wait."""
    _changed: bool = False

    def expect(self, statuses: Mapping[str, str]) -> None:
        """Note what the run makes and has made: components with their steps' statuses, without those it only reuses."""
        for key, status in statuses.items():
            if kind_of(key) not in BESIDE:
                share = 1.0 if status in ("succeeded", "failed") else 0.0
                self._shares[key] = max(share, self._shares.get(key, 0.0))

    def see(self, key: str, status: str, fraction: float) -> None:
        """Note one piece's news: its status and the fraction of it that is done, 0 to 1."""
        if kind_of(key) not in BESIDE:
            share = 1.0 if status in ("ready", "failed") else min(max(fraction, 0.0), NOT_LANDED)
            self._shares[key] = max(share, self._shares.get(key, 0.0)) if status != "queued" else 0.0
        self._doing = key if status != "queued" else self._doing
        self._latest, self._changed = (key, status), True

    @property
    def percent(self) -> int:
        """The percent to show; 100 is for the finished run alone."""
        return max(self.shown, int(99 * self._share()))

    def take_news(self, *, now: float, elapsed_s: float) -> dict[str, Any] | None:
        """Return what to tell, or None when nothing has changed since the last time."""
        if not self._changed:
            return None
        self._changed, self.shown = False, self.percent
        key, status = self._latest
        return {
            **standing(self.run_id, self.shown, self.stage, now=now),
            "message": doing(self._doing, self.script) if self._doing else STARTING,
            "component": key,
            "status": status,
            "eta_seconds": self._eta(elapsed_s),
        }

    def finished(self, *, now: float) -> dict[str, Any]:
        told = standing(self.run_id, 100, DONE, now=now)
        return {**told, "message": "Done", "status": "ready", "eta_seconds": 0}

    @property
    def stage(self) -> Stage:
        left = [kind_of(key) for key, share in self._shares.items() if share < 1]
        steps = Steps(len(self._shares), len(left), sum(kind not in DERIVED for kind in left))
        return stage(steps, writes_script=set(self._shares) == {Kind.SCRIPT.value})

    def _share(self) -> float:
        total = sum(kind_of(key).about.weight for key in self._shares)
        done = sum(kind_of(key).about.weight * share for key, share in self._shares.items())
        return done / total if total else 0.0

    def _eta(self, elapsed_s: float) -> int | None:
        """None before the first piece is there: how long the pieces waited says nothing of how long they take."""
        is_any_there = any(share == 1 for share in self._shares.values())
        return seconds_left(self._share(), elapsed_s=elapsed_s) if is_any_there else None


def seconds_left(share: float, *, elapsed_s: float) -> int | None:
    """Estimate the seconds left at the pace so far; None while that says nothing yet."""
    return round(elapsed_s * (1 - share) / share) if share >= STEADY_SHARE else None


def standing(run_id: str, percent: int, stage: str, *, now: float, eta_seconds: int | None = None) -> dict[str, Any]:
    """Return what can be told of a run from its records alone; the `data` of a `progress_update`."""
    return {
        "progress": percent,
        "stage": stage,
        "message": "Making the film",
        "timestamp": int(now),
        "run_id": run_id,
        "component": None,
        "status": "making",
        "eta_seconds": eta_seconds,
    }


def doing(key: str, script: Script | None) -> str:
    """Say what is being made. Scenes are named by their place in the film, as the user sees them."""
    kind, rest = kind_of(key), key.partition("/")[2]
    places = {str(scene.id): str(scene.index) for scene in script.scenes} if script else {}
    where, line = scene_and_line(rest)
    names = [places.get(part, part) for part in where.split("_")]
    several = f"scene {names[0]}" if len(names) == 1 else f"scenes {names[0]} to {names[-1]}"
    return kind.about.doing.format(several if kind is Kind.MUSIC else places.get(where, rest), line)
