"""The agent's sentences, in the language of whoever it talks to; they are kept in the TOML files in `words/`."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

HERE = Path(__file__).parent / "words"
SPOKEN: tuple[str, ...] = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
LANGUAGES: tuple[str, ...] = ("de", "en")
"""Those in which there is every sentence; in the others of `SPOKEN` there are those that matter most."""
OTHERWISE = "en"
T = TypeVar("T")
EXAMPLES = ("cannot.", "talk.")
"""Sections whose sentences name scenes as examples."""


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return all sentences by `section.name`; those in English for a language that the agent does not speak."""
    known = language if language in SPOKEN else OTHERWISE
    sections = tomllib.loads((HERE / f"{known}.toml").read_text(encoding="utf-8"))
    return {f"{section}.{name}": text for section, names in sections.items() for name, text in names.items()}


class Untranslated(LookupError):
    """A sentence is not there in a language: the whole answer is told in English, and none of it in two."""


def in_one_language(language: str, speak: Callable[[str], T]) -> T:
    """Return what is spoken in a language, or in English where a sentence of it is not there."""
    try:
        return speak(language)
    except Untranslated:
        return speak(OTHERWISE)


def say(language: str, key: str, /, *, only_scene: bool = False, **values: Any) -> str:
    """`only_scene`: examples name the one scene that the film has. Raises Untranslated."""
    template = sentences(language).get(key)
    if template is None:
        raise Untranslated(key)
    if only_scene and key.startswith(EXAMPLES):
        template = re.sub(r"\b((?:[Ss]zene|[Ss]cene)) [23]\b", r"\1 1", template)
    return template.format(**values)


def say_it(language: str, key: str, /, **values: Any) -> str:
    """Say one sentence that stands alone, in English where it is not there in the language."""
    return in_one_language(language, lambda one: say(one, key, **values))


def listed(language: str, parts: Sequence[str], joint: str = "lists.and") -> str:
    """ "a, b and c"."""
    joined = say(language, joint)
    return parts[0] if len(parts) == 1 else f"{', '.join(parts[:-1])}{joined}{parts[-1]}"


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lower(text: str) -> str:
    return text[:1].lower() + text[1:]


def short(text: str, longest: int = 120) -> str:
    line = " ".join(text.split())
    return line if len(line) <= longest else f"{line[: longest - 1].rsplit(' ', 1)[0]} …"
