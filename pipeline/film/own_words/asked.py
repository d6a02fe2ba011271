"""PURE: the settings and the source that a film is ordered with: as they are chosen, else as its words say."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from pipeline.film.own_words.condensing import condensed
from pipeline.film.own_words.reading import read_source
from pipeline.film.own_words.slots import Fitted, fitted
from pipeline.film.own_words.source import Source
from pipeline.film.prompt_settings import settings_in, written_in
from pipeline.film.settings import (
    DEFAULT_DURATION_S,
    DURATION_STEP_S,
    MIN_DURATION_S,
    SourceMode,
    TaskSettings,
    parse_settings,
)


def settings_for(prompt: str, choices: Mapping[str, Any], text: str = "") -> TaskSettings:
    """Return the settings: each as it is chosen, else as the prompt says, else as is usual. Raises Invalid.

    Where the prompt is the film's own words, or a `text` comes with it, only what stands beside the words says how the
    film should be, and the words are kept as they are unless another mode is chosen.
    """
    source = source_of(prompt, text, str(choices.get("source", "")))
    if not source.is_own_words:
        wanted = {**settings_in(prompt), **choices}
        return parse_settings({**wanted, "length_is_open": "duration" not in wanted})
    said = {"language": written_in((text or prompt).lower()), **settings_in(prompt if text else source.asks)}
    chosen = {**{name: value for name, value in said.items() if value is not None}, **choices}
    settings = parse_settings({"source": usual_mode(source), **chosen})
    length = length_of(source, settings.source, settings.language, chosen.get("duration"))
    return settings.model_copy(update={"duration": length or settings.duration})


def length_of(source: Source, mode: str, language: str, asked_s: int | None) -> int | None:
    """Return the length of the film of a source in seconds; None where a writer is free.

    Word for word it lasts as long as the words need, at least; condensed it is half as long and 30 s at most, unless
    another length is asked.
    """
    if mode == "condensed" and not asked_s:
        half = fitted(source, language).seconds // 2
        asked_s = min(max(half - half % DURATION_STEP_S, MIN_DURATION_S), DEFAULT_DURATION_S)
    found = follow(source, mode, language, asked_s or 0)
    return found.seconds if found else None


@lru_cache(maxsize=64)
def source_of(prompt: str, text: str, mode: str) -> Source:
    """Read what the words of a film are: a text that was given for it, else its prompt."""
    return read_source(text or prompt, is_given=bool(text) or mode in ("verbatim", "condensed"))


def usual_mode(source: Source) -> SourceMode:
    """Word for word; what is far too long for a film is condensed only when somebody says so."""
    return "verbatim" if source.words else "inspired_by"


@lru_cache(maxsize=64)
def follow(source: Source, mode: str, language: str, asked_s: int) -> Fitted | None:
    """Return the scenes of a source that is followed in this mode; None where a writer is free."""
    if not source.words or mode not in ("verbatim", "condensed"):
        return None
    if mode == "verbatim":
        return fitted(source, language, asked_s)
    return fitted(condensed(source, language, asked_s or DEFAULT_DURATION_S), language, asked_s)
