"""Ears, antlers, manes and wool."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import curve, ellipse, limb, poly
from pipeline.providers.local.drawing.stage import Pen
from pipeline.providers.local.drawing.things.beasts import Beast


def ears(pen: Pen, kind: Beast, *, behind: bool) -> None:
    """The far ear, darker, where `behind`; floppy, huge and leaf-shaped ears show on one side only."""
    colour = darker(rgb(kind.coat), 0.3) if behind else rgb(kind.coat)
    if kind.ears in BOTH_SIDES:
        BOTH_SIDES[kind.ears](pen, kind, colour, behind)
    elif not behind:
        ONE_SIDE[kind.ears](pen, kind)


def _pointed(pen: Pen, kind: Beast, colour: RGB, behind: bool) -> None:
    shift = 0.075 if behind else 0.0
    pen.fill(poly((0.09 - shift, -0.07), (0.045 - shift, -0.25), (-0.025 - shift, -0.1)), colour)
    if not behind:
        pen.fill(poly((0.065, -0.09), (0.045, -0.2), (0.0, -0.1)), "#e8b8a0" if kind.tail != "bushy" else "#33241f")


def _long(pen: Pen, kind: Beast, colour: RGB, behind: bool) -> None:
    x = -0.06 if behind else 0.0
    pen.fill(curve((x + 0.06, -0.09), (x + 0.1, -0.3), (x + 0.05, -0.4), (x, -0.28), (x, -0.1)), colour)
    if not behind:
        pen.fill(limb((0.035, -0.14), (0.055, -0.25), (0.05, -0.35), width=0.028, end=0.02), "#f0b8b0")


def _round(pen: Pen, kind: Beast, colour: RGB, behind: bool) -> None:
    pen.fill(ellipse(0.02 if behind else 0.075, -0.12, 0.05), colour)


def _floppy(pen: Pen, kind: Beast) -> None:
    ear = curve((0.07, -0.11), (0.0, -0.12), (0.01, 0.03), (0.05, 0.11), (0.11, 0.05))
    pen.fill(ear, darker(rgb(kind.coat), 0.35))


def _huge(pen: Pen, kind: Beast) -> None:
    ear = curve((0.05, -0.1), (0.2, -0.13), (0.25, 0.02), (0.17, 0.18), (0.08, 0.12), (0.05, 0.02))
    pen.fill(ear, lighter(rgb(kind.coat), 0.1))


def _leaf(pen: Pen, kind: Beast) -> None:
    tip = (0.21, -0.13) if kind.ears == "leaf" else (0.07, -0.19)
    pen.fill(curve((0.05, -0.07), (0.07, -0.12), tip, (0.1, -0.06)), darker(rgb(kind.coat), 0.15))


BOTH_SIDES = {"pointed": _pointed, "long": _long, "round": _round}
ONE_SIDE = {"floppy": _floppy, "huge": _huge, "leaf": _leaf, "small": _leaf}


def lion_mane(pen: Pen, head: tuple[float, float]) -> None:
    for reach, colour in ((0.27, "#7a4520"), (0.22, "#9a5e2a")):
        turns = np.linspace(0, 2 * math.pi, 26, endpoint=False)
        fringe = reach * (1 + 0.12 * (np.arange(26) % 2))
        x, y = head[0] + 0.05 + np.cos(turns) * fringe, head[1] + 0.04 + np.sin(turns) * fringe * 1.08
        pen.fill(curve(*zip(x, y, strict=True), steps=3), colour)


def antlers(pen: Pen) -> None:
    for shift, colour in ((-0.05, "#8a6a48"), (0.02, "#d9c09a")):
        main = [(0.02 + shift, -0.1), (0.12 + shift, -0.3), (0.1 + shift, -0.52)]
        pen.fill(limb(*main, width=0.035, end=0.014), colour)
        for x, y, dx, dy in ((0.085, -0.22, -0.12, -0.12), (0.12, -0.34, 0.12, -0.1), (0.115, -0.42, -0.1, -0.11)):
            pen.fill(
                limb(
                    (x + shift, y),
                    (x + dx * 0.6 + shift, y + dy * 0.4),
                    (x + dx + shift, y + dy),
                    width=0.026,
                    end=0.01,
                ),
                colour,
            )


def wool(pen: Pen, kind: Beast, back: float) -> None:
    middle = back + kind.deep * 0.5
    for ring in (0.5, 0.3, 0.1):
        for t in np.linspace(0, 6.28, round(28 * ring) + 1, endpoint=False):
            at = (math.cos(t) * kind.length * ring, middle + math.sin(t) * kind.deep * ring)
            pen.fill(ellipse(*at, 0.085), kind.coat)
