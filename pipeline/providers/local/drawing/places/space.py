"""Space and other worlds."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import RGB, darker, from_hue, lighter, mix, rgb
from pipeline.providers.local.drawing.palette import through
from pipeline.providers.local.drawing.shapes import curve, ellipse, poly
from pipeline.providers.local.drawing.sky import paint_stars
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.texture import fractal

NEBULAE = (("#3b2a86", "#c0487e", "#f0a860"), ("#123f7a", "#2f9fb0", "#a8e0d0"), ("#4a1f6e", "#3f6fd0", "#e58fc0"))


def space(stage: Stage) -> None:
    style = stage.palette.style
    hues = [through(style, rgb(code)) for code in NEBULAE[int(stage.rng.integers(3))]]
    base = through(style, rgb("#0d1430"))
    stage.canvas.gradient([base, mix(base, hues[0], 0.5), mix(base, hues[0], 0.25)], 0, stage.height)
    _nebula(stage, hues)
    paint_stars(stage, 210, stage.height)
    view = int(stage.rng.integers(3))
    if stage.says("galaxy", "milky"):
        _galaxy(stage, hues)
    elif view == 0 or stage.says("earth", "orbit"):
        _limb(stage)
    elif view == 1:
        _far_worlds(stage)
    else:
        _rocks_adrift(stage)
        _star_burst(stage)


def _nebula(stage: Stage, hues: list[RGB]) -> None:
    x = np.linspace(-1, 1, stage.width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, stage.height, dtype=np.float32)[:, None]
    tilt, shift = stage.between(-0.9, 0.9), stage.between(-0.5, 0.3)
    band = np.exp(-(((y - shift - tilt * x) * 1.35) ** 2))
    size = (stage.width, stage.height)
    for hue, cells, strength in zip(hues, (2.2, 3.4, 5.0), (0.85, 0.7, 0.55), strict=True):
        cloud = fractal(stage.rng, size, cells=cells, octaves=6)
        stage.canvas.wash(hue, (np.clip(cloud * 0.75 + 0.3, 0, 1) ** 1.6 * band * strength).clip(0, 1), "light")
    dust = fractal(stage.rng, size, cells=4.4, octaves=6)
    stage.canvas.wash(darker(hues[0], 0.75), np.clip(dust * 1.2 - 0.1, 0, 0.55) * band)


def _limb(stage: Stage) -> None:
    """The curved edge of a world below, its air shining."""
    radius = max(stage.width, stage.height) * stage.between(0.75, 1.2)
    x, top = stage.width * stage.between(0.25, 0.75), stage.height * stage.between(0.68, 0.8)
    y = top + radius
    stage.canvas.glow(x, y, radius * 1.13, stage.palette.lit("#5fb4ff"), 9.0)
    globe = ellipse(x, y, radius)
    stage.canvas.fill(globe, (stage.palette.lit("#3f8fd0"), stage.palette.lit("#0b2a5c")), texture=0.1)
    span = stage.height - top
    for _ in range(24):
        a, b = x + stage.rng.normal() * stage.width * 0.4, top + span * stage.between(0.16, 1.1)
        wide = stage.unit * stage.between(0.06, 0.24)
        colour = "#6f8f5a" if stage.chance(0.3) else "#eef6fb"
        patch = ground._bough(stage.rng, 0, 0, wide) * (1.6, 0.2) + (a, b)
        if ((patch[:, 0] - x) ** 2 + (patch[:, 1] - y) ** 2 < radius**2 * 0.995).all():
            stage.canvas.fill(patch, stage.palette.lit(colour), opacity=0.5, blur=stage.unit * 0.004)
    rim = np.concatenate([ellipse(x, y, radius * 1.002), ellipse(x, y, radius * 0.992)[::-1]])
    stage.canvas.fill(rim, stage.palette.lit("#bfe6ff"), opacity=0.8, blur=stage.unit * 0.003, mode="light")


def _far_worlds(stage: Stage) -> None:
    for _ in range(2):
        x, y, size = (
            stage.between(0.05, 0.95) * stage.width,
            stage.between(0.1, 0.85) * stage.height,
            stage.unit * stage.between(0.03, 0.1),
        )
        if math.hypot(x - stage.focus[0], y - stage.focus[1]) > stage.unit * 0.3:
            world(stage, x, y, size, from_hue(stage.rng.random(), 0.55, 0.4))
    _star_burst(stage)


def world(stage: Stage, x: float, y: float, radius: float, colour: RGB, *, bands: int = 0) -> None:
    """A globe lit from the stage's light, its night side dark."""
    tone = stage.palette.lit(colour)
    stage.canvas.glow(x, y, radius * 1.7, tone, 0.4)
    disc = ellipse(x, y, radius)
    stage.canvas.fill(disc, (lighter(tone, 0.12), darker(tone, 0.25)), texture=0.2)
    for index in range(bands):
        at = -0.8 + 1.6 * (index + stage.between(0.2, 0.8)) / bands
        half, thick = math.sqrt(1 - at * at) * radius * 0.985, radius * stage.between(0.04, 0.11)
        stripe = curve(
            (x - half, y + at * radius),
            (x, y + at * radius + thick * 1.4),
            (x + half, y + at * radius),
            (x, y + at * radius + thick * 3),
        )
        stage.canvas.fill(
            stripe,
            lighter(tone, 0.3) if index % 2 else darker(tone, 0.3),
            opacity=0.45,
            blur=radius * 0.02,
            model=False,
        )
    _night_side(stage, x, y, radius)


