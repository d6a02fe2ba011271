"""PURE: the times at which words are spoken, as far as ElevenLabs' time stamps through fal can be understood.

fal does not document their form. ElevenLabs' own is by character: three lists of equal length, in one or several
pieces. Anything else, or a text that is not the one asked for, gives no words.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

Word = tuple[str, int, int]
"""What is said, and from when to when in milliseconds."""
Letter = tuple[str, int, int]

LONGEST_S = 3600.0
"""No narration is so long; what says otherwise is no time."""
CHARACTERS, STARTS, ENDS = "characters", "character_start_times_seconds", "character_end_times_seconds"


def words_in(text: str, timestamps: Sequence[Any], *, spaces: bool) -> list[Word]:
    """`spaces`: the language divides its words by spaces; otherwise each character counts as one."""
    letters = list(_letters(timestamps))
    if "".join(letter for letter, _, _ in letters).split() != text.split() or not _goes_forward(letters):
        return []
    return list(_words(letters)) if spaces else [letter for letter in letters if letter[0].strip()]


def _letters(timestamps: Sequence[Any]) -> Iterator[Letter]:
    for piece in timestamps:
        lists = [piece.get(name) for name in (CHARACTERS, STARTS, ENDS)] if isinstance(piece, dict) else []
        if len(lists) != 3 or not all(isinstance(each, list) for each in lists):
            return
        for letter, start, end in zip(*lists, strict=False):
            if isinstance(letter, str) and _is_time(start) and _is_time(end):
                yield letter, round(start * 1000), round(end * 1000)


def _is_time(value: Any) -> bool:
    return isinstance(value, int | float) and 0 <= value < LONGEST_S


def _goes_forward(letters: Sequence[Letter]) -> bool:
    starts = [start for _, start, _ in letters]
    return starts == sorted(starts) and all(0 <= start <= end for _, start, end in letters)


def _words(letters: Sequence[Letter]) -> Iterator[Word]:
    word: list[Letter] = []
    for letter in [*letters, (" ", 0, 0)]:
        if letter[0].strip():
            word.append(letter)
        elif word:
            yield "".join(each for each, _, _ in word), word[0][1], word[-1][2]
            word = []
