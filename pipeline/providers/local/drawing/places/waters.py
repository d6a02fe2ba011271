"""The sea and what lies under it, and the sea of clouds."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground, ridges
from pipeline.providers.local.drawing.colour import RGB, mix, rgb
from pipeline.providers.local.drawing.shapes import curve, ellipse, limb, poly
from pipeline.providers.local.drawing.sky import paint_sky, puff
from pipeline.providers.local.drawing.stage import Stage

AFLOAT = frozenset({"sailboat", "ship", "whale", "dolphin", "lighthouse", "bridge"})


def sea(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    land = stage.rng.random()
    if land < 0.6:
        _headland(stage, stage.width * (0.05 if stage.focus[0] > w / 2 else 0.95))
    stage.canvas.haze(stage.palette.haze, y - 0.1 * h, y, 0.4)
    ground.paint_water(stage, y, "#1f6f8f", mirror=0.42)
    beach = stage.says("beach", "shore", "strand", "island", "palm", "playa", "plage")
    if (beach or land > 0.75) and not AFLOAT & set(stage.brief.things):
        _shore(stage)
    ground.bird_flock(stage, w * stage.between(0.2, 0.8), y * 0.45, int(stage.rng.integers(3, 8)))


def _headland(stage: Stage, x: float) -> None:
    wide, y = stage.width * stage.between(0.2, 0.4), stage.horizon + 1
    for depth, grow in ((0.62, 1.5), (0.42, 0.9)):
        xs = np.linspace(-1, 1, 50)
        top = (
            stage.unit
            * 0.13
            * grow
            * np.clip(1 - np.abs(xs) ** 1.5, 0, 1)
            * (0.8 + 0.3 * np.interp(xs, np.linspace(-1, 1, 12), stage.rng.random(12)))
        )
        shape = np.concatenate(
            [np.stack([x + xs * wide * grow, y - top], axis=1), [[x + wide * grow, y], [x - wide * grow, y]]]
        )
        stage.canvas.fill(shape, (stage.tone("#6d7f5a", depth), stage.tone("#6f6a63", depth + 0.1)), texture=0.25)


def _shore(stage: Stage) -> None:
    y = stage.height * 0.84
    x = np.linspace(-0.02, 1.02, 60) * stage.width
    for drop, paint, opacity in (
        (-0.03, stage.tone("#d8efef"), 0.5),
        (-0.012, stage.tone("#ffffff"), 0.85),
        (0.0, None, 1.0),
    ):
        top = (
            y
            + drop * stage.unit
            + stage.unit * 0.035 * np.sin(x / stage.unit * 4 + 1.3)
            + stage.unit * 0.012 * np.sin(x / stage.unit * 17)
        )
        sand = np.concatenate([np.stack([x, top], axis=1), [[x[-1], stage.height + 9], [x[0], stage.height + 9]]])
        stage.canvas.fill(
            sand,
            paint or (stage.tone("#d9b98a"), stage.tone("#f0d9a8")),
            opacity=opacity,
            texture=0.08 if not paint else 0.0,
            model=False,
        )
    ground.paint_rocks(stage, y + 0.02 * stage.height, 4, 0.04, "#8c8378")


def underwater(stage: Stage) -> None:
    lit = stage.palette.lit
    dim = 0.45 if stage.brief.hour == "night" else 0.0
    stops = [mix(lit(c), rgb("#071a3a"), dim) for c in ("#9fe8e0", "#3fb3c8", "#1f7fae", "#124f86")]
    stage.canvas.gradient(stops, -0.1 * stage.height, stage.height)
    x = stage.sun[0]
    stage.canvas.glow(x, -0.05 * stage.height, stage.unit * 1.1, rgb("#eafff6"), 0.8)
    beams = []
    for at in np.linspace(-1, 1, 9) + stage.rng.uniform(-0.1, 0.1, 9):
        foot, wide = x + at * stage.width * 0.9, stage.unit * stage.between(0.03, 0.12)
        beams.append(
            poly(
                (x + at * stage.unit * 0.35, -9),
                (x + at * stage.unit * 0.35 + wide * 0.4, -9),
                (foot + wide, stage.height),
                (foot - wide, stage.height),
            )
        )
    stage.canvas.fill(beams, rgb("#d8fff4"), opacity=0.2, blur=stage.unit * 0.016, mode="light")
    base = stage.height * 0.86
    for depth, at in ((0.6, -0.16), (0.35, -0.07), (0.0, 0.03)):
        rise = ground.paint_hill(
            stage,
            base + at * stage.height,
            0.035 * stage.height,
            mix(rgb("#d8c490"), stops[2], depth),
            depth * 0.3,
            low="#6f8f86",
            cells=4,
        )
        _corals(stage, rise, depth, stops[2])
    _bubbles(stage)
    _school(stage)


def _corals(stage: Stage, outline: np.ndarray, depth: float, water: RGB) -> None:
    colours = ("#f0766a", "#f3a64c", "#d86fb0", "#7fc28a", "#8f7fd8", "#f2d06b")
    for x in stage.rng.uniform(0, 1, int(11 * stage.width / stage.unit)) * stage.width:
        colour = mix(rgb(colours[int(stage.rng.integers(6))]), water, depth)
        pen = stage.pen(
            x,
            ground.height_at(outline, x) + 6,
            stage.unit * stage.between(0.07, 0.17) * (1.2 - depth),
            flip=stage.chance(0.5),
        )
        kind = int(stage.rng.integers(4))
        if kind == 0:
            pen.fill(
                [limb((0, 0), (s * 0.2, -0.5), (s * 0.55, -0.95), width=0.13, end=0.05) for s in (-1, -0.35, 0.3, 0.9)],
                colour,
            )
        elif kind == 1:
            pen.fill(curve((-0.5, 0.1), (-0.45, -0.35), (0, -0.55), (0.45, -0.35), (0.5, 0.1)), colour, texture=0.4)
        elif kind == 2:
            blades = [
                limb(
                    (s * 0.12, 0),
                    (s * 0.1 + 0.12, -0.7),
                    (s * 0.2 - 0.1, -1.3),
                    (s * 0.22 + 0.1, -1.9),
                    width=0.09,
                    end=0.015,
                )
                for s in (-1, 0, 1)
            ]
            pen.fill(blades, mix(rgb("#4f9a5c"), water, depth))
        else:
            pen.fill(
                [ellipse(math.cos(t) * 0.3, -0.3 + math.sin(t) * 0.25, 0.17) for t in np.linspace(0, 6, 7)], colour
            )


def _bubbles(stage: Stage) -> None:
    for _ in range(26):
        x, y, r = (
            stage.between(0, 1) * stage.width,
            stage.between(0, 1) * stage.height,
            stage.unit * (0.002 + 0.013 * stage.rng.random() ** 3),
        )
        stage.canvas.fill(ellipse(x, y, r), rgb("#e6fffb"), opacity=0.28, model=False)
        stage.canvas.fill(ellipse(x - r * 0.3, y - r * 0.35, r * 0.3), rgb("#ffffff"), opacity=0.8, model=False)


def _school(stage: Stage) -> None:
    x, y = stage.width - stage.focus[0], stage.height * stage.between(0.25, 0.55)
    body = curve((-1, 0), (-0.3, -0.38), (0.6, -0.2), (0.9, 0), (0.6, 0.2), (-0.3, 0.38))
    tail = poly((0.75, 0), (1.25, -0.4), (1.12, 0), (1.25, 0.4))
    fish = []
    for _ in range(22):
        size = stage.unit * stage.between(0.008, 0.017)
        at = (x + stage.rng.normal() * stage.unit * 0.16, y + stage.rng.normal() * stage.unit * 0.06)
        fish += [body * size + at, tail * size + at]
    stage.canvas.fill(fish, stage.palette.lit("#d9e8d0"), opacity=0.75, model=False)


def clouds(stage: Stage) -> None:
    """High above a sea of clouds."""
    paint_sky(stage)
    bright = mix(stage.palette.light, rgb("#ffffff"), 0.55)
    shade = mix(stage.palette.sky[1], stage.palette.sky[2], 0.5)
    if stage.brief.hour == "night":
        bright, shade = stage.tone("#d8e2f6"), stage.palette.sky[1]
    if stage.chance(0.5):
        ridges.paint_range(stage, stage.horizon + 0.08 * stage.height, stage.unit * 0.26, 0.5, peaks=1.5)
    rows = np.linspace(0, 1, 7)
    for row in rows:
        y = stage.horizon + (stage.height - stage.horizon) * (0.04 + 1.1 * row**1.3)
        colour = mix(stage.palette.sky[3], bright, 0.3 + 0.7 * row)
        size = stage.unit * (0.06 + 0.2 * row)
        for x in np.arange(stage.between(-0.5, 0) * size, stage.width + size, size * 2.1):
            puff(
                stage,
                x + stage.rng.normal() * size * 0.4,
                y + stage.rng.normal() * size * 0.1,
                size * stage.between(0.7, 1.15),
                colour,
                mix(shade, colour, 0.25),
            )
    stage.canvas.haze(stage.palette.haze, stage.horizon - 0.08 * stage.height, stage.horizon + 0.04 * stage.height, 0.4)
