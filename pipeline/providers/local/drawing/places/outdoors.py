"""Open land: mountains, fields, hills, ice."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing import ground, ridges
from pipeline.providers.local.drawing.colour import lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import ellipse, poly, wander
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage


def mountains(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    sky = min(y, stage.unit)
    ridges.paint_range(stage, y, sky * stage.between(0.5, 0.78), 0.55, peaks=stage.between(1.6, 3))
    ridges.paint_range(
        stage, y + 0.03 * h, sky * stage.between(0.28, 0.42), 0.3, peaks=stage.between(2.5, 4), snow=False
    )
    lake = stage.chance(0.45) or stage.says("lake", "river")
    far = ground.paint_hill(stage, y + 0.05 * h, 0.02 * h, "#58774f", 0.36, low="#4e7047")
    ground.paint_pines(stage, far, int(60 * w / stage.unit), stage.unit * 0.07, 0.34, sink=0.03 * h)
    if lake:
        ground.paint_water(stage, y + 0.1 * h, "#3c7287", mirror=0.6)
    near = ground.paint_hill(stage, y + (0.3 if lake else 0.2) * h, 0.05 * h, "#6d8a4b", 0.08, low="#3f5f38")
    ground.paint_pines(stage, near, 5, stage.unit * 0.26, 0.08, sink=0.12 * h)
    ground.paint_rocks(stage, y + 0.3 * h, 7, 0.05)
    stage.focus = (stage.focus[0], min(max(stage.focus[1], y + (0.37 if lake else 0.27) * h), 0.95 * h))
    ground.paint_grass(stage, y + (0.33 if lake else 0.25) * h, "#6f8f46")


def fields(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ridges.paint_range(stage, y, stage.unit * 0.14, 0.66, peaks=2.5, snow=False)
    far = ground.paint_hill(stage, y + 0.01 * h, 0.03 * h, "#8aa65a", 0.42, low="#7d9a4f")
    ground.paint_treeline(stage, far, stage.unit * 0.035, 0.42)
    colours = [("#c8b357", "#a58c3b"), ("#86a84e", "#4f7a3a"), ("#b3b95e", "#6d8a40")]
    stage.rng.shuffle(colours)
    middle = ground.paint_hill(stage, y + 0.1 * h, 0.035 * h, colours[0][0], 0.2, low=colours[0][1])
    _rows(stage, y + 0.13 * h, colours[0][1])
    for _ in range(3):
        x = stage.between(0, 1) * w
        tree = stage.pen(x, ground.height_at(middle, x) + 4, stage.unit * stage.between(0.12, 0.2), depth=0.22)
        ground.leafy(tree, stage.rng, "#557f3e")
    ground.paint_hill(stage, y + 0.28 * h, 0.03 * h, colours[1][0], 0.03, low="#3b5f33")
    ground.paint_grass(stage, y + 0.3 * h, "#6f9640", tall=0.065)
    blooms(stage, y + 0.3 * h, 120 if stage.says("flower", "garden", "bloom", "spring", "meadow") else 40)


def _rows(stage: Stage, top: float, colour: str) -> None:
    """Furrows that meet at a point on the horizon."""
    meet, foot = (stage.width * stage.between(0.25, 0.75), stage.horizon - 0.02 * stage.height), stage.height
    rows = []
    for at in np.linspace(-1.6, 2.6, 34):
        x0 = meet[0] + (at * stage.width - meet[0]) * (top - meet[1]) / (foot - meet[1])
        wide = stage.width * 0.022
        rows.append(poly((x0, top), (at * stage.width, foot), (at * stage.width + wide, foot), (x0 + wide * 0.25, top)))
    stage.canvas.fill(rows, mix(stage.tone(colour), rgb("#1d2a1a"), 0.35), opacity=0.34, model=False, blur=0.8)


def blooms(stage: Stage, top: float, count: int) -> None:
    if ground.is_white(stage):
        return
    kinds = [["#e8586a", "#f3c64c", "#f5f0e8"], ["#b07fd6", "#f0a0c0", "#fff3c8"], ["#f08a3c", "#fbe06a", "#e8556a"]]
    petals = kinds[int(stage.rng.integers(3))]
    for near in np.sort(stage.rng.random(int(count * max(stage.width / stage.unit, 0.7)))):
        x, y = stage.between(0, 1) * stage.width, top + (stage.height - top) * (0.05 + near)
        size = stage.unit * (0.004 + 0.013 * near)
        colour = stage.tone(petals[int(stage.rng.integers(3))], 0.1 * (1 - near))
        stem = poly((x - 0.7, y), (x + 0.7, y), (x + 0.7, y + size * 4), (x - 0.7, y + size * 4))
        stage.canvas.fill(stem, stage.tone("#4c7337"), model=False)
        heads = [
            ellipse(x + np.cos(t) * size * 0.7, y + np.sin(t) * size * 0.55, size * 0.55)
            for t in (0.3, 1.6, 2.8, 4.1, 5.4)
        ]
        for head in heads:
            stage.canvas.fill(head, colour, model=False)
        stage.canvas.fill(ellipse(x, y, size * 0.4), stage.tone("#f6d04d"), model=False)


def hills(stage: Stage) -> None:
    """Green land with a way leading up to what stands there."""
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ridges.paint_range(stage, y, stage.unit * 0.3, 0.6, peaks=2.2)
    far = ground.paint_hill(stage, y + 0.02 * h, 0.05 * h, "#7d9a62", 0.42, low="#6d8c55")
    ground.paint_treeline(stage, far, stage.unit * 0.03, 0.42)
    ground.paint_hill(stage, y + 0.12 * h, 0.05 * h, "#79994f", 0.2, low="#5d823f")
    _winding_path(stage, (stage.focus[0], y + 0.15 * h), (w * stage.between(0.2, 0.8), h * 1.02))
    outline = ground.paint_hill(stage, y + 0.46 * h, 0.04 * h, "#648a40", 0.0, low="#2f5130")
    ground.paint_pines(stage, outline, 3, stage.unit * 0.2, 0.02, sink=0.05 * h)
    ground.paint_rocks(stage, y + 0.4 * h, 6, 0.045)
    ground.paint_grass(stage, y + 0.46 * h, "#6a913f")


def _winding_path(stage: Stage, start: tuple[float, float], end: tuple[float, float]) -> None:
    t = np.linspace(0, 1, 40)
    x = start[0] + (end[0] - start[0]) * t**1.3 + np.sin(t * 7) * stage.unit * 0.1 * t
    y, half = start[1] + (end[1] - start[1]) * t, stage.unit * (0.006 + 0.11 * t**1.6)
    way = np.concatenate([np.stack([x - half, y], axis=1), np.stack([x + half, y], axis=1)[::-1]])
    stage.canvas.fill(way, (stage.tone("#d9c29a", 0.2), stage.tone("#b8965f")), texture=0.16, model=False)


def ice(stage: Stage) -> None:
    paint_sky(stage, clouds=0.7)
    h, y = stage.height, stage.horizon
    if stage.brief.hour == "night":
        _aurora(stage)
    ridges.paint_range(stage, y, stage.unit * 0.36, 0.5, peaks=2.5)
    ground.paint_water(stage, y, "#4f86a8", bottom=y + 0.22 * h, mirror=0.5)
    for _ in range(4):
        _iceberg(
            stage,
            stage.between(0, 1) * stage.width,
            y + stage.between(0.02, 0.13) * h,
            stage.unit * stage.between(0.06, 0.16),
        )
    ground.paint_hill(stage, y + 0.2 * h, 0.02 * h, "#f3f7fb", 0.0, low="#b9cbe0")
    ground.paint_hill(stage, y + 0.36 * h, 0.03 * h, "#f3f7fb", 0.0, low="#b9cbe0")
    ground.paint_rocks(stage, y + 0.3 * h, 6, 0.04)


def _iceberg(stage: Stage, x: float, y: float, size: float) -> None:
    pen = stage.pen(x, y, size, depth=0.15, flip=stage.chance(0.5))
    pen.fill(
        poly((-1, 0), (-0.8, -0.5), (-0.3, -0.95), (0, -0.7), (0.4, -0.85), (0.8, -0.3), (1, 0)), "#eaf5fb", "#a5cbe0"
    )
    pen.fill(poly((-0.3, -0.95), (0, -0.7), (-0.05, 0), (-0.5, 0)), "#8fbcd8", opacity=0.7)


def _aurora(stage: Stage) -> None:
    x = np.linspace(0, stage.width, 60)
    for colour, shift in (("#3ff0a8", 0.0), ("#58b8ff", 0.09), ("#b070ff", -0.08)):
        y = stage.horizon * (0.52 + shift) + stage.horizon * 0.16 * wander(stage.rng, 60, octaves=2, cells=2)
        curtain = np.concatenate(
            [np.stack([x, y], 1), np.stack([x, y - stage.horizon * stage.between(0.25, 0.5)], 1)[::-1]]
        )
        stage.canvas.fill(
            curtain,
            (mix(rgb(colour), rgb("#000000"), 0.6), lighter(rgb(colour), 0.1)),
            opacity=0.5,
            blur=stage.unit * 0.03,
            mode="light",
        )
