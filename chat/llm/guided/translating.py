"""PURE: the English for what a wish in another language has put into pictures, motion, music and looks.

The rules take such words over as they were said. A model that reads them turns them into English.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import takewhile
from typing import Any

from chat.llm.local.film import Film
from chat.llm.local.steps import Step
from pipeline.film.languages import language_of

FIELDS: Mapping[str, tuple[str, ...]] = {
    "edit_scene": ("image_prompt", "video_prompt"),
    "add_scene": ("image_prompt", "video_prompt"),
    "describe_character": ("image_prompt",),
    "change_music": ("prompt",),
}
SCHEMA: Mapping[str, Any] = {
    "type": "object",
    "properties": {"english": {"type": "string"}},
    "required": ["english"],
    "additionalProperties": False,
}
MOST_WORDS = 40


@dataclass(frozen=True)
class Part:
    """The words of a field that were not there before, as they were said."""

    field: str
    text: str


def is_english(said: str) -> bool:
    return language_of(said) == "en"


def foreign_parts(step: Step, said: str, film: Film) -> Iterator[Part]:
    """Yield the parts of a step that were taken over from a sentence in another language."""
    spoken = set(_words(said))
    for field in FIELDS.get(step.tool, ()):
        text = str(step.arguments.get(field) or "")
        added = _added(text, _before(step, field, film))
        words = _words(added)
        if words and len(words) <= MOST_WORDS and sum(word in spoken for word in words) * 2 > len(words):
            yield Part(field, added)


def with_english(step: Step, english: Mapping[Part, str]) -> Step:
    """The step with the parts in English."""
    arguments = dict(step.arguments)
    for part, text in english.items():
        arguments[part.field] = str(arguments[part.field]).replace(part.text, text)
    return replace(step, arguments=arguments)


def _before(step: Step, field: str, film: Film) -> str:
    if step.tool == "edit_scene" and step.arguments["scene"] in film.places:
        return str(film.scene(step.arguments["scene"])[field])
    if step.tool == "describe_character":
        known = (one["image_prompt"] for one in film.characters if one["name"] == step.arguments["name"])
        return next(known, "")
    return ""


def _added(text: str, before: str) -> str:
    """Return what stands in the text and not in what was there, at its end or in its midst."""
    start = _shared(text, before)
    end = _shared(text[start:][::-1], before[start:][::-1])
    start = text.rfind(" ", 0, start) + 1 if start < len(text) and text[start : start + 1].isalnum() else start
    return text[start : len(text) - end].strip(" ,.")


def _shared(one: str, other: str) -> int:
    """The number of letters with which both begin."""
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False)))


def _words(text: str) -> Sequence[str]:
    return re.findall(r"\w+", text.lower())
