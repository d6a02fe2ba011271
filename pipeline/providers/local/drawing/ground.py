"""Layers that many places share: hills, trees, grass, water, rocks."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import Points, curve, ellipse, line, poly, ridge
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.stage_drawings import prop


def paint_hill(
    stage: Stage, at: float, rise: float, colour: str | RGB, depth: float = 0.0, *, low: str | RGB | None = None,
    cells: float = 2.0, texture: float = 0.14,
) -> Points:  # fmt: skip
    """A rolling hill down to the picture's foot; its outline is the stage's `crest`, to plant things on."""
    if stage.is_white:
        colour, low = ("#eef3f8", "#c9d6e6")
    shape = ridge(stage.rng, stage.width, at, rise, stage.height * 1.02, cells=cells, octaves=3, rough=0.4)
    near = max(depth - 0.3, 0.0)
    foot = stage.tone(low if low is not None else colour, near)
    stage.fill(shape, stage.tone(colour, depth), foot, texture=texture)
    stage.crest = shape[:-2]
    return stage.crest


def height_at(outline: Points, x: float) -> float:
    return float(np.interp(x, outline[:, 0], outline[:, 1]))


def leafy(pen: Pen, rng: np.random.Generator, colour: str = "#4f7f3c") -> None:
    """A broad tree with a crown of many round boughs."""
    pen.fill(curve((-0.055, 0), (-0.028, -0.2), (-0.03, -0.42), (0.03, -0.42), (0.03, -0.2), (0.06, 0)), "#5b4332")
    for x in (-0.16, 0.15):
        pen.fill(line(curve((0, -0.3), (x * 0.5, -0.42), (x, -0.52), closed=False), 0.035, 0.012), "#5b4332")
    shade = mix(rgb(colour), rgb("#17303a"), 0.38)
    for layer, tint in ((0, shade), (1, rgb(colour)), (2, lighter(mix(rgb(colour), rgb("#d9d36a"), 0.3), 0.06))):
        boughs = []
        for turn in np.linspace(0, 6.28, (9, 8, 5)[layer], endpoint=False):
            far = (0.25, 0.18, 0.12)[layer]
            x, y = np.cos(turn) * far * 1.15 - 0.03 * layer, -0.67 + np.sin(turn) * far * 0.85 - 0.035 * layer
            boughs.append(bough(rng, x, y, (0.13, 0.12, 0.075)[layer] * rng.uniform(0.8, 1.2)))
        boughs.append(ellipse(-0.02 * layer, -0.67 - 0.03 * layer, (0.25, 0.19, 0.1)[layer], (0.2, 0.15, 0.08)[layer]))
        pen.fill(boughs, tint, texture=0.2, opacity=(1.0, 1.0, 0.8)[layer])


def bough(rng: np.random.Generator, x: float, y: float, size: float) -> Points:
    turns = np.linspace(0, 6.283, 12, endpoint=False)
    reach = size * rng.uniform(0.82, 1.14, 12)
    return curve(*zip(x + np.cos(turns) * reach, y + np.sin(turns) * reach, strict=True), steps=3)


def paint_pines(stage: Stage, *, size: float, depth: float, count: int = 0, crowd: int = 0, sink: float = 0.0) -> None:
    """A stand of pines along the hill painted last: so many, or a crowd that grows with the picture's width. In
    pixels."""
    count = count or int(crowd * stage.width / stage.unit)
    for x in np.sort(stage.rng.uniform(-0.02, 1.02, count)) * stage.width:
        high = size * stage.between(0.6, 1.25)
        foot = height_at(stage.crest, x) + size * 0.1 + stage.rng.random() * sink
        prop(stage, "pine", x, foot, high, depth=depth, flip=stage.chance(0.5))


def paint_treeline(stage: Stage, *, size: float, depth: float) -> None:
    """Far trees as one silhouette of crowns."""
    x = np.arange(-size, stage.width + size, size * 0.34)
    crowns = [
        ellipse(at, height_at(stage.crest, at) - size * stage.between(0.05, 0.5), size * stage.between(0.25, 0.5))
        for at in x
        if stage.chance(0.82)
    ]
    tone = stage.tone("#8ba0aa" if stage.is_white else "#3b5d3f", depth)
    stage.fill(crowns, mix(tone, stage.palette.light, 0.15), tone, texture=0.16)


def paint_grass(stage: Stage, at: float, colour: str | RGB, *, density: float = 1.0, tall: float = 0.05) -> None:
    """Blades that grow taller towards the viewer, and a darker fringe along the picture's foot."""
    if stage.is_white:
        colour, density = "#dbe6ef", density * 0.3
    span = stage.height - at
    for row in np.linspace(0.08, 1, 7):
        y, size = at + span * row**1.35, stage.unit * tall * (0.25 + row)
        tone = stage.tone(colour, 0.25 * (1 - row))
        blades = [_blade(stage, y, size) for _ in range(int(34 * density * stage.width / stage.unit))]
        stage.fill(blades, mix(tone, rgb("#0d1a22"), 0.1 + 0.24 * row), model=False, opacity=0.75)
        bright = [blade - (stage.unit * 0.004, 0) for blade in blades[::4]]
        stage.fill(bright, mix(tone, stage.palette.light, 0.3), model=False, opacity=0.7)


