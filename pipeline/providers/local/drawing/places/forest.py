"""A forest, seen from among its trees."""

from __future__ import annotations

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import mix, rgb
from pipeline.providers.local.drawing.shapes import limb, poly
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop


def forest(stage: Stage) -> None:
    h, y = stage.height, stage.horizon
    autumn = stage.says("autumn", "fall")
    light = mix(stage.palette.sky[3], stage.palette.light, 0.5)
    leaf = stage.tone("#a9c26a" if not autumn else "#e0a24c", 0.35)
    stops = [mix(leaf, rgb("#1d3a33"), 0.42), mix(leaf, light, 0.35), mix(light, leaf, 0.3)]
    stage.canvas.gradient(stops, 0, y)
    stage.glow(stage.sun[0], y * 0.5, stage.unit * 0.8, stage.palette.light, 0.6)
    floor = ("#6f7d43", "#3b5233") if not autumn else ("#b0743a", "#5f4028")
    for depth, size in ((0.72, 0.35), (0.5, 0.6), (0.28, 0.95)):
        _canopy(stage, depth, autumn)
        _trunks(stage, depth, size)
        ground.paint_hill(stage, y + (0.72 - depth) * 0.34 * h, 0.015 * h, floor[0], depth * 0.8, low=floor[1])
        stage.canvas.haze(light, y * 0.3, y + (0.72 - depth) * 0.3 * h, depth * 0.5)
    _shafts(stage)
    ground.paint_rocks(stage, y + 0.2 * h, 5, 0.05, "#6d7462")
    ground.paint_grass(stage, y + 0.12 * h, "#63803d" if not autumn else "#a5793a", tall=0.06)
    _ferns(stage)
    _framing_trunk(stage)


def _canopy(stage: Stage, depth: float, autumn: bool) -> None:
    tone = stage.tone("#c9762f" if autumn else "#4d7a3e", depth)
    low = stage.horizon * (0.5 - 0.36 * (0.72 - depth))
    leaves = []
    for _ in range(int(26 * stage.width / stage.unit)):
        x, y = stage.anywhere(-0.05, 1.05), low * stage.rng.random() ** 0.8
        leaves.append(ground.bough(stage.rng, x, y, stage.unit * stage.between(0.03, 0.1) * (1.3 - depth)))
    stage.fill(leaves, mix(tone, rgb("#0f2a26"), 0.3), mix(tone, stage.palette.light, 0.16), texture=0.22)


def _trunks(stage: Stage, depth: float, size: float) -> None:
    foot = stage.horizon + (0.72 - depth) * 0.42 * stage.height
    trunks = []
    for x in stage.rng.uniform(-0.02, 1.02, int((4 + 9 * depth) * max(stage.width / stage.unit, 0.7))) * stage.width:
        wide = stage.unit * 0.085 * size * stage.between(0.55, 1.1)
        lean = stage.between(-0.04, 0.04) * stage.height
        trunks.append(limb((x, foot), (x + lean * 0.2, foot * 0.6), (x + lean, -9), width=wide * 1.35, end=wide * 0.7))
        for side in (-1, 1):
            y = foot * stage.between(0.15, 0.5)
            reach = side * wide * stage.between(2, 4)
            bough = (x, y), (x + reach * 0.5, y - wide), (x + reach, y - wide * 2.6)
            trunks.append(limb(*bough, width=wide * 0.34, end=wide * 0.08))
    for trunk in trunks:
        stage.fill(trunk, "#5a4738", depth=depth, texture=0.3)


def _shafts(stage: Stage) -> None:
    beams = []
    for x in stage.rng.uniform(0.05, 0.95, 4) * stage.width:
        lean, foot = (stage.width / 2 - stage.sun[0]) * 0.35, stage.height
        wide = stage.unit * stage.between(0.03, 0.1)
        beams.append(poly((x, -5), (x + wide, -5), (x + lean + wide * 2.2, foot), (x + lean - wide, foot)))
    stage.fill(beams, stage.palette.light, opacity=0.2, blur=stage.unit * 0.02, mode="light")


def _ferns(stage: Stage) -> None:
    for _ in range(int(5 * stage.width / stage.unit)):
        x, y = stage.anywhere(), stage.height * stage.between(0.93, 1.02)
        prop(stage, "fern", x, y, stage.unit * stage.between(0.1, 0.18))


def _framing_trunk(stage: Stage) -> None:
    """A dark tree at the side away from the subject."""
    x = -0.01 * stage.width if stage.focus[0] > stage.width / 2 else 1.01 * stage.width
    prop(stage, "trunk", x, stage.height, stage.height, wide=0.15 * stage.unit / stage.height)
