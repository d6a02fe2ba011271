"""A measured figure and what is asked of it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """`target` is the most it may be; None: printed only. Ratios unless the name says a unit."""

    name: str
    value: float
    target: float | None = None

    @property
    def holds(self) -> bool:
        return self.target is None or self.value <= self.target

    def __str__(self) -> str:
        asked = f"target ≤ {self.target:g}" if self.target is not None else "no target"
        return f"{self.name}: {self.value:.3g} ({asked})"


def report(figures: list[Figure]) -> int:
    """Print the verdict; the exit status."""
    judged = [figure for figure in figures if figure.target is not None]
    misses = [figure for figure in judged if not figure.holds]
    print(f"{len(judged) - len(misses)} of {len(judged)} hold")
    for figure in misses:
        print(f"missed: {figure}")
    return 1 if misses else 0
