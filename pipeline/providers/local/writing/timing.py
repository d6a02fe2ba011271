"""PURE: how long the local voice will need for a text, guessed from how it is written."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from pipeline.cut.timeline import LEAD_S, MAX_TEMPO, TAIL_S
from pipeline.narration import narration_length

DECADE_S = 1.2
"""The voice reads 1550s place by place: one thousand, five hundred …"""
_PAUSE = re.compile(r"[^\w\s](?=\s)|[，。：；！？](?=.)")
_DECADE = re.compile(r"\d[^\W\d_]")


@dataclass(frozen=True)
class Tempo:
    """Seconds of the slowest voice, fitted to some 150 spoken lines a language, and never far below what they took."""

    letter: float
    word: float
    pause: float
    number: float
    """For each spoken word of a number after its first."""
    start: float = 0.2


TEMPOS: Mapping[str, Tempo] = {
    "en": Tempo(0.034, 0.23, 0.5, 0.9, 0.35),
    "de": Tempo(0.045, 0.259, 0.086, 1.043),
    "es": Tempo(0.04, 0.229, 0.355, 0.58),
    "fr": Tempo(0.045, 0.15, 0.331, 0.4),
    "it": Tempo(0.047, 0.2, 0.368, 0.626),
    "pt": Tempo(0.053, 0.221, 0.385, 0.891),
    "nl": Tempo(0.044, 0.258, 0.379, 0.821),
    "zh": Tempo(0.183, 0.012, 0.412, 0.3),
}


def can_be_said(text: str, language: str, duration: int) -> bool:
    """In a scene of `duration` seconds, by any of the local voices, hurried no more than a cut may."""
    return spoken_seconds(text, language) <= (duration - LEAD_S - TAIL_S) * MAX_TEMPO


def spoken_seconds(text: str, language: str) -> float:
    tempo, words = TEMPOS[language], len(text.split())
    return (
        tempo.start
        + tempo.letter * sum(map(str.isalpha, text))
        + tempo.word * words
        + tempo.pause * len(_PAUSE.findall(text))
        + tempo.number * max(0, narration_length(text, "en") - words)
        + DECADE_S * len(_DECADE.findall(text))
    )
