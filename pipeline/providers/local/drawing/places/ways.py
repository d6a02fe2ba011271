"""Ways through the land and round the track: road, rail, arena."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing import ground, ridges
from pipeline.providers.local.drawing.colour import rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, line, poly
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage


def road(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ridges.paint_range(stage, y, stage.unit * 0.3, 0.55, peaks=2.5)
    far = ground.paint_hill(stage, y + 0.02 * h, 0.03 * h, "#8c9a58", 0.36, low="#7f8f4c")
    ground.paint_treeline(stage, far, stage.unit * 0.03, 0.36)
    ground.paint_hill(stage, y + 0.1 * h, 0.015 * h, "#8fa052", 0.12, low="#5d7538")
    t = np.linspace(0, 1, 40)
    meet = w * stage.between(0.35, 0.65)
    x = meet + (stage.focus[0] - meet) * t**1.2 + np.sin(t * 4) * stage.unit * 0.09 * (1 - t)
    way = np.stack([x, y + 0.06 * h + (h * 1.05 - y - 0.06 * h) * t**1.7], axis=1)
    stage.canvas.fill(line(way, stage.unit * 0.02, stage.unit * 0.98), stage.tone("#d9cfb4"), texture=0.1, model=False)
    stage.canvas.fill(
        line(way, stage.unit * 0.017, stage.unit * 0.9),
        (stage.tone("#777a80", 0.2), stage.tone("#474a52")),
        texture=0.14,
        model=False,
    )
    for start in range(3, 38, 4):
        near = t[start] ** 1.7
        stage.canvas.fill(
            line(way[start : start + 3], stage.unit * 0.022 * (near + 0.05)), stage.tone("#f3e6b8"), model=False
        )
    for near in (0.1, 0.25, 0.5):
        side = -1 if stage.focus[0] > w / 2 else 1
        tree = stage.pen(
            w * (0.5 + side * (0.2 + 0.5 * near)),
            y + 0.1 * h + (h - y) * near * 0.5,
            stage.unit * (0.12 + 0.4 * near),
            depth=0.2 * (1 - near),
        )
        ground.leafy(tree, stage.rng)
    ground.paint_grass(stage, y + 0.5 * h, "#7f9a48", density=0.7)


def rail(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ridges.paint_range(stage, y, stage.unit * 0.36, 0.55, peaks=2.2)
    far = ground.paint_hill(stage, y + 0.03 * h, 0.04 * h, "#7f9a5c", 0.35, low="#6d8a4d")
    ground.paint_pines(stage, far, int(34 * w / stage.unit), stage.unit * 0.08, 0.34, sink=0.02 * h)
    ground.paint_hill(stage, y + 0.14 * h, 0.015 * h, "#8a9c55", 0.1, low="#566e38")
    base = stage.focus[1]
    bed = poly((-5, base - 0.012 * h), (w + 5, base - 0.012 * h), (w + 5, base + 0.075 * h), (-5, base + 0.075 * h))
    stage.canvas.fill(bed, (stage.tone("#938b84"), stage.tone("#5f5954")), texture=0.35)
    ties = [
        poly((x, base), (x + w * 0.012, base), (x + w * 0.008, base + 0.05 * h), (x - w * 0.006, base + 0.05 * h))
        for x in np.arange(-9, w, w * 0.026)
    ]
    stage.canvas.fill(ties, stage.tone("#4f3d31"))
    for at, thick in ((0.006, 0.005), (0.038, 0.008)):
        stage.canvas.fill(
            box(-5, base + at * h, w + 10, thick * h + 1), (stage.tone("#d5dae0"), stage.tone("#6d6460")), model=False
        )
    ground.paint_grass(stage, base + 0.09 * h, "#7a9444")
    for x in np.arange(w * 0.12, w, w * 0.42):
        stage.pen(x, base, stage.unit * 0.5, depth=0.1).fill(
            [box(-0.01, -1, 0.02, 1), box(-0.13, -0.9, 0.26, 0.018)], "#4a4038"
        )


def arena(stage: Stage) -> None:
    """A running track between stands under floodlights."""
    paint_sky(stage)
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.08 * h
    _stands(stage, edge)
    stage.canvas.fill(
        box(-5, edge, w + 10, h), (stage.tone("#7fae4a", 0.15), stage.tone("#4f8a3a")), texture=0.12, model=False
    )
    meet = w * (0.5 + (0.5 - stage.focus[0] / w) * 0.8)
    track = poly(
        (meet - w * 0.1, edge + 0.01 * h), (meet + w * 0.1, edge + 0.01 * h), (w * 1.3, h + 5), (-w * 0.3, h + 5)
    )
    stage.canvas.fill(track, (stage.tone("#c8674a", 0.2), stage.tone("#b2462f")), texture=0.1, model=False)
    lanes = []
    for at in np.linspace(0, 1, 8):
        near, far = -0.3 * w + 1.6 * w * at, meet - w * 0.1 + w * 0.2 * at
        lanes.append(
            poly(
                (far - 0.6, edge + 0.01 * h),
                (far + 0.6, edge + 0.01 * h),
                (near + w * 0.006, h + 5),
                (near - w * 0.006, h + 5),
            )
        )
    stage.canvas.fill(lanes, stage.tone("#f6efe6"), opacity=0.9, model=False)
    for x in (0.08, 0.92):
        _floodlight(stage, w * x, edge)


def _stands(stage: Stage, edge: float) -> None:
    w, high = stage.width, stage.unit * 0.2
    tiers = curve(
        (-9, edge - high * 1.3),
        (w * 0.3, edge - high * 0.75),
        (w * 0.7, edge - high * 0.75),
        (w + 9, edge - high * 1.3),
        closed=False,
    )
    stage.canvas.fill(
        np.concatenate([tiers, [[w + 9, edge + 3], [-9, edge + 3]]]),
        (stage.tone("#6f7688", 0.3), stage.tone("#4f5668", 0.25)),
        texture=0.1,
    )
    colours = ("#e86a5a", "#f2c14e", "#f4efe6", "#5a8fd0", "#66a86a", "#d9a58a")
    for colour in colours:
        xs = stage.rng.uniform(0, w, int(150 * w / stage.unit))
        rise = np.interp(xs, tiers[:, 0], tiers[:, 1])
        ys = edge - (edge - rise) * stage.rng.uniform(0.12, 0.92, len(xs))
        stage.canvas.dots(np.stack([xs, ys], axis=1), np.full(len(xs), stage.unit * 0.0042), stage.tone(colour, 0.22))
    roof = np.concatenate([tiers - (0, high * 0.5), (tiers - (0, high * 0.36))[::-1]])
    stage.canvas.fill(roof, stage.tone("#e6e9ee", 0.2))


def _floodlight(stage: Stage, x: float, edge: float) -> None:
    high = stage.unit * 0.5
    stage.canvas.fill(box(x - 2, edge - high, stage.unit * 0.012, high), stage.tone("#4a5162", 0.2))
    stage.canvas.fill(
        box(x - stage.unit * 0.06, edge - high - stage.unit * 0.07, stage.unit * 0.13, stage.unit * 0.08),
        stage.tone("#394050"),
    )
    for dx in (-0.04, 0.0, 0.04):
        for dy in (0.05, 0.018):
            at = (x + (dx + 0.005) * stage.unit, edge - high - dy * stage.unit)
            stage.canvas.fill(ellipse(*at, stage.unit * 0.012), rgb("#fffbe6"), model=False)
    strength = 1.0 if stage.palette.dark else 0.5
    stage.canvas.glow(x, edge - high - stage.unit * 0.03, stage.unit * 0.42, rgb("#fff6d8"), strength)
