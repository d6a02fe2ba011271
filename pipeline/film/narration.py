"""PURE: the length of narration, and the most that a scene has room for."""

from __future__ import annotations

import re

from pipeline.film.settings import SPACELESS_LANGUAGES
from pipeline.film.writing_systems import spelled_letters

PAUSE_TENTHS_S = 6
"""Tenths of a second of each scene that stay free of speech: a breath before and after."""
LINE_PAUSE_TENTHS_S = 3
"""The same between what two speakers say."""


SPELLED_LETTER_TENTHS_S = 5
"""What a voice takes to name one letter that it cannot read; measured on the local voices with Arabic and Hebrew."""


def narration_s(text: str, language: str) -> float:
    """Estimate the seconds that the narration takes; letters that the voice spells count as such."""
    spelled = spelled_letters(text, language)
    if not spelled:
        return 10 * narration_length(text, language) / pace(language)
    read = "".join(" " if spelled_letters(letter, language) else letter for letter in text)
    return spelled * SPELLED_LETTER_TENTHS_S / 10 + 10 * narration_length(read, language) / pace(language)


def narration_length(text: str, language: str) -> int:
    """Count the words, numbers as they are spoken; or the letters where the language is written without spaces."""
    if language in SPACELESS_LANGUAGES:
        return sum(letter.isalnum() for letter in text)
    return sum(_spoken_words(word) for word in text.split() if any(letter.isalnum() for letter in word))


def narration_limit(duration: int, language: str, *, pieces: int = 1) -> int:
    """Return the words or letters that fit a scene of `duration` seconds: 2.4 words or 5 letters a second; 10 words in
    5 s, 22 in 10 s. Between the `pieces` (narration and lines) there are pauses."""
    tenths = max(duration * 10 - PAUSE_TENTHS_S - LINE_PAUSE_TENTHS_S * (pieces - 1), 0)
    return tenths * pace(language) // 100


def pace(language: str) -> int:
    """Words, or letters, in ten seconds."""
    return 50 if language in SPACELESS_LANGUAGES else 24


def _spoken_words(word: str) -> int:
    """1 without digits; pairs of digits are counted as in years: 1961 is nineteen, sixty, one."""
    pairs = (pair for number in re.findall(r"[0-9]+", word) for pair in _PAIR.findall(number))
    return max(1, sum(_words_of_pair(int(pair)) for pair in pairs))


def _words_of_pair(number: int) -> int:
    """00 is a word too: hundred."""
    return 2 if number > 20 and number % 10 else 1


_PAIR = re.compile(r"[0-9]{1,2}(?=(?:[0-9]{2})*$)")


def narration_unit(language: str) -> str:
    return "letters" if language in SPACELESS_LANGUAGES else "words"
