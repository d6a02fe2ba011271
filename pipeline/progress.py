"""PURE: how far a run that has not ended is, from the numbers of its steps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Stage = Literal["writing_script", "generating_assets", "cutting"]


@dataclass(frozen=True)
class Steps:
    """Those of the film; what is beside it does not count."""

    all: int
    left: int
    generated_left: int
    """Of those left, the ones that are not computed by ourselves."""


def percent(steps: Steps) -> int:
    """0 to 99: only the end of the run is the end."""
    return min(100 * (steps.all - steps.left) // steps.all, 99) if steps.all else 0


def stage(steps: Steps, *, writes_script: bool) -> Stage:
    if writes_script:
        return "writing_script"
    return "generating_assets" if steps.generated_left or not steps.all else "cutting"
