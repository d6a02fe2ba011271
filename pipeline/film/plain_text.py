"""PURE: typed text as one line that can be spoken: no markup, no paths, no control characters."""

from __future__ import annotations

import re
import unicodedata

READ_CHARS = 2_000
"""Nobody says what a film is about later than this."""
AND = {"en": "and", "de": "und", "es": "y", "fr": "et", "it": "e", "pt": "e", "nl": "en", "zh": "和", "hi": "और"}

_TAG = re.compile(r"<[^<>]{0,200}>")
_LINK = re.compile(r"\b[a-z]{2,10}://\S+|\bwww\.\S+|\bdata:\S+", re.IGNORECASE)
_PATH = re.compile(r"(?<!\S)(?:[.~]{0,2}/|[A-Za-z]:\\|\.\.)\S*|\S*\.\./\S*|\S+/\S+/\S*")
_SETTING = re.compile(r"\(\s*\w+\s*=\s*[\w:.]+\s*\)")
_MARKS = re.compile(r"[<>{}\[\]\\|`*_#~^=]+|(?<!\w)@|@(?!\w)|(?<!\w)/|/(?!\w)|\$(?!\s?\d)|(?<![\d\s])%|(?<!\d)\s%")
_SIGNS = frozenset("$€£¥₹°+")
_AMPERSAND = re.compile(r"\s+&\s+")
_SPACES = re.compile(r"\s+")


def without_markup(text: str) -> str:
    """The text without tags, links, paths and bracketed settings."""
    return _SETTING.sub(" ", _PATH.sub(" ", _LINK.sub(" ", _TAG.sub(" ", text))))


def one_line(prompt: str, language: str) -> str:
    """The prompt as one line; prices, percentages and degrees stay, and a new line is a full stop."""
    text = unicodedata.normalize("NFC", prompt[:READ_CHARS])
    text = re.sub(r"(?<=[.!?;:,。！？；：，])?[ \t]*[\r\n\u2028\u2029]+", lambda found: _line_end(text, found), text)
    text = _AMPERSAND.sub(f" {AND.get(language, '&')} ", without_markup(text))
    kept = (letter if is_speakable(letter) else " " for letter in _MARKS.sub(" ", text))
    return _SPACES.sub(" ", "".join(kept)).strip()


def _line_end(text: str, found: re.Match[str]) -> str:
    before = text[: found.start()].rstrip()[-1:]
    return " " if before in ".!?;:,。！？；：，" else ". "


def is_speakable(letter: str) -> bool:
    """It can be said, or stands for something that can."""
    return letter in _SIGNS or (unicodedata.category(letter)[0] in "LMNPZ" and letter.isprintable())
