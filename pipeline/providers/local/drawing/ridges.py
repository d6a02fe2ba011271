"""Mountain ranges: a crest, spurs that run down from it, snow."""

from __future__ import annotations

import cv2
import numpy as np

from pipeline.providers.local.drawing.colour import RGB, mix, rgb
from pipeline.providers.local.drawing.shading import Field
from pipeline.providers.local.drawing.shapes import Points, along, down_to, wander
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.texture import fractal, shifted


def paint_range(stage: Stage, at: float, high: float, depth: float, *, peaks: float = 3, snow: bool = True) -> None:
    """A mountain range with lit and shaded flanks. Its foot lies `at`, and it is `high`, in pixels."""
    top = _crest(stage, at, high, peaks)
    foot = at + high * 0.6
    rock = stage.tone("#6a7486" if not stage.is_white else "#a9b6c6", depth)
    stage.fill(down_to(foot, top), rock, mix(rock, stage.palette.haze, 0.55))
    _carve(stage, top, foot, high, rock, depth, snow)
    stage.haze(at - high * 0.5, at + high * 0.2, 0.5 * depth + 0.12)


def _crest(stage: Stage, base: float, height: float, peaks: float) -> Points:
    x = np.linspace(-0.05, 1.05, 260) * stage.width
    line_up = wander(stage.rng, 260, octaves=6, rough=0.47, cells=peaks * 1.6)
    return along(x, base - height * (0.45 + 0.5 * line_up).clip(0.02, 1.3))


def _carve(stage: Stage, top: Points, foot: float, height: float, rock: RGB, depth: float, snow: bool) -> None:
    """Spurs that run down from the crest, lit on one side, and snow on the heights."""
    first, last = max(int(top[:, 1].min()), 0), min(int(foot), stage.height)
    if last - first < 8:
        return
    x, y = np.arange(stage.width, dtype=np.float32), np.arange(first, last, dtype=np.float32)[:, None]
    crest = np.interp(x, top[:, 0], top[:, 1]).astype(np.float32)
    below = y - crest
    spurs = _spurs(stage, x, below, height)
    reach = max(round(height * 0.02), 1)
    side = 1 if stage.canvas.light[0] > 0 else -1
    lit = (spurs - shifted(spurs, 0, side * reach)) * np.float32(-5.0)
    slope = np.clip(np.gradient(cv2.blur(crest[None], (2 * reach + 1, 1))[0]), -1, 1) * np.float32(side)
    lit = np.tanh(lit + slope * np.exp(-below / np.float32(height * 0.4)))
    inside = np.clip(below, 0, 1) * np.clip((foot - y) / np.float32(height * 0.5), 0, 1)
    canvas = stage.canvas
    dark, bright = mix(rock, rgb("#1d2440"), 0.42), mix(rock, stage.palette.light, 0.4)
    canvas.wash_rows(first, dark, np.clip(-lit, 0, 1) * inside * (0.85 - 0.55 * depth))
    canvas.wash_rows(first, bright, np.clip(lit, 0, 1) * inside * (0.7 - 0.45 * depth))
    if snow:
        line_y = crest.min() + height * 0.5
        cover = np.clip(((line_y - y) / height + spurs * 0.5 - below / height * 0.35) * 9, 0, 1) * np.clip(below, 0, 1)
        white = mix(stage.tone("#f6f8fc", depth * 0.8), stage.palette.light, 0.15)
        canvas.wash_rows(first, white, cover * 0.9)
        canvas.wash_rows(first, mix(white, rgb("#6478ac"), 0.55), cover * np.clip(-lit, 0, 1) * 0.8)


def _spurs(stage: Stage, x: Field, below: Field, height: float) -> Field:
    size = (stage.width, below.shape[0])
    noise = fractal(stage.rng, size, cells=min(size) / max(height, 1) * 3.2, octaves=5)
    across = x + below * np.float32(0.45) * np.sin(x / np.float32(height * 0.5))
    ridged = 1 - np.abs(noise) * 2
    down = (below * np.float32(0.42)).clip(0)
    return np.asarray(cv2.remap(ridged, across, down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT), np.float32)
