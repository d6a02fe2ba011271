"""A human head, in units of its radius; other heads are in `masks`."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing import masks
from pipeline.providers.local.drawing.colour import RGB, darker, lighter, mix, rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.shapes import curve, ellipse, limb
from pipeline.providers.local.drawing.stage import Pen


def draw(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    if look.species == "robot":
        masks.robot(pen, look, turn, back=back)
    elif look.species in masks.BEASTS:
        masks.beast(pen, look, turn, back=back)
    else:
        _person(pen, look, turn, back=back)


def _person(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    _hair_behind(pen, look, turn)
    skin = rgb(look.skin)
    if abs(turn) < 0.85:
        pen.fill([ellipse(s * 0.93 - turn * 0.2, 0.08, 0.17, 0.22) for s in (-1, 1)], darker(skin, 0.1))
    face = curve(
        (0, -1.0),
        (0.72, -0.72),
        (0.94, 0.0),
        (0.7, 0.66),
        (0.26, 1.0),
        (-0.26, 1.0),
        (-0.7, 0.66),
        (-0.94, 0.0),
        (-0.72, -0.72),
    )
    pen.fill(face, skin)
    if look.species == "alien":
        _antennae(pen, look)
    if back:
        _hair_back(pen, look)
        return
    _features(pen, look, turn * 0.52, skin)
    if look.beard:
        _beard(pen, look, turn * 0.4)
    _hair_front(pen, look, turn)


def _features(pen: Pen, look: Look, x: float, skin: RGB) -> None:
    side = abs(x) > 0.42
    eyes = [s for s in (-1, 1) if not (side and s * x < 0)]
    big = 1.35 if look.species == "alien" else 1.0
    for s in eyes:
        at = x + s * 0.36 * (1 - abs(x) * 0.4)
        pen.fill(ellipse(at, 0.06, 0.17 * big, 0.2 * big), "#ffffff", model=False)
        pen.fill(ellipse(at + x * 0.08, 0.08, 0.115 * big, 0.15 * big), "#2c2430", model=False)
        pen.fill(ellipse(at - 0.035, 0.02, 0.042), "#ffffff", lit=True)
        brow = darker(rgb(look.hair), 0.1) if look.species == "human" else darker(skin, 0.5)
        pen.fill(limb((at - 0.17, -0.23), (at, -0.3), (at + 0.17, -0.24), width=0.075, end=0.05), brow)
    pen.fill(
        [ellipse(x + s * 0.56, 0.42, 0.17, 0.11) for s in eyes], mix(skin, rgb("#f0605a"), 0.4), opacity=0.5, blur=0.05
    )
    nose = x * 1.35
    if side:
        pen.fill(
            curve((math.copysign(0.86, x), 0.1), (math.copysign(1.03, x), 0.34), (math.copysign(0.84, x), 0.44)),
            darker(skin, 0.04),
        )
    else:
        pen.fill(curve((nose - 0.07, 0.33), (nose, 0.27), (nose + 0.09, 0.34), (nose, 0.4)), darker(skin, 0.2))
    pen.fill(curve((x - 0.22, 0.57), (x, 0.63), (x + 0.22, 0.57), (x + 0.12, 0.72), (x - 0.12, 0.72)), "#a83a3a")
    pen.fill(curve((x - 0.17, 0.585), (x, 0.63), (x + 0.17, 0.585), (x, 0.66)), "#ffffff", model=False)


def _beard(pen: Pen, look: Look, x: float) -> None:
    beard = curve(
        (-0.9, 0.2),
        (-0.72, 0.38),
        (-0.3 + x, 0.45),
        (x, 0.42),
        (0.3 + x, 0.45),
        (0.72, 0.38),
        (0.9, 0.2),
        (0.8, 0.85),
        (0.3, 1.32),
        (0, 1.42),
        (-0.3, 1.32),
        (-0.8, 0.85),
    )
    pen.fill(beard, look.beard)
    pen.fill(curve((x - 0.2, 0.62), (x, 0.67), (x + 0.2, 0.62), (x, 0.76)), "#a83a3a")


def _antennae(pen: Pen, look: Look) -> None:
    for s in (-1, 1):
        pen.fill(limb((s * 0.35, -0.85), (s * 0.5, -1.2), (s * 0.7, -1.45), width=0.1, end=0.06), look.skin)
        pen.fill(ellipse(s * 0.72, -1.5, 0.14), look.accent)


def _hair_behind(pen: Pen, look: Look, turn: float) -> None:
    if look.species != "human" or look.hair_style == "bald":
        return
    dark = darker(rgb(look.hair), 0.18)
    x = -turn * 0.25
    if look.hair_style == "long":
        pen.fill(
            curve(
                (x, -1.18),
                (x + 0.95, -0.8),
                (x + 1.12, 0.1),
                (x + 1.08, 1.2),
                (x + 0.6, 1.72),
                (x, 1.6),
                (x - 0.6, 1.72),
                (x - 1.08, 1.2),
                (x - 1.12, 0.1),
                (x - 0.95, -0.8),
            ),
            dark,
        )
    elif look.hair_style == "bob":
        pen.fill(
            curve(
                (x, -1.18),
                (x + 0.98, -0.75),
                (x + 1.16, 0.2),
                (x + 1.02, 0.95),
                (x, 0.9),
                (x - 1.02, 0.95),
                (x - 1.16, 0.2),
                (x - 0.98, -0.75),
            ),
            dark,
        )
    elif look.hair_style == "curly":
        pen.fill(
            [
                ellipse(x + math.cos(t) * 0.95, -0.2 + math.sin(t) * 0.92, 0.42)
                for t in np.linspace(0.25 + math.pi * 0.8, 2.2 * math.pi - 0.25, 11)
            ],
            dark,
        )
    elif look.hair_style == "bun":
        pen.fill(ellipse(x * 1.6, -1.25, 0.42), dark)
    elif look.hair_style == "ponytail":
        way = -1.0 if turn > 0 else 1.0
        pen.fill(
            curve(
                (way * 0.5, -0.95),
                (way * 1.25, -0.75),
                (way * 1.5, 0.1),
                (way * 1.25, 0.95),
                (way * 1.0, 0.2),
                (way * 0.7, -0.4),
            ),
            dark,
        )
        pen.fill(ellipse(way * 0.82, -0.75, 0.16), look.accent)


def _hair_front(pen: Pen, look: Look, turn: float) -> None:
    if look.species != "human" or look.hair_style == "bald":
        return
    x = turn * 0.3
    if look.hair_style == "curly":
        pen.fill(
            [
                ellipse(x * 0.5 + math.cos(t) * 0.68, -0.5 + math.sin(t) * 0.5, 0.34)
                for t in np.linspace(math.pi * 0.95, 2.05 * math.pi, 8)
            ],
            look.hair,
        )
        return
    part = 0.3 if look.hair_style in ("short", "bob") else 0.05
    fringe = curve(
        (-0.98, 0.1),
        (-1.04, -0.5),
        (-0.62, -1.08),
        (0.05, -1.22),
        (0.68, -1.04),
        (1.04, -0.5),
        (0.98, 0.1),
        (0.8, -0.3),
        (0.5 + x * 0.5, -0.46),
        (part + x, -0.62),
        (-0.1 + x, -0.4),
        (-0.55 + x * 0.5, -0.34),
        (-0.82, -0.2),
    )
    pen.fill(fringe, lighter(rgb(look.hair), 0.05))
    pen.fill(
        limb((-0.6, -0.78), (-0.15, -0.98), (0.35, -0.95), width=0.12, end=0.03),
        lighter(rgb(look.hair), 0.3),
        opacity=0.55,
        model=False,
    )


def _hair_back(pen: Pen, look: Look) -> None:
    if look.species != "human" or look.hair_style == "bald":
        return
    low = {"long": 1.7, "bob": 0.95}.get(look.hair_style, 0.75)
    if look.hair_style == "curly":
        pen.fill(
            [
                ellipse(x, y, 0.42)
                for x, y in (
                    (-0.6, -0.6),
                    (0.0, -0.85),
                    (0.6, -0.6),
                    (-0.75, 0.0),
                    (0.0, -0.1),
                    (0.75, 0.0),
                    (-0.4, 0.5),
                    (0.4, 0.5),
                )
            ],
            look.hair,
        )
        return
    pen.fill(
        curve(
            (0, -1.2),
            (0.8, -0.95),
            (1.06, -0.1),
            (0.95, low * 0.7),
            (0.4, low),
            (-0.4, low),
            (-0.95, low * 0.7),
            (-1.06, -0.1),
            (-0.8, -0.95),
        ),
        look.hair,
    )
    strands = [
        limb((s * 0.3, -0.9), (s * 0.42, 0.0), (s * 0.38, low * 0.8), width=0.05, end=0.02) for s in (-1, 0.1, 1)
    ]
    pen.fill(strands, darker(rgb(look.hair), 0.25), opacity=0.7)
    if look.hair_style == "ponytail":
        pen.fill(limb((0, -0.4), (0.15, 0.5), (0.05, 1.5), width=0.45, end=0.1), darker(rgb(look.hair), 0.1))
        pen.fill(ellipse(0, -0.35, 0.2), look.accent)
