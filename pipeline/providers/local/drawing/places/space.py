"""Space and other worlds."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import RGB, darker, from_hue, lighter, mix, rgb
from pipeline.providers.local.drawing.palette import through
from pipeline.providers.local.drawing.shapes import along, curve, ellipse
from pipeline.providers.local.drawing.sky import paint_stars
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop
from pipeline.providers.local.drawing.texture import fractal

RED_SKY, MOON_SKY = ("#3a2434", "#8a4a44", "#d98f66", "#f3c79a"), ("#10142c", "#1a2142", "#2c3560", "#4a5488")
NEBULAE = (("#3b2a86", "#c0487e", "#f0a860"), ("#123f7a", "#2f9fb0", "#a8e0d0"), ("#4a1f6e", "#3f6fd0", "#e58fc0"))


def space(stage: Stage) -> None:
    style = stage.palette.style
    hues = [through(style, rgb(code)) for code in stage.one_of(NEBULAE)]
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
    stage.glow(x, y, radius * 1.13, stage.palette.lit("#5fb4ff"), 9.0)
    globe = ellipse(x, y, radius)
    stage.fill(globe, stage.palette.lit("#3f8fd0"), stage.palette.lit("#0b2a5c"), texture=0.1)
    span = stage.height - top
    for _ in range(24):
        a, b = x + stage.rng.normal() * stage.width * 0.4, top + span * stage.between(0.16, 1.1)
        wide = stage.unit * stage.between(0.06, 0.24)
        colour = "#6f8f5a" if stage.chance(0.3) else "#eef6fb"
        patch = ground.bough(stage.rng, 0, 0, wide) * (1.6, 0.2) + (a, b)
        if ((patch[:, 0] - x) ** 2 + (patch[:, 1] - y) ** 2 < radius**2 * 0.995).all():
            stage.fill(patch, stage.palette.lit(colour), opacity=0.5, blur=stage.unit * 0.004)
    rim = np.concatenate([ellipse(x, y, radius * 1.002), ellipse(x, y, radius * 0.992)[::-1]])
    stage.fill(rim, stage.palette.lit("#bfe6ff"), opacity=0.8, blur=stage.unit * 0.003, mode="light")


def _far_worlds(stage: Stage) -> None:
    for _ in range(2):
        x, y = stage.anywhere(0.05, 0.95), stage.between(0.1, 0.85) * stage.height
        size = stage.unit * stage.between(0.03, 0.1)
        if math.hypot(x - stage.focus[0], y - stage.focus[1]) > stage.unit * 0.3:
            world(stage, x, y, size, from_hue(stage.rng.random(), 0.55, 0.4))
    _star_burst(stage)


def world(stage: Stage, x: float, y: float, radius: float, colour: RGB, *, bands: int = 0) -> None:
    """A globe lit from the stage's light, its night side dark."""
    tone = stage.palette.lit(colour)
    stage.glow(x, y, radius * 1.7, tone, 0.4)
    disc = ellipse(x, y, radius)
    stage.fill(disc, lighter(tone, 0.12), darker(tone, 0.25), texture=0.2)
    for index in range(bands):
        at = -0.8 + 1.6 * (index + stage.between(0.2, 0.8)) / bands
        half, thick = math.sqrt(1 - at * at) * radius * 0.985, radius * stage.between(0.04, 0.11)
        line = y + at * radius
        stripe = curve((x - half, line), (x, line + thick * 1.4), (x + half, line), (x, line + thick * 3))
        band = lighter(tone, 0.3) if index % 2 else darker(tone, 0.3)
        stage.fill(stripe, band, opacity=0.45, blur=radius * 0.02, model=False)
    light = stage.canvas.light
    prop(stage, "night-side", x, y, radius, turn=math.atan2(-light[1], -light[0]))


