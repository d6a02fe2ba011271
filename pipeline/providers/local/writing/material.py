"""The check whether a prompt gives the rule-based writer enough to say, or so little that more is worth asking for."""

from __future__ import annotations

from functools import lru_cache
from typing import Literal

from pipeline.film.own_words.ordered_settings import source_of
from pipeline.film.prompt_facts import told_in
from pipeline.film.prompt_settings import settings_in
from pipeline.film.settings import DEFAULT_DURATION_S
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing import banks
from pipeline.providers.local.writing.reading import Reading, read
from pipeline.providers.local.writing.topic_facts import content_words, known_lines

Lacks = Literal["", "steps", "facts"]
ENOUGH_WORDS = 9
"""A single sentence as long as this tells something."""
MOST_OPEN_WORDS = 3
"""Of a prompt that is a subject alone."""
_SHAPED = banks.patterns("material")["shaped"]
"""What shape the film should have."""


@lru_cache(maxsize=64)
def lacks(prompt: str, language: str) -> Lacks:
    """Return what is missing in a prompt; empty where it tells enough, or its subject is known."""
    told = told_in(prompt, language)
    if len(told) != 1 or len(told[0].words.split()) >= ENOUGH_WORDS or source_of(prompt, "", "").is_own_words:
        return ""
    reading = _read(prompt, language)
    if known_lines(reading.question or reading.action or reading.subject, reading.kind, language):
        return ""
    return "steps" if reading.kind == "howto" else "facts"


@lru_cache(maxsize=64)
def is_open(prompt: str, language: str) -> bool:
    """True where a prompt is a subject alone, and neither its shape nor whom it is for can be told from it."""
    if _SHAPED.search(prompt) or lacks(prompt, language) != "facts" or {*settings_in(prompt)} - {"language"}:
        return False
    reading = _read(prompt, language)
    is_plain = reading.kind == "explainer" and not reading.question
    return is_plain and len(content_words(reading.subject)) <= MOST_OPEN_WORDS and not reading.roles


def _read(prompt: str, language: str) -> Reading:
    wanted = ScriptRequest(
        prompt=prompt,
        duration_s=DEFAULT_DURATION_S,
        aspect_ratio="16:9",
        style="cinematic",
        language=language if language in banks.topics()["ocean"].names else "en",
        voice="Rachel",
        character_consistency=False,
        seed=0,
    )
    return read(wanted)
