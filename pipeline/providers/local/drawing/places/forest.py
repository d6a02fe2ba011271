"""A forest, seen from among its trees."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import mix, rgb
from pipeline.providers.local.drawing.shapes import curve, limb, line, poly
from pipeline.providers.local.drawing.stage import Stage


def forest(stage: Stage) -> None:
    w, h = stage.width, stage.height
    autumn = stage.says("autumn", "fall")
    light = mix(stage.palette.sky[3], stage.palette.light, 0.5)
    leaf = stage.tone("#a9c26a" if not autumn else "#e0a24c", 0.35)
    stage.canvas.gradient(
        [mix(leaf, rgb("#1d3a33"), 0.42), mix(leaf, light, 0.35), mix(light, leaf, 0.3)], 0, stage.horizon
    )
    stage.canvas.glow(stage.sun[0], stage.horizon * 0.5, stage.unit * 0.8, stage.palette.light, 0.6)
    floor = ("#6f7d43", "#3b5233") if not autumn else ("#b0743a", "#5f4028")
    for depth, size in ((0.72, 0.35), (0.5, 0.6), (0.28, 0.95)):
        _canopy(stage, depth, autumn)
        _trunks(stage, depth, size)
        ground.paint_hill(
            stage, stage.horizon + (0.72 - depth) * 0.34 * h, 0.015 * h, floor[0], depth * 0.8, low=floor[1]
        )
        stage.canvas.haze(light, stage.horizon * 0.3, stage.horizon + (0.72 - depth) * 0.3 * h, depth * 0.5)
    _shafts(stage)
    ground.paint_rocks(stage, stage.horizon + 0.2 * h, 5, 0.05, "#6d7462")
    ground.paint_grass(stage, stage.horizon + 0.12 * h, "#63803d" if not autumn else "#a5793a", tall=0.06)
    _ferns(stage)
    if w > 0:
        _framing_trunk(stage)


def _canopy(stage: Stage, depth: float, autumn: bool) -> None:
    colour = ("#4d7a3e", "#c9762f")[autumn]
    tone = stage.tone(colour, depth)
    low = stage.horizon * (0.5 - 0.36 * (0.72 - depth))
    leaves = []
    for _ in range(int(26 * stage.width / stage.unit)):
        x, y = stage.between(-0.05, 1.05) * stage.width, low * stage.rng.random() ** 0.8
        leaves.append(ground._bough(stage.rng, x, y, stage.unit * stage.between(0.03, 0.1) * (1.3 - depth)))
    stage.canvas.fill(leaves, (mix(tone, rgb("#0f2a26"), 0.3), mix(tone, stage.palette.light, 0.16)), texture=0.22)


def _trunks(stage: Stage, depth: float, size: float) -> None:
    foot = stage.horizon + (0.72 - depth) * 0.42 * stage.height
    trunks = []
    for x in stage.rng.uniform(-0.02, 1.02, int((4 + 9 * depth) * max(stage.width / stage.unit, 0.7))) * stage.width:
        wide = stage.unit * 0.085 * size * stage.between(0.55, 1.1)
        lean = stage.between(-0.04, 0.04) * stage.height
        trunks.append(
            line(curve((x, foot), (x + lean * 0.2, foot * 0.6), (x + lean, -9), closed=False), wide * 1.35, wide * 0.7)
        )
        for side in (-1, 1):
            y = foot * stage.between(0.15, 0.5)
            reach = side * wide * stage.between(2, 4)
            bough = curve((x, y), (x + reach * 0.5, y - wide), (x + reach, y - wide * 2.6), closed=False)
            trunks.append(line(bough, wide * 0.34, wide * 0.08))
    for trunk in trunks:
        stage.canvas.fill(trunk, stage.tone("#5a4738", depth), texture=0.3)


def _shafts(stage: Stage) -> None:
    beams = []
    for x in stage.rng.uniform(0.05, 0.95, 4) * stage.width:
        lean = (stage.width / 2 - stage.sun[0]) * 0.35
        wide = stage.unit * stage.between(0.03, 0.1)
        beams.append(
            poly((x, -5), (x + wide, -5), (x + lean + wide * 2.2, stage.height), (x + lean - wide, stage.height))
        )
    stage.canvas.fill(beams, stage.palette.light, opacity=0.2, blur=stage.unit * 0.02, mode="light")


def _ferns(stage: Stage) -> None:
    for _ in range(int(5 * stage.width / stage.unit)):
        pen = stage.pen(
            stage.between(0, 1) * stage.width,
            stage.height * stage.between(0.93, 1.02),
            stage.unit * stage.between(0.1, 0.18),
        )
        for side in np.linspace(-0.9, 0.9, 6):
            frond = limb((0, 0), (side * 0.35, -0.55), (side * 0.95, -0.62 + abs(side) * 0.3), width=0.085, end=0.01)
            pen.fill(frond, "#3f6b38" if side < 0 else "#54823f")


def _framing_trunk(stage: Stage) -> None:
    """A dark tree at the side away from the subject."""
    x = -0.01 * stage.width if stage.focus[0] > stage.width / 2 else 1.01 * stage.width
    wide = stage.unit * 0.15
    bark = curve(
        (x - wide * 0.9, stage.height + 5),
        (x - wide * 0.5, stage.height * 0.7),
        (x - wide * 0.42, -8),
        (x + wide * 0.42, -8),
        (x + wide * 0.5, stage.height * 0.7),
        (x + wide * 0.9, stage.height + 5),
    )
    stage.canvas.fill(bark, stage.tone("#3c2f28"), texture=0.4)
