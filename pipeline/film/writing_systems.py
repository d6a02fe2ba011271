"""PURE: the check that a text is written in letters that the voice of a language can read as words.

A voice spells foreign letters by their names ("Arabic letter alef"), which takes several times as long as the text.
"""

from __future__ import annotations

import unicodedata
from collections import Counter

READ_AS_WORDS = {"zh": frozenset({"CJK", "LATIN", "BOPOMOFO"})}
"""By language, as Unicode names letters; all others are written in Latin ones."""
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
    known = READ_AS_WORDS.get(language, LATIN)
    written = (writing_of(letter) for letter in text if letter.isalpha() and not letter.isascii())
    return Counter(name for name in written if name not in known)


def writing_of(letter: str) -> str:
    """Return what Unicode calls the letters of its kind.

    `LATIN` for a full-width or a small capital A, `CJK` for a compatibility ideograph.
    """
    return unicodedata.name(unicodedata.normalize("NFKC", letter)[:1], "LATIN").split()[0].split("-")[0]
