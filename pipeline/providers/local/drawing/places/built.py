"""Streets, rails, rooms and halls."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import ground
from pipeline.providers.local.drawing.colour import RGB, darker, lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, line, poly
from pipeline.providers.local.drawing.sky import paint_sky
from pipeline.providers.local.drawing.stage import Stage

WINDOW_LIGHTS = ("#ffd98a", "#ffc46a", "#fff0c4", "#bfe0ff")


def city(stage: Stage) -> None:
    paint_sky(stage, clouds=0.8)
    y, h = stage.horizon + 0.1 * stage.height, stage.height
    for depth, high in ((0.7, 0.34), (0.45, 0.5), (0.2, 0.62)):
        _skyline(stage, y, high * min(stage.unit, y), depth)
        stage.canvas.haze(stage.palette.haze, y - 0.3 * h, y, depth * 0.5)
    if stage.says("street", "alley", "detective", "crime", "traffic", "town") or stage.chance(0.4):
        _street(stage, y)
    else:
        ground.paint_water(stage, y, "#27485f", mirror=0.3)
        _quay(stage)


def _skyline(stage: Stage, base: float, high: float, depth: float) -> None:
    x, tower = -stage.unit * 0.05, ("#5b6a80", "#6d6470", "#4f6274", "#7a6a62")
    while x < stage.width:
        wide = stage.unit * stage.between(0.05, 0.13) * (1.25 - depth * 0.5)
        middle = math.exp(-(((x / stage.width) - stage.sun[0] / stage.width) ** 2) * 3)
        tall = high * stage.between(0.35, 0.75) * (0.7 + 0.6 * middle)
        colour = stage.tone(tower[int(stage.rng.integers(4))], depth)
        if stage.palette.dark:
            colour = mix(colour, rgb("#121a33"), 0.3)
        _tower(stage, x, base, wide, tall, colour, depth)
        x += wide * stage.between(0.86, 1.2)


def _tower(stage: Stage, x: float, base: float, wide: float, tall: float, colour: RGB, depth: float) -> None:
    top, kind = base - tall, int(stage.rng.integers(5))
    paint = (colour, mix(colour, stage.palette.haze, 0.25 + depth * 0.4))
    parts = [box(x, top, wide, tall + 3)]
    if kind == 0:
        parts += [
            box(x + wide * 0.2, top - wide * 0.4, wide * 0.6, wide * 0.5),
            box(x + wide * 0.46, top - wide * 1.2, wide * 0.07, wide),
        ]
    elif kind == 1:
        parts += [poly((x, top + 1), (x + wide * 0.5, top - wide * 0.75), (x + wide, top + 1))]
    elif kind == 2:
        parts += [poly((x, top + 1), (x, top - wide * 0.55), (x + wide, top + 1))]
    elif kind == 3:
        parts += [
            box(x + wide * 0.12, top - wide * 0.18, wide * 0.3, wide * 0.2),
            box(x + wide * 0.6, top - wide * 0.3, wide * 0.2, wide * 0.32),
        ]
    stage.canvas.fill(parts, paint, texture=0.06)
    shade = x if stage.canvas.light[0] > 0 else x + wide * 0.62
    stage.canvas.fill(box(shade, top, wide * 0.38, tall), darker(colour, 0.35), opacity=0.4, model=False)
    _windows(stage, x, top, wide, tall, colour, depth)


def _windows(stage: Stage, x: float, top: float, wide: float, tall: float, colour: RGB, depth: float) -> None:
    columns, rows = max(int(wide / (stage.unit * 0.016)), 2), max(int(tall / (stage.unit * 0.024)), 2)
    across, down = wide / columns, tall / rows
    lit_share = 0.42 if stage.palette.dark else 0.06
    glass, lit = [], []
    for column, row in np.ndindex(columns, rows):
        pane = box(x + (column + 0.25) * across, top + (row + 0.3) * down, across * 0.5, down * 0.45)
        (lit if stage.chance(lit_share) else glass).append(pane)
    stage.canvas.fill(
        glass,
        mix(colour, stage.palette.sky[2] if not stage.palette.dark else rgb("#0b1122"), 0.42),
        opacity=0.7,
        model=False,
    )
    warm = stage.palette.lit(WINDOW_LIGHTS[int(stage.rng.integers(4))])
    stage.canvas.fill(lit, mix(warm, stage.palette.haze, depth * 0.5), model=False)


def _street(stage: Stage, y: float) -> None:
    w, h = stage.width, stage.height
    meet = w * (0.5 + (0.5 - stage.focus[0] / w) * 0.3)
    asphalt = (stage.tone("#6d6f78", 0.25), stage.tone("#3d4048"))
    stage.canvas.fill(
        box(-5, y - 2, w + 10, h - y + 9),
        (stage.tone("#a39a90", 0.2), stage.tone("#7a726c")),
        texture=0.12,
        model=False,
    )
    stage.canvas.fill(
        poly((meet - w * 0.05, y - 2), (meet + w * 0.05, y - 2), (w * 0.98, h + 5), (w * 0.02, h + 5)),
        asphalt,
        texture=0.16,
        model=False,
    )
    for near in np.linspace(0.03, 1, 9) ** 2:
        yy, size = y + (h - y) * near, 0.01 + 0.02 * near
        stripe = poly(
            (meet - w * size * 0.3, yy),
            (meet + w * size * 0.3, yy),
            (meet + w * size * 0.5, yy + (h - y) * 0.09 * near),
            (meet - w * size * 0.5, yy + (h - y) * 0.09 * near),
        )
        stage.canvas.fill(stripe, stage.tone("#e9dfc0"), opacity=0.7, model=False)
    for near in (0.08, 0.2, 0.45, 0.9):
        for side in (-1, 1):
            x, foot = meet + side * w * (0.06 + 0.5 * near), y + (h - y) * near
            _lamp(stage, x, foot, stage.unit * (0.1 + 0.5 * near), -side)
    if stage.palette.dark or stage.brief.weather in ("rain", "storm"):
        stage.canvas.mirror(y + 0.02 * h, h, stage.tone("#39404e"), 0.28, stage.unit * 0.006)


def _lamp(stage: Stage, x: float, y: float, size: float, side: int) -> None:
    pen = stage.pen(x, y, size, flip=side < 0, depth=0.1)
    pen.fill([box(-0.012, -1, 0.024, 1), box(0, -1, 0.2, 0.018), box(-0.03, -0.03, 0.06, 0.04)], "#333845")
    pen.fill(box(0.13, -0.99, 0.1, 0.035), "#fff1c8", lit=True)
    if stage.palette.dark:
        pen.glow(0.18, -0.95, 0.35, "#ffcf80", 0.9)


def _quay(stage: Stage) -> None:
    y = stage.height * 0.9
    stone = (stage.tone("#7d7a7c"), stage.tone("#55535a"))
    stage.canvas.fill(box(-5, y, stage.width + 10, stage.height), stone, texture=0.2, model=False)
    rail = [
        box(-5, y - stage.unit * 0.075, stage.width + 10, stage.unit * 0.009),
        box(-5, y - stage.unit * 0.04, stage.width + 10, stage.unit * 0.005),
    ]
    posts = [
        box(x, y - stage.unit * 0.085, stage.unit * 0.01, stage.unit * 0.09)
        for x in np.arange(0, stage.width, stage.unit * 0.13)
    ]
    stage.canvas.fill(rail + posts, stage.tone("#2c313c"))


def road(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ground.paint_range(stage, y, stage.unit * 0.3, 0.55, peaks=2.5)
    far = ground.paint_hill(stage, y + 0.02 * h, 0.03 * h, "#8c9a58", 0.36, low="#7f8f4c")
    ground.paint_treeline(stage, far, stage.unit * 0.03, 0.36)
    ground.paint_hill(stage, y + 0.1 * h, 0.015 * h, "#8fa052", 0.12, low="#5d7538")
    t = np.linspace(0, 1, 40)
    meet = w * stage.between(0.35, 0.65)
    x = meet + (stage.focus[0] - meet) * t**1.2 + np.sin(t * 4) * stage.unit * 0.09 * (1 - t)
    way = np.stack([x, y + 0.06 * h + (h * 1.05 - y - 0.06 * h) * t**1.7], axis=1)
    stage.canvas.fill(line(way, stage.unit * 0.02, stage.unit * 0.98), stage.tone("#d9cfb4"), texture=0.1, model=False)
    stage.canvas.fill(
        line(way, stage.unit * 0.017, stage.unit * 0.9),
        (stage.tone("#777a80", 0.2), stage.tone("#474a52")),
        texture=0.14,
        model=False,
    )
    for start in range(3, 38, 4):
        near = t[start] ** 1.7
        stage.canvas.fill(
            line(way[start : start + 3], stage.unit * 0.022 * (near + 0.05)), stage.tone("#f3e6b8"), model=False
        )
    for near in (0.1, 0.25, 0.5):
        side = -1 if stage.focus[0] > w / 2 else 1
        tree = stage.pen(
            w * (0.5 + side * (0.2 + 0.5 * near)),
            y + 0.1 * h + (h - y) * near * 0.5,
            stage.unit * (0.12 + 0.4 * near),
            depth=0.2 * (1 - near),
        )
        ground.leafy(tree, stage.rng)
    ground.paint_grass(stage, y + 0.5 * h, "#7f9a48", density=0.7)


def rail(stage: Stage) -> None:
    paint_sky(stage)
    w, h, y = stage.width, stage.height, stage.horizon
    ground.paint_range(stage, y, stage.unit * 0.36, 0.55, peaks=2.2)
    far = ground.paint_hill(stage, y + 0.03 * h, 0.04 * h, "#7f9a5c", 0.35, low="#6d8a4d")
    ground.paint_pines(stage, far, int(34 * w / stage.unit), stage.unit * 0.08, 0.34, sink=0.02 * h)
    ground.paint_hill(stage, y + 0.14 * h, 0.015 * h, "#8a9c55", 0.1, low="#566e38")
    base = stage.focus[1]
    bed = poly((-5, base - 0.012 * h), (w + 5, base - 0.012 * h), (w + 5, base + 0.075 * h), (-5, base + 0.075 * h))
    stage.canvas.fill(bed, (stage.tone("#938b84"), stage.tone("#5f5954")), texture=0.35)
    ties = [
        poly((x, base), (x + w * 0.012, base), (x + w * 0.008, base + 0.05 * h), (x - w * 0.006, base + 0.05 * h))
        for x in np.arange(-9, w, w * 0.026)
    ]
    stage.canvas.fill(ties, stage.tone("#4f3d31"))
    for at, thick in ((0.006, 0.005), (0.038, 0.008)):
        stage.canvas.fill(
            box(-5, base + at * h, w + 10, thick * h + 1), (stage.tone("#d5dae0"), stage.tone("#6d6460")), model=False
        )
    ground.paint_grass(stage, base + 0.09 * h, "#7a9444")
    for x in np.arange(w * 0.12, w, w * 0.42):
        stage.pen(x, base, stage.unit * 0.5, depth=0.1).fill(
            [box(-0.01, -1, 0.02, 1), box(-0.13, -0.9, 0.26, 0.018)], "#4a4038"
        )


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
    panes = [poly((x + a, edge * 0.15 + b), (x + a + 0.13 * stage.unit, edge * 0.15 + b), (x + a + 0.13 * stage.unit + slant * 0.4, edge * 0.4 + b), (x + a + slant * 0.4, edge * 0.4 + b))
             for a in (0, 0.16 * stage.unit) for b in (0, edge * 0.28)]  # fmt: skip
    stage.canvas.fill(panes, stage.palette.light, opacity=0.22, blur=stage.unit * 0.006, mode="light")


def lab(stage: Stage) -> None:
    """A dim hall of racks and screens, lit by what it computes."""
    w, h, lit = stage.width, stage.height, stage.palette.lit
    edge = stage.horizon + 0.1 * h
    glow = lit(("#35d0e8", "#5f8fff", "#b070ff", "#3fe0a0")[int(stage.rng.integers(4))])
    day = stage.brief.hour in ("day", "dawn")
    back = lit("#dfe9ee") if day else lit("#16233f")
    stage.canvas.gradient([mix(back, lit("#0c1730"), 0.3), back, mix(back, glow, 0.4)], 0, edge)
    meet = (w * stage.between(0.4, 0.6), edge * 0.62)
    _racks(stage, meet, glow, day)
    _panels(stage, glow)
    _floor(stage, edge, meet[0], glow, back)
    stage.canvas.glow(meet[0], meet[1], stage.unit * 0.75, glow, 0.6)
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.55)


def _racks(stage: Stage, meet: tuple[float, float], glow: RGB, day: bool) -> None:
    colour = stage.palette.lit("#c5d2dc" if day else "#26365a")
    for side in (-1, 1):
        outer = -0.03 * stage.width if side < 0 else 1.03 * stage.width
        for index in range(6):
            near, far = 0.86**index * 0.95, 0.86 ** (index + 0.86) * 0.95
            near, far = near**2.2, far**2.2
            x0, x1 = meet[0] + (outer - meet[0]) * near, meet[0] + (outer - meet[0]) * far
            top, low = (
                (lambda s: meet[1] - meet[1] * 1.1 * s),
                (lambda s: meet[1] + (stage.height - meet[1]) * 0.75 * s),
            )
            face = poly((x0, top(near)), (x1, top(far)), (x1, low(far)), (x0, low(near)))
            stage.canvas.fill(face, mix(colour, glow, 0.1 + 0.3 * (1 - near)), texture=0.06)
            _lights(stage, (x0, x1), (top(near), low(near)), (top(far), low(far)), glow)


def _lights(
    stage: Stage, x: tuple[float, float], first: tuple[float, float], last: tuple[float, float], glow: RGB
) -> None:
    lamps: list[list[np.ndarray]] = [[], [], []]
    for row in np.arange(0.06, 0.95, 0.045):
        for column in (0.14, 0.3, 0.46, 0.62, 0.78):
            if stage.chance(0.55):
                at = x[0] + (x[1] - x[0]) * column
                high = [a + (b - a) * column for a, b in zip(first, last, strict=True)]
                y, size = high[0] + (high[1] - high[0]) * row, (high[1] - high[0]) * 0.007 + 0.4
                lamps[int(stage.rng.integers(3))].append(box(at, y, abs(x[1] - x[0]) * 0.1 + 0.6, size))
    for part, colour in zip(lamps, (glow, lighter(glow, 0.6), stage.palette.lit("#ff9a5a")), strict=True):
        stage.canvas.fill(part, colour, model=False)


def _panels(stage: Stage, glow: RGB) -> None:
    """Screens that hang in the air: rings, curves and bars."""
    for side in (-1, 1):
        x, y, size = (
            stage.width * (0.5 + side * stage.between(0.14, 0.3)),
            stage.horizon * stage.between(0.3, 0.55),
            stage.unit * stage.between(0.11, 0.17),
        )
        frame = box(x - size, y - size * 0.66, size * 2, size * 1.32, size * 0.06)
        stage.canvas.fill(frame, glow, opacity=0.22, model=False, mode="light")
        stage.canvas.fill(
            np.concatenate(
                [frame, frame[:1], (frame[:1] - (x, y)) * 0.975 + (x, y), ((frame - (x, y)) * 0.975 + (x, y))[::-1]]
            ),
            glow,
            opacity=0.75,
            model=False,
        )
        if side < 0:
            rings = [line(ellipse(x, y, size * r), size * 0.02) for r in (0.2, 0.38, 0.54)]
            stage.canvas.fill(rings, lighter(glow, 0.4), opacity=0.85, model=False)
        else:
            bars = [
                box(
                    x - size * 0.85 + i * size * 0.2,
                    y + size * 0.5 - (b := size * stage.between(0.15, 0.95)),
                    size * 0.12,
                    b,
                )
                for i in range(9)
            ]
            stage.canvas.fill(bars, lighter(glow, 0.4), opacity=0.7, model=False)


def _floor(stage: Stage, edge: float, meet: float, glow: RGB, back: RGB) -> None:
    w, h = stage.width, stage.height
    stage.canvas.fill(
        box(-9, edge, w + 18, h - edge + 9),
        (mix(back, glow, 0.3), mix(back, stage.palette.lit("#0b142c"), 0.5)),
        texture=0.1,
        model=False,
    )
    lines = [
        poly((meet + (at - meet) * 0.35, edge), (meet + (at - meet) * 0.35 + 1, edge), (at + 2, h), (at - 2, h))
        for at in np.linspace(-w, 2 * w, 22)
    ]
    lines += [box(-9, edge + (h - edge) * t**2, w + 18, 1 + 2 * t) for t in np.linspace(0, 1, 8)]
    stage.canvas.fill(lines, glow, opacity=0.45, model=False, mode="light")


def stage_hall(stage: Stage) -> None:
    """A concert stage: beams of light, haze, and a crowd in front."""
    w, h, lit = stage.width, stage.height, stage.palette.lit
    edge = stage.horizon + 0.16 * h
    first, second, third = (
        (("#ff3f8e"), "#5f5fff", "#ffb03f"),
        ("#3fa8ff", "#b04fff", "#ff6f5f"),
        ("#ff8f3f", "#ff3f5f", "#ffe07f"),
    )[int(stage.rng.integers(3))]
    dark = lit("#1b1236")
    stage.canvas.gradient([dark, mix(dark, lit(second), 0.4), mix(dark, lit(first), 0.6)], 0, edge)
    for at, colour in zip(
        np.linspace(0.06, 0.94, 8), [first, second, third, second, first, third, second, first], strict=True
    ):
        _beam(stage, w * at, edge, lit(colour))
    stage.canvas.glow(w / 2, edge * 0.8, stage.unit * 0.8, lit(third), 0.5)
    truss = [box(-5, h * 0.03, w + 10, h * 0.01), box(-5, h * 0.07, w + 10, h * 0.01)]
    truss += [
        line(np.array([[x, h * 0.035], [x + h * 0.04, h * 0.075]]), 2 + h * 0.002) for x in np.arange(0, w, h * 0.04)
    ]
    stage.canvas.fill(truss, lit("#0d0a1c"), model=False)
    for side in (0.02, 0.86):
        _speakers(stage, w * side, edge)
    boards = mix(lit("#3a2a4a"), lit(first), 0.2)
    stage.canvas.fill(
        poly((-5, edge), (w + 5, edge), (w + 5, h + 5), (-5, h + 5)),
        (mix(boards, lit(third), 0.45), darker(boards, 0.4)),
        texture=0.14,
        model=False,
    )
    seams = [
        poly((w / 2 + (at - w / 2) * 0.5, edge), (w / 2 + (at - w / 2) * 0.5 + 1.5, edge), (at + 3, h), (at, h))
        for at in np.linspace(-w, 2 * w, 30)
    ]
    stage.canvas.fill(seams, lit("#140d24"), opacity=0.5, model=False)
    stage.canvas.glow(stage.focus[0], edge + (h - edge) * 0.4, stage.unit * 0.5, lit("#fff0d0"), 0.7)
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.42)


def _beam(stage: Stage, x: float, edge: float, colour: RGB) -> None:
    foot = stage.width * stage.rng.random()
    wide = stage.unit * stage.between(0.08, 0.17)
    cone = poly(
        (x - 3, stage.height * 0.08), (x + 3, stage.height * 0.08), (foot + wide, edge * 1.1), (foot - wide, edge * 1.1)
    )
    stage.canvas.fill(cone, colour, opacity=0.36, blur=stage.unit * 0.008, mode="light")
    stage.canvas.glow(x, stage.height * 0.085, stage.unit * 0.06, lighter(colour, 0.6), 1.0)


def _speakers(stage: Stage, x: float, edge: float) -> None:
    wide = stage.width * 0.12
    for row in range(3):
        y = edge * (0.42 + 0.2 * row)
        stage.canvas.fill(box(x, y, wide, edge * 0.19, 4), stage.palette.lit("#221a33"))
        for r, colour in ((0.085, "#3a3050"), (0.055, "#151024"), (0.02, "#4a3f66")):
            stage.canvas.fill(ellipse(x + wide / 2, y + edge * 0.095, edge * r), stage.palette.lit(colour))


def arena(stage: Stage) -> None:
    """A running track between stands under floodlights."""
    paint_sky(stage)
    w, h = stage.width, stage.height
    edge = stage.horizon + 0.08 * h
    _stands(stage, edge)
    stage.canvas.fill(
        box(-5, edge, w + 10, h), (stage.tone("#7fae4a", 0.15), stage.tone("#4f8a3a")), texture=0.12, model=False
    )
    meet = w * (0.5 + (0.5 - stage.focus[0] / w) * 0.8)
    track = poly(
        (meet - w * 0.1, edge + 0.01 * h), (meet + w * 0.1, edge + 0.01 * h), (w * 1.3, h + 5), (-w * 0.3, h + 5)
    )
    stage.canvas.fill(track, (stage.tone("#c8674a", 0.2), stage.tone("#b2462f")), texture=0.1, model=False)
    lanes = []
    for at in np.linspace(0, 1, 8):
        near, far = -0.3 * w + 1.6 * w * at, meet - w * 0.1 + w * 0.2 * at
        lanes.append(
            poly(
                (far - 0.6, edge + 0.01 * h),
                (far + 0.6, edge + 0.01 * h),
                (near + w * 0.006, h + 5),
                (near - w * 0.006, h + 5),
            )
        )
    stage.canvas.fill(lanes, stage.tone("#f6efe6"), opacity=0.9, model=False)
    for x in (0.08, 0.92):
        _floodlight(stage, w * x, edge)


def _stands(stage: Stage, edge: float) -> None:
    w, high = stage.width, stage.unit * 0.2
    tiers = curve(
        (-9, edge - high * 1.3),
        (w * 0.3, edge - high * 0.75),
        (w * 0.7, edge - high * 0.75),
        (w + 9, edge - high * 1.3),
        closed=False,
    )
    stage.canvas.fill(
        np.concatenate([tiers, [[w + 9, edge + 3], [-9, edge + 3]]]),
        (stage.tone("#6f7688", 0.3), stage.tone("#4f5668", 0.25)),
        texture=0.1,
    )
    colours = ("#e86a5a", "#f2c14e", "#f4efe6", "#5a8fd0", "#66a86a", "#d9a58a")
    for colour in colours:
        xs = stage.rng.uniform(0, w, int(150 * w / stage.unit))
        rise = np.interp(xs, tiers[:, 0], tiers[:, 1])
        ys = edge - (edge - rise) * stage.rng.uniform(0.12, 0.92, len(xs))
        stage.canvas.dots(np.stack([xs, ys], axis=1), np.full(len(xs), stage.unit * 0.0042), stage.tone(colour, 0.22))
    roof = np.concatenate([tiers - (0, high * 0.5), (tiers - (0, high * 0.36))[::-1]])
    stage.canvas.fill(roof, stage.tone("#e6e9ee", 0.2))


def _floodlight(stage: Stage, x: float, edge: float) -> None:
    high = stage.unit * 0.5
    stage.canvas.fill(box(x - 2, edge - high, stage.unit * 0.012, high), stage.tone("#4a5162", 0.2))
    stage.canvas.fill(
        box(x - stage.unit * 0.06, edge - high - stage.unit * 0.07, stage.unit * 0.13, stage.unit * 0.08),
        stage.tone("#394050"),
    )
    for dx in (-0.04, 0.0, 0.04):
        for dy in (0.05, 0.018):
            at = (x + (dx + 0.005) * stage.unit, edge - high - dy * stage.unit)
            stage.canvas.fill(ellipse(*at, stage.unit * 0.012), rgb("#fffbe6"), model=False)
    strength = 1.0 if stage.palette.dark else 0.5
    stage.canvas.glow(x, edge - high - stage.unit * 0.03, stage.unit * 0.42, rgb("#fff6d8"), strength)
