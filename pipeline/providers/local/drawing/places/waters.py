"""The sea and what lies under it, and the sea of clouds."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing import ground, ridges
from pipeline.providers.local.drawing.colour import RGB, mix, rgb
from pipeline.providers.local.drawing.shapes import Points, along, curve, down_to, ellipse, poly
from pipeline.providers.local.drawing.sky import paint_sky, puff
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop, spread

AFLOAT = frozenset({"sailboat", "ship", "whale", "dolphin", "lighthouse", "bridge"})
CORALS = ("#f0766a", "#f3a64c", "#d86fb0", "#7fc28a", "#8f7fd8", "#f2d06b")
DEEP = ("#9fe8e0", "#3fb3c8", "#1f7fae", "#124f86")


def sea(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    land = stage.rng.random()
    if land < 0.6:
        _headland(stage, stage.width * (0.05 if stage.focus[0] > w / 2 else 0.95))
    stage.haze(y - 0.1 * h, y, 0.4)
    ground.paint_water(stage, y, "#1f6f8f", mirror=0.42)
    beach = stage.says("beach", "shore", "strand", "island", "palm", "playa", "plage")
    if (beach or land > 0.75) and not AFLOAT & set(stage.brief.things):
        _shore(stage)
    ground.bird_flock(stage, w * stage.between(0.2, 0.8), y * 0.45, int(stage.rng.integers(3, 8)))


def _headland(stage: Stage, x: float) -> None:
    wide, y, xs = stage.width * stage.between(0.2, 0.4), stage.horizon + 1, np.linspace(-1, 1, 50)
    for depth, grow in ((0.62, 1.5), (0.42, 0.9)):
        dome = stage.unit * 0.13 * grow * np.clip(1 - np.abs(xs) ** 1.5, 0, 1)
        top = dome * (0.8 + 0.3 * np.interp(xs, np.linspace(-1, 1, 12), stage.rng.random(12)))
        shape = down_to(y, along(x + xs * wide * grow, y - top))
        stage.fill(shape, "#6d7f5a", stage.tone("#6f6a63", depth + 0.1), depth=depth, texture=0.25)


def _shore(stage: Stage) -> None:
    y = 0.84 * stage.height
    spread(stage, "shore", 0, y, stage.unit)
    ground.paint_rocks(stage, y + 0.02 * stage.height, 4, 0.04, "#8c8378")


def underwater(stage: Stage) -> None:
    h, dim = stage.height, 0.45 if stage.brief.hour == "night" else 0.0
    stops = [mix(stage.palette.lit(code), rgb("#071a3a"), dim) for code in DEEP]
    stage.canvas.gradient(stops, -0.1 * h, h)
    _beams(stage, stage.sun[0])
    for depth, at in ((0.6, -0.16), (0.35, -0.07), (0.0, 0.03)):
        sand = mix(rgb("#d8c490"), stops[2], depth)
        y = h * 0.86 + at * h
        rise = ground.paint_hill(stage, y, 0.035 * h, sand, depth * 0.3, low="#6f8f86", cells=4)
        _corals(stage, rise, depth, stops[2])
    _bubbles(stage)
    _school(stage)


def _beams(stage: Stage, x: float) -> None:
    stage.glow(x, -0.05 * stage.height, stage.unit * 1.1, "#eafff6", 0.8)
    beams = []
    for at in np.linspace(-1, 1, 9) + stage.rng.uniform(-0.1, 0.1, 9):
        top, foot, wide = x + at * stage.unit * 0.35, x + at * stage.width * 0.9, stage.unit * stage.between(0.03, 0.12)
        beams.append(poly((top, -9), (top + wide * 0.4, -9), (foot + wide, stage.height), (foot - wide, stage.height)))
    stage.fill(beams, rgb("#d8fff4"), opacity=0.2, blur=stage.unit * 0.016, mode="light")


def _corals(stage: Stage, outline: Points, depth: float, water: RGB) -> None:
    for x in stage.rng.uniform(0, 1, int(11 * stage.width / stage.unit)) * stage.width:
        coral, weed = (mix(rgb(code), water, depth) for code in (stage.one_of(CORALS), "#4f9a5c"))
        y, size = ground.height_at(outline, x) + 6, stage.unit * stage.between(0.07, 0.17) * (1.2 - depth)
        prop(stage, "coral", x, y, size, flip=stage.chance(0.5), coral=coral, weed=weed)


def _bubbles(stage: Stage) -> None:
    for _ in range(26):
        x, y = stage.anywhere(), stage.between(0, 1) * stage.height
        r = stage.unit * (0.002 + 0.013 * stage.rng.random() ** 3)
        stage.fill(ellipse(x, y, r), rgb("#e6fffb"), opacity=0.28, model=False)
        stage.fill(ellipse(x - r * 0.3, y - r * 0.35, r * 0.3), rgb("#ffffff"), opacity=0.8, model=False)


def _school(stage: Stage) -> None:
    x, y = stage.width - stage.focus[0], stage.height * stage.between(0.25, 0.55)
    body = curve((-1, 0), (-0.3, -0.38), (0.6, -0.2), (0.9, 0), (0.6, 0.2), (-0.3, 0.38))
    tail = poly((0.75, 0), (1.25, -0.4), (1.12, 0), (1.25, 0.4))
    fish = []
    for _ in range(22):
        size = stage.unit * stage.between(0.008, 0.017)
        at = (x + stage.rng.normal() * stage.unit * 0.16, y + stage.rng.normal() * stage.unit * 0.06)
        fish += [body * size + at, tail * size + at]
    stage.fill(fish, stage.palette.lit("#d9e8d0"), opacity=0.75, model=False)


def clouds(stage: Stage) -> None:
    """High above a sea of clouds."""
    paint_sky(stage)
    sky, h, y = stage.palette.sky, stage.height, stage.horizon
    bright, shade = mix(stage.palette.light, rgb("#ffffff"), 0.55), mix(sky[1], sky[2], 0.5)
    if stage.brief.hour == "night":
        bright, shade = stage.tone("#d8e2f6"), sky[1]
    if stage.chance(0.5):
        ridges.paint_range(stage, y + 0.08 * h, stage.unit * 0.26, 0.5, peaks=1.5)
    for row in np.linspace(0, 1, 7):
        line, size = y + (h - y) * (0.04 + 1.1 * row**1.3), stage.unit * (0.06 + 0.2 * row)
        colour = mix(sky[3], bright, 0.3 + 0.7 * row)
        for x in np.arange(stage.between(-0.5, 0) * size, stage.width + size, size * 2.1):
            at = x + stage.rng.normal() * size * 0.4, line + stage.rng.normal() * size * 0.1
            puff(stage, *at, size * stage.between(0.7, 1.15), colour, mix(shade, colour, 0.25))
    stage.haze(y - 0.08 * h, y + 0.04 * h, 0.4)
