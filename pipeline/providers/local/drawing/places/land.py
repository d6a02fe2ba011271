"""Open land: places that are layers of paint, one behind the other, as `land.toml` lists them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import numpy as np

from pipeline.providers.local.drawing import ground, ridges
from pipeline.providers.local.drawing.colour import lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import along, box, curve, down_to, ellipse, line, poly, strip, wander
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop, spread
from pixora.foundation.toml_tables import table

LAYERS: dict[str, tuple[dict[str, Any], ...]] = table(__file__, "land")
CROWD = ("#e86a5a", "#f2c14e", "#f4efe6", "#5a8fd0", "#66a86a", "#d9a58a")
PLACES = ("arena", "mountains", "fields", "hills", "ice", "desert", "road", "rail")
BLOOMS = (("#e8586a", "#f3c64c", "#f5f0e8"), ("#b07fd6", "#f0a0c0", "#fff3c8"), ("#f08a3c", "#fbe06a", "#e8556a"))
MESA = np.array([(-1, 0), (-0.7, 0.5), (-0.6, 1), (0.55, 1), (0.62, 0.5), (1, 0)])


def paint(stage: Stage, name: str) -> None:
    """Paint the layers of a place, or of a part of one; an empty name is of none."""
    for layer in LAYERS.get(name, ()):
        told = {key: _told(stage, key, value) for key, value in layer.items()}
        BRUSHES[told.pop("paint")](stage, **told)


def _told(stage: Stage, key: str, value: Any) -> Any:
    """Return what a layer says, in pixels where it is a length; of two numbers one between them."""
    if isinstance(value, tuple) and len(value) == 2:
        value = stage.between(*value)
    if key in ("at", "bottom"):
        return stage.horizon + value * stage.height
    parts = {"rise": stage.height, "sink": stage.height, "high": stage.unit, "size": stage.unit}
    return value * parts[key] if key in parts else value


def _either(stage: Stage, likely: float, one: str, other: str, words: str = "") -> None:
    paint(stage, one if stage.chance(likely) or stage.says(*words.split()) else other)


def _stand(stage: Stage, at: float) -> None:
    """Have the main subject stand no further away than here."""
    stage.focus = (stage.focus[0], min(max(stage.focus[1], at), 0.95 * stage.height))


def _alps(stage: Stage, at: float, high: float, **how: Any) -> None:
    """A range that fills its part of the sky, where that is lower than the picture is wide."""
    ridges.paint_range(stage, at, high * min(stage.horizon / stage.unit, 1), **how)


def _crops(stage: Stage, colours: Sequence[tuple[str, str]]) -> None:
    """Two fields of different crops, the nearer one's colour lighter; trees and furrows on the further one."""
    h, crops = stage.height, list(colours)
    stage.rng.shuffle(crops)
    ground.paint_hill(stage, stage.horizon + 0.1 * h, 0.035 * h, crops[0][0], 0.2, low=crops[0][1])
    _furrows(stage, stage.horizon + 0.13 * h, crops[0][1])
    for _ in range(3):
        x = stage.anywhere()
        foot = ground.height_at(stage.crest, x) + 4
        ground.leafy(stage.pen(x, foot, stage.unit * stage.between(0.12, 0.2), depth=0.22), stage.rng, "#557f3e")
    ground.paint_hill(stage, stage.horizon + 0.28 * h, 0.03 * h, crops[1][0], 0.03, low="#3b5f33")


def _furrows(stage: Stage, top: float, colour: str) -> None:
    """Furrows that meet at a point on the horizon."""
    meet, foot = (stage.anywhere(0.25, 0.75), stage.horizon - 0.02 * stage.height), stage.height
    wide, rows = stage.width * 0.022, []
    for x in np.linspace(-1.6, 2.6, 34) * stage.width:
        x0 = meet[0] + (x - meet[0]) * (top - meet[1]) / (foot - meet[1])
        rows.append(poly((x0, top), (x, foot), (x + wide, foot), (x0 + wide * 0.25, top)))
    stage.fill(rows, mix(stage.tone(colour), rgb("#1d2a1a"), 0.35), opacity=0.34, model=False, blur=0.8)


