"""The neural voice that answers to a name, told to speak in some way.

There are two people, a woman and a man. The names of one sex differ by how large that person sounds, by pitch, by
liveliness and by pace, which is the one that espeak-ng has for the name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from pipeline.providers.local.speech.voices import ROWS, VOICES, told

Person = Literal["heart", "joe"]
LANGUAGES = frozenset({"en"})
STEP = 1.008
"""One of the steps of pitch that an instruction asks for."""
SLOWEST, FASTEST = 0.6, 1.6
LOWEST, HIGHEST = 0.7, 1.4


@dataclass(frozen=True)
class Part:
    person: Person
    size: float = 1.0
    """Pitch and formants together, as of a smaller person above 1 and of a larger one below."""
    pitch: float = 1.0
    """Pitch alone; of `heart` only."""
    liveliness: float = 1.0
    """How far the melody moves."""


CAST = {name: Part(**row["neural"]) for name, row in ROWS.items()}
USUAL = "rachel"


@dataclass(frozen=True)
class Delivery:
    person: Person
    size: float
    pitch: float
    pace: float
    liveliness: float
    seed: int


def delivery_of(*, voice: str, seed: int, instructions: str) -> Delivery:
    name = voice.lower() if voice.lower() in CAST else USUAL
    part = CAST[name]
    wish = told(instructions)
    chance = random.Random(seed)  # noqa: S311
    pace = VOICES[name].pace * wish.pace * chance.uniform(0.975, 1.025)
    higher = STEP**wish.higher * chance.uniform(0.985, 1.015)
    return Delivery(
        person=part.person,
        size=part.size if part.person == "heart" else _within(part.size * higher),
        pitch=_within(part.pitch * higher) if part.person == "heart" else 1.0,
        pace=min(max(pace, SLOWEST), FASTEST),
        liveliness=max(part.liveliness * chance.uniform(0.94, 1.06) * (1 + wish.livelier / 50), 0.2),
        seed=seed,
    )


def _within(ratio: float) -> float:
    return min(max(ratio, LOWEST), HIGHEST)
