"""A running track between stands under floodlights."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.shapes import along, box, curve, down_to
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop, spread

CROWD = ("#e86a5a", "#f2c14e", "#f4efe6", "#5a8fd0", "#66a86a", "#d9a58a")


def arena(stage: Stage) -> None:
    paint_sky(stage)
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.08 * h
    _stands(stage, edge)
    stage.fill(box(-5, edge, w + 10, h), "#7fae4a", "#4f8a3a", depth=0.15, texture=0.12, model=False)
    meet, far = w * (0.5 + (0.5 - stage.focus[0] / w) * 0.8), edge + 0.01 * h
    spread(stage, "track", meet, far, h - far)
    for x in (0.08, 0.92):
        prop(stage, "floodlight", w * x, edge, 0.5 * stage.unit)


def _stands(stage: Stage, edge: float) -> None:
    w, high = stage.width, stage.unit * 0.2
    outer, inner = edge - high * 1.3, edge - high * 0.75
    tiers = curve((-9, outer), (w * 0.3, inner), (w * 0.7, inner), (w + 9, outer), closed=False)
    stage.fill(down_to(edge + 3, tiers), "#6f7688", stage.tone("#4f5668", 0.25), depth=0.3, texture=0.1)
    for colour in CROWD:
        xs = stage.rng.uniform(0, w, int(150 * w / stage.unit))
        rise = np.interp(xs, tiers[:, 0], tiers[:, 1])
        ys = edge - (edge - rise) * stage.rng.uniform(0.12, 0.92, len(xs))
        stage.canvas.dots(along(xs, ys), np.full(len(xs), stage.unit * 0.0042), stage.tone(colour, 0.22))
    roof = np.concatenate([tiers - (0, high * 0.5), (tiers - (0, high * 0.36))[::-1]])
    stage.fill(roof, "#e6e9ee", depth=0.2)
