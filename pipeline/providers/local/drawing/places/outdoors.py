"""Land under an open sky: mountains, forest, fields, desert, hills, ice."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import curve, ellipse, limb, line, poly, wander
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage


def mountains(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    sky = min(y, stage.unit)
    ground.paint_range(stage, y, sky * stage.between(0.5, 0.78), 0.55, peaks=stage.between(1.6, 3))
    ground.paint_range(
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
    ground.paint_grass(stage, y + (0.33 if lake else 0.25) * h, "#6f8f46")


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
    bark = curve((x - wide * 0.9, stage.height + 5), (x - wide * 0.5, stage.height * 0.7), (x - wide * 0.42, -8),
                 (x + wide * 0.42, -8), (x + wide * 0.5, stage.height * 0.7), (x + wide * 0.9, stage.height + 5))  # fmt: skip
    stage.canvas.fill(bark, stage.tone("#3c2f28"), texture=0.4)


def fields(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ground.paint_range(stage, y, stage.unit * 0.14, 0.66, peaks=2.5, snow=False)
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
        shape = poly((x - wide, y), (x - wide * 0.7, y - high * 0.5), (x - wide * 0.6, y - high), (x + wide * 0.55, y - high),
                     (x + wide * 0.62, y - high * 0.5), (x + wide, y))  # fmt: skip
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


def hills(stage: Stage) -> None:
    """Green land with a way leading up to what stands there."""
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ground.paint_range(stage, y, stage.unit * 0.3, 0.6, peaks=2.2)
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
    path = np.stack([x, start[1] + (end[1] - start[1]) * t], axis=1)
    stage.canvas.fill(line(path, stage.unit * 0.008, stage.unit * 0.2), stage.tone("#cdb084", 0.08), texture=0.16)


def ice(stage: Stage) -> None:
    paint_sky(stage, clouds=0.7)
    h, y = stage.height, stage.horizon
    if stage.brief.hour == "night":
        _aurora(stage)
    ground.paint_range(stage, y, stage.unit * 0.36, 0.5, peaks=2.5)
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
