"""Halls lit by their own lamps: a laboratory, a concert stage."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, darker, lighter, mix, rgb
from pipeline.providers.local.drawing.shapes import box, poly, strip
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop, spread

GLOWS = ("#35d0e8", "#5f8fff", "#b070ff", "#3fe0a0")
SHOWS = (("#ff3f8e", "#5f5fff", "#ffb03f"), ("#3fa8ff", "#b04fff", "#ff6f5f"), ("#ff8f3f", "#ff3f5f", "#ffe07f"))


def lab(stage: Stage) -> None:
    """A dim hall of racks and screens, lit by what it computes."""
    w, h, lit = stage.width, stage.height, stage.palette.lit
    edge = stage.horizon + 0.1 * h
    screen = rgb(stage.one_of(GLOWS))
    glow = lit(screen)
    day = stage.brief.hour in ("day", "dawn")
    back = lit("#dfe9ee") if day else lit("#16233f")
    stage.canvas.gradient([mix(back, lit("#0c1730"), 0.3), back, mix(back, glow, 0.4)], 0, edge)
    meet = (w * stage.between(0.4, 0.6), edge * 0.62)
    _racks(stage, meet, glow, day)
    _screens(stage, screen)
    far = mix(rgb("#dfe9ee" if day else "#16233f"), screen, 0.3)
    near = mix(rgb("#dfe9ee" if day else "#16233f"), rgb("#0b142c"), 0.5)
    spread(stage, "lab-floor", meet[0], edge, h - edge, far=far, near=near, glass=screen)
    stage.glow(meet[0], meet[1], stage.unit * 0.75, glow, 0.6)
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.55)


def _racks(stage: Stage, meet: tuple[float, float], glow: RGB, day: bool) -> None:
    colour = stage.palette.lit("#c5d2dc" if day else "#26365a")
    for side in (-1, 1):
        outer = -0.03 * stage.width if side < 0 else 1.03 * stage.width
        for index in range(6):
            near, far = ((0.86**at * 0.95) ** 2.2 for at in (index, index + 0.86))
            x0, x1 = (meet[0] + (outer - meet[0]) * part for part in (near, far))
            near_top, far_top = (meet[1] - meet[1] * 1.1 * part for part in (near, far))
            near_low, far_low = (meet[1] + (stage.height - meet[1]) * 0.75 * part for part in (near, far))
            face = poly((x0, near_top), (x1, far_top), (x1, far_low), (x0, near_low))
            stage.fill(face, mix(colour, glow, 0.1 + 0.3 * (1 - near)), texture=0.06)
            _lights(stage, (x0, x1), (near_top, near_low), (far_top, far_low), glow)


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
                stage.one_of(lamps).append(box(at, y, abs(x[1] - x[0]) * 0.1 + 0.6, size))
    for part, colour in zip(lamps, (glow, lighter(glow, 0.6), stage.palette.lit("#ff9a5a")), strict=True):
        stage.fill(part, colour, model=False)


def _screens(stage: Stage, glow: RGB) -> None:
    """Screens that hang in the air: rings on one, bars on the other."""
    for side, screen in ((-1, "screen-rings"), (1, "screen-bars")):
        x, y = stage.width * (0.5 + side * stage.between(0.14, 0.3)), stage.horizon * stage.between(0.3, 0.55)
        prop(stage, screen, x, y, stage.unit * stage.between(0.11, 0.17), glass=glow)


def stage_hall(stage: Stage) -> None:
    """A concert stage: beams of light, haze, and a crowd in front."""
    w, h, lit = stage.width, stage.height, stage.palette.lit
    edge = stage.horizon + 0.16 * h
    shows = [rgb(code) for code in stage.one_of(SHOWS)]
    first, second, third = map(lit, shows)
    dark = lit("#1b1236")
    stage.canvas.gradient([dark, mix(dark, second, 0.4), mix(dark, first, 0.6)], 0, edge)
    beams = (first, second, third, second, first, third, second, first)
    for at, colour in zip(np.linspace(0.06, 0.94, 8), beams, strict=True):
        _beam(stage, w * at, edge, colour)
    stage.glow(w / 2, edge * 0.8, stage.unit * 0.8, third, 0.5)
    spread(stage, "truss", 0, 0, h)
    for x in (0.08, 0.92):
        prop(stage, "speakers", w * x, edge, min(edge, 0.4 * w))
    wood = mix(rgb("#3a2a4a"), shows[0], 0.2)
    gleam = mix(wood, shows[2], 0.45)
    spread(stage, "boards", w / 2, edge, h - edge, wood=darker(wood, 0.4), gleam=gleam)
    stage.glow(stage.focus[0], edge + (h - edge) * 0.4, stage.unit * 0.5, lit("#fff0d0"), 0.7)
    stage.focus = (stage.focus[0], edge + (h - edge) * 0.42)


def _beam(stage: Stage, x: float, edge: float, colour: RGB) -> None:
    foot, wide = stage.width * stage.rng.random(), stage.unit * stage.between(0.08, 0.17)
    cone = strip(stage.height * 0.08, x, 3, edge * 1.1, foot, wide)
    stage.fill(cone, colour, opacity=0.36, blur=stage.unit * 0.008, mode="light")
    stage.glow(x, stage.height * 0.085, stage.unit * 0.06, lighter(colour, 0.6), 1.0)