def _blooms(stage: Stage, at: float, count: int, many: int, words: str) -> None:
    """Flowers: many where one of the words is said."""
    if stage.is_white:
        return
    count = many if stage.says(*words.split()) else count
    petals = stage.one_of(BLOOMS)
    for near in np.sort(stage.rng.random(int(count * max(stage.width / stage.unit, 0.7)))):
        x, y = stage.anywhere(), at + (stage.height - at) * (0.05 + near)
        size = stage.unit * (0.004 + 0.013 * near)
        colour = stage.tone(stage.one_of(petals), 0.1 * (1 - near))
        stage.fill(strip(y, x, 0.7, y + size * 4, x, 0.7), "#4c7337", model=False)
        for t in (0.3, 1.6, 2.8, 4.1, 5.4):
            petal = ellipse(x + np.cos(t) * size * 0.7, y + np.sin(t) * size * 0.55, size * 0.55)
            stage.fill(petal, colour, model=False)
        stage.fill(ellipse(x, y, size * 0.4), "#f6d04d", model=False)


def _path(stage: Stage, at: float, foot: float) -> None:
    """A way that winds up to what stands there, from a place at the picture's foot."""
    t, start, end = np.linspace(0, 1, 40), (stage.focus[0], at), (stage.width * foot, stage.height * 1.02)
    x = start[0] + (end[0] - start[0]) * t**1.3 + np.sin(t * 7) * stage.unit * 0.1 * t
    y, half = start[1] + (end[1] - start[1]) * t, stage.unit * (0.006 + 0.11 * t**1.6)
    way = np.concatenate([along(x - half, y), along(x + half, y)[::-1]])
    stage.fill(way, "#d9c29a", "#b8965f", depth=0.2, texture=0.16, model=False)


def _icebergs(stage: Stage, count: int) -> None:
    for _ in range(count):
        x, foot = stage.anywhere(), stage.horizon + stage.between(0.02, 0.13) * stage.height
        size = stage.unit * stage.between(0.06, 0.16)
        prop(stage, "iceberg", x, foot, size, depth=0.15, flip=stage.chance(0.5))


def _aurora(stage: Stage) -> None:
    """Lights of the north, at night."""
    if stage.brief.hour != "night":
        return
    x = np.linspace(0, stage.width, 60)
    for colour, shift in (("#3ff0a8", 0.0), ("#58b8ff", 0.09), ("#b070ff", -0.08)):
        y = stage.horizon * (0.52 + shift) + stage.horizon * 0.16 * wander(stage.rng, 60, octaves=2, cells=2)
        curtain = np.concatenate([along(x, y), along(x, y - stage.horizon * stage.between(0.25, 0.5))[::-1]])
        top, foot = mix(rgb(colour), rgb("#000000"), 0.6), lighter(rgb(colour), 0.1)
        stage.fill(curtain, top, foot, opacity=0.5, blur=stage.unit * 0.03, mode="light")


def _mesas(stage: Stage, count: int) -> None:
    for _ in range(count):
        x, y = stage.anywhere(), stage.horizon + stage.unit * 0.02
        wide, high = stage.unit * stage.between(0.12, 0.35), stage.unit * stage.between(0.06, 0.16)
        tone = stage.tone("#b96f4c", 0.5)
        stage.fill(MESA * (wide, -high) + (x, y), tone, mix(tone, stage.palette.haze, 0.6), texture=0.2)


def _dune(stage: Stage, at: float, high: float, colour: str, depth: float = 0.0) -> None:
    """A crest whose one flank lies in shadow."""
    crest = stage.anywhere(0.15, 0.85)
    x = np.linspace(-0.05, 1.05, 90) * stage.width
    hump = np.exp(-(((x - crest) / (stage.width * stage.between(0.25, 0.45))) ** 2))
    outline = along(x, at - high * (hump + 0.16 * wander(stage.rng, 90, octaves=2)))
    tone = stage.tone(colour, depth)
    bright = mix(tone, stage.palette.light, 0.22)
    stage.fill(down_to(stage.height * 1.02, outline), bright, mix(tone, rgb("#8a5a3a"), 0.18), texture=0.05)
    away = -1 if stage.canvas.light[0] > 0 else 1
    side = outline[outline[:, 0] * away >= crest * away][::away]
    t = np.linspace(0, 1, 24)
    spine = along(crest + away * t**1.6 * stage.width * 0.42, at - high + t * (high * 2.3))
    spine[:, 0] += high * 0.5 * np.sin(t * 5) * (1 - t)
    shade = np.concatenate([side, [[side[-1, 0], spine[-1, 1]]], spine[::-1]])
    stage.fill(shade, mix(tone, rgb("#5a3350"), 0.5), opacity=0.62, blur=1.2)


def _ripples(stage: Stage, at: float, colour: str) -> None:
    waves = []
    for near in np.linspace(0.03, 1, 34) ** 1.6:
        y, x = at + (stage.height - at) * near, np.linspace(-0.02, 1.02, 46) * stage.width
        wobble = y + stage.unit * 0.012 * (0.3 + near) * wander(stage.rng, 46, octaves=3, cells=7)
        waves.append(line(along(x, wobble), stage.unit * 0.003 * (0.4 + near)))
    stage.fill(waves, colour, opacity=0.3, model=False, blur=0.7)


