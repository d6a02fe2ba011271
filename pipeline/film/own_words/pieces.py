"""PURE: the pieces that a spoken text may be parted into: its sentences, and of long ones their clauses."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from pipeline.film.narration import narration_length, narration_limit
from pipeline.film.sentence_ends import sentences

_END = re.compile(r"((?:(?<=[.!?…])|(?<=[.!?…][\"”»“’')\]]))\s+|(?<=[。！？])(?![”」』）])|(?<=[。！？][”」』）]))")
_CLAUSE = re.compile(r"(?<=[,;:–—])\s+|(?<=[，；：、—])(?=\S)")
_SHORT_FORM = re.compile(
    r"(?:\b(?:mr|mrs|ms|dr|prof|st|vs|no|nr|ca|bzw|usw|etc|approx|inc|ltd|jr|sr|sra|dra|mme|art|fig|vol|e\.g|i\.e|"
    r"z\.\s?b|d\.\s?h|u\.\s?a|p\.\s?ej|[a-z]))\.\s*$",
    re.IGNORECASE,
)
LONGEST_SHORT_FORM = 16
"""Characters, with the space behind it."""
LONGEST_S = 10
"""Of a scene."""


@dataclass(frozen=True)
class Piece:
    """A part of the text, with the white space behind it: all of them joined are the text."""

    text: str
    length: int
    """In words, or letters where words have no spaces."""
    ends_sentence: bool = True


def sentences_of(text: str) -> list[str]:
    """The text's sentences, each with the white space behind it; a short form ("Dr.") ends none."""
    whole: list[str] = []
    for part in _slices(text):
        if whole and _SHORT_FORM.search(whole[-1][-LONGEST_SHORT_FORM:]):
            whole[-1] += part
        else:
            whole.append(part)
    return whole


def pieces_of(text: str, language: str) -> list[Piece]:
    """Sentences that fit a scene as they are, the others' clauses, and of clauses that fit none runs of words."""
    return [piece for sentence in sentences_of(text) for piece in _parted(sentence, language)]


def _slices(text: str) -> Iterator[str]:
    parts = [part for part in sentences(text, _END) if part]
    said = ""
    for part in parts:
        if part.isspace():
            yield said + part
            said = ""
        else:
            if said:
                yield said
            said = part
    if said:
        yield said


def _parted(sentence: str, language: str) -> Iterator[Piece]:
    most = narration_limit(LONGEST_S, language)
    if narration_length(sentence, language) <= most:
        yield Piece(sentence, narration_length(sentence, language))
        return
    clauses = [part for clause in _cut(sentence, _CLAUSE) for part in _fitting(clause, language, most)]
    for place, clause in enumerate(clauses, 1):
        yield Piece(clause, narration_length(clause, language), ends_sentence=place == len(clauses))


def _cut(text: str, where: re.Pattern[str]) -> list[str]:
    ends = [found.end() for found in where.finditer(text)]
    return [text[start:end] for start, end in zip([0, *ends], [*ends, len(text)], strict=True) if text[start:end]]


def _fitting(clause: str, language: str, most: int) -> Iterator[str]:
    """Runs of about the same length, none longer than fits; a single word is never parted."""
    length = narration_length(clause, language)
    if length <= most:
        yield clause
        return
    wanted = -(-length // -(-length // most))
    run = ""
    for word in re.findall(r"\s*\S+\s*" if " " in clause.strip() else r"\S\s*", clause):
        if run and narration_length(run + word, language) > wanted:
            yield run
            run = ""
        run += word
    yield run
