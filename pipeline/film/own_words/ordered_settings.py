"""PURE: the settings and the source that a film is ordered with: as they are chosen, else as its words say."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from functools import lru_cache
from typing import Any

from pipeline.film.languages import ENGLISH, known, name_of
from pipeline.film.own_words.condensing import condensed
from pipeline.film.own_words.reading import read_source
from pipeline.film.own_words.slots import Fitted, fitted
from pipeline.film.own_words.source import Source
from pipeline.film.prompt_settings import settings_in, written_in
from pipeline.film.settings import (
    ALL_LANGUAGES,
    DEFAULT_DURATION_S,
    DURATION_STEP_S,
    LANGUAGES,
    MIN_DURATION_S,
    SourceMode,
    TaskSettings,
    parse_settings,
)
from pixora.foundation.errors import Invalid

MOST_NAMED = 12
"""The most languages that are named."""


def settings_for(
    prompt: str, choices: Mapping[str, Any], text: str = "", among: Collection[str] = LANGUAGES
) -> TaskSettings:
    """Return the settings: each as it is chosen, else as the prompt says, else as is usual.

    Where the prompt is the film's own words, or a `text` comes with it, only what stands beside the words says how the
    film should be, and the words are kept as they are unless another mode is chosen. Raises Invalid; with the code
    `unsupported_language` where no film can be in the language that the prompt is in or asks for, and none is chosen.
    `among` are the languages that films can be in here.
    """
    source = source_of(prompt, text, str(choices.get("source", "")))
    chosen = {**_said(prompt, text, source), **choices}
    if not known(chosen.get("language", ENGLISH), among) and "language" not in choices:
        raise Invalid(f"language: {refusal(chosen['language'], among)}", field="language", code="unsupported_language")
    if not source.is_own_words:
        return parse_settings({**chosen, "length_is_open": "duration" not in chosen})
    settings = parse_settings({"source": usual_mode(source), **chosen})
    length = length_of(source, settings.source, settings.language, chosen.get("duration"))
    return settings.model_copy(update={"duration": length or settings.duration})


def settings_meanwhile(
    prompt: str, choices: Mapping[str, Any], text: str = "", among: Collection[str] = LANGUAGES
) -> TaskSettings:
    """Return the settings as `settings_for` does, in English where no film can be in the language of the prompt.

    For the chat, which tells that in its answer. Raises Invalid.
    """
    language = {"language": ENGLISH} if refused_language(prompt, text, among) else {}
    return settings_for(prompt, {**language, **choices}, text, among)


def refused_language(prompt: str, text: str = "", among: Collection[str] = LANGUAGES) -> str | None:
    """Return the language that a prompt is in or asks for, where no film can be in it."""
    code = _said(prompt, text, source_of(prompt, text, "")).get("language", ENGLISH)
    return None if known(code, among) else str(code)


def _said(prompt: str, text: str, source: Source) -> dict[str, Any]:
    if not source.is_own_words:
        return settings_in(prompt)
    said = {"language": written_in(text or prompt), **settings_in(prompt if text else source.asks)}
    return {name: value for name, value in said.items() if value is not None}


def settings_said(prompt: str) -> dict[str, Any]:
    """Return the settings that a prompt says; its language may be one that no film can be in."""
    source = source_of(prompt, "", "")
    said = _said(prompt, "", source)
    if not source.words:
        return said
    language = said.get("language", ENGLISH)
    length = length_of(
        source, "verbatim", language if known(language, ALL_LANGUAGES) else ENGLISH, said.get("duration")
    )
    return {**said, "source": usual_mode(source), "duration": length}


def beside_the_words(prompt: str) -> str:
    """Return what of a prompt says how the film should be: all of a wish, of a script what stands beside its words."""
    return source_of(prompt, "", "").asks


def refusal(code: str, among: Collection[str] = LANGUAGES) -> str:
    """Say that no film can be in a language, and in which ones it can be."""
    *names, last = (name_of(one) for one in (among if len(among) <= MOST_NAMED else LANGUAGES))
    others = len(among) - len(names) - 1
    last = f"{last} and {others} more" if others else last
    return (
        f"No film can be in {name_of(code)} here. It can be in {', '.join(names)} or {last}: choose one, or "
        'say it in the prompt ("in English").'
    )


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
