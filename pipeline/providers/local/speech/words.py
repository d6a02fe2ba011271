"""PURE: the words of a text that can be spoken, and the times at which they are heard."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from itertools import pairwise

SILENT_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "So", "Sk"})
"""Control characters (espeak obeys some of them), emoji and other pictures: not for speaking."""
PICTURE_PARTS = frozenset("\ufe0e\ufe0f\u20e3")


@dataclass(frozen=True)
class Word:
    text: str
    """As written, with its punctuation."""
    start: int
    end: int
    """In samples."""


def speakable(text: str) -> str:
    """The text without what cannot be spoken, each such character replaced by a space; empty if nothing is left."""
    kept = "".join(character if _can_be_said(character) else " " for character in text)
    return kept if any(character.isalnum() for character in kept) else ""


def _can_be_said(character: str) -> bool:
    return character not in PICTURE_PARTS and unicodedata.category(character) not in SILENT_CATEGORIES


def words_heard(text: str, marks: list[tuple[int, int]], end: int, *, spaces: bool) -> list[Word]:
    """`marks` are (index of a character, sample at which the word there begins), in order.

    Words are what white space divides; without spaces, what the voice took for a word.
    """
    places = sorted({place for place, _ in marks} | {len(text)})
    spans = [match.span() for match in re.finditer(r"\S+", text)] if spaces else list(pairwise(places))
    heard: dict[tuple[int, int], Word] = {}
    for (place, start), (_, until) in pairwise([*marks, (len(text), end)]):
        span = next((span for span in spans if span[0] <= place < span[1]), None)
        if span:
            first = heard[span].start if span in heard else start
            heard[span] = Word(text[span[0] : span[1]].strip(), first, max(first, until))
    return list(heard.values())
