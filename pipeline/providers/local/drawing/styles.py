"""The styles: how each one colours, models and finishes a picture, as `styles.toml` says."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace
from typing import Any

from pipeline.providers.local.drawing.shading import Manner
from pixora.foundation.toml_tables import table


@dataclass(frozen=True)
class Finish:
    grain: float = 5.0
    """Deviation of the film grain, of 255."""
    bloom: float = 0.25
    vignette: float = 0.3
    contrast: float = 0.0
    """How far tones are pulled into an S-curve."""
    paper: float = 0.0
    bleed: float = 0.0
    """How far wet colours run, in parts of the short side."""
    monochrome: bool = False
    ink: float = 0.0
    """Dark lines between colours."""
    beam: float = 0.0
    """One pool of light, the rest falling into shadow."""
    relief: float = 0.0
    """Raised edges, as of pressed plasticine."""
    split: float = 0.0
    """Cool shadows and warm lights."""


@dataclass(frozen=True)
class Style:
    name: str
    manner: Manner
    finish: Finish
    time: str
    """The time of day where a prompt names none."""
    saturation: float = 1.0
    veil: tuple[str, float] = ("#ffffff", 0.0)
    """A colour all others are mixed with, and how much."""
    sky_saturation: float = 1.0
    turn: float = 0.0
    """The sky's hues moved by this part of the circle; those of things follow a little."""
    clouds: str = "soft"
    """`soft` or `puffy`."""


_TOLD = table(__file__, "styles")
STYLES: dict[str, Style] = {
    name: Style(name, Manner(**row.pop("manner")), Finish(**row.pop("finish")), **row)
    for name, row in _TOLD["styles"].items()
}
_LIKE: dict[str, str] = _TOLD["like"]
_MOODS: dict[str, dict[str, Any]] = _TOLD["moods"]


def style_named(text: str) -> Style:
    """A preset by its name; any other text gets a look of its own, always the same for the same text."""
    words = re.findall(r"[a-z0-9]+", text.lower())
    for word in words:
        if word in STYLES:
            return STYLES[word]
    base = next((name for word in words for name, like in _LIKE.items() if word in like.split()), None)
    moods = [_MOODS[word] for word in words if word in _MOODS]
    digest = hashlib.sha256(text.strip().lower().encode("utf-8", "replace")).digest()
    style = STYLES[base or "cinematic"]
    if not base and not moods:
        veil = f"#{digest[1]:02x}{digest[2]:02x}{digest[3]:02x}"
        style = replace(style, turn=(digest[0] / 255 - 0.5) * 0.24, veil=(veil, 0.1 + digest[4] / 2550))
        style = replace(style, time=("day", "golden", "dawn", "sunset")[digest[5] % 4])
    for mood in moods:
        style = replace(style, **mood)
    return replace(style, name=base or "own")
