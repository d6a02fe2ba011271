"""Rooms: a kitchen and a study with a table, and a plain one."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, mix
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, line, poly
from pipeline.providers.local.drawing.stage import Stage

WINDOW_LIGHTS = ("#ffd98a", "#ffc46a", "#fff0c4", "#bfe0ff")


def kitchen(stage: Stage) -> None:
    """A table by a window, the room behind it out of focus."""
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.04 * h
    wall = (stage.tone("#d9b892"), stage.tone("#a97f5f"))
    stage.canvas.fill(box(-9, -9, w + 18, edge + 18), wall, texture=0.12, model=False)
    _window(stage, stage.sun[0], edge * 0.48, stage.unit * 0.4, edge * 0.74)
    _shelf(stage, w - stage.sun[0], edge * 0.42)
    _lamps_out_of_focus(stage, edge)
    stage.canvas.soften(stage.unit * 0.011, 0, int(edge) + 2)
    _table(stage, edge, "#a9713f")
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.56)


def plain(stage: Stage) -> None:
    """A bright wall and a light floor, with daylight from one side: for subjects that have no place of their own."""
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.1 * h
    wall, floor = stage.tone("#ece6da"), stage.tone("#b3946c")
    stage.canvas.fill(box(-9, -9, w + 18, edge + 18), (lighter(wall, 0.12), wall), texture=0.04, model=False)
    beam = stage.sun[0]
    lit = poly((beam - 0.1 * w, -9), (beam + 0.2 * w, -9), (w - beam + 0.22 * w, edge), (w - beam - 0.16 * w, edge))
    stage.canvas.fill(lit, lighter(wall, 0.35), opacity=0.5, blur=stage.unit * 0.03, model=False)
    stage.canvas.fill(box(-9, edge, w + 18, h - edge + 9), (floor, lighter(floor, 0.15)), texture=0.06, model=False)
    stage.canvas.fill(box(-9, edge - stage.unit * 0.012, w + 18, stage.unit * 0.022), lighter(wall, 0.4), model=False)
    stage.canvas.glow(beam, edge * 0.3, stage.unit * 0.9, stage.palette.light, 0.35)
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.5)


def _window(stage: Stage, x: float, y: float, wide: float, high: float) -> None:
    sky = stage.palette.sky
    left, top = x - wide / 2, y - high / 2
    stage.canvas.fill(box(left - wide * 0.05, top - wide * 0.05, wide * 1.1, high + wide * 0.1), stage.tone("#f0e6d6"))
    stage.canvas.fill(box(left, top, wide, high), (sky[1], sky[3]), model=False)
    hill = curve(
        (left, top + high * 0.75),
        (left + wide * 0.35, top + high * 0.58),
        (left + wide * 0.7, top + high * 0.72),
        (left + wide, top + high * 0.6),
        closed=False,
    )
    stage.canvas.fill(
        np.concatenate([hill, [[left + wide, top + high], [left, top + high]]]), stage.tone("#6f9a5f", 0.3), model=False
    )
    bars = [box(x - wide * 0.018, top, wide * 0.036, high), box(left, y - wide * 0.018, wide, wide * 0.036)]
    stage.canvas.fill(bars, stage.tone("#f0e6d6"))
    stage.canvas.glow(x, y, wide * 1.5, stage.palette.light, 0.55)


def _shelf(stage: Stage, x: float, y: float) -> None:
    wide, colours = stage.unit * 0.46, ("#c8553d", "#e8b04a", "#4f8a8b", "#f0e3cd", "#7a9a5a", "#d98a6a")
    for row in (0, 1):
        base = y + row * stage.unit * 0.2
        stage.canvas.fill(box(x - wide / 2, base, wide, stage.unit * 0.016), stage.tone("#7a5236"))
        for at in np.arange(-0.44, 0.44, 0.13):
            size = stage.unit * stage.between(0.05, 0.11)
            jar = box(x + at * wide, base - size, size * 0.62, size, size * 0.12)
            stage.canvas.fill(jar, stage.tone(colours[int(stage.rng.integers(6))]))


def _lamps_out_of_focus(stage: Stage, edge: float) -> None:
    for _ in range(14):
        x, y, r = (
            stage.between(0, 1) * stage.width,
            stage.between(0.05, 0.9) * edge,
            stage.unit * stage.between(0.014, 0.04),
        )
        stage.canvas.fill(
            ellipse(x, y, r),
            stage.palette.lit(WINDOW_LIGHTS[int(stage.rng.integers(3))]),
            opacity=0.32,
            model=False,
            mode="light",
        )


def _table(stage: Stage, edge: float, wood: str) -> None:
    w, h = stage.width, stage.height
    tone = stage.tone(wood)
    stage.canvas.fill(
        box(-9, edge, w + 18, h - edge + 9),
        (lighter(mix(tone, stage.palette.light, 0.2), 0.1), darker(tone, 0.25)),
        texture=0.1,
        model=False,
    )
    seams, grain = [], []
    for at in np.linspace(-1.5, 2.5, 15):
        x0, x1 = w * (0.5 + (at - 0.5) * 0.62), w * (0.5 + (at - 0.5) * 1.25)
        seams.append(
            poly((x0 - 0.6, edge), (x0 + 0.6, edge), (x1 + stage.unit * 0.003, h), (x1 - stage.unit * 0.003, h))
        )
        for _ in range(6):
            shift, t0 = stage.between(0, 0.25), stage.rng.random() * 0.8
            a = np.array([w * (0.5 + (at + shift - 0.5) * (0.62 + 0.63 * t)) for t in (t0, t0 + 0.25)])
            ys = edge + (h - edge) * np.array([t0, t0 + 0.25])
            grain.append(line(np.stack([a, ys], axis=1), 1.0, 2.2))
    stage.canvas.fill(seams, darker(tone, 0.55), opacity=0.6, model=False, blur=0.6)
    stage.canvas.fill(grain, darker(tone, 0.4), opacity=0.34, model=False, blur=0.6)
    stage.canvas.glow(stage.sun[0], edge + (h - edge) * 0.2, stage.unit * 0.7, stage.palette.light, 0.4)
    stage.canvas.fill(box(-9, edge - 1, w + 18, stage.unit * 0.006), lighter(tone, 0.4), opacity=0.7, model=False)


def room(stage: Stage) -> None:
    """A study: bookshelves, a window, a desk, a plant."""
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.12 * h
    walls = (("#8fb0b4", "#6f9298"), ("#d8c3a0", "#b99f7d"), ("#a8b89a", "#87987b"))[int(stage.rng.integers(3))]
    stage.canvas.fill(
        box(-9, -9, w + 18, edge + 18), (stage.tone(walls[0]), stage.tone(walls[1])), texture=0.08, model=False
    )
    _window(stage, stage.sun[0], edge * 0.45, stage.unit * 0.46, edge * 0.62)
    _bookcase(stage, w - stage.sun[0], edge)
    _light_on_wall(stage, edge)
    stage.canvas.soften(stage.unit * 0.004, 0, int(edge) + 2)
    _table(stage, edge, "#b98a58")
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.55)


def _bookcase(stage: Stage, x: float, edge: float) -> None:
    wide, row = stage.unit * 0.62, edge / 4.4
    left = x - wide / 2
    stage.canvas.fill(box(left, edge * 0.05, wide, edge), stage.tone("#6d4c35"), texture=0.15)
    colours = ("#b8483a", "#d99a3f", "#3f6f7f", "#57805a", "#7a5a8a", "#e2d4b8", "#30455f")
    for shelf in range(4):
        base = edge * 0.05 + row * (shelf + 1)
        stage.canvas.fill(
            box(left + wide * 0.03, base - row * 0.88, wide * 0.94, row * 0.88), stage.tone("#3f2c22"), model=False
        )
        at = left + wide * 0.05
        while at < left + wide * 0.88:
            thick, tall = wide * stage.between(0.03, 0.065), row * stage.between(0.5, 0.8)
            stage.canvas.fill(box(at, base - tall, thick, tall), stage.tone(colours[int(stage.rng.integers(7))]))
            at += thick * stage.between(1.02, 1.5)


def _light_on_wall(stage: Stage, edge: float) -> None:
    x, slant = stage.width / 2, stage.unit * 0.3 * np.sign(stage.width / 2 - stage.sun[0])
    panes = [
        poly(
            (x + a, edge * 0.15 + b),
            (x + a + 0.13 * stage.unit, edge * 0.15 + b),
            (x + a + 0.13 * stage.unit + slant * 0.4, edge * 0.4 + b),
            (x + a + slant * 0.4, edge * 0.4 + b),
        )
        for a in (0, 0.16 * stage.unit)
        for b in (0, edge * 0.28)
    ]
    stage.canvas.fill(panes, stage.palette.light, opacity=0.22, blur=stage.unit * 0.006, mode="light")
