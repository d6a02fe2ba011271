"""PURE: how much narration a scene has room for."""

from __future__ import annotations

from pipeline.options import SPACELESS_LANGUAGES

PAUSE_TENTHS_S = 6
"""Tenths of a second of each scene that stay free of speech: a breath before and after."""


def narration_length(text: str, language: str) -> int:
    """In words; in letters where the language is written without spaces."""
    if language in SPACELESS_LANGUAGES:
        return sum(letter.isalnum() for letter in text)
    return sum(any(letter.isalnum() for letter in word) for word in text.split())


def narration_limit(duration: int, language: str) -> int:
    """What fits a scene of `duration` seconds: 2.4 words or 5 letters a second; 10 words in 5 s, 22 in 10 s."""
    tenths = duration * 10 - PAUSE_TENTHS_S
    return tenths * pace(language) // 100


def pace(language: str) -> int:
    """Words, or letters, in ten seconds."""
    return 50 if language in SPACELESS_LANGUAGES else 24


def narration_unit(language: str) -> str:
    return "letters" if language in SPACELESS_LANGUAGES else "words"