def _blade(stage: Stage, y: float, size: float) -> Points:
    x = stage.rng.random() * stage.width * 1.04
    foot = y + stage.rng.uniform(-0.6, 0.6) * size
    bend, high = stage.rng.uniform(-0.4, 0.4) * size, size * stage.rng.uniform(0.5, 1.1)
    half = size * 0.045 + 0.4
    knee, tip = (x + bend * 0.35 - half * 0.4, foot - high * 0.6), (x + bend, foot - high)
    return poly((x - half, foot), knee, tip, (x + half, foot))


def paint_water(
    stage: Stage, at: float, colour: str | RGB, *, bottom: float | None = None, mirror: float = 0.45
) -> None:
    """A water surface from `at` down: reflection, swell, and the light's path towards the viewer."""
    foot = stage.height if bottom is None else bottom
    deep = stage.tone(colour)
    stage.canvas.mirror(at, foot, mix(deep, stage.palette.sky[1], 0.25), mirror, stage.unit * 0.008)
    _swell(stage, at, foot, deep)
    _light_path(stage, at, foot)


WAVE = curve((-1, 0), (-0.3, -1), (0.4, -0.6), (1, 0), (0, 0.5), steps=4)
WINGS = curve((-1, -0.3), (-0.5, -0.55), (0, 0), (0.5, -0.55), (1, -0.3), (0.5, -0.36), (0, 0.16), (-0.5, -0.36))


def _swell(stage: Stage, top: float, foot: float, deep: RGB) -> None:
    bright = mix(stage.palette.sky[3], stage.palette.light, 0.4)
    darks: list[Points] = []
    lights: list[Points] = []
    for _ in range(int(230 * stage.width / stage.unit)):
        near = stage.rng.random() ** 1.5
        x, y = stage.anywhere(-0.05, 1.05), top + (foot - top) * near
        wide = stage.unit * (0.008 + 0.085 * near) * stage.between(0.5, 1.4)
        wave = WAVE * (wide, stage.unit * (0.0008 + 0.0075 * near)) + (x, y)
        (darks if stage.chance(0.55) else lights).append(wave)
    stage.fill(darks, mix(deep, rgb("#081426"), 0.35), opacity=0.34, model=False)
    stage.fill(lights, bright, opacity=0.34, model=False)


def _light_path(stage: Stage, top: float, foot: float) -> None:
    if stage.brief.weather in ("storm", "rain", "fog"):
        return
    sun_x, glints = stage.sun[0], []
    for _ in range(150):
        near = stage.rng.random() ** 1.3
        spread = stage.unit * (0.03 + 0.2 * near)
        x, y = sun_x + stage.rng.normal() * spread * 0.6, top + (foot - top) * near
        wide = stage.unit * (0.006 + 0.03 * near) * stage.rng.random()
        glints.append(ellipse(x, y, wide + 1, stage.unit * (0.0009 + 0.0028 * near)))
    strength = 0.75 if stage.palette.sun_height < 0.5 else 0.5
    stage.fill(glints, lighter(stage.palette.light, 0.3), opacity=strength, mode="light")


def rock(pen: Pen, rng: np.random.Generator, colour: str = "#7a7672") -> None:
    turns = np.linspace(np.pi, 2 * np.pi, 8)
    top = [(float(np.cos(t) * 0.6), float(np.sin(t) * rng.uniform(0.55, 0.95))) for t in turns]
    pen.shade_under(0.7, 0.3)
    pen.fill(poly(*top, (0.5, 0.08), (-0.48, 0.08)), colour, mix(rgb(colour), rgb("#20222c"), 0.45), texture=0.25)
    pen.fill(poly(top[2], top[4], (0.05, -0.3), (-0.22, -0.24)), lighter(rgb(colour), 0.28), opacity=0.5, texture=0.2)


def paint_rocks(stage: Stage, at: float, count: int, large: float, colour: str = "#7a7672") -> None:
    for near in np.sort(stage.rng.random(count)):
        x, y = stage.anywhere(-0.02, 1.02), at + (stage.height - at) * (0.06 + 0.94 * near)
        pen = stage.pen(x, y, stage.unit * large * (0.2 + near) * stage.between(0.5, 1.2), depth=0.3 * (1 - near))
        rock(pen, stage.rng, colour if not stage.is_white else "#cfdae6")


def bird_flock(stage: Stage, x: float, y: float, count: int) -> None:
    for _ in range(count):
        size = stage.unit * stage.between(0.01, 0.022)
        at = x + stage.rng.normal() * stage.unit * 0.13, y + stage.rng.normal() * stage.unit * 0.045
        stage.pen(*at, size, depth=0.25).fill(WINGS, "#2d3340", model=False)
