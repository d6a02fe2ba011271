"""PURE: the ends of a prompt's sentences."""

from __future__ import annotations

import re

_ORDINAL = re.compile(
    r"(?<!\w)((?:der|die|das|den|dem|des|zum|zur|im|am|vom|beim|ein\w{0,2}|(?:mein|dein|sein|unser|ihr|jed)\w{0,2})\s+"
    r"\d{1,3})\.(?=\s+[^\W\d_])",
    re.IGNORECASE,
)
_DOT = "\u2024"
"""Stands for an ordinal's dot meanwhile; nobody types it."""


def sentences(text: str, end: re.Pattern[str]) -> list[str]:
    """The text split at `end`; the dot of a German ordinal ("der 2. Weltkrieg") ends none."""
    marked = _ORDINAL.sub(rf"\1{_DOT}", text)
    return [part.replace(_DOT, ".") for part in end.split(marked)]
