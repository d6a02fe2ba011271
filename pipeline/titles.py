"""PURE: what a film is called until somebody gives it another title."""

from __future__ import annotations

import re

from pipeline.script import Script

LONGEST = 60
ORDER = re.compile(
    r"^\W*(?:please\s+)?(?:(?:can|could)\s+you\s+)?(?:(?:create|make|generate|produce|write|film|i\s+want|i\s+need|i'd\s+like)"
    r"\s+(?:me\s+|us\s+)?)?(?:(?:an?|the|some)\s+)?(?:[\w'’:,-]+\s+){0,4}?(?:video|film|movie|clip|short|trailer|ad)\s+"
    r"(?:about|of|on|for|showing|explaining|in\s+which|where|that\s+shows)\s+",
    re.IGNORECASE,
)
"""What people say around their subject: "Create a 30-second video about …"."""


def film_title(script: Script) -> str:
    """The subject of the user's own words; the name of the only scene where there is one."""
    if len(script.clips) == 1:
        return script.scenes[0].title
    words = " ".join(script.user_prompt.split())
    subject = re.split(r"(?<=[.!?。！？])\s|\n", ORDER.sub("", words) or words, maxsplit=1)[0].rstrip(" .!?,;:")
    return _capital(_short(subject)) or script.scenes[0].title


def _short(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST].rsplit(' ', 1)[0].rstrip(' ,;:')} …"


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
