"""PURE: a source fitted into scenes of 5 and 10 seconds, every word where it was and none of them changed."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.own_words.pieces import Piece, pieces_of
from pipeline.film.own_words.source import Passage, Source, Turn
from pipeline.film.settings import DURATION_STEP_S, MAX_DURATION_S

SHORT_S, LONG_S = 5, 10
MAX_SLOTS = MAX_DURATION_S // SHORT_S
MOST_TURNS = 5
"""In one scene; the pauses between more of them take a little longer than there is room for."""
_Cost = tuple[int, int, int, int]
"""Seconds, sentences that are parted, slots (more of them where they are cheap), unevenness."""


@dataclass(frozen=True)
class Slot:
    words: str
    seconds: int
    passage: Passage
    place: int
    """Of its passage in the source, from 0."""
    part: int = 0
    """Of the passage's slots, from 0."""
    turns: tuple[Turn, ...] = ()
    """The words by who says them, where the text names anybody."""

    @property
    def narration(self) -> str:
        """Return the words that the narrator says first."""
        if not self.turns:
            return self.words
        return " ".join(turn.words for turn in itertools.takewhile(lambda turn: not turn.speaker, self.turns))

    @property
    def lines(self) -> tuple[Turn, ...]:
        """Return the lines that follow it, of people and the narrator."""
        return tuple(itertools.dropwhile(lambda turn: not turn.speaker, self.turns))


@dataclass(frozen=True)
class Fitted:
    slots: tuple[Slot, ...]
    left_out: str = ""
    """The words at the end that a film of the greatest length has no room for."""

    @property
    def seconds(self) -> int:
        return sum(slot.seconds for slot in self.slots)

    @property
    def words(self) -> str:
        """Return all narrations joined."""
        return " ".join(slot.words for slot in self.slots if slot.words)


def fitted(source: Source, language: str, asked_s: int | None = None) -> Fitted:
    """Fit a source. It lasts as long as its words need, and as long as was asked where its scenes can be longer.

    Fitting it for the length that it was given before gives the same again.
    """
    slots = _slots(source, language, alone=False)
    is_free = source.kind == "prose" and not any(passage.seconds for passage in source.passages)
    if asked_s and is_free and asked_s > LONG_S * len(slots):
        slots = _slots(source, language, alone=True)
    kept, left = _within_limits(slots)
    return Fitted(tuple(_stretched(kept, asked_s or 0)), " ".join(slot.words for slot in left if slot.words))


def _slots(source: Source, language: str, *, alone: bool) -> list[Slot]:
    """`alone`: each sentence has a scene of its own."""
    many = source.kind == "prose"
    return [
        slot
        for place, passage in enumerate(source.passages)
        for slot in _of_passage(passage, place, language, many=many, alone=alone)
    ]


def _of_passage(passage: Passage, place: int, language: str, *, many: bool, alone: bool) -> list[Slot]:
    pieces = pieces_of(passage.words, language)
    if not pieces:
        return [Slot("", _rounded(passage.seconds or SHORT_S), passage, place)]
    runs = [[piece] for piece in pieces] if alone else _runs(pieces, language, many=many, turns=len(passage.turns))
    texts = ["".join(piece.text for piece in run).strip() for run in runs]
    slots = [
        Slot(text, _needed(text, language, len(turns)), passage, place, part, turns)
        for part, (text, turns) in enumerate(zip(texts, _turns(passage, texts), strict=True))
    ]
    return _stretched(slots, _upwards(passage.seconds or 0), even_given=True)


def _turns(passage: Passage, texts: Sequence[str]) -> Iterator[tuple[Turn, ...]]:
    """Tell who says each of the texts, which are the passage's words in their order."""
    at = 0
    for text in texts:
        begin = passage.words.index(text, at)
        at = begin + len(text)
        yield passage.turns_between(begin, at)


def _runs(pieces: Sequence[Piece], language: str, *, many: bool, turns: int = 0) -> list[list[Piece]]:
    """The way to part the pieces that takes the least time: the best one for what is behind each, from the last on.
    Where people take turns, there is room for their pauses."""
    count, most = len(pieces), narration_limit(LONG_S, language, pieces=min(max(turns, 1), MOST_TURNS))
    best: list[tuple[_Cost, int]] = [((0, 0, 0, 0), count)] * (count + 1)
    for start in range(count - 1, -1, -1):
        best[start] = min(_ways(pieces, start, best, most, narration_limit(SHORT_S, language), many=many))
    runs, at = [], 0
    while at < count:
        runs.append(list(pieces[at : best[at][1]]))
        at = best[at][1]
    return runs


def _ways(
    pieces: Sequence[Piece], start: int, best: Sequence[tuple[_Cost, int]], most: int, few: int, *, many: bool
) -> list[tuple[_Cost, int]]:
    ways: list[tuple[_Cost, int]] = []
    length = 0
    for end in range(start + 1, len(pieces) + 1):
        length += pieces[end - 1].length
        if length > most and ways:
            break
        seconds, parted, slots, uneven = best[end][0]
        is_parted = end < len(pieces) and not pieces[end - 1].ends_sentence
        own = SHORT_S if length <= few else LONG_S
        cost = (seconds + own, parted + is_parted, slots + (-1 if many else 1), uneven + length * length)
        ways.append((cost, end))
    return ways


def _needed(words: str, language: str, turns: int = 0) -> int:
    room = narration_limit(SHORT_S, language, pieces=max(turns, 1))
    return SHORT_S if narration_length(words, language) <= room else LONG_S


def _rounded(seconds: int) -> int:
    return SHORT_S if seconds <= (SHORT_S + LONG_S) // 2 else LONG_S


def _upwards(seconds: int) -> int:
    """A length that was given for a scene, in steps of five."""
    return (seconds + DURATION_STEP_S // 2) // DURATION_STEP_S * DURATION_STEP_S


def _within_limits(slots: Sequence[Slot]) -> tuple[list[Slot], list[Slot]]:
    seconds = 0
    for count, slot in enumerate(slots):
        seconds += slot.seconds
        if seconds > MAX_DURATION_S or count >= MAX_SLOTS:
            return list(slots[:count]), list(slots[count:])
    return list(slots), []


def _stretched(slots: Sequence[Slot], wanted_s: int, *, even_given: bool = False) -> list[Slot]:
    """Make the scenes as long as wanted, as far as scenes can be longer: those with the most words first."""
    missing = (min(wanted_s, MAX_DURATION_S) - sum(slot.seconds for slot in slots)) // DURATION_STEP_S
    free = [at for at, slot in enumerate(slots) if slot.seconds == SHORT_S and (even_given or not slot.passage.seconds)]
    free.sort(key=lambda at: (-len(slots[at].words), at))
    longer = set(free[: max(missing, 0)])
    return [replace(slot, seconds=LONG_S) if at in longer else slot for at, slot in enumerate(slots)]
