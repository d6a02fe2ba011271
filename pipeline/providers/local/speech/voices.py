"""The voice of espeak-ng that answers to a name, in a language, told to speak in some way."""

from __future__ import annotations

import math
import random
import re
from dataclasses import dataclass
from typing import Any

from pixora.foundation.toml_tables import table


@dataclass(frozen=True)
class Manner:
    voice: str
    """espeak's name of a language and a variant, `en-us+f2`."""
    words_per_minute: int
    pitch: int
    """0 to 99, 50 is the variant's own."""
    liveliness: int
    """0 to 99, how far the pitch moves; 50 is the variant's own."""


@dataclass(frozen=True)
class Voice:
    variant: str
    pitch: int = 50
    pace: float = 1.0
    liveliness: int = 50
    british: bool = False


ROWS = table(__file__, "voices")
"""All that is told of each name."""
VOICES = {name: Voice(pace=row["pace"], **row["espeak"]) for name, row in ROWS.items()}


@dataclass(frozen=True)
class Tongue:
    voice: str
    """espeak's name of the language."""
    pace: int
    """espeak's words per minute; measured to give 150 to 165 real ones, in Mandarin 4.5 characters a second."""
    letters: float = 0.0
    """Of its average word; 0 where words are not divided by spaces."""


TONGUES = table(__file__, "tongues")
"""All that is told of each language."""
LANGUAGES = {code: Tongue(**row["espeak"]) for code, row in TONGUES.items()}
PICO: dict[str, dict[str, Any]] = {code: row["pico"] for code, row in TONGUES.items() if "pico" in row}
WISHES: tuple[tuple[str, float, int, int], ...] = table(__file__, "told")["words"]


@dataclass(frozen=True)
class Told:
    pace: float = 1.0
    higher: int = 0
    livelier: int = 0


def told(instructions: str) -> Told:
    pace, higher, livelier = 1.0, 0, 0
    for words, factor, up, lively in WISHES:
        if re.search(rf"\b({words})\b", instructions, re.IGNORECASE):
            pace, higher, livelier = pace * factor, higher + up, livelier + lively
    return Told(pace, higher, livelier)


BRITISH = "en"
SLOWEST, FASTEST = 100, 260
HURRY = (0.93, 1.14)
"""A text of short words is spoken slower and one of long words faster than the language's own pace."""


def manner_of(text: str, *, voice: str, language: str, seed: int, instructions: str) -> Manner:
    own = VOICES.get(voice.lower(), VOICES["rachel"])
    tongue = LANGUAGES.get(language, LANGUAGES["en"])
    name = BRITISH if own.british and tongue is LANGUAGES["en"] else tongue.voice
    chance = random.Random(seed)  # noqa: S311
    speed = tongue.pace * _hurry(text, tongue) * own.pace * chance.uniform(0.975, 1.025)
    pitch = own.pitch + chance.randint(-2, 2)
    liveliness = own.liveliness + chance.randint(-4, 4)
    wish = told(instructions)
    return Manner(
        voice=f"{name}+{own.variant}",
        words_per_minute=min(max(round(speed * wish.pace), SLOWEST), FASTEST),
        pitch=min(max(pitch + wish.higher, 0), 99),
        liveliness=min(max(liveliness + wish.livelier, 0), 99),
    )


def _hurry(text: str, tongue: Tongue) -> float:
    words = text.split()
    if not tongue.letters or not words:
        return 1.0
    letters = sum(map(len, words)) / len(words)
    return min(max(math.sqrt(letters / tongue.letters), HURRY[0]), HURRY[1])
