"""PURE: the time that the local voice will need for a text, guessed from how it is written."""

from __future__ import annotations

import re
from dataclasses import dataclass

from pipeline.cut.narration_fit import LEAD_S, MAX_TEMPO, TAIL_S
from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.providers.local.speech.voices import TONGUES, VOICES

LONG_WORD, LONG_WORD_LETTER_S = 10, 0.03
"""Letters beyond these take more: the voice hurries through long words, but only so much."""
_WORD = re.compile(r"[^\W\d_]+")
_PAUSE = re.compile(r"[^\w\s](?=\s)|[，。：；！？](?=.)")
_NUMBER = re.compile(r"\d{3,}")
_LONG_YEAR = re.compile(r"(?<!\d)1[0-8]\d\d(?!\d)|\d{3,}[^\W\d_]")


@dataclass(frozen=True)
class Tempo:
    """Seconds, as `tongues.toml` tells them."""

    letter: float
    word: float
    pause: float
    number: float
    """Of three digits or more."""
    long_year: float = 0.5
    """More for 1869 and 1550s, which the voice reads as one thousand eight hundred …"""
    start: float = 0.25


TEMPOS = {code: Tempo(**row["tempo"]) for code, row in TONGUES.items()}


def can_be_said(text: str, language: str, voice: str, duration: int) -> bool:
    """True where a text can be said in a scene of `duration` seconds, hurried no more than a cut may."""
    pace = VOICES.get(voice.lower(), VOICES["rachel"]).pace
    return spoken_seconds(text, language) / pace <= (duration - LEAD_S - TAIL_S) * MAX_TEMPO


def spoken_seconds(text: str, language: str) -> float:
    tempo = TEMPOS[language]
    return (
        tempo.start
        + tempo.letter * sum(map(str.isalpha, text))
        + LONG_WORD_LETTER_S * _letters_too_many(text, language)
        + tempo.word * len(text.split())
        + tempo.pause * len(_PAUSE.findall(text))
        + tempo.number * len(_NUMBER.findall(text))
        + tempo.long_year * len(_LONG_YEAR.findall(text))
    )


def _letters_too_many(text: str, language: str) -> int:
    if language in SPACELESS_LANGUAGES:
        return 0
    return sum(max(0, len(word) - LONG_WORD) for word in _WORD.findall(text))
