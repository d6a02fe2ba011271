"""Animals that swim."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import lighter, rgb
from pipeline.providers.local.drawing.shapes import arc, curve, ellipse, limb, line
from pipeline.providers.local.drawing.stage import Pen, Stage


def wake(pen: Pen, half: float) -> None:
    """A dark reflection below and white water along the hull."""
    for y, wide, opacity in ((0.03, 1.0, 0.4), (0.07, 0.8, 0.3), (0.12, 0.55, 0.22), (0.17, 0.4, 0.15)):
        pen.fill(ellipse(0, y, half * wide, 0.016), "#0c2238", opacity=opacity, model=False)
    foam = curve((-half * 1.1, 0.02), (-half * 0.5, -0.008), (half * 0.6, -0.004), (half * 1.25, 0.025), (0, 0.03))
    pen.fill(foam, "#ffffff", opacity=0.75, model=False)


def whale(pen: Pen, stage: Stage) -> None:
    below = stage.brief.place == "underwater"
    lift = -0.2 if below else 0.0
    body = curve(
        (-0.62, -0.06 + lift),
        (-0.5, -0.3 + lift),
        (-0.15, -0.4 + lift),
        (0.25, -0.28 + lift),
        (0.55, -0.16 + lift),
        (0.75, -0.3 + lift),
        (0.62, -0.06 + lift),
        (0.2, 0.05 + lift),
        (-0.3, 0.06 + lift),
    )
    pen.fill(body, "#456a8c", "#2b4a6b", texture=0.12)
    pen.fill(
        curve(
            (0.7, -0.26 + lift),
            (0.82, -0.5 + lift),
            (1.0, -0.54 + lift),
            (0.9, -0.38 + lift),
            (1.02, -0.28 + lift),
            (0.84, -0.24 + lift),
        ),
        "#3b5d80",
    )
    pen.fill(
        curve(
            (-0.6, -0.06 + lift),
            (-0.4, -0.02 + lift),
            (-0.05, -0.02 + lift),
            (0.1, 0.03 + lift),
            (-0.3, 0.06 + lift),
            (-0.54, 0.02 + lift),
        ),
        "#dfe8ec",
    )
    pen.fill(
        [
            line(
                curve(
                    (-0.56 + i * 0.02, 0.0 + lift + i * 0.012),
                    (-0.3, 0.02 + lift + i * 0.012),
                    (-0.05, 0.01 + lift + i * 0.01),
                    closed=False,
                ),
                0.006,
            )
            for i in range(3)
        ],
        "#8fa4b0",
    )
    pen.fill(curve((-0.12, -0.02 + lift), (0.0, 0.1 + lift), (0.14, 0.2 + lift), (0.08, 0.0 + lift)), "#35587c")
    pen.fill(ellipse(-0.4, -0.11 + lift, 0.022), "#10192a")
    pen.fill(ellipse(-0.407, -0.116 + lift, 0.007), "#ffffff", lit=True)
    if below:
        return
    for side in (-1, 1):
        for reach in (0.1, 0.18, 0.25):
            pen.fill(
                line(
                    curve((-0.3, -0.38), (-0.3 + side * reach * 0.4, -0.78), (-0.3 + side * reach, -0.6), closed=False),
                    0.02,
                    0.05,
                ),
                "#eefaff",
                opacity=0.5,
                blur=0.008,
            )
    pen.fill(
        curve((-0.85, 0.05), (-0.4, -0.02), (0.2, 0.0), (0.9, 0.05), (0.2, 0.13), (-0.5, 0.13)),
        "#2a6a86",
        opacity=0.85,
        model=False,
    )
    wake(pen, 0.7)


def dolphin(pen: Pen, stage: Stage) -> None:
    lift = -0.42
    body = curve(
        (-0.56, -0.02 + lift),
        (-0.42, -0.16 + lift),
        (-0.1, -0.3 + lift),
        (0.25, -0.16 + lift),
        (0.48, 0.12 + lift),
        (0.42, 0.16 + lift),
        (0.1, 0.0 + lift),
        (-0.2, -0.04 + lift),
        (-0.4, 0.0 + lift),
    )
    pen.fill(curve((0.0, -0.27 + lift), (0.06, -0.45 + lift), (0.18, -0.47 + lift), (0.15, -0.24 + lift)), "#4f6f8c")
    pen.fill(
        curve(
            (0.44, 0.1 + lift),
            (0.62, 0.1 + lift),
            (0.68, 0.2 + lift),
            (0.5, 0.2 + lift),
            (0.44, 0.36 + lift),
            (0.36, 0.3 + lift),
        ),
        "#4f6f8c",
    )
    pen.fill(body, "#6d8ca8", "#3f5f80")
    pen.fill(curve((-0.5, 0.0 + lift), (-0.2, -0.08 + lift), (0.1, -0.03 + lift), (-0.2, -0.035 + lift)), "#e3edf2")
    pen.fill(ellipse(-0.37, -0.08 + lift, 0.017), "#10192a")
    wake(pen, 0.3)


def fish(pen: Pen, stage: Stage) -> None:
    colours = (("#f08a2e", "#ffffff"), ("#f2c13c", "#2a4a8a"), ("#4f8fe0", "#ffd86a"), ("#e8586a", "#ffe0c8"))
    main, band = colours[int(stage.rng.integers(4))]
    for dx, dy, size in ((1.15, -0.42, 0.42), (1.0, 0.42, 0.32), (0.0, 0.0, 1.0)):
        _one_fish(pen.at(dx, -0.5 + dy, size), main, band)


def _one_fish(pen: Pen, main: str, band: str) -> None:
    dark = lighter(rgb(main), 0.15)
    pen.fill(curve((0.34, 0.0), (0.62, -0.3), (0.7, -0.24), (0.6, 0.0), (0.7, 0.24), (0.62, 0.3)), dark)
    pen.fill(curve((-0.15, -0.26), (0.05, -0.5), (0.28, -0.4), (0.3, -0.14)), dark)
    pen.fill(curve((-0.05, 0.26), (0.05, 0.45), (0.22, 0.34), (0.2, 0.18)), dark)
    pen.fill(
        curve(
            (-0.56, 0.02),
            (-0.4, -0.2),
            (-0.05, -0.33),
            (0.25, -0.2),
            (0.42, 0.0),
            (0.25, 0.2),
            (-0.05, 0.33),
            (-0.42, 0.2),
        ),
        main,
    )
    for x, tall in ((-0.24, 0.28), (0.1, 0.27)):
        pen.fill(
            curve(
                (x - 0.045, -tall), (x + 0.05, -tall), (x + 0.085, 0), (x + 0.05, tall), (x - 0.045, tall), (x - 0.0, 0)
            ),
            band,
            model=False,
        )
    pen.fill(curve((-0.08, 0.03), (0.1, 0.1), (0.12, 0.22), (-0.06, 0.17)), dark)
    pen.fill(ellipse(-0.38, -0.06, 0.062), "#ffffff")
    pen.fill(ellipse(-0.395, -0.06, 0.036), "#14182a")
    pen.fill(ellipse(-0.408, -0.075, 0.012), "#ffffff", lit=True)


def turtle(pen: Pen, stage: Stage) -> None:
    pen = pen.at(0, -0.45, 1.0, stage.between(-0.3, 0.1))
    skin = "#7fa05a"
    pen.fill(curve((-0.3, 0.05), (-0.42, 0.36), (-0.26, 0.52), (-0.14, 0.24)), skin)
    pen.fill(curve((0.3, 0.1), (0.52, 0.3), (0.6, 0.24), (0.4, 0.02)), skin)
    pen.fill(curve((-0.36, -0.02), (-0.5, -0.16), (-0.68, -0.14), (-0.72, -0.02), (-0.6, 0.08), (-0.4, 0.1)), skin)
    pen.fill(
        curve((-0.44, 0.08), (-0.3, -0.2), (0.0, -0.32), (0.32, -0.2), (0.48, 0.1), (0.1, 0.2), (-0.3, 0.18)),
        "#8a6a3c",
        "#5f4a2c",
    )
    for x, y, r in (
        (-0.22, -0.06, 0.1),
        (0.0, -0.15, 0.12),
        (0.22, -0.06, 0.1),
        (-0.1, 0.07, 0.08),
        (0.12, 0.07, 0.08),
    ):
        pen.fill(ellipse(x, y, r, r * 0.8), "#b8955a", "#7a5f38")
    pen.fill(curve((-0.2, 0.14), (-0.36, 0.42), (-0.52, 0.6), (-0.44, 0.28), (-0.32, 0.12)), lighter(rgb(skin), 0.12))
    pen.fill(ellipse(-0.6, -0.06, 0.024), "#16202a")


def jellyfish(pen: Pen, stage: Stage) -> None:
    colour = ("#f0a0d0", "#9fb8ff", "#ffc89a")[int(stage.rng.integers(3))]
    for dx, dy, size in ((0.6, 0.1, 0.45), (0.0, 0.0, 1.0)):
        part = pen.at(dx, dy - (1 - size) * 0.3, size)
        part.glow(0, -0.7, 0.75, colour, 0.55)
        for at in np.linspace(-0.22, 0.22, 7):
            sway = 0.06 * math.sin(at * 30)
            part.fill(
                limb((at, -0.6), (at + sway, -0.35), (at - sway, -0.15), (at + sway, 0.05), width=0.03, end=0.006),
                colour,
                lit=True,
                opacity=0.6,
            )
        bell = curve(
            (-0.34, -0.6),
            (-0.3, -0.85),
            (0, -1.0),
            (0.3, -0.85),
            (0.34, -0.6),
            (0.17, -0.56),
            (0, -0.6),
            (-0.17, -0.56),
        )
        part.fill(bell, lighter(rgb(colour), 0.5), colour, lit=True, opacity=0.82)
        part.fill(arc(0, -0.68, 0.2, 0.2, math.pi * 1.1, math.pi * 1.6), "#ffffff", lit=True, opacity=0.4, blur=0.01)
