"""PURE: the drum patterns."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.providers.local.synth.note import STEPS, Note
from pipeline.providers.local.synth.plan import Plan


@dataclass(frozen=True)
class Line:
    drum: str
    steps: tuple[float, ...]
    loud: float
    from_fullness: float = 0.0
    """It joins in the bars that are at least this full."""
    side: float = 0.0
    chance: float = 1.0
    """Of each stroke."""


EIGHTHS = tuple(range(0, 16, 2))
OFF_EIGHTHS = tuple(range(2, 16, 4))
SIXTEENTHS = tuple(range(16))
BACKBEAT = (4, 12)

KITS: dict[str, tuple[Line, ...]] = {
    "none": (),
    "light": (
        Line("kick", (0, 8), 0.55, 0.6), Line("shaker", EIGHTHS, 0.5, 0.0, 0.35), Line("rim", (12,), 0.4, 0.6, -0.25),
        Line("shaker", tuple(range(1, 16, 2)), 0.22, 0.85, 0.35),
    ),
    "pop": (
        Line("kick", (0, 8), 0.85), Line("kick", (6, 10), 0.5, 0.85, chance=0.6), Line("clap", BACKBEAT, 0.65, 0.5),
        Line("hat", EIGHTHS, 0.5, 0.0, 0.25), Line("shaker", SIXTEENTHS, 0.22, 0.85, -0.35),
    ),
    "playful": (
        Line("kick", (0, 8), 0.5), Line("rim", (4, 12), 0.6, 0.4, -0.2), Line("shaker", OFF_EIGHTHS, 0.5, 0.0, 0.35),
        Line("block", (3, 6, 11), 0.4, 0.7, 0.45, 0.7),
    ),
    "epic": (
        Line("taiko", (0, 10), 0.95), Line("taiko", (6, 14), 0.55, 0.7),
        Line("tom", (3, 4, 11, 12), 0.5, 0.85, 0.4, 0.75),
        Line("snare", tuple(range(0, 16, 2)), 0.16, 0.85, -0.2), Line("cymbal", (0,), 0.4, 0.95),
    ),
    "electronic": (
        Line("kick", (0, 4, 8, 12), 0.95, 0.5), Line("kick", (0,), 0.8), Line("clap", BACKBEAT, 0.6, 0.65),
        Line("hat", OFF_EIGHTHS, 0.6, 0.0, 0.15), Line("hat", SIXTEENTHS, 0.2, 0.85, -0.3),
    ),
    "jazz": (
        Line("ride", (0, 4, 6, 8, 12, 14), 0.5, 0.0, 0.35), Line("brush", BACKBEAT, 0.5, 0.0, -0.2),
        Line("kick", (0, 8), 0.35, 0.6),
    ),
    "lofi": (
        Line("kick", (0, 7, 10), 0.75, 0.0), Line("snare", BACKBEAT, 0.5, 0.4), Line("hat", EIGHTHS, 0.32, 0.0, 0.25),
    ),
    "tense": (
        Line("tick", EIGHTHS, 0.3, 0.0, 0.3), Line("heart", (0, 2.5), 0.85),
        Line("tom", (11, 14), 0.45, 0.85, -0.4, 0.6),
    ),
    "low": (Line("heart", (0, 2.5), 0.75), Line("taiko", (8,), 0.4, 0.8)),
}  # fmt: skip
FILLS: dict[str, tuple[tuple[str, tuple[float, ...]], ...]] = {
    "pop": (("snare", (12, 13, 14, 15)),),
    "epic": (("tom", (8, 10, 12, 13, 14, 15)),),
    "electronic": (("snare", (13, 14, 15)),),
}
"""Played in a phrase's last bar."""


def beats(plan: Plan, chance: random.Random) -> Iterator[Note]:
    for bar, fullness in enumerate(plan.fullness):
        for line in KITS[plan.drums]:
            if fullness >= line.from_fullness:
                yield from _strokes(line, bar, plan, chance)
        if bar % 4 == 3 and fullness > 0.65:
            yield from _fill(plan.drums, bar)


def _strokes(line: Line, bar: int, plan: Plan, chance: random.Random) -> Iterator[Note]:
    for step in line.steps:
        if line.chance < 1 and chance.random() > line.chance:
            continue
        swung = step + (2 * plan.swing if step % 4 == 2 else 0.0)
        loud = line.loud * (1.0 if step % 4 == 0 else 0.8) * chance.uniform(0.9, 1.0)
        yield Note(line.drum, bar * STEPS + swung, 2, 60, loud, line.side)


def _fill(kit: str, bar: int) -> Iterator[Note]:
    for drum, steps in FILLS.get(kit, ()):
        for number, step in enumerate(steps):
            yield Note(drum, bar * STEPS + step, 1, 60, 0.3 + 0.08 * number, 0.3 - 0.15 * number)
