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
from pipeline.providers.local.drawing.stage_drawings import prop, spread

TOWERS = ("#5b6a80", "#6d6470", "#4f6274", "#7a6a62")


def city(stage: Stage) -> None:
    paint_sky(stage, clouds=0.8)
    y, h = stage.horizon + 0.1 * stage.height, stage.height
    for depth, high in ((0.7, 0.34), (0.45, 0.5), (0.2, 0.62)):
        _skyline(stage, y, high * min(stage.unit, y), depth)
        stage.haze(y - 0.3 * h, y, depth * 0.5)
    if stage.says("street", "alley", "detective", "crime", "traffic", "town") or stage.chance(0.4):
        _street(stage, y)
    else:
        ground.paint_water(stage, y, "#27485f", mirror=0.3)
        _quay(stage)


def _skyline(stage: Stage, base: float, high: float, depth: float) -> None:
    x = -stage.unit * 0.05
    while x < stage.width:
        wide = stage.unit * stage.between(0.05, 0.13) * (1.25 - depth * 0.5)
        middle = math.exp(-(((x / stage.width) - stage.sun[0] / stage.width) ** 2) * 3)
        tall = high * stage.between(0.35, 0.75) * (0.7 + 0.6 * middle)
        colour = stage.tone(stage.one_of(TOWERS), depth)
        if stage.palette.dark:
            colour = mix(colour, rgb("#121a33"), 0.3)
        _tower(stage, x, base, wide, tall, colour, depth)
        x += wide * stage.between(0.86, 1.2)


def _tower(stage: Stage, x: float, base: float, wide: float, tall: float, colour: RGB, depth: float) -> None:
    top, right, middle = base - tall, x + wide, x + wide * 0.5
    roofs: tuple[list[Points], ...] = (
        [
            box(x + wide * 0.2, top - wide * 0.4, wide * 0.6, wide * 0.5),
            box(x + wide * 0.46, top - wide * 1.2, wide * 0.07, wide),
        ],
        [poly((x, top + 1), (middle, top - wide * 0.75), (right, top + 1))],
        [poly((x, top + 1), (x, top - wide * 0.55), (right, top + 1))],
        [
            box(x + wide * 0.12, top - wide * 0.18, wide * 0.3, wide * 0.2),
            box(x + wide * 0.6, top - wide * 0.3, wide * 0.2, wide * 0.32),
        ],
        [],
    )
    parts = [box(x, top, wide, tall + 3), *stage.one_of(roofs)]
    stage.fill(parts, colour, mix(colour, stage.palette.haze, 0.25 + depth * 0.4), texture=0.06)
    shade = x if stage.canvas.light[0] > 0 else x + wide * 0.62
    stage.fill(box(shade, top, wide * 0.38, tall), darker(colour, 0.35), opacity=0.4, model=False)
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
    unlit = rgb("#0b1122") if stage.palette.dark else stage.palette.sky[2]
    stage.fill(glass, mix(colour, unlit, 0.42), opacity=0.7, model=False)
    warm = stage.palette.lit(stage.one_of(WINDOW_LIGHTS))
    stage.fill(lit, mix(warm, stage.palette.haze, depth * 0.5), model=False)


def _street(stage: Stage, y: float) -> None:
    w, h = stage.width, stage.height
    meet = w * (0.5 + (0.5 - stage.focus[0] / w) * 0.3)
    spread(stage, "street", meet, y, h - y)
    for near in (0.08, 0.2, 0.45, 0.9):
        for side in (-1, 1):
            x, foot = meet + side * w * (0.06 + 0.5 * near), y + (h - y) * near
            prop(stage, "lamp", x, foot, stage.unit * (0.1 + 0.5 * near), flip=side > 0, depth=0.1)
    if stage.palette.dark or stage.brief.weather in ("rain", "storm"):
        stage.canvas.mirror(y + 0.02 * h, h, stage.tone("#39404e"), 0.28, stage.unit * 0.006)


def _quay(stage: Stage) -> None:
    spread(stage, "quay", 0, stage.height * 0.9, stage.unit)
    stage.focus = (stage.focus[0], 0.96 * stage.height)
