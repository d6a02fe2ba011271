"""The styles as data: how each one colours, models and finishes a picture."""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass, replace

from pipeline.providers.local.drawing.manner import Manner


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


STYLES: dict[str, Style] = {
    "cinematic": Style(
        "cinematic", Manner(volume=0.42, rim=0.32),
        Finish(grain=3.6, bloom=0.42, vignette=0.42, contrast=0.3, split=0.5),
        time="golden", saturation=1.02,
    ),
    "watercolor": Style(
        "watercolor", Manner(volume=0.16, rim=0.2, edge=0.2, mottle=0.13),
        Finish(grain=2.5, bloom=0, vignette=0, paper=0.5, bleed=0.0034),
        time="day", saturation=1.4, veil=("#fdf8ec", 0.2), sky_saturation=1.45,
    ),
    "anime": Style(
        "anime", Manner(volume=0.5, rim=0.5, cel=True, roundness=0.2),
        Finish(grain=2.2, bloom=0.26, vignette=0.08, contrast=0.12, ink=0.34),
        time="day", saturation=1.28, veil=("#fff4fb", 0.04), sky_saturation=1.35, clouds="puffy",
    ),
    "documentary": Style(
        "documentary", Manner(volume=0.34, rim=0.14), Finish(grain=4.4, bloom=0.1, vignette=0.2, contrast=0.06),
        time="day", saturation=0.74, veil=("#b8b3a2", 0.08), sky_saturation=0.62,
    ),
    "noir": Style(
        "noir", Manner(volume=0.6, rim=0.55, roundness=0.12),
        Finish(grain=7, bloom=0.34, vignette=0.5, contrast=0.75, monochrome=True, beam=0.55),
        time="night", saturation=0.6,
    ),
    "clay": Style(
        "clay", Manner(volume=0.85, rim=0.36, roundness=0.32, shadow=0.42),
        Finish(grain=3, bloom=0.12, vignette=0.16, relief=0.9),
        time="day", saturation=1.32, veil=("#ffe9d8", 0.1), sky_saturation=1.25, clouds="puffy",
    ),
}  # fmt: skip

_LIKE = {
    "watercolor": "watercolour aquarelle painting painted oil sketch pencil ink illustration storybook gouache",
    "anime": "manga cartoon comic ghibli cel animated animation pixel vector flat",
    "documentary": "realistic photo photorealistic natural realism archival reportage vintage retro sepia",
    "noir": "monochrome black bw",
    "clay": "claymation plasticine lego toy 3d pixar stopmotion felt wool puppet",
}
_MOODS: dict[str, dict[str, object]] = {
    "neon": {"time": "night", "saturation": 1.5, "sky_saturation": 1.6, "turn": 0.07},
    "cyberpunk": {"time": "night", "saturation": 1.5, "sky_saturation": 1.6, "turn": 0.1},
    "synthwave": {"time": "sunset", "saturation": 1.45, "sky_saturation": 1.5, "turn": 0.92},
    "pastel": {"saturation": 0.8, "veil": ("#fff1f4", 0.36)},
    "dreamy": {"saturation": 0.9, "veil": ("#ffeaf6", 0.26), "time": "dawn"},
    "vintage": {"saturation": 0.62, "veil": ("#d9b27a", 0.24)},
    "retro": {"saturation": 0.8, "veil": ("#e0a869", 0.2)},
    "sepia": {"saturation": 0.18, "veil": ("#c79a5e", 0.34)},
    "dark": {"time": "night"},
    "moody": {"time": "sunset", "saturation": 0.75},
    "vivid": {"saturation": 1.4, "sky_saturation": 1.4},
    "minimal": {"saturation": 0.7, "veil": ("#f1efe9", 0.3)},
}


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
        style = replace(style, **mood)  # type: ignore[arg-type]
    return replace(style, name=base or "own")
