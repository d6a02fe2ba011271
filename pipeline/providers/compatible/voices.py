"""PURE: the choice of a server's voice that speaks for one of Pixora's."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping, Sequence
from typing import Any

from pipeline.film.voices import BY_NAME, Gender
from pipeline.providers.openai.answers import as_object, string

OPENAI: Mapping[Gender, tuple[str, ...]] = {
    "woman": ("shimmer", "nova", "coral", "sage"),
    "man": ("echo", "ash", "onyx", "fable"),
    "neutral": ("alloy",),
}
"""Names that most servers of speech know, from high to deep."""
EVERY_SERVERS = frozenset({"alloy", "echo", "fable", "onyx", "nova", "shimmer"})
KOKORO = re.compile(r"^(?P<language>[a-z])(?P<gender>[fm])_\w+$")
KOKORO_LANGUAGES: Mapping[str, str] = {"en": "ab", "es": "e", "fr": "f", "it": "i", "pt": "p", "zh": "z"}
"""The letters with which its voices of a language begin: American and British are two."""


def listed(answer: Mapping[str, Any]) -> list[str]:
    """The names in a list of voices, whether it holds names or objects."""
    found: list[Any] = next((answer[key] for key in ("voices", "data") if isinstance(answer.get(key), list)), [])
    names = (string(each) or _name(as_object(each)) for each in found)
    return [name for name in names if name]


def _name(entry: Mapping[str, Any]) -> str:
    return next((found for key in ("id", "voice_id", "name") if (found := string(entry.get(key)))), "")


def voice_for(voice: str, language: str, *, chosen: Mapping[str, str], there: Sequence[str]) -> str:
    """The name to ask for: as the operator chose, the same name, a near one of those that are there, or OpenAI's."""
    if named := chosen.get(voice) or chosen.get("*"):
        return named
    known = {name.casefold(): name for name in there}
    if voice.casefold() in known:
        return known[voice.casefold()]
    if not there or known.keys() >= EVERY_SERVERS:
        return _openais(voice, set(known) or EVERY_SERVERS)
    return _near(voice, language, there)


def _openais(voice: str, there: set[str] | frozenset[str]) -> str:
    gender, depth = _of(voice)
    fitting = [name for name in OPENAI[gender] if name in there] or ["alloy"]
    return fitting[min(len(fitting) - 1, (depth - 1) * len(fitting) // 5)]


def _near(voice: str, language: str, there: Sequence[str]) -> str:
    """One of the language and gender where the names tell them; always the same for the same voice."""
    gender = _of(voice)[0]
    spoken = [name for name in there if _speaks(name, language)] or list(there)
    fitting = [name for name in spoken if _sounds(name) in ("", gender)] or spoken
    return fitting[int.from_bytes(hashlib.sha256(voice.encode()).digest()[:4]) % len(fitting)]


def _speaks(name: str, language: str) -> bool:
    found = KOKORO.match(name)
    return not found or found["language"] in KOKORO_LANGUAGES.get(language, "ab")


def _sounds(name: str) -> str:
    if found := KOKORO.match(name):
        return "woman" if found["gender"] == "f" else "man"
    lower = name.casefold()
    return "woman" if "female" in lower else "man" if "male" in lower else ""


def _of(voice: str) -> tuple[Gender, int]:
    known = BY_NAME.get(voice)
    return (known.gender, known.depth) if known else ("neutral", 3)
