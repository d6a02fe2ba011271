"""The tables of words, patterns and numbers in the TOML files beside the modules that use them."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

PART = re.compile(r"\{\{(\w+)\}\}")
"""The place in a pattern of another one of its table."""


def table(module: str, name: str) -> dict[str, Any]:
    """Read `name`.toml from the folder of a module, given as its `__file__`. Arrays become tuples."""
    text = (Path(module).parent / f"{name}.toml").read_text(encoding="utf-8")
    return {key: _fixed(value) for key, value in tomllib.loads(text).items()}


_kept = cache(table)


@cache
def words(module: str, name: str, *path: str) -> frozenset[str]:
    """A string of words in a table, as a set."""
    value: Any = _kept(module, name)
    for key in path:
        value = value[key]
    return frozenset(str(value).split())


@cache
def patterns(module: str, name: str, section: str, **parts: str) -> Mapping[str, re.Pattern[str]]:
    """The patterns in a section of a table, by name, for letters of either case; `parts` stand in them too."""
    told = parts | {key: text.replace("\n", "") for key, text in _kept(module, name)[section].items()}
    return {key: re.compile(PART.sub(lambda part: told[part[1]], text), re.I) for key, text in told.items()}


def first_said(text: str, meanings: Mapping[str, str]) -> str | None:
    """Return what the words, given as patterns, that stand first in the text mean."""
    found = [
        (match.start(), meaning)
        for words, meaning in meanings.items()
        if (match := re.search(rf"\b({words})\b", text, re.IGNORECASE))
    ]
    return min(found)[1] if found else None


def _fixed(value: Any) -> Any:
    if isinstance(value, list):
        return tuple(map(_fixed, value))
    return {key: _fixed(one) for key, one in value.items()} if isinstance(value, dict) else value
