"""Four-legged animals, all drawn from one pattern."""

from __future__ import annotations

import math

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import Points, curve, ellipse, limb, line
from pipeline.providers.local.drawing.stage import Pen, Stage
from pipeline.providers.local.drawing.things import animal_parts
from pipeline.providers.local.drawing.things.beasts import BEASTS, Beast


def beast(name: str) -> BeastPainter:
    return BeastPainter(BEASTS[name])


class BeastPainter:
    def __init__(self, kind: Beast) -> None:
        self.kind = kind

    def __call__(self, pen: Pen, stage: Stage) -> None:
        kind = self.kind
        pen.shade_under(kind.length * 1.1, 0.45)
        step = stage.between(-0.06, 0.1)
        back = -kind.leg - kind.deep
        head = (-kind.length * 0.5 - kind.head * 0.62 - kind.neck * 0.25, back - kind.neck * 0.85 + kind.head * 0.1)
        self._tail(pen, back)
        self._legs(pen, step * -1, darker(rgb(kind.coat), 0.25), far=True)
        self._legs(pen, step, darker(rgb(kind.coat), 0.06), far=False)
        self._body(pen, back, head)
        if kind.mark == "wool":
            animal_parts.wool(pen, kind, back)
        self._head(pen.at(head[0], head[1], kind.head / 0.13))

    def _legs(self, pen: Pen, step: float, colour: tuple[float, float, float], *, far: bool) -> None:
        kind, shift = self.kind, 0.07 if far else 0.0
        for end, way in ((-0.37, -1), (0.37, 1)):
            x = end * kind.length + shift
            foot = x + step * way * 0.8
            bend = 0.03 * way if end > 0 else 0.0
            leg = limb(
                (x, -kind.leg - kind.deep * 0.35),
                (x + bend, -kind.leg * 0.5),
                (foot, -0.015),
                width=kind.stout * (1.9 if end > 0 else 1.6),
                end=kind.stout * 0.8,
            )
            pen.fill(leg, colour)
            sock = kind.socks or darker(colour, 0.35)
            pen.fill(ellipse(foot - 0.012, -0.018, kind.stout * 0.62, 0.022), sock)
            if kind.socks:
                pen.fill(
                    limb(
                        (x + (foot - x) * 0.6, -kind.leg * 0.4),
                        (foot, -0.02),
                        width=kind.stout * 0.92,
                        end=kind.stout * 0.82,
                    ),
                    kind.socks,
                )

    def _body(self, pen: Pen, back: float, head: tuple[float, float]) -> None:
        kind = self.kind
        half, low = kind.length / 2, -kind.leg + 0.02
        shape = curve(
            (-half, back + 0.05),
            (-half * 0.4, back + 0.015),
            (half * 0.35, back + 0.01),
            (half, back + 0.05),
            (half * 1.12, back + kind.deep * 0.5),
            (half * 0.85, low - kind.deep * 0.1),
            (half * 0.1, low - kind.deep * 0.12),
            (-half * 0.6, low),
            (-half * 1.12, low - kind.deep * 0.35),
        )
        if kind.mark == "hump":
            pen.fill(
                curve(
                    (-half * 0.5, back + 0.07),
                    (-half * 0.1, back - 0.14),
                    (half * 0.2, back - 0.14),
                    (half * 0.55, back + 0.07),
                ),
                kind.coat,
            )
        if kind.mark == "lion":
            animal_parts.lion_mane(pen, head)
        pen.fill(
            [shape, self._neck(back, head)], lighter(rgb(kind.coat), 0.05), darker(rgb(kind.coat), 0.12), texture=0.1
        )
        if kind.mark == "mane":
            half_way = (-half * 0.72, back - kind.neck * 0.3)
            pen.fill(
                limb((head[0] + 0.09, head[1] - 0.11), half_way, (-half * 0.4, back + 0.05), width=0.05, end=0.1),
                "#33211a",
            )
        pen.fill(
            curve(
                (-half * 0.95, low - kind.deep * 0.22),
                (-half * 0.2, low - 0.05),
                (half * 0.55, low - kind.deep * 0.16),
                (-half * 0.3, low + 0.0),
            ),
            kind.belly,
            opacity=0.8,
            model=False,
        )
        if kind.mark == "spots":
            spots = [
                curve(*[(x + r * math.cos(t) * 1.2, y + r * math.sin(t)) for t in (0, 1.1, 2.3, 3.4, 4.6)])
                for x, y, r in ((-0.2, back + 0.12, 0.09), (0.08, back + 0.1, 0.11), (0.27, back + 0.17, 0.07))
            ]
            pen.fill(spots, "#3b3230", model=False)
        if kind.mark == "stripes":
            pen.fill(
                [
                    limb((x, back + 0.015), (x + 0.015, back + 0.06), (x - 0.005, back + 0.11), width=0.03, end=0.006)
                    for x in np.arange(-0.14, 0.24, 0.075)
                ],
                darker(rgb(kind.coat), 0.4),
                opacity=0.8,
            )
        if kind.mark == "hump":
            pen.fill(
                curve(
                    (-half * 0.42, back + 0.03),
                    (0, back - 0.06),
                    (half * 0.48, back + 0.03),
                    (half * 0.4, back + 0.16),
                    (-half * 0.36, back + 0.16),
                ),
                "#b8433a",
            )
            pen.fill(
                line(
                    curve((-half * 0.38, back + 0.13), (0, back + 0.12), (half * 0.42, back + 0.13), closed=False), 0.02
                ),
                "#f0c050",
            )

    def _neck(self, back: float, head: tuple[float, float]) -> Points:
        kind, half = self.kind, self.kind.length / 2
        thick = kind.head * (1.6 if kind.neck > 0.2 else 2.0)
        chest, nape = (-half * 0.7, back + kind.deep * 0.46), (-half * 0.98, back + 0.03 - kind.neck * 0.2)
        return limb(chest, nape, (head[0] + 0.035, head[1] + 0.01), width=thick * 1.3, end=thick * 0.7)

    def _head(self, pen: Pen) -> None:
        """In units where the skull's radius is 0.13."""
        kind = self.kind
        snout = kind.snout / kind.head * 0.13
        if kind.mark == "antlers":
            animal_parts.antlers(pen)
        animal_parts.ears(pen, kind, behind=True)
        tip = -0.1 - snout
        pen.fill(
            curve(
                (0.115, -0.02),
                (0.06, -0.125),
                (-0.06, -0.12),
                (-0.11, -0.05),
                (tip, 0.01),
                (tip - 0.015, 0.05),
                (tip + 0.03, 0.085),
                (-0.06, 0.105),
                (0.07, 0.1),
            ),
            kind.coat,
        )
        if kind.mark == "trunk":
            pen.fill(limb((-0.08, 0.03), (-0.18, 0.14), (-0.15, 0.3), (-0.2, 0.4), width=0.11, end=0.04), kind.coat)
            pen.fill(limb((-0.09, 0.08), (-0.2, 0.16), (-0.3, 0.13), width=0.035, end=0.01), "#f6f0e0")
        elif kind.mark not in ("mane", "hump"):
            pen.fill(
                curve((-0.08, 0.03), (tip + 0.01, 0.03), (tip, 0.07), (-0.05, 0.1), (0.06, 0.1), (0.02, 0.04)),
                kind.belly,
            )
        if kind.mark != "trunk":
            pen.fill(ellipse(tip - 0.004, 0.022, 0.024, 0.019), "#231c20")
        pen.fill(ellipse(-0.05, -0.035, 0.021), kind.wild)
        pen.fill(ellipse(-0.056, -0.042, 0.007), "#ffffff", lit=True)
        animal_parts.ears(pen, kind, behind=False)

    def _tail(self, pen: Pen, back: float) -> None:
        kind, x = self.kind, self.kind.length * 0.52
        y = back + 0.07
        if kind.tail == "bushy":
            pen.fill(
                curve(
                    (x - 0.04, y - 0.02),
                    (x + 0.16, y + 0.02),
                    (x + 0.36, y - 0.06),
                    (x + 0.46, y - 0.2),
                    (x + 0.44, y + 0.04),
                    (x + 0.26, y + 0.16),
                    (x + 0.04, y + 0.1),
                ),
                kind.coat,
            )
            pen.fill(
                curve(
                    (x + 0.46, y - 0.2),
                    (x + 0.4, y - 0.06),
                    (x + 0.33, y + 0.03),
                    (x + 0.37, y + 0.09),
                    (x + 0.44, y + 0.03),
                ),
                kind.belly,
            )
        elif kind.tail == "puff":
            pen.fill(ellipse(x + 0.02, y + 0.05, 0.065), kind.belly)
        elif kind.tail == "long":
            pen.fill(
                curve(
                    (x - 0.02, y - 0.03),
                    (x + 0.1, y + 0.0),
                    (x + 0.14, y + 0.3),
                    (x + 0.07, y + 0.42),
                    (x + 0.04, y + 0.2),
                ),
                "#33211a",
            )
        elif kind.tail == "short":
            pen.fill(ellipse(x + 0.02, y, 0.05, 0.03), kind.coat)
        else:
            rise = {"up": -0.24, "cat": -0.34}.get(kind.tail, 0.2)
            bend = (x + 0.16, y + rise * 0.4) if kind.tail != "cat" else (x + 0.18, y - 0.04)
            pen.fill(limb((x - 0.03, y + 0.02), bend, (x + 0.16, y + rise), width=0.055, end=0.025), kind.coat)
            if kind.tail == "tuft":
                pen.fill(ellipse(x + 0.16, y + rise, 0.032, 0.05), darker(rgb(kind.coat), 0.5))
