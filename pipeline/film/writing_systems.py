"""PURE: the check that a text is written in letters that the voice of a language can read as words.

A voice spells foreign letters by their names ("Arabic letter alef"), which takes several times as long as the text.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from functools import cache

from babel.core import get_global

from pixora.foundation.letters import writing_of

LETTERS: Mapping[str, frozenset[str]] = {
    "Arab": frozenset({"ARABIC"}), "Armn": frozenset({"ARMENIAN"}), "Beng": frozenset({"BENGALI"}),
    "Cyrl": frozenset({"CYRILLIC"}), "Deva": frozenset({"DEVANAGARI"}), "Geor": frozenset({"GEORGIAN"}),
    "Grek": frozenset({"GREEK"}), "Gujr": frozenset({"GUJARATI"}), "Guru": frozenset({"GURMUKHI"}),
    "Hans": frozenset({"CJK", "BOPOMOFO"}), "Hebr": frozenset({"HEBREW"}),
    "Jpan": frozenset({"CJK", "HIRAGANA", "KATAKANA"}), "Knda": frozenset({"KANNADA"}),
    "Kore": frozenset({"HANGUL", "CJK"}), "Mlym": frozenset({"MALAYALAM"}), "Taml": frozenset({"TAMIL"}),
    "Telu": frozenset({"TELUGU"}), "Thai": frozenset({"THAI"}),
}  # fmt: skip
"""The names that Unicode gives the letters of each script; the scripts by their codes of ISO 15924."""
LATIN = frozenset({"LATIN"})
NAMES = {"CJK": "Chinese", "HIRAGANA": "Japanese", "KATAKANA": "Japanese", "HANGUL": "Korean"}
A_WORD = 2
"""So many letters side by side; single ones are signs, such as Greek ones in a formula."""


def spelled_letters(text: str, language: str) -> int:
    """Count the letters of the text that the voice of this language spells."""
    return sum(_foreign(text, language).values())


def foreign_letters(text: str, language: str) -> str:
    """Name the letters that are spelled, such as `Arabic`; empty where the text can be read."""
    found = _foreign(text, language)
    if not found or all(spelled_letters(word, language) < A_WORD for word in text.split()):
        return ""
    name = found.most_common(1)[0][0]
    return NAMES.get(name, name.capitalize())


def _foreign(text: str, language: str) -> Counter[str]:
    known = read_as_words(language)
    written = (writing_of(letter) for letter in text if letter.isalpha() and not letter.isascii())
    return Counter(name for name in written if name not in known)


@cache
def read_as_words(language: str) -> frozenset[str]:
    """Return the letters that a language is written in, as Unicode names them; Latin ones stand in every text."""
    likely = get_global("likely_subtags").get(language, "")
    return LATIN.union(*(LETTERS.get(part, LATIN) for part in likely.split("_")[1:2]))
