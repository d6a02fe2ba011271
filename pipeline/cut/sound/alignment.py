"""PURE: the times at which a narration's words are heard, from the stretches of its recording in which somebody speaks.

Words are spread by their length, but not over pauses: the text is divided among the stretches so that each gets the
words whose expected length fits it best, and so that pauses lie where the text has punctuation.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from pipeline.cut.picture.caption_lines import tokens
from pipeline.cut.picture.captions import SENTENCE_STOP, Word, stop

Stretch = tuple[int, int]
"""Begin and end in milliseconds."""

MOST_STRETCHES = 8
"""So many may belong to the same words: the mouth closes within a word too."""
MOST_MISJUDGED = 4.0
"""Words that would be spoken more than this much faster or slower than the rest do not belong to a stretch."""
VOWEL, MORE_VOWELS, CONSONANT, DIGIT, GLYPH, ANY_WORD = 1.4, 0.6, 0.9, 8.0, 2.5, 1.2
"""How long sounds take, against each other; fitted to the local voices in seven languages."""
LAST_WORD = 1.45
"""A speaker takes so much longer for the last word before a pause."""
FARTHEST_OFF_MS = 3_000
"""How far ahead of its expected place, or behind, a word may be: it keeps the search short."""
DEVIATION_MS = 400
PAUSE_WITHOUT_STOP, SENTENCE_WITHOUT_PAUSE, COMMA_WITHOUT_PAUSE, PAUSE_IN_WORDS = 0.5, 7.0, 0.5, 1.0
"""What is unlikely costs: by the pause or stop, the last by 100 ms of pause above what a closed mouth takes."""
CLOSED_MOUTH_MS = 60

VOWELS = re.compile(r"[aeiouyàáâãäåæèéêëìíîïòóôõöøùúûüýœ]+")


@dataclass(frozen=True)
class _Group:
    words: range
    stretches: range


def align(text: str, stretches: Sequence[Stretch]) -> tuple[Word, ...]:
    """Every token of the text with its time in the recording; none when nothing is said or nothing fits."""
    said = tokens(text)
    if not said or not stretches:
        return ()
    groups = _Division(said, stretches).groups()
    return tuple(
        word
        for group in groups
        for word in _spread([said[place] for place in group.words], [stretches[place] for place in group.stretches])
    )


def length_of(token: str) -> float:
    """Estimate the time that a token takes to say, relative to other tokens."""
    letters = [letter for letter in token.lower() if letter.isalpha() and letter < "\u2e80"]
    glyphs = sum(letter.isalpha() and letter >= "\u2e80" for letter in token)
    digits = sum(letter.isdigit() for letter in token)
    vowels = VOWELS.findall("".join(letters))
    more = sum(map(len, vowels)) - len(vowels)
    consonants = len(letters) - len(vowels) - more
    length = VOWEL * len(vowels) + MORE_VOWELS * more + CONSONANT * consonants + DIGIT * digits + GLYPH * glyphs
    return max(length + (ANY_WORD if letters else 0), ANY_WORD)


class _Division:
    """The cheapest division of words among stretches, both in order, by dynamic programming."""

    def __init__(self, said: Sequence[str], stretches: Sequence[Stretch]) -> None:
        self.stretches, self.words = stretches, len(said)
        self.lengths = [length_of(token) for token in said]
        self.until = [0.0, *itertools.accumulate(self.lengths)]
        self.stops = [stop(token) for token in said]
        self.skipped = [0.0, *itertools.accumulate(map(_skipping, self.stops))]
        longer = (LAST_WORD - 1) * self.until[-1] / self.words * len(stretches)
        self.spoken = [0, *itertools.accumulate(end - begin for begin, end in stretches)]
        self.pace = self.spoken[-1] / (self.until[-1] + longer)

    def groups(self) -> list[_Group]:
        end = (self.words, len(self.stretches))
        best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
        for stretch in range(1, end[1] + 1):
            for word in self._possible(stretch):
                if found := list(self._candidates(best, word, stretch)):
                    best[word, stretch] = min(found)
        return list(reversed(list(_traced(best, end)))) if end in best else [_all_of(end)]

    def _candidates(
        self, best: dict[tuple[int, int], tuple[float, tuple[int, int]]], word: int, stretch: int
    ) -> Iterator[tuple[float, tuple[int, int]]]:
        """Costs and predecessors of having said `word` words in `stretch` stretches."""
        for first_stretch in range(max(stretch - MOST_STRETCHES, 0), stretch):
            actual_ms = self.stretches[stretch - 1][1] - self.stretches[first_stretch][0]
            for first_word in self._plausible(word, actual_ms):
                before = (first_word, first_stretch)
                if before in best:
                    cost = self._cost(first_word, word, actual_ms) + self._pauses(first_stretch, stretch)
                    yield best[before][0] + cost, before

    def _possible(self, stretch: int) -> range:
        """Return how many words may have been said at the end of a stretch: what its place in the whole allows."""
        said, off = self.until[-1] * self.spoken[stretch] / self.spoken[-1], FARTHEST_OFF_MS / self.pace
        begin, end = bisect_left(self.until, said - off), bisect_right(self.until, said + off)
        return range(max(begin, 1), end)

    def _plausible(self, word: int, actual_ms: int) -> range:
        """First words from which on, up to `word`, the length is not out of the question."""
        expected = actual_ms / self.pace
        longest, shortest = expected * MOST_MISJUDGED, expected / MOST_MISJUDGED
        begin = bisect_left(self.until, self.until[word] - longest)
        return range(begin, min(bisect_right(self.until, self.until[word] - shortest), word))

    def _cost(self, first: int, word: int, actual_ms: int) -> float:
        expected_ms = self.pace * (self.until[word] - self.until[first] + (LAST_WORD - 1) * self.lengths[word - 1])
        misjudged = (expected_ms - actual_ms) ** 2 / (expected_ms * DEVIATION_MS)
        unmarked = PAUSE_WITHOUT_STOP if word < self.words and not self.stops[word - 1] else 0.0
        return misjudged + unmarked + self.skipped[word - 1] - self.skipped[first]

    def _pauses(self, first: int, until: int) -> float:
        """Add up what the pauses within a group cost."""
        inner = itertools.pairwise(self.stretches[first:until])
        return sum(PAUSE_IN_WORDS * max(after[0] - before[1] - CLOSED_MOUTH_MS, 0) / 100 for before, after in inner)


def _skipping(stopped: int) -> float:
    if not stopped:
        return 0.0
    return SENTENCE_WITHOUT_PAUSE if stopped == SENTENCE_STOP else COMMA_WITHOUT_PAUSE


def _traced(best: dict[tuple[int, int], tuple[float, tuple[int, int]]], at: tuple[int, int]) -> Iterator[_Group]:
    while at != (0, 0):
        _, before = best[at]
        yield _Group(range(before[0], at[0]), range(before[1], at[1]))
        at = before


def _all_of(end: tuple[int, int]) -> _Group:
    return _Group(range(end[0]), range(end[1]))


def _spread(said: Sequence[str], stretches: Sequence[Stretch]) -> Iterator[Word]:
    """Spread words by their length over the time in which somebody speaks."""
    lengths = [length_of(token) for token in said]
    lengths[-1] *= LAST_WORD
    ends = list(itertools.accumulate(lengths))
    to_ms = sum(end - begin for begin, end in stretches) / ends[-1]
    for token, begin, end in zip(said, [0.0, *ends], ends, strict=False):
        yield Word(token, _place(begin * to_ms, stretches, after=True), _place(end * to_ms, stretches))


def _place(spoken_ms: float, stretches: Sequence[Stretch], *, after: bool = False) -> int:
    """Return where in the recording so much has been spoken; at a pause before it, or `after` it."""
    for begin, end in stretches:
        if spoken_ms < end - begin - 0.5 * after or (not after and spoken_ms <= end - begin + 0.5):
            return begin + round(spoken_ms)
        spoken_ms -= end - begin
    return stretches[-1][1]
