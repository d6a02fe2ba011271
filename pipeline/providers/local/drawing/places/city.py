"""Streets and skylines."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import RGB, darker, mix, rgb
from pipeline.providers.local.drawing.places.rooms import WINDOW_LIGHTS
from pipeline.providers.local.drawing.shapes import Points, box, poly
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage


def city(stage: Stage) -> None:
    paint_sky(stage, clouds=0.8)
    y, h = stage.horizon + 0.1 * stage.height, stage.height
    for depth, high in ((0.7, 0.34), (0.45, 0.5), (0.2, 0.62)):
        _skyline(stage, y, high * min(stage.unit, y), depth)
        stage.canvas.haze(stage.palette.haze, y - 0.3 * h, y, depth * 0.5)
    if stage.says("street", "alley", "detective", "crime", "traffic", "town") or stage.chance(0.4):
        _street(stage, y)
    else:
        ground.paint_water(stage, y, "#27485f", mirror=0.3)
        _quay(stage)


def _skyline(stage: Stage, base: float, high: float, depth: float) -> None:
    x, tower = -stage.unit * 0.05, ("#5b6a80", "#6d6470", "#4f6274", "#7a6a62")
    while x < stage.width:
        wide = stage.unit * stage.between(0.05, 0.13) * (1.25 - depth * 0.5)
        middle = math.exp(-(((x / stage.width) - stage.sun[0] / stage.width) ** 2) * 3)
        tall = high * stage.between(0.35, 0.75) * (0.7 + 0.6 * middle)
        colour = stage.tone(tower[int(stage.rng.integers(4))], depth)
        if stage.palette.dark:
            colour = mix(colour, rgb("#121a33"), 0.3)
        _tower(stage, x, base, wide, tall, colour, depth)
        x += wide * stage.between(0.86, 1.2)


def _tower(stage: Stage, x: float, base: float, wide: float, tall: float, colour: RGB, depth: float) -> None:
    top, kind = base - tall, int(stage.rng.integers(5))
    paint = (colour, mix(colour, stage.palette.haze, 0.25 + depth * 0.4))
    parts = [box(x, top, wide, tall + 3)]
    if kind == 0:
        parts += [
            box(x + wide * 0.2, top - wide * 0.4, wide * 0.6, wide * 0.5),
            box(x + wide * 0.46, top - wide * 1.2, wide * 0.07, wide),
        ]
    elif kind == 1:
        parts += [poly((x, top + 1), (x + wide * 0.5, top - wide * 0.75), (x + wide, top + 1))]
    elif kind == 2:
        parts += [poly((x, top + 1), (x, top - wide * 0.55), (x + wide, top + 1))]
    elif kind == 3:
        parts += [
            box(x + wide * 0.12, top - wide * 0.18, wide * 0.3, wide * 0.2),
            box(x + wide * 0.6, top - wide * 0.3, wide * 0.2, wide * 0.32),
        ]
    stage.canvas.fill(parts, paint, texture=0.06)
    shade = x if stage.canvas.light[0] > 0 else x + wide * 0.62
    stage.canvas.fill(box(shade, top, wide * 0.38, tall), darker(colour, 0.35), opacity=0.4, model=False)
    _windows(stage, x, top, wide, tall, colour, depth)


def _windows(stage: Stage, x: float, top: float, wide: float, tall: float, colour: RGB, depth: float) -> None:
    columns, rows = max(int(wide / (stage.unit * 0.016)), 2), max(int(tall / (stage.unit * 0.024)), 2)
    across, down = wide / columns, tall / rows
    lit_share = 0.42 if stage.palette.dark else 0.06
    glass: list[Points] = []
    lit: list[Points] = []
    for column, row in np.ndindex(columns, rows):
        pane = box(x + (column + 0.25) * across, top + (row + 0.3) * down, across * 0.5, down * 0.45)
        (lit if stage.chance(lit_share) else glass).append(pane)
    stage.canvas.fill(
        glass,
        mix(colour, stage.palette.sky[2] if not stage.palette.dark else rgb("#0b1122"), 0.42),
        opacity=0.7,
        model=False,
    )
    warm = stage.palette.lit(WINDOW_LIGHTS[int(stage.rng.integers(4))])
    stage.canvas.fill(lit, mix(warm, stage.palette.haze, depth * 0.5), model=False)


def _street(stage: Stage, y: float) -> None:
    w, h = stage.width, stage.height
    meet = w * (0.5 + (0.5 - stage.focus[0] / w) * 0.3)
    asphalt = (stage.tone("#6d6f78", 0.25), stage.tone("#3d4048"))
    stage.canvas.fill(
        box(-5, y - 2, w + 10, h - y + 9),
        (stage.tone("#a39a90", 0.2), stage.tone("#7a726c")),
        texture=0.12,
        model=False,
    )
    stage.canvas.fill(
        poly((meet - w * 0.05, y - 2), (meet + w * 0.05, y - 2), (w * 0.98, h + 5), (w * 0.02, h + 5)),
        asphalt,
        texture=0.16,
        model=False,
    )
    for near in np.linspace(0.03, 1, 9) ** 2:
        yy, size = y + (h - y) * near, 0.01 + 0.02 * near
        stripe = poly(
            (meet - w * size * 0.3, yy),
            (meet + w * size * 0.3, yy),
            (meet + w * size * 0.5, yy + (h - y) * 0.09 * near),
            (meet - w * size * 0.5, yy + (h - y) * 0.09 * near),
        )
        stage.canvas.fill(stripe, stage.tone("#e9dfc0"), opacity=0.7, model=False)
    for near in (0.08, 0.2, 0.45, 0.9):
        for side in (-1, 1):
            x, foot = meet + side * w * (0.06 + 0.5 * near), y + (h - y) * near
            _lamp(stage, x, foot, stage.unit * (0.1 + 0.5 * near), -side)
    if stage.palette.dark or stage.brief.weather in ("rain", "storm"):
        stage.canvas.mirror(y + 0.02 * h, h, stage.tone("#39404e"), 0.28, stage.unit * 0.006)


def _lamp(stage: Stage, x: float, y: float, size: float, side: int) -> None:
    pen = stage.pen(x, y, size, flip=side < 0, depth=0.1)
    pen.fill([box(-0.012, -1, 0.024, 1), box(0, -1, 0.2, 0.018), box(-0.03, -0.03, 0.06, 0.04)], "#333845")
    pen.fill(box(0.13, -0.99, 0.1, 0.035), "#fff1c8", lit=True)
    if stage.palette.dark:
        pen.glow(0.18, -0.95, 0.35, "#ffcf80", 0.9)


def _quay(stage: Stage) -> None:
    y = stage.height * 0.9
    stone = (stage.tone("#7d7a7c"), stage.tone("#55535a"))
    stage.canvas.fill(box(-5, y, stage.width + 10, stage.height), stone, texture=0.2, model=False)
    rail = [
        box(-5, y - stage.unit * 0.075, stage.width + 10, stage.unit * 0.009),
        box(-5, y - stage.unit * 0.04, stage.width + 10, stage.unit * 0.005),
    ]
    posts = [
        box(x, y - stage.unit * 0.085, stage.unit * 0.01, stage.unit * 0.09)
        for x in np.arange(0, stage.width, stage.unit * 0.13)
    ]
    stage.canvas.fill(rail + posts, stage.tone("#2c313c"))
    stage.focus = (stage.focus[0], 0.96 * stage.height)
