"""Halls lit by their own lamps: a laboratory, a concert stage."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, darker, lighter, mix
from pipeline.providers.local.drawing.shapes import box, ellipse, line, poly
from pipeline.providers.local.drawing.stage import Stage


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
            near_top, far_top = (meet[1] - meet[1] * 1.1 * part for part in (near, far))
            near_low, far_low = (meet[1] + (stage.height - meet[1]) * 0.75 * part for part in (near, far))
            face = poly((x0, near_top), (x1, far_top), (x1, far_low), (x0, near_low))
            stage.canvas.fill(face, mix(colour, glow, 0.1 + 0.3 * (1 - near)), texture=0.06)
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
