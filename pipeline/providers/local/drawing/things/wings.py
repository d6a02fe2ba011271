"""Animals that fly, and penguins, which do not."""

from __future__ import annotations

import math

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import arc, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage


def bird(pen: Pen, stage: Stage) -> None:
    """Draw a bird in flight, both wings raised."""
    coat, belly = (("#3f74b8", "#f0dcc0"), ("#c8553d", "#f4e6d0"), ("#6d5a4c", "#f2ead8"), ("#e8b23c", "#fff3d0"))[
        int(stage.rng.integers(4))
    ]
    pen = pen.at(0, -0.45, 1.0, stage.between(-0.2, 0.25))
    dark = darker(rgb(coat), 0.32)
    _wing(pen.at(0.06, -0.06, 1.0, 0.25), dark)
    pen.fill(poly((0.26, 0.0), (0.58, -0.06), (0.62, 0.06), (0.56, 0.14), (0.24, 0.1)), dark)
    pen.fill(
        curve((-0.34, -0.08), (-0.2, -0.15), (0.1, -0.11), (0.34, 0.04), (0.12, 0.15), (-0.18, 0.12), (-0.32, 0.03)),
        coat,
    )
    pen.fill(curve((-0.26, 0.02), (0.0, 0.03), (0.22, 0.09), (0.05, 0.15), (-0.18, 0.12)), belly)
    pen.fill(ellipse(-0.32, -0.08, 0.11), coat)
    pen.fill(poly((-0.41, -0.11), (-0.54, -0.06), (-0.41, -0.03)), "#f0a03c")
    pen.fill(ellipse(-0.36, -0.1, 0.022), "#14161f")
    pen.fill(ellipse(-0.366, -0.107, 0.008), "#ffffff", lit=True)
    _wing(pen.at(-0.04, -0.04, 1.12, -0.12), lighter(rgb(coat), 0.06))


def _wing(pen: Pen, colour: tuple[float, float, float]) -> None:
    pen.fill(
        curve(
            (-0.1, 0.02),
            (-0.08, -0.25),
            (0.08, -0.5),
            (0.3, -0.62),
            (0.28, -0.42),
            (0.36, -0.4),
            (0.28, -0.26),
            (0.32, -0.2),
            (0.22, -0.08),
            (0.14, 0.04),
        ),
        colour,
    )
    pen.fill(
        [
            limb((0.02, -0.08), (0.1, -0.28), (0.22, -0.44), width=0.012),
            limb((0.08, -0.05), (0.16, -0.2), (0.26, -0.3), width=0.012),
        ],
        darker(colour, 0.3),
        opacity=0.6,
    )


def butterfly(pen: Pen, stage: Stage) -> None:
    colour = ("#f08a2e", "#4f8fe0", "#e86aa0", "#f2c13c")[int(stage.rng.integers(4))]
    pen = pen.at(0, -0.5, 1.0, stage.between(-0.3, 0.3))
    for side in (-1, 1):
        upper = curve((0, -0.02), (side * 0.2, -0.36), (side * 0.5, -0.42), (side * 0.52, -0.18), (side * 0.3, 0.02))
        lower = curve((0, 0.02), (side * 0.32, 0.04), (side * 0.42, 0.22), (side * 0.24, 0.38), (side * 0.06, 0.2))
        pen.fill([upper, lower], "#2a2230")
        pen.fill(
            [upper * 0.84 + (side * 0.035, -0.025), lower * 0.8 + (side * 0.03, 0.02)],
            lighter(rgb(colour), 0.2),
            colour,
        )
        pen.fill(
            [
                limb((side * 0.05, -0.03), (side * 0.2, -0.18), (side * 0.4, -0.3), width=0.012),
                limb((side * 0.05, 0.03), (side * 0.18, 0.12), (side * 0.28, 0.22), width=0.012),
            ],
            "#2a2230",
        )
        pen.fill([ellipse(side * 0.45, -0.3 + 0.09 * i, 0.018) for i in range(3)], "#fff6e0")
        pen.fill(
            line(
                arc(
                    side * 0.1,
                    -0.26,
                    0.1,
                    0.14,
                    math.pi * 0.9 if side > 0 else math.pi * 0.1,
                    math.pi * 1.4 if side > 0 else -math.pi * 0.4,
                ),
                0.008,
            ),
            "#2a2230",
        )
    pen.fill(ellipse(0, 0.02, 0.032, 0.22), "#2a2230")


def penguin(pen: Pen, stage: Stage) -> None:
    for dx, size in ((0.55, 0.62), (-0.48, 0.5), (0.0, 1.0)):
        part = pen.at(dx, -0.05 * (1 - size), size)
        part.shade_under(0.4)
        part.fill([ellipse(s * 0.1, -0.025, 0.09, 0.035) for s in (-1, 1)], "#f0a03c")
        part.fill(curve((-0.2, -0.62), (-0.36, -0.4), (-0.33, -0.22), (-0.2, -0.34)), "#232838")
        part.fill(
            curve(
                (0, -1),
                (0.15, -0.9),
                (0.17, -0.72),
                (0.27, -0.4),
                (0.22, -0.1),
                (0, -0.03),
                (-0.22, -0.1),
                (-0.27, -0.4),
                (-0.17, -0.72),
                (-0.15, -0.9),
            ),
            "#2c3244",
            "#1d2230",
        )
        part.fill(
            curve(
                (-0.03, -0.72),
                (0.13, -0.62),
                (0.19, -0.35),
                (0.13, -0.1),
                (-0.05, -0.07),
                (-0.19, -0.14),
                (-0.21, -0.4),
                (-0.15, -0.62),
            ),
            "#fbf9f4",
            "#dfe3ea",
        )
        part.fill(curve((0.2, -0.62), (0.36, -0.42), (0.34, -0.24), (0.22, -0.34)), "#2c3244")
        part.fill([ellipse(s * 0.085 - 0.03, -0.84, 0.06, 0.07) for s in (-1, 1)], "#fbf9f4")
        part.fill(curve((-0.1, -0.82), (-0.03, -0.86), (0.04, -0.82), (-0.04, -0.75)), "#f0a03c")
        part.fill([ellipse(s * 0.075 - 0.03, -0.86, 0.021) for s in (-1, 1)], "#10131d")
