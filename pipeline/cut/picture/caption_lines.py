"""PURE: the places at which a text may be broken into lines, and the widths of its parts, all slices of the text.

Words end at white space. Where Chinese and Japanese are written, a line may also end after each character, but it
begins with no closing mark and ends with no opening one; a run of Latin letters and digits stays whole.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

Span = tuple[int, int]
"""Begin and end of a slice."""

_IDEOGRAPHS = "\u2e80-\u2fdf\u3006\u3007\u3021-\u3029\u3041-\u30ff\u3105-\u312f\u31a0-\u31bf\u31f0-\u31ff\u3400-\u9fff"
_IDEOGRAPHS += "\uf900-\ufaff\uff66-\uff9f\U00020000-\U0003ffff"
_OPENING = "（「『【《〈〔［｛〖"
_CLOSING = "、。，．！？：；）」』】》〉〕］｝〗…‥～〜％℃・ー々ゝゞヽヾぁぃぅぇぉっゃゅょゎゕゖァィゥェォッャュョヮヵヶ"
_CLOSING += "\u3099\u309a\ufe00-\ufe0f\U000e0100-\U000e01ef”’"
_PART = re.compile(rf"[{_OPENING}“‘]*(?:[{_IDEOGRAPHS}]|[^{_IDEOGRAPHS}{_OPENING}{_CLOSING}]+)[{_CLOSING}]*|.")
_IDEOGRAPH = re.compile(f"[{_IDEOGRAPHS}]")
_CHUNK = re.compile(r"(?:\S|[\u00a0\u2007\u202f])+")
"""White space ends a word, but for the spaces that are there to keep words together."""
_BREAKS_AFTER = "-–—/_.?&=,"
"""Where a word that is too long for a line is best broken: addresses and compounds."""
_JOINERS, _VIRAMA_CLASS = "\u200d\u2060\ufeff", 9
_FOLLOWING_JAMO = re.compile("[\u1160-\u11ff\ud7b0-\ud7ff]")
"""Vowels and last consonants of Korean that is written in its parts: they stand within the syllable before them."""
_JOINED = re.compile(f"[{_JOINERS}\U0001f3fb-\U0001f3ff\U000e0020-\U000e007f]|{_FOLLOWING_JAMO.pattern}")
_REGION, _REGIONS_LAST = re.compile("[\U0001f1e6-\U0001f1ff]"), re.compile("[\U0001f1e6-\U0001f1ff]+$")
"""Two of these are a flag."""
_CONTROLS = re.compile("[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f]")
_LEADING_VOWELS, _TRAILING_VOWELS = "เแโใไເແໂໃໄ", "ะาำๅະາຳ"
"""Of Thai and Lao: letters, but written with the consonant after them or before."""


def spans(text: str) -> list[Span]:
    """The words of the text, and its single characters where it is written without spaces."""
    found: list[Span] = []
    for chunk in _CHUNK.finditer(text):
        for part in _parts(chunk.group()):
            begin, end = chunk.start() + part.start(), chunk.start() + part.end()
            if part.start() and not _letter_ends(text, begin):
                begin = found.pop()[0]
            found.append((begin, end))
    return found


def tokens(text: str) -> list[str]:
    return [text[begin:end] for begin, end in spans(text)]


def readable_spans(text: str, most: int) -> list[Span]:
    """Return the spans that lines are made of: dashes and dots that stand alone belong to the word before them (or
    after them), and what is wider than `most` is broken. Empty where there is nothing to read."""
    joined: list[Span] = []
    for begin, end in spans(text):
        if joined and not (_can_be_read(text[begin:end]) and _can_be_read(text[slice(*joined[-1])])):
            begin = joined.pop()[0]
        joined.append((begin, end))
    if len(joined) == 1 and not _can_be_read(text):
        return []
    return [part for span in joined for part in _broken(text, span, most)]


def slice_of(text: str, begin: int, end: int) -> str:
    """Return this part as it was written, but on one line and without what controls a terminal."""
    return _CONTROLS.sub("", re.sub(r"[^\S\u00a0\u2007\u202f\u3000]+", " ", text[begin:end]))


def width(line: str) -> int:
    """Return the line's width in columns: marks over and under letters have none, wide glyphs two."""
    return sum(map(columns, line))


def columns(glyph: str) -> int:
    if unicodedata.category(glyph) in ("Mn", "Me", "Cf") or _FOLLOWING_JAMO.match(glyph):
        return 0
    return 2 if unicodedata.east_asian_width(glyph) in "WF" else 1


def _parts(chunk: str) -> Iterator[re.Match[str]]:
    return _PART.finditer(chunk) if _IDEOGRAPH.search(chunk) else re.finditer(r"(?s).+", chunk)


def _can_be_read(text: str) -> bool:
    return any(unicodedata.category(character)[0] in "LNS" for character in text)


def _broken(text: str, span: Span, most: int) -> Iterator[Span]:
    """The span, in parts no wider than `most`: after a mark where there is one far enough along, else anywhere that
    leaves letters whole."""
    begin, end = span
    while width(text[begin:end]) > most:
        fitting = _fitting(text, begin, end, most)
        marked = [at for at in fitting if text[at - 1] in _BREAKS_AFTER and 2 * (at - begin) >= fitting[-1] - begin]
        cut = (marked or fitting)[-1]
        yield begin, cut
        begin = cut
    yield begin, end


def _fitting(text: str, begin: int, end: int, most: int) -> Sequence[int]:
    """Places between letters up to which the text is at most `most` wide; the first one where none is."""
    wide = 0
    places: list[int] = []
    for at in range(begin + 1, end):
        wide += columns(text[at - 1])
        if places and wide > most:
            break
        if _letter_ends(text, at):
            places.append(at)
    return places or [end]


def _letter_ends(text: str, at: int) -> bool:
    """True where what is seen as one letter, or as one emoji, ends before this place."""
    before, after = text[at - 1], text[at]
    if unicodedata.category(after)[0] == "M" or _JOINED.match(after) or before in _JOINERS:
        return False
    if unicodedata.combining(before) == _VIRAMA_CLASS:
        return False
    if _REGION.match(before) and _REGION.match(after):
        return len(_REGIONS_LAST.search(text[:at])[0]) % 2 == 0  # type: ignore[index]
    return before not in _LEADING_VOWELS and after not in _TRAILING_VOWELS
