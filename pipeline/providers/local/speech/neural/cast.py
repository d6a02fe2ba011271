"""PURE: the neural voice that answers to a name, told to speak in some way.

There are two people, a woman and a man. The names of one sex differ by how large that person sounds, by pitch, by
liveliness and by pace, which is the one that espeak-ng has for the name.
"""

from __future__ import annotations

import random
from dataclasses import dataclass
from typing import Literal

from pipeline.providers.local.speech.told import told
from pipeline.providers.local.speech.voices import VOICES

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


CAST: dict[str, Part] = {
    "rachel": Part("heart"),
    "aria": Part("heart", 0.95, 0.97, 1.15),
    "sarah": Part("heart", 1.02, 1.02, 0.9),
    "laura": Part("heart", 1.07, 1.07, 1.2),
    "river": Part("heart", 0.88, 0.82, 0.85),
    "charlotte": Part("heart", 1.03, 0.97, 0.95),
    "alice": Part("heart", 0.98, 1.04, 0.85),
    "matilda": Part("heart", 0.94, 0.93, 1.05),
    "jessica": Part("heart", 1.09, 1.02, 1.25),
    "lily": Part("heart", 1.0, 0.95, 1.1),
    "roger": Part("joe", 0.97),
    "charlie": Part("joe", 1.06, liveliness=1.1),
    "george": Part("joe", 0.94),
    "callum": Part("joe", 0.96, liveliness=1.2),
    "liam": Part("joe", 1.09, liveliness=1.15),
    "will": Part("joe", 1.07, liveliness=1.1),
    "eric": Part("joe"),
    "chris": Part("joe", 1.03, liveliness=1.05),
    "brian": Part("joe", 0.88, liveliness=0.9),
    "daniel": Part("joe", 0.98, liveliness=0.85),
    "bill": Part("joe", 0.91),
}
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
