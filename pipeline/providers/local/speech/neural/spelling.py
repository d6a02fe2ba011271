"""PURE: Kokoro's alphabet of phonemes, written in the one of espeak-ng (American English) that Piper's voices read."""

from __future__ import annotations

from pixora.foundation.toml_tables import table

LETTERS: dict[str, str] = table(__file__, "alphabets")["espeak"]
R_COLOURED = {"ɜ": "ɜː", "ə": "ɚ"}
"""These take the ɹ behind them in."""
STRESSES = "ˈˌ"
VOWELS = frozenset("AIOWYiuɑɔɜəᵊæɛɪʊʌɐᵻ")


def espeak_phonemes(phonemes: str) -> list[str]:
    """Write each phoneme in espeak-ng's alphabet; empty for one that is part of the one before it."""
    found: list[str] = []
    for place, phoneme in enumerate(phonemes):
        before, after = phonemes[place - 1 : place], phonemes[place + 1 : place + 2]
        if phoneme == "ɹ" and before in R_COLOURED and after not in VOWELS:
            found.append("")
        elif phoneme in R_COLOURED and after == "ɹ":
            found.append(R_COLOURED[phoneme])
        elif phoneme == "i" and _is_weak(phonemes, place):
            found.append("i")
        else:
            found.append(LETTERS.get(phoneme, phoneme))
    return found


def _is_weak(phonemes: str, place: int) -> bool:
    """True at the end of a word of several syllables, where no stress lies: `happy`, not `she`."""
    word = phonemes[phonemes.rfind(" ", 0, place) + 1 : place]
    return phonemes[place - 1 : place] not in STRESSES and any(letter in VOWELS for letter in word)
