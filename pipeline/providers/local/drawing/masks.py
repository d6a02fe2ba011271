"""Heads that are not human: robots, animals, photos worn as a head."""

from __future__ import annotations

import math

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.colour import RGB, darker, lighter, mix, rgb
from pipeline.providers.local.drawing.look import Look
from pipeline.providers.local.drawing.shapes import arc, box, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen

BEASTS = ("fox", "cat", "dog", "bear", "rabbit", "mouse", "owl")


def robot(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    coat = rgb(look.skin)
    x = turn * 0.35
    pen.fill(limb((0, -0.9), (0, -1.35), width=0.1), "#5f6876")
    pen.fill(ellipse(0, -1.42, 0.16), look.accent, lit=True)
    pen.fill([box(s * 1.12 - 0.14 - x * 0.5, -0.3, 0.28, 0.55, 0.1) for s in (-1, 1)], darker(coat, 0.35))
    pen.fill(box(-1.05, -0.95, 2.1, 1.85, 0.55), lighter(coat, 0.2), coat)
    if back:
        pen.fill([box(-0.5, -0.3 + 0.25 * i, 1.0, 0.1, 0.05) for i in range(3)], darker(coat, 0.35))
        return
    pen.fill(box(x - 0.78, -0.62, 1.56, 1.05, 0.36), "#16213a")
    for s in (-1, 1):
        at = x + s * 0.36
        pen.glow(at, -0.12, 0.6, look.accent, 0.7)
        pen.fill(ellipse(at, -0.12, 0.22, 0.25), look.accent, lit=True)
        pen.fill(ellipse(at - 0.07, -0.2, 0.07), "#ffffff", lit=True)
    pen.fill(limb((x - 0.24, 0.22), (x, 0.3), (x + 0.24, 0.22), width=0.07), look.accent, lit=True)


def beast(pen: Pen, look: Look, turn: float, *, back: bool) -> None:
    coat, pale = rgb(look.skin), lighter(rgb(look.skin), 0.7)
    x = turn * 0.45
    _beast_ears(pen, look.species, coat, turn, back=back)
    wide = 1.18 if look.species in ("fox", "cat") else 1.05
    pen.fill(
        curve(
            (0, -0.95),
            (0.7, -0.8),
            (1.0, -0.1),
            (wide, 0.35),
            (0.55, 0.85),
            (0, 1.0),
            (-0.55, 0.85),
            (-wide, 0.35),
            (-1.0, -0.1),
            (-0.7, -0.8),
        ),
        coat,
    )
    if back:
        return
    if look.species == "owl":
        pen.fill([ellipse(x + s * 0.42, -0.02, 0.46) for s in (-1, 1)], pale)
        pen.fill(poly((x - 0.14, 0.22), (x + 0.14, 0.22), (x, 0.56)), "#f0a83c")
    else:
        pen.fill(
            [
                curve((x, 0.12), (x + s * 0.5, 0.3), (x + s * wide * 0.86, 0.42), (x + s * 0.5, 0.84), (x, 0.95))
                for s in (-1, 1)
            ],
            pale,
        )
        pen.fill(ellipse(x * 1.35, 0.42, 0.36, 0.3), lighter(pale, 0.2))
        pen.fill(curve((x * 1.5 - 0.16, 0.24), (x * 1.5, 0.2), (x * 1.5 + 0.16, 0.24), (x * 1.5, 0.42)), "#2a2028")
        pen.fill(
            [line(arc(x * 1.35 + s * 0.12, 0.5, 0.12, 0.11, 0.2, math.pi - 0.2), 0.045) for s in (-1, 1)], "#3a2a30"
        )
    for s in (-1, 1):
        if abs(turn) > 0.85 and s * turn < 0:
            continue
        at = x + s * 0.42
        pen.fill(ellipse(at, -0.04, 0.16, 0.2), "#1f1a22", model=False)
        pen.fill(ellipse(at - 0.05, -0.11, 0.06), "#ffffff", lit=True)


def _beast_ears(pen: Pen, species: str, coat: RGB, turn: float, *, back: bool) -> None:
    inner = mix(coat, rgb("#f4c0b0"), 0.6)
    x = -turn * 0.15
    for s in (-1, 1):
        if species in ("fox", "cat"):
            outer, inside = (
                [(s * 0.3, -0.75), (s * 0.82, -1.5), (s * 0.98, -0.35)],
                [(s * 0.46, -0.78), (s * 0.78, -1.25), (s * 0.86, -0.5)],
            )
            pen.fill(curve(*[(a + x, b) for a, b in outer], steps=2), coat)
            pen.fill(
                poly(*[(a + x, b) for a, b in inside]), "#3a2826" if species == "fox" else inner
            ) if not back else None
        elif species == "rabbit":
            pen.fill(ellipse(s * 0.4 + x, -1.5, 0.24, 0.78, turn=s * 0.14), coat)
            pen.fill(ellipse(s * 0.4 + x, -1.46, 0.12, 0.58, turn=s * 0.14), inner if not back else coat)
        elif species == "dog":
            pen.fill(
                curve(
                    (s * 0.6 + x, -0.85),
                    (s * 1.0 + x, -0.75),
                    (s * 1.3 + x, 0.1),
                    (s * 1.1 + x, 0.6),
                    (s * 0.88 + x, 0.0),
                ),
                darker(coat, 0.35),
            )
        elif species == "owl":
            pen.fill(poly((s * 0.35 + x, -0.75), (s * 0.8 + x, -1.3), (s * 0.9 + x, -0.5)), darker(coat, 0.2))
        else:
            r = 0.55 if species == "mouse" else 0.38
            pen.fill(ellipse(s * 0.78 + x, -0.82, r), coat)
            pen.fill(ellipse(s * 0.78 + x, -0.8, r * 0.6), inner if not back else coat)


def photo(pen: Pen, look: Look, face: NDArray[np.uint8]) -> None:
    """The picture as a round cut-out with a rim, in the light of the scene."""
    pen.fill(ellipse(0, -0.05, 1.3), look.accent)
    pen.fill(ellipse(0, -0.05, 1.22), "#fbf8f0")
    size = max(int(pen.size * 2.26), 3)
    shrunk = cv2.resize(face, (size, size), interpolation=cv2.INTER_AREA if size < len(face) else cv2.INTER_CUBIC)
    light = np.array(pen.palette.ambient, np.float32) / 255
    veil, amount = pen.palette.style.veil
    graded = shrunk.astype(np.float32) * (0.45 + 0.55 * light)
    graded += (np.array(rgb(veil), np.float32) - graded) * np.float32(amount * 0.6)
    mask = np.zeros((size, size), np.uint8)
    cv2.circle(mask, (size * 8, size * 8), int(size * 7.9), 255, -1, cv2.LINE_AA, 4)
    x, y = pen.place(np.array([[0.0, -0.05]]))[0]
    pen.canvas.paste(graded.clip(0, 255).astype(np.uint8), mask, round(float(x) - size / 2), round(float(y) - size / 2))
