"""PURE: the voices there are, and how each of them sounds, so that people can ask for one by describing it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

Gender = Literal["woman", "man", "neutral"]
Age = Literal["young", "middle-aged", "old"]


@dataclass(frozen=True)
class Voice:
    """A voice as ElevenLabs describes it.

    The local ones of the same names have the same sex and are as deep; in English they are two Americans.
    """

    name: str
    gender: Gender
    age: Age
    accent: str
    depth: int
    """1 is the highest, 5 the deepest."""
    manner: tuple[str, ...]


KNOWN: tuple[Voice, ...] = (
    Voice("Rachel", "woman", "young", "American", 2, ("calm", "clear")),
    Voice("Aria", "woman", "middle-aged", "American", 3, ("expressive", "lively")),
    Voice("Roger", "man", "middle-aged", "American", 4, ("confident", "relaxed")),
    Voice("Sarah", "woman", "young", "American", 2, ("soft", "gentle", "friendly")),
    Voice("Laura", "woman", "young", "American", 1, ("upbeat", "lively", "cheerful")),
    Voice("Charlie", "man", "young", "Australian", 3, ("natural", "casual", "relaxed")),
    Voice("George", "man", "middle-aged", "British", 4, ("warm", "calm", "storyteller")),
    Voice("Callum", "man", "middle-aged", "Transatlantic", 4, ("intense", "hoarse", "dramatic")),
    Voice("River", "neutral", "middle-aged", "American", 3, ("confident", "calm", "relaxed")),
    Voice("Liam", "man", "young", "American", 3, ("clear", "energetic")),
    Voice("Charlotte", "woman", "young", "Swedish", 2, ("soft", "seductive")),
    Voice("Alice", "woman", "middle-aged", "British", 2, ("confident", "serious", "news")),
    Voice("Matilda", "woman", "middle-aged", "American", 3, ("warm", "friendly")),
    Voice("Will", "man", "young", "American", 3, ("friendly", "cheerful", "casual")),
    Voice("Jessica", "woman", "young", "American", 1, ("expressive", "playful", "cheerful")),
    Voice("Eric", "man", "middle-aged", "American", 3, ("friendly", "smooth")),
    Voice("Chris", "man", "middle-aged", "American", 3, ("casual", "natural", "friendly")),
    Voice("Brian", "man", "middle-aged", "American", 5, ("deep", "serious", "calm")),
    Voice("Daniel", "man", "middle-aged", "British", 4, ("serious", "news", "confident")),
    Voice("Lily", "woman", "middle-aged", "British", 2, ("warm", "gentle", "storyteller")),
    Voice("Bill", "man", "old", "American", 4, ("trustworthy", "warm", "storyteller")),
)
BY_NAME = {voice.name: voice for voice in KNOWN}
USUAL: dict[Gender, str] = {"man": "George", "woman": "Rachel"}
"""Where nothing else is asked of a voice."""


def among_best(now: str, best: Sequence[str], *, is_asked: bool) -> str:
    """The voice that speaks in the place of a usual one: of the same sex if one of the best is, else the first of them.

    `is_asked`: its sex was asked for, so it stays where none of the best has it.
    """
    alike = [name for name in best if BY_NAME[name].gender == BY_NAME[now].gender]
    return next(iter(alike or (() if is_asked else best)), now)


@dataclass(frozen=True)
class Wanted:
    """The wishes for a voice; what is empty may be anything."""

    gender: Gender | None = None
    age: Age | None = None
    accent: str = ""
    manner: str = ""
    deeper: int = 0
    """1: deeper than the one there is, -1: higher."""


def fitting(wanted: Wanted, now: str) -> list[Voice]:
    """The voices that are all that is wanted, the best first, without the one there is."""
    own = BY_NAME[now]
    found = [voice for voice in KNOWN if voice.name != now and _fits(voice, wanted, own)]
    return sorted(found, key=lambda voice: _distance(voice, wanted, own))


def _fits(voice: Voice, wanted: Wanted, own: Voice) -> bool:
    return all((
        not wanted.gender or voice.gender == wanted.gender,
        not wanted.age or voice.age == wanted.age,
        not wanted.accent or voice.accent == wanted.accent,
        not wanted.manner or wanted.manner in voice.manner,
        not wanted.deeper or (voice.depth - own.depth) * wanted.deeper > 0,
    ))  # fmt: skip


def _distance(voice: Voice, wanted: Wanted, own: Voice) -> tuple[bool, bool, int]:
    """Nearest to the voice there is in what was not asked for; of deeper ones the deepest."""
    steps = -wanted.deeper * voice.depth if wanted.deeper else abs(voice.depth - own.depth)
    return (voice.gender != own.gender and not wanted.gender, voice.accent != own.accent and not wanted.accent, steps)


def names(voices: Iterable[Voice]) -> list[str]:
    return [voice.name for voice in voices]
