"""PURE: captions as they are drawn into the picture: where, how large and how."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from pipeline.cut.picture.caption_lines import columns
from pipeline.cut.picture.captions import NARROW_CHARS, WIDE_CHARS, Cue
from pipeline.cut.timeline import Slot
from pixora.foundation.letters import writing_of

Size = tuple[int, int]

GLYPH_EMS, NARROW_GLYPH_EMS, CAPITAL_EMS, BROAD_GLYPH_EMS = 0.56, 0.30, 0.75, 1.08
"""Widths in bold, rounded up, by which a line is made to fit."""
LARGEST_EM = 1 / 17
"""Of the picture's shorter side."""
SQUARE_CHARS = 32
MIN_FONT_PX = 6

VERSION = 2
"""Raised when captions come to be drawn otherwise."""


@dataclass(frozen=True)
class SafeArea:
    """Margins as parts of the picture's width and height; nothing is written outside."""

    side: float
    bottom: float


WIDE_SAFE, SQUARE_SAFE, UPRIGHT_SAFE, TALL_SAFE = (
    SafeArea(0.08, 0.07),
    SafeArea(0.08, 0.08),
    SafeArea(0.09, 0.10),
    SafeArea(0.10, 0.18),
)
"""Television's title-safe area; below it, telephones put their own buttons over the foot of a tall picture."""


@dataclass(frozen=True)
class Style:
    """`border` 1 outlines the letters, 4 puts one box behind all lines; colours are &HAABBGGRR, 00 is opaque."""

    border: int
    outline_em: float
    shadow_em: float
    back: str


STYLES = {
    "clean": Style(border=1, outline_em=0.065, shadow_em=0.04, back="&H80000000"),
    "boxed": Style(border=4, outline_em=0.0, shadow_em=0.28, back="&H50000000"),
}

_UNHEARD_OF = re.compile(r"failed to find any fallback with glyph 0x([0-9A-Fa-f]+)")


FAMILIES: Mapping[str, str] = {
    "ARABIC": "Noto Sans Arabic",
    "HEBREW": "Heebo",
    "BENGALI": "Hind Siliguri",
    "THAI": "Noto Sans Thai",
    **dict.fromkeys(("CYRILLIC", "GREEK", "DEVANAGARI"), "Noto Sans"),
    **dict.fromkeys(("CJK", "HIRAGANA", "KATAKANA", "HANGUL", "BOPOMOFO"), "Noto Sans CJK TC Bold"),
}
"""The families that the packaged font lacks letters for, by what Unicode calls these."""


LATINS_LAST, LATIN_EXTENDED_LAST = "\u017f", "\u1eff"
"""The Latin letters that the usual font has, and those that Vietnamese and others add."""


def family_of(text: str) -> str:
    """Return the family that most of the letters of a text need; empty where the usual one has them, or none does."""
    written = Counter(FAMILIES.get(writing_of(letter), "") for letter in text if letter.isalpha())
    most = written.most_common(1)[0][0] if written else ""
    return most or ("Noto Sans" if any(LATINS_LAST < letter <= LATIN_EXTENDED_LAST for letter in text) else "")


def lettering_hash(texts: Iterable[str] = ()) -> str:
    """Belongs into the fingerprint of every piece that has text on it; `texts` are what is written there."""
    described: dict[str, Any] = {name: asdict(style) for name, style in STYLES.items()}
    if families := sorted({family_of(text) for text in texts} - {""}):
        described["families"] = families
    return hashlib.sha256(json.dumps([described, VERSION], sort_keys=True).encode()).hexdigest()[:16]


def burned_chars(size: Size) -> int:
    """Characters a line of drawn text: fewer than a player's, where a wide line would have to be small."""
    width, height = size
    if width == height:
        return SQUARE_CHARS
    return WIDE_CHARS if width > height else NARROW_CHARS


def safe_area(size: Size) -> SafeArea:
    ratio = size[0] / size[1]
    if ratio > 1:
        return WIDE_SAFE
    if ratio == 1:
        return SQUARE_SAFE
    return UPRIGHT_SAFE if ratio >= 2 / 3 else TALL_SAFE


def on_body(cues: Sequence[Cue], slot: Slot, fps: int) -> list[tuple[int, int, Cue]]:
    """Return the cues over a body, each as its first frame and the one after its last, counted from the body's first;
    none lies outside."""
    begin = slot.start + slot.body_from - slot.transition_frames // 2
    placed = ((_frame(cue.start_ms, fps) - begin, _frame(cue.end_ms, fps) - begin, cue) for cue in cues)
    clipped = ((max(first, 0), min(end, slot.body_frames), cue) for first, end, cue in placed)
    return [(first, end, cue) for first, end, cue in clipped if first < end]


def letters_without_a_font(stderr: str) -> str:
    """Return the letters that no font has, as ffmpeg's warnings name them; each once."""
    return "".join(sorted({chr(int(code, 16)) for code in _UNHEARD_OF.findall(stderr)}))


def em_px(size: Size) -> float:
    """Return the font size: as large as the shorter side allows, but so small that a full line fits the safe area."""
    return max(min(min(size) * LARGEST_EM, _room(size) / (burned_chars(size) * GLYPH_EMS)), MIN_FONT_PX)


def fitting_em_px(cue: Cue, size: Size) -> float:
    """Return the font size at which this cue's lines fit: smaller for capitals, wide glyphs, a word without end."""
    em, room = em_px(size), _room(size)
    widest = max(map(_ems, cue.lines), default=0.0) * em
    return em * room / widest if widest > room else em


def _room(size: Size) -> float:
    return size[0] * (1 - 2 * safe_area(size).side)


def _ems(line: str) -> float:
    return sum(map(_glyph_ems, line))


def _glyph_ems(glyph: str) -> float:
    if columns(glyph) != 1:
        return columns(glyph) / 2
    if glyph in "iIjl.,:;!'|() ":
        return NARROW_GLYPH_EMS
    if glyph in "mwMW—…%@&":
        return BROAD_GLYPH_EMS
    return CAPITAL_EMS if glyph.isupper() else GLYPH_EMS


def _frame(ms: int, fps: int) -> int:
    return round(ms * fps / 1000)
