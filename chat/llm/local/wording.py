"""The agent's sentences, in the language of whoever it talks to; they are kept in the TOML files in `words/`."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any, TypeVar

from pixora.foundation.toml_tables import table

HERE = Path(__file__).parent / "words"
SPOKEN: tuple[str, ...] = tuple(sorted(path.stem for path in HERE.glob("*.toml")))
LANGUAGES: tuple[str, ...] = ("de", "en")
"""Those in which every example that a sentence gives is understood; every sentence there is in all of `SPOKEN`."""
OTHERWISE = "en"
T = TypeVar("T")
EXAMPLES = ("cannot.", "talk.")
"""Sections whose sentences name scenes as examples."""


@cache
def sentences(language: str) -> Mapping[str, str]:
    """Return all sentences by `section.name`; those in English for a language that the agent does not speak."""
    known = language if language in SPOKEN else OTHERWISE
    sections = table(__file__, f"words/{known}")
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
    return contracted(language, template.format(**values))


def contracted(language: str, text: str) -> str:
    """ "de les scènes" → "des scènes": an article melts into the preposition before it."""
    for pattern, melted in CONTRACTIONS.get(language, ()):
        text = re.sub(pattern, melted, text)
    return text


CONTRACTIONS: Mapping[str, Sequence[tuple[str, str]]] = {
    "fr": ((r"\bde (?=les scènes)les", "des"), (r"\bà (?=les scènes)les", "aux")),
    "it": (
        (r"\bdi (?=la scena)la", "della"), (r"\bdi (?=le scene)le", "delle"), (r"\bin (?=la scena)la", "nella"),
        (r"\bin (?=le scene)le", "nelle"), (r"\ba (?=la scena)la", "alla"), (r"\ba (?=le scene)le", "alle"),
    ),
    "pt": (
        (r"\bde (?=a cena)a", "da"), (r"\bde (?=as cenas)as", "das"), (r"\bem (?=a cena)a", "na"),
        (r"\bem (?=as cenas)as", "nas"), (r"\ba (?=as cenas)as", "às"), (r"\ba (?=a cena)a", "à"),
    ),
}  # fmt: skip


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
