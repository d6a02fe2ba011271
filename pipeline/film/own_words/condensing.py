"""PURE: a source made shorter without a language model: whole sentences of it are chosen, none is changed."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from pipeline.film.own_words.pieces import sentences_of
from pipeline.film.own_words.slots import fitted
from pipeline.film.own_words.source import Passage, Source, Turn

FIRST, OPENS, LAST, NUMBER = 1.0, 0.35, 0.3, 0.15
"""Beside a sentence's words it counts that it is the first of all, opens its passage, is the last, tells a number."""
LEAST_LETTERS = 4
"""Of a word that says something."""
MORE_TRIES = 24
"""Sentences that are tried again where scenes still have room."""


@dataclass(frozen=True)
class _Sentence:
    place: int
    passage: int
    text: str
    weight: float
    seconds: int


def condensed(source: Source, language: str, seconds: int) -> Source:
    """Choose what fits `seconds`: what tells most of the text, in its order. One sentence is always left."""
    if fitted(source, language).seconds <= seconds and not fitted(source, language).left_out:
        return source
    ranked = sorted(_sentences(source, language), key=lambda one: (-one.weight, one.place))
    if not ranked:
        return replace(source, passages=source.passages[: max(seconds // 5, 1)])
    chosen = _affordable(ranked, seconds) or [min(ranked, key=lambda one: (one.seconds, one.place))]
    rest = [one for one in ranked if one not in chosen][:MORE_TRIES]
    for one in rest:
        if fitted(_of(source, [*chosen, one]), language).seconds <= seconds:
            chosen.append(one)
    return _of(source, chosen)


def _affordable(ranked: Sequence[_Sentence], seconds: int) -> list[_Sentence]:
    """Each counted as if it had scenes of its own."""
    chosen: list[_Sentence] = []
    for one in ranked:
        if sum(other.seconds for other in chosen) + one.seconds <= seconds:
            chosen.append(one)
    return chosen


def _sentences(source: Source, language: str) -> Iterator[_Sentence]:
    counts = Counter(_telling(source.words))
    texts = [(at, one) for at, passage in enumerate(source.passages) for one in sentences_of(passage.words)]
    usual = max(counts.values(), default=1)
    for place, (passage, text) in enumerate(texts):
        words = _telling(text)
        weight = sum(counts[word] for word in words) / usual / (len(words) + 2)
        weight += FIRST * (place == 0) + LAST * (place == len(texts) - 1) + NUMBER * bool(re.search(r"\d", text))
        weight += OPENS * (not place or texts[place - 1][0] != passage)
        yield _Sentence(place, passage, text, weight, _seconds(text, language))


def _telling(text: str) -> list[str]:
    """Its longer words; the letters where words have no spaces."""
    words = re.findall(r"[^\W\d_]+", text.lower())
    return [word for word in words if len(word) >= LEAST_LETTERS] or words


def _seconds(text: str, language: str) -> int:
    return fitted(Source("script", "given", (Passage(text),)), language).seconds


def _of(source: Source, chosen: Sequence[_Sentence]) -> Source:
    """The passages with the chosen sentences, in their order; scenes of which nothing was chosen are gone."""
    kept: dict[int, list[str]] = {}
    for one in sorted(chosen, key=lambda one: one.place):
        kept.setdefault(one.passage, []).append(one.text.strip())
    return replace(source, passages=tuple(_shortened(source.passages[at], texts) for at, texts in kept.items()))


def _shortened(passage: Passage, texts: Sequence[str]) -> Passage:
    """The passage with these of its sentences; who says them stays."""
    turns: list[Turn] = []
    at = 0
    for text in texts:
        begin = passage.words.index(text, at)
        at = begin + len(text)
        turns += passage.turns_between(begin, at)
    return replace(passage, words=" ".join(texts), turns=tuple(turns), seconds=None)
