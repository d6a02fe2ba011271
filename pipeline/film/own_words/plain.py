"""PURE: text as it is spoken: without markup, stage directions and quotation marks around the whole."""

from __future__ import annotations

import re

OPENING, CLOSING = '"“„«「『‘', '"”“»」』’'
_PAIRS = {'"': '"', "“": "”", "„": "“”", "«": "»", "»": "«", "「": "」", "『": "』", "‘": "’"}
_INVISIBLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\u200b\u200c\u200e\u200f\u2060\ufeff]")
_LINK = re.compile(r"!?\[([^\[\]\n]{0,300})\]\([^()\s]{1,500}\)")
_BOLD = re.compile(r"(?<![\w*_])(\*{1,3}|_{1,3})(?=\S)([^*_\n]{1,500}?)(?<=\S)\1(?![\w*_])")
_LINE_MARK = re.compile(r"^[ \t]*(?:#{1,6}[ \t]+|>[ \t]?|[-*•–][ \t]+)", re.MULTILINE)
_RULE = re.compile(r"^[ \t]*[-*_=~]{3,}[ \t]*$", re.MULTILINE)
_FENCE = re.compile(r"^[ \t]*```.*$", re.MULTILINE)
_BRACKETED = re.compile(r"\[[^\[\]\n]{0,200}\]")
_STAGED = re.compile(r"^[ \t]*\([^()\n]{0,200}\)[ \t]*", re.MULTILINE)
_LENGTH_ALONE = re.compile(
    r"(?:(?:about|around|in|for|total|ca\.?|etwa|in etwa)\s+)?\d{1,3}[\s-]?(?:s|secs?|seconds?|sek\w*|segundos|"
    r"secondes|minutes?|min|秒)(?:\s+(?:long|video|film|clip|in total|lang))?|(?:16:9|9:16|1:1|vertical|square|"
    r"hochkant|upright)(?:\s+(?:video|film|format))?|no (?:music|captions|subtitles)|ohne (?:musik|untertitel)",
    re.IGNORECASE,
)


def lines_of(text: str) -> str:
    """Return the text with one kind of line end, and without what cannot be seen or is only a rule of signs."""
    text = _INVISIBLE.sub(
        "", text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n\n")
    )
    return _RULE.sub("", _FENCE.sub("", text)).replace("\u00a0", " ")


def unmarked(text: str) -> str:
    """Return the text without Markdown's signs; its words and lines stay."""
    text = _LINK.sub(r"\1", text)
    for _ in range(2):
        text = _BOLD.sub(r"\2", text)
    return _LINE_MARK.sub("", text).replace("**", "").replace("`", "")


def one_line(text: str) -> str:
    return " ".join(unmarked(text).split())


def spoken(text: str) -> str:
    """Return what is said of a speech: no directions in brackets, no quotation marks around all of it."""
    said = one_line(_STAGED.sub("", _BRACKETED.sub("", text)))
    return unquoted(said)


def unquoted(text: str) -> str:
    text = text.strip()
    while len(text) > 1 and text[0] in _PAIRS and text[-1] in _PAIRS[text[0]] and _is_one_quotation(text):
        text = text[1:-1].strip()
    return text


def _is_one_quotation(text: str) -> bool:
    """ "a" and "b" is none."""
    inside = text[1:-1]
    return not any(mark in inside for mark in {text[0], *_PAIRS[text[0]]})


def quotations(text: str) -> tuple[str, str]:
    """Return what a text quotes at its beginning, and what follows that; ("", text) where it begins with no quotation.

    Quotations right behind each other are one.
    """
    said: list[str] = []
    rest = text.lstrip()
    while rest and rest[0] in _PAIRS:
        end = _closing(rest)
        if end is None:
            break
        said.append(rest[1:end].strip())
        rest = rest[end + 1 :].lstrip(" \t*_")
        rest = rest[1:].lstrip() if rest[:1] in ",;" and rest[1:].lstrip()[:1] in OPENING else rest
    return (" ".join(said), rest) if said else ("", text)


def _closing(text: str) -> int | None:
    """The place of the mark that closes the one a text begins with; one within a word closes nothing."""
    marks = _PAIRS[text[0]]
    places = (at for at in range(1, len(text)) if text[at] in marks)
    return next((at for at in places if not text[at + 1 : at + 2].isalnum()), None)


def without_settings(text: str) -> tuple[str, str]:
    """Split off what is said of the film behind the words: ("A girl waves.", "10 seconds")."""
    parts = re.split(r"(?<=[.!?。！？])\s+|\n+", text.strip())
    asked: list[str] = []
    while parts and _LENGTH_ALONE.fullmatch(parts[-1].strip(" .!,")):
        asked.insert(0, parts.pop())
    return (" ".join(parts), " ".join(asked)) if asked else (text, "")
