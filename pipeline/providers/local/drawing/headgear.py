"""Hats, helmets and glasses, in units of the head's radius."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, darker, lighter, rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.shapes import box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen


def draw(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    if look.glasses and not back:
        _glasses(pen, turn * 0.52)
    if look.hat == "bubble":
        bubble(pen)
    elif look.hat in SHAPED:
        SHAPED[look.hat](pen, look, turn * 0.25)
    elif look.hat:
        _helmet(pen, look)


def bubble(pen: Pen) -> None:
    """A round glass helmet."""
    pen.fill(ellipse(0, 0.0, 1.5), "#cfeaff", opacity=0.2)
    pen.fill(line(ellipse(0, 0.0, 1.5), 0.11), "#eef2f6")
    pen.fill(limb((-0.95, -0.7), (-0.5, -1.12), (0.05, -1.25), width=0.17, end=0.05), "#ffffff", lit=True, opacity=0.75)
    pen.fill(box(-0.95, 1.12, 1.9, 0.3, 0.14), "#c3cad4")


def _glasses(pen: Pen, x: float) -> None:
    for s in (-1, 1):
        pen.fill(ellipse(x + s * 0.38, 0.07, 0.29), "#d9f0ff", opacity=0.25)
        pen.fill(line(ellipse(x + s * 0.38, 0.07, 0.3), 0.075), "#2f2a34")
    pen.fill(line(np.array([[x - 0.1, 0.03], [x + 0.1, 0.03]]), 0.07), "#2f2a34")


DOME = curve((-1.02, -0.42), (-0.92, -1.02), (0, -1.42), (0.92, -1.02), (1.02, -0.42))


def _colour(look: Look) -> tuple[RGB, RGB, RGB]:
    """Its own, darker, lighter."""
    colour = rgb(look.hat_colour or look.accent)
    return colour, darker(colour, 0.25), lighter(colour, 0.1)


def _cap(pen: Pen, look: Look, shift: float) -> None:
    colour, dark, light = _colour(look)
    pen.fill(DOME, light, colour)
    peak = curve(
        (-0.55 + shift * 3, -0.55),
        (shift * 3, -0.62),
        (0.75 + shift * 3, -0.5),
        (0.85 + shift * 3, -0.28),
        (shift * 3, -0.4),
        (-0.6 + shift * 3, -0.36),
    )
    pen.fill(peak if look.hat == "cap" else ellipse(0.2, -1.1, 1.15, 0.42, turn=0.15), dark)


def _beanie(pen: Pen, look: Look, shift: float) -> None:
    colour, dark, light = _colour(look)
    pen.fill(DOME, light, colour)
    pen.fill(box(-1.08, -0.66, 2.16, 0.34, 0.14), dark)
    pen.fill(ellipse(0, -1.46, 0.26), "#f4f0e6")


def _brim(pen: Pen, look: Look, shift: float) -> None:
    colour, dark, light = _colour(look)
    pen.fill(ellipse(0, -0.62, 1.75 if look.hat == "brim" else 1.45, 0.3), dark)
    pen.fill(
        curve(
            (-0.88, -0.62),
            (-0.76, -1.3),
            (-0.2, -1.42),
            (0, -1.34),
            (0.2, -1.42),
            (0.76, -1.3),
            (0.88, -0.62),
            (0, -0.5),
        ),
        light,
        colour,
    )
    pen.fill(
        curve((-0.88, -0.7), (0, -0.58), (0.88, -0.7), (0.86, -0.88), (0, -0.78), (-0.86, -0.88)),
        darker(colour, 0.55),
    )


def _captain(pen: Pen, look: Look, shift: float) -> None:
    pen.fill(curve((-1.1, -0.95), (-0.6, -1.42), (0.6, -1.42), (1.1, -0.95), (0.9, -0.72), (-0.9, -0.72)), "#fbfaf6")
    pen.fill(curve((-0.96, -0.82), (0.96, -0.82), (0.98, -0.52), (0, -0.42), (-0.98, -0.52)), "#24305a")
    pen.fill(
        curve((-0.75 + shift, -0.5), (shift, -0.42), (0.75 + shift, -0.5), (0.5 + shift, -0.26), (-0.5 + shift, -0.26)),
        "#191c28",
    )
    pen.fill(ellipse(shift, -0.68, 0.16), "#f0c040")


def _chef(pen: Pen, look: Look, shift: float) -> None:
    pen.fill(
        [ellipse(x, -1.45, r) for x, r in ((-0.6, 0.48), (0.0, 0.58), (0.6, 0.48))] + [box(-0.82, -1.3, 1.64, 0.75)],
        "#fbfaf6",
        "#e2e2e6",
    )


def _pointed(pen: Pen, look: Look, shift: float) -> None:
    colour, dark, light = _colour(look)
    pen.fill(ellipse(0, -0.6, 1.6, 0.28), dark)
    pen.fill(
        curve((-0.85, -0.62), (-0.4, -1.5), (0.3, -2.3), (0.35, -1.5), (0.85, -0.62), (0, -0.5), steps=5),
        light,
        colour,
    )
    pen.fill([_star(-0.15, -1.0, 0.16), _star(0.25, -1.45, 0.12)], "#f6d860")


def _crown(pen: Pen, look: Look, shift: float) -> None:
    pen.fill(
        poly((-0.86, -0.55), (-0.95, -1.35), (-0.48, -0.98), (0, -1.5), (0.48, -0.98), (0.95, -1.35), (0.86, -0.55)),
        "#f4cc4a",
        "#d9a02c",
    )
    pen.fill([ellipse(x, -0.74, 0.1) for x in (-0.5, 0.0, 0.5)], "#d0392f")


def _band(pen: Pen, look: Look, shift: float) -> None:
    colour, _dark, _light = _colour(look)
    pen.fill(box(-1.02, -0.62, 2.04, 0.26, 0.1), colour)


def _helmet(pen: Pen, look: Look) -> None:
    metal = "#b8c0cc" if look.hat == "crest" else "#f4c63a"
    pen.fill(DOME * (1.06, 1.05), lighter(rgb(metal), 0.2), metal)
    pen.fill(box(-1.16, -0.56, 2.32, 0.2, 0.08), darker(rgb(metal), 0.2))
    pen.fill(box(-0.1, -1.5, 0.2, 0.95, 0.08), look.accent if look.hat == "crest" else darker(rgb(metal), 0.15))


def _star(x: float, y: float, r: float) -> np.ndarray:
    angles = np.linspace(-math.pi / 2, 1.5 * math.pi, 10, endpoint=False)
    reach = np.array([r, r * 0.42] * 5)
    return np.stack([x + np.cos(angles) * reach, y + np.sin(angles) * reach], axis=1)


SHAPED = {
    "cap": _cap,
    "beret": _cap,
    "beanie": _beanie,
    "brim": _brim,
    "fedora": _brim,
    "captain": _captain,
    "chef": _chef,
    "pointed": _pointed,
    "crown": _crown,
    "band": _band,
}
