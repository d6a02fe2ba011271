"""Rooms: a kitchen and a study with a table, and a plain one."""

from __future__ import annotations

from pipeline.providers.local.drawing.colour import lighter, rgb
from pipeline.providers.local.drawing.shapes import box, ellipse, poly
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop, spread

WINDOW_LIGHTS = ("#ffd98a", "#ffc46a", "#fff0c4", "#bfe0ff")
WALLS = (("#8fb0b4", "#6f9298"), ("#d8c3a0", "#b99f7d"), ("#a8b89a", "#87987b"))


def kitchen(stage: Stage) -> None:
    """A table by a window, the room behind it out of focus."""
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.04 * h
    stage.fill(box(-9, -9, w + 18, edge + 18), "#d9b892", "#a97f5f", texture=0.12, model=False)
    _window(stage, stage.sun[0], edge * 0.48, stage.unit * 0.4, edge * 0.74)
    prop(stage, "shelves", w - stage.sun[0], edge * 0.42, 0.46 * stage.unit)
    _lamps_out_of_focus(stage, edge)
    stage.canvas.soften(stage.unit * 0.011, 0, int(edge) + 2)
    _table(stage, edge, "#a9713f")
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.56)


def plain(stage: Stage) -> None:
    """A bright wall and a light floor, with daylight from one side: for subjects that have no place of their own."""
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.1 * h
    wall, floor = stage.tone("#ece6da"), stage.tone("#b3946c")
    stage.fill(box(-9, -9, w + 18, edge + 18), lighter(wall, 0.12), wall, texture=0.04, model=False)
    beam = stage.sun[0]
    lit = poly((beam - 0.1 * w, -9), (beam + 0.2 * w, -9), (w - beam + 0.22 * w, edge), (w - beam - 0.16 * w, edge))
    stage.fill(lit, lighter(wall, 0.35), opacity=0.5, blur=stage.unit * 0.03, model=False)
    stage.fill(box(-9, edge, w + 18, h - edge + 9), floor, lighter(floor, 0.15), texture=0.06, model=False)
    stage.fill(box(-9, edge - stage.unit * 0.012, w + 18, stage.unit * 0.022), lighter(wall, 0.4), model=False)
    stage.glow(beam, edge * 0.3, stage.unit * 0.9, stage.palette.light, 0.35)
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.5)


def _window(stage: Stage, x: float, y: float, wide: float, high: float) -> None:
    sky = stage.palette.sky
    prop(stage, "window", x, y, high, wide=wide / high, zenith=sky[1], skyline=sky[3])


def _lamps_out_of_focus(stage: Stage, edge: float) -> None:
    for _ in range(14):
        x, y = stage.anywhere(), stage.between(0.05, 0.9) * edge
        lamp = ellipse(x, y, stage.unit * stage.between(0.014, 0.04))
        stage.fill(lamp, stage.palette.lit(stage.one_of(WINDOW_LIGHTS[:3])), opacity=0.32, model=False, mode="light")


def _table(stage: Stage, edge: float, wood: str) -> None:
    w, high = stage.width, stage.height - edge
    spread(stage, "table", w / 2, edge, high, wood=rgb(wood))
    stage.glow(stage.sun[0], edge + high * 0.2, stage.unit * 0.7, stage.palette.light, 0.4)


def room(stage: Stage) -> None:
    """A study: bookshelves, a window, a desk, a plant."""
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.12 * h
    stage.fill(box(-9, -9, w + 18, edge + 18), *stage.one_of(WALLS), texture=0.08, model=False)
    _window(stage, stage.sun[0], edge * 0.45, stage.unit * 0.46, edge * 0.62)
    wide = 0.62 * stage.unit
    prop(stage, "bookcase", w - stage.sun[0] - wide / 2, 0, edge, wide=wide / edge)
    prop(stage, "window-light", w / 2, 0, edge, wide=stage.unit / edge, flip=stage.sun[0] > w / 2)
    stage.canvas.soften(stage.unit * 0.004, 0, int(edge) + 2)
    _table(stage, edge, "#b98a58")
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.55)
