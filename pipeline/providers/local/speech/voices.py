"""The voice of espeak-ng that answers to a name, in a language, told to speak in some way."""

from __future__ import annotations

import math
import random
from dataclasses import dataclass

from pipeline.providers.local.speech.manner import Manner
from pipeline.providers.local.speech.told import told
from pipeline.providers.local.tables import table


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


LANGUAGES: dict[str, Tongue] = {
    "en": Tongue("en-us", 145, 4.9),
    "de": Tongue("de", 152, 6.0),
    "es": Tongue("es", 155, 5.2),
    "fr": Tongue("fr", 150, 5.2),
    "it": Tongue("it", 155, 5.3),
    "pt": Tongue("pt-br", 150, 5.2),
    "nl": Tongue("nl", 148, 5.5),
    "zh": Tongue("cmn", 232),
}
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