def _night_side(stage: Stage, x: float, y: float, radius: float) -> None:
    turn = math.atan2(-stage.canvas.light[1], -stage.canvas.light[0])
    edge = np.linspace(-math.pi / 2, math.pi / 2, 40)
    outer = np.stack([np.cos(edge), np.sin(edge)], axis=1) * 1.01
    inner = np.stack([np.cos(edge) * 0.3, np.sin(edge)], axis=1)[::-1]
    cos, sin = math.cos(turn), math.sin(turn)
    crescent = np.concatenate([outer, inner]) @ np.array([[cos, sin], [-sin, cos]]) * radius + (x, y)
    stage.canvas.fill(crescent, (8.0, 9.0, 26.0), opacity=0.62, blur=radius * 0.1)


def _rocks_adrift(stage: Stage) -> None:
    for near in np.sort(stage.rng.random(16)):
        x, y = stage.between(0, 1) * stage.width, stage.height * (0.5 + stage.rng.normal() * 0.24)
        size = stage.unit * (0.006 + 0.05 * near**2.5)
        stage.canvas.fill(ground._bough(stage.rng, x, y, size), stage.palette.lit("#8a7d78"), texture=0.3)


def _star_burst(stage: Stage) -> None:
    x, y = stage.sun[0], min(stage.sun[1], stage.height * 0.4)
    light = stage.palette.light
    stage.canvas.glow(x, y, stage.unit * 0.8, light, 0.5)
    stage.canvas.glow(x, y, stage.unit * 0.12, rgb("#ffffff"), 1.0)
    for turn in np.arange(4) * math.pi / 4:
        reach, half = stage.unit * (0.22 if turn % (math.pi / 2) < 0.1 else 0.1), stage.unit * 0.0028
        dx, dy = math.cos(turn), math.sin(turn)
        ray = poly(
            (x - dx * reach, y - dy * reach),
            (x - dy * half, y + dx * half),
            (x + dx * reach, y + dy * reach),
            (x + dy * half, y - dx * half),
        )
        stage.canvas.fill(ray, lighter(light, 0.5), opacity=0.7, blur=0.8, mode="light")


def _galaxy(stage: Stage, hues: list[RGB]) -> None:
    x, y = stage.width * 0.5, stage.height * 0.46
    size, tilt = stage.unit * stage.between(0.4, 0.55), stage.between(-0.6, 0.6)
    stage.canvas.glow(x, y, size * 0.9, hues[1], 0.6)
    count = 2600
    t = stage.rng.random(count) ** 0.75
    angle = t * 7.5 + (np.arange(count) % 2) * math.pi + stage.rng.normal(0, 0.22, count)
    across, along = np.cos(angle) * t * size * 1.5, np.sin(angle) * t * size * 0.55
    places = np.stack(
        [x + across * math.cos(tilt) - along * math.sin(tilt), y + across * math.sin(tilt) + along * math.cos(tilt)],
        axis=1,
    )
    for colour, part in (
        (lighter(hues[2], 0.5), slice(0, 900)),
        (lighter(hues[1], 0.45), slice(900, 2000)),
        ((255.0, 255.0, 255.0), slice(2000, None)),
    ):
        stage.canvas.dots(places[part], stage.unit * (0.0006 + 0.0016 * stage.rng.random(count)[part] ** 3), colour)
    stage.canvas.glow(x, y, size * 0.4, lighter(hues[2], 0.6), 1.0)


def planet(stage: Stage) -> None:
    """The surface of another world."""
    red = not stage.says("moon", "lunar", "luna", "mond")
    soil = "#c46a42" if red else "#b9bac2"
    sky = [
        stage.palette.lit(c)
        for c in (("#3a2434", "#8a4a44", "#d98f66", "#f3c79a") if red else ("#10142c", "#1a2142", "#2c3560", "#4a5488"))
    ]
    stage.canvas.gradient(sky, 0, stage.horizon)
    paint_stars(stage, 60 if red else 190, stage.horizon * (0.55 if red else 1))
    far = stage.width - stage.sun[0]
    world(
        stage,
        far,
        stage.horizon * 0.36,
        stage.unit * stage.between(0.06, 0.13),
        rgb("#5f9fd8" if not red else "#c8a090"),
        bands=3,
    )
    _star_burst(stage)
    h, y = stage.height, stage.horizon
    for at, depth, rise in ((0.0, 0.5, 0.1), (0.05, 0.32, 0.05), (0.16, 0.12, 0.04), (0.34, 0.0, 0.03)):
        ground.paint_hill(
            stage,
            y + at * h,
            rise * h,
            soil,
            depth,
            low=mix(rgb(soil), rgb("#3a2028" if red else "#3c4054"), 0.35),
            cells=4,
            texture=0.2,
        )
    for near in np.sort(stage.rng.random(9)):
        _crater(
            stage,
            stage.between(0, 1) * stage.width,
            y + h * (0.1 + 0.45 * near),
            stage.unit * (0.03 + 0.1 * near),
            soil,
        )
    ground.paint_rocks(stage, y + 0.1 * h, 16, 0.04, soil)


def _crater(stage: Stage, x: float, y: float, size: float, soil: str) -> None:
    stage.canvas.fill(ellipse(x, y, size, size * 0.26), stage.tone(lighter(rgb(soil), 0.22)), opacity=0.8, blur=1.0)
    stage.canvas.fill(
        ellipse(x - size * 0.04, y + size * 0.03, size * 0.86, size * 0.2),
        stage.tone(darker(rgb(soil), 0.5)),
        opacity=0.75,
        blur=size * 0.03,
    )
    stage.canvas.fill(
        ellipse(x + size * 0.05, y + size * 0.09, size * 0.66, size * 0.11),
        stage.tone(soil),
        opacity=0.8,
        blur=size * 0.04,
    )
