"""Words of closed kinds in four Romance languages, and patterns that are made of them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any
from unicodedata import normalize

HERE = Path(__file__).parent
LANGUAGES = frozenset({"es", "fr", "it", "pt"})
_KIND = re.compile(r"<<(\w+)>>")


@cache
def table(name: str) -> Mapping[str, Any]:
    """Return a table of this folder: kinds of words, each with its words in each language, some of them in groups."""
    return tomllib.loads((HERE / f"{name}.toml").read_text(encoding="utf-8"))


@cache
def pattern(form: str, language: str) -> re.Pattern[str]:
    """Return the form with the words of this language in the places of its kinds: `<<remove>> (?P<who>.+)`."""
    return re.compile(_KIND.sub(lambda kind: f"(?:{table('words')[kind[1]][language]})", form))


def has(kind: str, text: str, language: str) -> bool:
    """Tell whether one of the words of a kind stands in a bare text."""
    return pattern(rf"\b<<{kind}>>(?!\w)", language).search(text) is not None


def bare(text: str) -> str:
    """Return the text in lower case and without accents, each letter in its place."""
    return "".join(normalize("NFD", letter)[0] for letter in text.lower().replace("’", "'"))


def composed(text: str) -> str:
    """Return the text with one character for each letter and no spaces to spare."""
    return " ".join(normalize("NFC", text).replace("İ", "I").split())


def as_said(found: re.Match[str], name: str, text: str) -> str:
    """Return what a group of a match in the bare text is in the text itself."""
    return text[found.start(name) : found.end(name)].strip(" ,.;:!-–")


def core(text: str, language: str) -> str:
    """Return a message without its polite beginning and end."""
    opening = pattern(r"^\W*(?:(?:<<opening>>)[ ,]+)*", language).match(bare(text))
    text = text[opening.end() :] if opening else text
    closing = pattern(r"(?:[ ,]+<<closing>>)*[ .!,;?]*$", language).search(bare(text))
    return text[: closing.start()] if closing else text
