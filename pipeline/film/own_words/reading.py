"""PURE: the reading of a text as a source: a script, steps, a text to be spoken, or no more than a wish for a film."""

from __future__ import annotations

from pipeline.film.own_words import prose, scripts, steps, tables
from pipeline.film.own_words.plain import lines_of
from pipeline.film.own_words.source import Source

MOST_CHARACTERS = 60_000
"""What is longer is refused where it comes in."""
READERS = (tables.read, scripts.read, steps.read, prose.read)


def read_source(text: str, *, is_given: bool = False) -> Source:
    """Read what a text is. `is_given`: it was handed over as the film's words, so it is no wish."""
    lines = lines_of(text[:MOST_CHARACTERS])
    found = next((source for read in READERS if (source := read(lines))), None)
    if found is None and is_given:
        found = prose.text_of(lines, why="given")
    return found or Source("wish", "asks", asks=text)
