"""A landscape of waves and light for prompts that name no place; its colours come from the prompt's own words."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import from_hue, lighter, mix
from pipeline.providers.local.drawing.palette import through
from pipeline.providers.local.drawing.shapes import ellipse, line, ridge
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage


def abstract(stage: Stage) -> None:
    paint_sky(stage)
    hue = (sum(map(ord, "".join(sorted(stage.brief.words)[:12]))) % 360) / 360 + stage.between(-0.03, 0.03)
    layers = 7
    for index in range(layers):
        near = index / (layers - 1)
        own = through(stage.palette.style, from_hue(hue + 0.16 * near, 0.62 - 0.3 * near, 0.42))
        colour = mix(stage.tone(own), stage.palette.haze, 0.62 * (1 - near) ** 1.3)
        y = stage.horizon + (stage.height - stage.horizon) * (0.95 * near - 0.06)
        wave = ridge(
            stage.rng,
            stage.width,
            y,
            stage.unit * (0.05 + 0.05 * near),
            stage.height * 1.02,
            cells=2.2,
            octaves=3,
            rough=0.35,
        )
        stage.canvas.fill(wave, (mix(colour, stage.palette.light, 0.28), colour), texture=0.14)
        _contours(stage, wave[:-2], near, lighter(colour, 0.35))
        stage.canvas.haze(stage.palette.haze, y - 0.1 * stage.height, y + 0.1 * stage.height, 0.2 * (1 - near))
    _orbs(stage, hue)


def _contours(stage: Stage, crest: np.ndarray, near: float, colour: tuple[float, float, float]) -> None:
    step = stage.unit * (0.01 + 0.018 * near)
    lines = [line(crest + np.array([0, step * (row + 0.5)]), stage.unit * 0.0016 * (0.6 + near)) for row in range(4)]
    stage.canvas.fill(lines, colour, opacity=0.34, model=False)


def _orbs(stage: Stage, hue: float) -> None:
    for _ in range(9):
        x, y, r = (
            stage.between(0, 1) * stage.width,
            stage.between(0.1, 0.9) * stage.height,
            stage.unit * stage.between(0.008, 0.045),
        )
        colour = through(stage.palette.style, from_hue(hue + stage.between(-0.12, 0.12), 0.72, 0.6))
        stage.canvas.glow(x, y, r * 3.4, colour, 0.7)
        stage.canvas.fill(ellipse(x, y, r), (lighter(colour, 0.5), colour))
