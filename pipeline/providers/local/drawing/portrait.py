"""A character's profile picture: a large portrait and three views, on a neutral backdrop."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing import figure
from pipeline.providers.local.drawing.brief import Brief
from pipeline.providers.local.drawing.canvas import Canvas, Pixels
from pipeline.providers.local.drawing.colour import lighter, mix, rgb
from pipeline.providers.local.drawing.figure import Pose
from pipeline.providers.local.drawing.finish import finish
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.palette import Palette, palette_for
from pipeline.providers.local.drawing.shapes import Rng, box, ellipse
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.styles import style_named

VIEWS = (Pose(turn=0.55), Pose(turn=1.0), Pose(back=True))


def draw_profile(
    look: Look, style_text: str, size: tuple[int, int], rng: Rng, face: NDArray[np.uint8] | None
) -> Pixels:
    style = style_named(style_text)
    palette = palette_for(style, "day", "")
    canvas = Canvas(size, style.manner, (-0.6, -0.8), rng)
    width, height = size
    brief = Brief("", (), "day", "", "")
    stage = Stage(canvas, brief, palette, rng, height * 0.8, (0, 0), (width / 2, height / 2), canvas.unit)
    _backdrop(stage, palette, look)
    upright = height > width * 1.1
    _large(stage, look, face, upright=upright)
    _views(stage, look, face, upright=upright)
    return finish(canvas, style.finish, (width * 0.35, height * 0.45), rng)


def _backdrop(stage: Stage, palette: Palette, look: Look) -> None:
    base = mix(rgb("#d9d6d0"), rgb(look.accent), 0.16)
    stops = [palette.lit(colour) for colour in (lighter(base, 0.3), base, mix(base, rgb("#6a6670"), 0.4))]
    stage.canvas.gradient(stops, 0, stage.height)
    stage.canvas.wash((255.0, 250.0, 240.0), np.clip(stage.canvas.noise * 0.12, 0, 0.2))


def _large(stage: Stage, look: Look, face: NDArray[np.uint8] | None, *, upright: bool) -> None:
    w, h = stage.width, stage.height
    x, foot, size = (w * 0.5, h * 1.12, h * 1.02) if upright else (w * 0.3, h * 1.52, h * 1.42)
    size = min(size, w * (2.2 if upright else 1.3))
    foot = (h * 0.13 if not upright else h * 0.1) + size * 0.97
    halo = stage.palette.lit(lighter(rgb(look.accent), 0.55))
    stage.fill(ellipse(x, foot - size * 0.78, size * 0.3), halo, opacity=0.8)
    stage.glow(x - size * 0.1, foot - size * 0.86, size * 0.42, (255.0, 248.0, 232.0), 0.6)
    figure.draw(stage.pen(x, foot, size), look, Pose(arm=0.0), face)


def _views(stage: Stage, look: Look, face: NDArray[np.uint8] | None, *, upright: bool) -> None:
    w, h = stage.width, stage.height
    top, left = (h * 0.68, 0.0) if upright else (0.0, w * 0.58)
    panel = box(left, top, w - left + 9, h - top + 9)
    stage.fill(panel, stage.palette.lit(lighter(rgb("#e4e1da"), 0.3)), opacity=0.92, model=False)
    across = (w - left) / 3
    size = min((h - top) * 0.8, across * 2.2)
    foot = top + ((h - top) + size) / 2 + size * 0.01
    for index, pose in enumerate(VIEWS):
        x = left + across * (index + 0.5)
        shadow = ellipse(x, foot - size * 0.01, across * 0.4, across * 0.1)
        stage.fill(shadow, stage.palette.lit("#b8b3ac"), opacity=0.5, blur=size * 0.01)
        figure.draw(stage.pen(x, foot, size), look, pose, face)
