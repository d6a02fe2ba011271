"""The words of the pages behind a link, in the language that a guest's browser asks for; kept in `words/*.toml`."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from functools import lru_cache
from pathlib import Path

from django.http import HttpRequest
from django.utils.translation.trans_real import parse_accept_lang_header

WORDS = Path(__file__).with_name("words")
FALLBACK = "en"


@lru_cache(maxsize=1)
def languages() -> Mapping[str, Mapping[str, str]]:
    """Return the words of each language that the pages speak."""
    return {path.stem: tomllib.loads(path.read_text("utf-8")) for path in sorted(WORDS.glob("*.toml"))}


def language_of(request: HttpRequest) -> str:
    """Return the first language that the browser asks for and the pages speak; English without one."""
    asked = (code.split("-")[0] for code, _ in parse_accept_lang_header(request.headers.get("Accept-Language", "")))
    return next((code for code in asked if code in languages()), FALLBACK)
