"""The drum patterns of `kits.toml`, played."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.providers.local.synth.note import STEPS, Note
from pipeline.providers.local.synth.plan import Plan
from pixora.foundation.toml_tables import table


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


_TOLD = table(__file__, "kits")
KITS = {name: tuple(Line(**line) for line in lines) for name, lines in _TOLD["kits"].items()}
FILLS: dict[str, tuple[tuple[str, tuple[float, ...]], ...]] = _TOLD["fills"]
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
