"""Where there is no ground to stand on: space, other worlds, the sea, under water, above the clouds."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.canvas import fractal
from pipeline.providers.local.drawing.colour import RGB, darker, from_hue, lighter, mix, rgb
from pipeline.providers.local.drawing.palette import through
from pipeline.providers.local.drawing.shapes import curve, ellipse, limb, poly
from pipeline.providers.local.drawing.sky import paint_sky, paint_stars, puff
from pipeline.providers.local.drawing.stage import Stage

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


def sea(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    land = stage.rng.random()
    if land < 0.6:
        _headland(stage, stage.width * (0.05 if stage.focus[0] > w / 2 else 0.95))
    stage.canvas.haze(stage.palette.haze, y - 0.1 * h, y, 0.4)
    ground.paint_water(stage, y, "#1f6f8f", mirror=0.42)
    if stage.says("beach", "shore", "strand", "island", "palm", "playa", "plage") or land > 0.82:
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
        ground.paint_range(stage, stage.horizon + 0.08 * stage.height, stage.unit * 0.26, 0.5, peaks=1.5)
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
