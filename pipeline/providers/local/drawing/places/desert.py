"""Dunes and table mountains."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import mix, rgb
from pipeline.providers.local.drawing.shapes import line, poly, wander
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage


def desert(stage: Stage) -> None:
    paint_sky(stage, clouds=0.6)
    h, y = stage.height, stage.horizon
    if stage.chance(0.5):
        _mesas(stage)
    sand = ("#efcf94", "#dba866", "#c98c4e")
    for index, (depth, at) in enumerate(((0.5, 0.02), (0.3, 0.1), (0.12, 0.22), (0.0, 0.4))):
        _dune(stage, y + at * h, stage.unit * (0.05 + 0.045 * index), sand[min(index, 2)], depth)
    _sand_ripples(stage, y + 0.3 * h)


def _mesas(stage: Stage) -> None:
    for _ in range(3):
        x, wide, high = (
            stage.between(0, 1) * stage.width,
            stage.unit * stage.between(0.12, 0.35),
            stage.unit * stage.between(0.06, 0.16),
        )
        y = stage.horizon + stage.unit * 0.02
        shape = poly(
            (x - wide, y),
            (x - wide * 0.7, y - high * 0.5),
            (x - wide * 0.6, y - high),
            (x + wide * 0.55, y - high),
            (x + wide * 0.62, y - high * 0.5),
            (x + wide, y),
        )
        tone = stage.tone("#b96f4c", 0.5)
        stage.canvas.fill(shape, (tone, mix(tone, stage.palette.haze, 0.6)), texture=0.2)


def _dune(stage: Stage, base: float, height: float, colour: str, depth: float) -> None:
    """A crest whose one flank lies in shadow."""
    crest = stage.between(0.15, 0.85) * stage.width
    x = np.linspace(-0.05, 1.05, 90) * stage.width
    hump = np.exp(-(((x - crest) / (stage.width * stage.between(0.25, 0.45))) ** 2))
    top = base - height * (hump + 0.16 * wander(stage.rng, 90, octaves=2))
    outline = np.stack([x, top], axis=1)
    foot = stage.height * 1.02
    tone = stage.tone(colour, depth)
    bright = mix(tone, stage.palette.light, 0.22)
    closed = np.concatenate([outline, [[x[-1], foot], [x[0], foot]]])
    stage.canvas.fill(closed, (bright, mix(tone, rgb("#8a5a3a"), 0.18)), texture=0.05)
    away = -1 if stage.canvas.light[0] > 0 else 1
    side = outline[outline[:, 0] * away >= crest * away]
    side = side if away > 0 else side[::-1]
    t = np.linspace(0, 1, 24)
    spine = np.stack([crest + away * t**1.6 * stage.width * 0.42, base - height + t * (height * 2.3)], axis=1)
    spine[:, 0] += height * 0.5 * np.sin(t * 5) * (1 - t)
    shade = np.concatenate([side, [[side[-1, 0], spine[-1, 1]]], spine[::-1]])
    stage.canvas.fill(shade, mix(tone, rgb("#5a3350"), 0.5), opacity=0.62, blur=1.2)


def _sand_ripples(stage: Stage, top: float) -> None:
    waves = []
    for near in np.linspace(0.03, 1, 34) ** 1.6:
        y, x = top + (stage.height - top) * near, np.linspace(-0.02, 1.02, 46) * stage.width
        wobble = y + stage.unit * 0.012 * (0.3 + near) * wander(stage.rng, 46, octaves=3, cells=7)
        waves.append(line(np.stack([x, wobble], axis=1), stage.unit * 0.003 * (0.4 + near)))
    stage.canvas.fill(waves, stage.tone("#9c6238"), opacity=0.3, model=False, blur=0.7)