def _rocks_adrift(stage: Stage) -> None:
    for near in np.sort(stage.rng.random(16)):
        x, y = stage.anywhere(), stage.height * (0.5 + stage.rng.normal() * 0.24)
        size = stage.unit * (0.006 + 0.05 * near**2.5)
        stage.fill(ground.bough(stage.rng, x, y, size), stage.palette.lit("#8a7d78"), texture=0.3)


def _star_burst(stage: Stage) -> None:
    prop(stage, "star", stage.sun[0], min(stage.sun[1], stage.height * 0.4), stage.unit)


def _galaxy(stage: Stage, hues: list[RGB]) -> None:
    x, y = stage.width * 0.5, stage.height * 0.46
    size, tilt = stage.unit * stage.between(0.4, 0.55), stage.between(-0.6, 0.6)
    stage.glow(x, y, size * 0.9, hues[1], 0.6)
    count = 2600
    t = stage.rng.random(count) ** 0.75
    angle = t * 7.5 + (np.arange(count) % 2) * math.pi + stage.rng.normal(0, 0.22, count)
    across, upward = np.cos(angle) * t * size * 1.5, np.sin(angle) * t * size * 0.55
    cos, sin = math.cos(tilt), math.sin(tilt)
    places = along(x + across * cos - upward * sin, y + across * sin + upward * cos)
    white = (255.0, 255.0, 255.0)
    parts = ((lighter(hues[2], 0.5), 0, 900), (lighter(hues[1], 0.45), 900, 2000), (white, 2000, count))
    for colour, first, last in parts:
        sizes = stage.unit * (0.0006 + 0.0016 * stage.rng.random(count)[first:last] ** 3)
        stage.canvas.dots(places[first:last], sizes, colour)
    stage.glow(x, y, size * 0.4, lighter(hues[2], 0.6), 1.0)


def planet(stage: Stage) -> None:
    """The surface of another world."""
    moon = stage.says("moon", "lunar", "luna", "mond")
    soil, shade, codes = ("#b9bac2", "#3c4054", MOON_SKY) if moon else ("#c46a42", "#3a2028", RED_SKY)
    h, y = stage.height, stage.horizon
    stage.canvas.gradient([stage.palette.lit(code) for code in codes], 0, y)
    paint_stars(stage, 190 if moon else 60, y * (1 if moon else 0.55))
    size = stage.unit * stage.between(0.06, 0.13)
    world(stage, stage.width - stage.sun[0], y * 0.36, size, rgb("#5f9fd8" if moon else "#c8a090"), bands=3)
    _star_burst(stage)
    low = mix(rgb(soil), rgb(shade), 0.35)
    for at, depth, rise in ((0.0, 0.5, 0.1), (0.05, 0.32, 0.05), (0.16, 0.12, 0.04), (0.34, 0.0, 0.03)):
        ground.paint_hill(stage, y + at * h, rise * h, soil, depth, low=low, cells=4, texture=0.2)
    for near in np.sort(stage.rng.random(9)):
        _crater(stage, stage.anywhere(), y + h * (0.1 + 0.45 * near), stage.unit * (0.03 + 0.1 * near), soil)
    ground.paint_rocks(stage, y + 0.1 * h, 16, 0.04, soil)


def _crater(stage: Stage, x: float, y: float, size: float, soil: str) -> None:
    rim, pit, floor = lighter(rgb(soil), 0.22), stage.tone(darker(rgb(soil), 0.5)), stage.tone(soil)
    stage.fill(ellipse(x, y, size, size * 0.26), stage.tone(rim), opacity=0.8, blur=1.0)
    hollow = ellipse(x - size * 0.04, y + size * 0.03, size * 0.86, size * 0.2)
    stage.fill(hollow, pit, opacity=0.75, blur=size * 0.03)
    bottom = ellipse(x + size * 0.05, y + size * 0.09, size * 0.66, size * 0.11)
    stage.fill(bottom, floor, opacity=0.8, blur=size * 0.04)