def _asphalt(stage: Stage, meet: float) -> None:
    """A road to the subject from the horizon, where it begins at `meet` of the width; a line is along its middle."""
    h, y, unit, t = stage.height, stage.horizon, stage.unit, np.linspace(0, 1, 40)
    meet *= stage.width
    x = meet + (stage.focus[0] - meet) * t**1.2 + np.sin(t * 4) * unit * 0.09 * (1 - t)
    way = along(x, y + 0.06 * h + (h * 1.05 - y - 0.06 * h) * t**1.7)
    stage.fill(line(way, unit * 0.02, unit * 0.98), "#d9cfb4", texture=0.1, model=False)
    stage.fill(line(way, unit * 0.017, unit * 0.9), "#777a80", "#474a52", depth=0.2, texture=0.14, model=False)
    for start in range(3, 38, 4):
        dash = line(way[start : start + 3], unit * 0.022 * (t[start] ** 1.7 + 0.05))
        stage.fill(dash, "#f3e6b8", model=False)


def _wayside(stage: Stage, places: Sequence[float]) -> None:
    """Trees on the side of a road away from the subject, nearer and nearer."""
    w, h, y = stage.width, stage.height, stage.horizon
    side = -1 if stage.focus[0] > w / 2 else 1
    for near in places:
        x, foot = w * (0.5 + side * (0.2 + 0.5 * near)), y + 0.1 * h + (h - y) * near * 0.5
        ground.leafy(stage.pen(x, foot, stage.unit * (0.12 + 0.4 * near), depth=0.2 * (1 - near)), stage.rng)


def _track(stage: Stage, at: float) -> None:
    """The lanes of a running track, which meet away from the subject."""
    spread(stage, "track", stage.width * (0.5 + (0.5 - stage.focus[0] / stage.width) * 0.8), at, stage.height - at)


def _stands(stage: Stage, at: float) -> None:
    """Stands full of people, under a roof."""
    w, high = stage.width, stage.unit * 0.2
    outer, inner = at - high * 1.3, at - high * 0.75
    tiers = curve((-9, outer), (w * 0.3, inner), (w * 0.7, inner), (w + 9, outer), closed=False)
    stage.fill(down_to(at + 3, tiers), "#6f7688", stage.tone("#4f5668", 0.25), depth=0.3, texture=0.1)
    for colour in CROWD:
        xs = stage.rng.uniform(0, w, int(150 * w / stage.unit))
        rise = np.interp(xs, tiers[:, 0], tiers[:, 1])
        ys = at - (at - rise) * stage.rng.uniform(0.12, 0.92, len(xs))
        stage.canvas.dots(along(xs, ys), np.full(len(xs), stage.unit * 0.0042), stage.tone(colour, 0.22))
    roof = np.concatenate([tiers - (0, high * 0.5), (tiers - (0, high * 0.36))[::-1]])
    stage.fill(roof, "#e6e9ee", depth=0.2)


def _floor(stage: Stage, at: float, **how: Any) -> None:
    stage.fill(box(-5, at, stage.width + 10, stage.height), model=False, **how)


def _prop(stage: Stage, name: str, x: float, at: float, size: float) -> None:
    prop(stage, name, stage.width * x, at, size)


def _railway(stage: Stage, colour: str) -> None:
    """Rails at the subject's foot, grass before them and poles behind."""
    w, h, base = stage.width, stage.height, stage.focus[1]
    spread(stage, "railway", 0, base, h)
    ground.paint_grass(stage, base + 0.09 * h, colour)
    for x in np.arange(w * 0.12, w, w * 0.42):
        prop(stage, "pole", x, base, stage.unit * 0.5, depth=0.1)


BRUSHES: dict[str, Callable[..., object]] = {
    "sky": paint_sky, "range": ridges.paint_range, "alps": _alps, "hill": ground.paint_hill,
    "treeline": ground.paint_treeline, "pines": ground.paint_pines, "water": ground.paint_water,
    "rocks": ground.paint_rocks, "grass": ground.paint_grass, "either": _either, "stand": _stand, "crops": _crops,
    "blooms": _blooms, "path": _path, "icebergs": _icebergs, "aurora": _aurora, "mesas": _mesas, "dune": _dune,
    "ripples": _ripples, "stands": _stands, "floor": _floor, "track": _track, "prop": _prop,
    "asphalt": _asphalt, "wayside": _wayside, "railway": _railway,
}  # fmt: skip
