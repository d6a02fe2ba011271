"""Words of a closed kind ("captions", "off", "the second"), in the languages of Latin letters."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path

HERE = Path(__file__).parent
ALWAYS = "en"
"""Everybody mixes it in."""


@cache
def _words() -> Mapping[str, Mapping[str, str]]:
    return tomllib.loads((HERE / "words.toml").read_text(encoding="utf-8"))


@cache
def languages() -> frozenset[str]:
    """Return the languages that are known here."""
    return frozenset(_words()["scene"])


@cache
def of(kind: str, language: str) -> str:
    """Return a pattern of the words of a kind, without bounds: `(?:…|…)`.

    Those of English are known in each language, but for what stands under `en_alone`: "no" is "in the" in Portuguese.
    """
    known = _words()[kind]
    told = [known[one] for one in dict.fromkeys((f"{language}_alone", language, ALWAYS)) if one in known]
    return f"(?:{'|'.join(told)})"


@cache
def pattern(kind: str, language: str) -> re.Pattern[str]:
    """Return the same for whole words, whatever their case."""
    return re.compile(rf"(?<![\w'’]){of(kind, language)}(?![\w'’])", re.IGNORECASE)


def find(kind: str, text: str, language: str) -> re.Match[str] | None:
    return pattern(kind, language).search(text)
