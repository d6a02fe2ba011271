"""PURE: the reading of steps: a numbered list, in lines or in one, each number a scene."""

from __future__ import annotations

import re

from pipeline.film.own_words.labels import labels_in
from pipeline.film.own_words.plain import one_line, spoken, without_settings
from pipeline.film.own_words.prose import SAID_OF_FILMS
from pipeline.film.own_words.source import Passage, Source

FEWEST, FEWEST_IN_LINE, FEWEST_POINTS = 2, 3, 3
_NUMBERED = re.compile(r"^[ \t]*(?:\*\*)?(\d{1,2})[.)][ \t]+(?=\S)|^[ \t]*(\d{1,2})\ufe0f?\u20e3[ \t]*", re.MULTILINE)
_IN_LINE = re.compile(r"(?<![^\s])\(?(\d{1,2})[.)][ \t]+(?=[^\W\d_\"“„«])|(?<![^\s])(\d{1,2})\ufe0f?\u20e3[ \t]*")
_POINT = re.compile(r"^[ \t]*[-*•–][ \t]+(?=\S)", re.MULTILINE)
_ENDS = ".!?…。！？"
_Mark = tuple[int, int]
"""Where a number stands, and where its step begins."""


def read(text: str) -> Source | None:
    marks = _labelled(text) or _counted(text, _NUMBERED, FEWEST) or _counted(text, _IN_LINE, FEWEST_IN_LINE)
    marks = marks or _points(text)
    if not marks:
        return None
    title, asks, opening = _before(text[: marks[0][0]])
    bodies = [text[begin:end] for (_, begin), end in zip(marks, [*(at for at, _ in marks[1:]), len(text)], strict=True)]
    last, closing = _apart(bodies[-1])
    last, behind = without_settings(last)
    said = [*map(spoken, bodies[:-1]), spoken(last)]
    passages = [Passage(words) for words in (opening, *said, closing) if words]
    return Source("steps", "numbers", tuple(passages), title, "\n".join(filter(None, (asks, behind))))


def _labelled(text: str) -> list[_Mark]:
    found = [(label.start, label.end) for label in labels_in(text) if label.what == "step"]
    return found if len(found) >= FEWEST else []


def _counted(text: str, pattern: re.Pattern[str], fewest: int) -> list[_Mark]:
    """Numbers that count on from 1; others are part of the text."""
    marks: list[_Mark] = []
    for found in pattern.finditer(text):
        if int(found[1] or found[2]) == len(marks) + 1:
            marks.append((found.start(), found.end()))
    return marks if len(marks) >= fewest else []


def _points(text: str) -> list[_Mark]:
    """Points of a list without numbers, where the text is hardly more than that."""
    found = [(point.start(), point.end()) for point in _POINT.finditer(text)]
    lines = [line for line in text.splitlines() if line.strip()]
    return found if len(found) >= FEWEST_POINTS and len(found) * 2 > len(lines) else []


def _before(text: str) -> tuple[str, str, str]:
    """Return what stands before the first step: a title, what is asked of the film, or words that open it."""
    said = one_line(text)
    if not said:
        return "", "", ""
    if SAID_OF_FILMS.search(said) or without_settings(said)[1]:
        return "", said, ""
    return ("", "", said) if said[-1] in _ENDS else (said.rstrip(":： "), "", "")


def _apart(text: str) -> tuple[str, str]:
    """The last step, and a paragraph behind the list."""
    last, _, behind = text.strip().partition("\n\n")
    return last, spoken(behind)
