"""A scene's still: where the horizon, the sun and the subject go, and in which order it all is painted."""

from __future__ import annotations

import math
from collections.abc import Collection
from dataclasses import replace

from pipeline.providers.local.drawing import brief as briefs
from pipeline.providers.local.drawing import vocabulary, weather
from pipeline.providers.local.drawing.brief import Brief
from pipeline.providers.local.drawing.canvas import Canvas, Pixels
from pipeline.providers.local.drawing.finish import finish
from pipeline.providers.local.drawing.palette import palette_for
from pipeline.providers.local.drawing.places import PLACES
from pipeline.providers.local.drawing.shapes import Rng
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.styles import Style, style_named
from pipeline.providers.local.drawing.things import THINGS, Thing

SCALE = {"close": 1.5, "wide": 0.8, "aerial": 0.62, "": 1.0}


def draw_scene(
    prompt: str, instructions: str, style_text: str, size: tuple[int, int], rng: Rng, cast: Collection[str] = ()
) -> Stage:
    """The painted, unfinished scene, with room left for the characters whose species `cast` lists."""
    style = style_named(style_text)
    brief = briefs.read(prompt, instructions, rng)
    stage = set_stage(brief, style, size, rng, len(cast))
    PLACES[brief.place](stage)
    if brief.shot == "close":
        stage.canvas.soften(stage.unit * 0.006)
    place_things(stage, cast)
    return stage


def finished(stage: Stage) -> Pixels:
    weather.paint_weather(stage)
    x, y = stage.focus
    middle = (x, y - stage.scale * 0.5)
    return finish(stage.canvas, stage.palette.style.finish, middle, stage.rng, brightness=stage.brief.brightness)


def set_stage(brief: Brief, style: Style, size: tuple[int, int], rng: Rng, cast: int) -> Stage:
    width, height = size
    hour = brief.hour or ("night" if brief.weather == "storm" and style.time == "night" else style.time)
    brief = replace(brief, hour=hour)
    palette = palette_for(style, hour, brief.weather)
    side = 1 if rng.random() < 0.5 else -1
    horizon = height * (_horizon(brief, rng) + (0.06 if height > width else 0))
    at = 0.5 - side * (rng.uniform(0.1, 0.2) if width > height else rng.uniform(0.0, 0.12))
    if cast:
        at = 0.5 - side * 0.24
    sun = (width * (0.5 + side * rng.uniform(0.16, 0.34)), horizon * (1 - palette.sun_height * rng.uniform(0.85, 1.08)))
    slant = math.hypot(0.8, 0.6 + palette.sun_height)
    light = (side * 0.8 / slant, -(0.6 + palette.sun_height) / slant)
    canvas = Canvas(size, style.manner, light, rng)
    scale = canvas.unit * 0.52 * SCALE[brief.shot] * rng.uniform(0.88, 1.12)
    focus = (width * at, min(horizon + (height - horizon) * rng.uniform(0.5, 0.72), height * 0.93))
    return Stage(canvas, brief, palette, rng, horizon, sun, focus, scale)


def _horizon(brief: Brief, rng: Rng) -> float:
    low, high = {"aerial": (0.22, 0.32), "close": (0.5, 0.62), "wide": (0.52, 0.66)}.get(brief.shot, (0.44, 0.64))
    return float(rng.uniform(low, high))


def place_things(stage: Stage, cast: Collection[str]) -> None:
    """The second thing first: it stands further away, on the other side. Who is a character is not drawn twice."""
    names = [name for name in stage.brief.things if not cast or name not in {"people", *cast}]
    if len(names) > 1:
        _place(stage, THINGS[names[1]], -1, 0.5)
    if names:
        _place(stage, THINGS[names[0]], 1, 0.8 if cast else 1.0)


def _place(stage: Stage, thing: Thing, side: int, share: float) -> None:
    x, y = stage.focus
    size = stage.scale * thing.size * share
    if side < 0:
        x, y = stage.width - x, y - 0.35 * (y - stage.horizon)
    if stage.brief.place in vocabulary.INDOORS:
        y = stage.focus[1]
    if thing.floats:
        y = min(y, stage.horizon * 0.8 + size * 0.4) if side > 0 else stage.horizon * 0.55
        y = max(y, size * 1.08)
    if thing.at_horizon and stage.brief.place not in vocabulary.INDOORS:
        y = stage.horizon + (stage.height - stage.horizon) * 0.2 * (1 if side > 0 else 0.4)
    size = min(size, y * 0.94) if thing.size <= 1.4 else size
    depth = 0.0 if side > 0 else 0.28
    flip = (x > stage.width / 2) != (stage.rng.random() < 0.15)
    pen = stage.pen(x, y, size, flip=flip, depth=depth)
    thing.draw(pen, stage)
