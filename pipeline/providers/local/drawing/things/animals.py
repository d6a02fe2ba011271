"""Four-legged animals from one pattern with measures, and birds, butterflies, penguins."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from pipeline.providers.local.drawing.colour import darker, lighter, rgb
from pipeline.providers.local.drawing.shapes import arc, curve, ellipse, limb, line, poly
from pipeline.providers.local.drawing.stage import Pen, Stage


@dataclass(frozen=True)
class Beast:
    """Measures are parts of its height at the shoulder times about 1.4; it looks to the left."""

    coat: str
    belly: str
    leg: float = 0.3
    length: float = 0.62
    deep: float = 0.22
    neck: float = 0.14
    """How far the head is held above the back."""
    head: float = 0.13
    snout: float = 0.12
    ears: str = "pointed"
    tail: str = "thin"
    stout: float = 0.075
    """Thickness of the legs."""
    socks: str = ""
    mark: str = ""
    """`spots`, `stripes`, `mane`, `wool`, `antlers`, `hump`, `trunk`."""
    wild: str = "#1c1a20"


BEASTS: dict[str, Beast] = {
    "dog": Beast("#c8935a", "#f0dcc0", ears="floppy", tail="up", socks="#f0dcc0"),
    "cat": Beast("#8a8f9c", "#e6e6ea", leg=0.24, length=0.5, deep=0.19, head=0.135, snout=0.05, tail="cat", mark="stripes"),
    "fox": Beast("#d9692b", "#f8ecdc", leg=0.27, length=0.56, deep=0.17, head=0.13, snout=0.15, tail="bushy", socks="#3a2a28", stout=0.055),
    "wolf": Beast("#7d838f", "#d5d8de", leg=0.33, length=0.62, head=0.135, snout=0.15, tail="bushy", socks="#d5d8de"),
    "horse": Beast("#8a5634", "#7a4a2c", leg=0.42, length=0.66, deep=0.24, neck=0.3, head=0.11, snout=0.2, ears="small", tail="long", mark="mane", socks="#f0e6d8"),
    "deer": Beast("#b07a48", "#ecd9bd", leg=0.42, length=0.52, deep=0.19, neck=0.3, head=0.095, snout=0.12, ears="leaf", tail="short", stout=0.045, mark="antlers"),
    "rabbit": Beast("#b8a390", "#f3ece2", leg=0.16, length=0.4, deep=0.21, neck=0.1, head=0.14, snout=0.04, ears="long", tail="puff", stout=0.07),
    "bear": Beast("#7a5238", "#9a7050", leg=0.24, length=0.66, deep=0.3, neck=0.06, head=0.16, snout=0.1, ears="round", tail="short", stout=0.13),
    "lion": Beast("#d9a552", "#f0d49a", leg=0.3, length=0.62, deep=0.22, head=0.14, snout=0.08, ears="round", tail="tuft", mark="lion", stout=0.085),
    "elephant": Beast("#8f929c", "#7f828c", leg=0.32, length=0.62, deep=0.34, neck=0.06, head=0.2, snout=0.02, ears="huge", tail="thin", mark="trunk", stout=0.14),
    "cow": Beast("#f3efe8", "#e6ddd0", leg=0.3, length=0.72, deep=0.28, neck=0.08, head=0.13, snout=0.11, ears="leaf", tail="tuft", mark="spots", stout=0.08),
    "sheep": Beast("#f4efe4", "#e0d8c8", leg=0.22, length=0.56, deep=0.28, neck=0.08, head=0.115, snout=0.08, ears="leaf", tail="short", mark="wool", stout=0.055),
    "camel": Beast("#cf9f62", "#b9864c", leg=0.42, length=0.6, deep=0.22, neck=0.32, head=0.1, snout=0.13, ears="small", tail="tuft", mark="hump", stout=0.06),
}  # fmt: skip


def beast(name: str) -> BeastPainter:
    return BeastPainter(BEASTS[name])


class BeastPainter:
    def __init__(self, kind: Beast) -> None:
        self.kind = kind

    def __call__(self, pen: Pen, stage: Stage) -> None:
        kind = self.kind
        pen.shade_under(kind.length * 1.1, 0.45)
        step = stage.between(-0.06, 0.1)
        dark = darker(rgb(kind.coat), 0.25)
        back = -kind.leg - kind.deep
        self._tail(pen, back, behind=True)
        self._legs(pen, step * -1, dark, far=True)
        self._body(pen, back)
        self._legs(pen, step, rgb(kind.coat), far=False)
        head = (-kind.length * 0.5 - kind.head * 0.62 - kind.neck * 0.25, back - kind.neck * 0.85 + kind.head * 0.1)
        self._neck(pen, back, head)
        self._head(pen.at(head[0], head[1], kind.head / 0.13))
        if kind.mark == "wool":
            _wool(pen, kind, back)

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

    def _body(self, pen: Pen, back: float) -> None:
        kind = self.kind
        half, low = kind.length / 2, -kind.leg + 0.02
        shape = curve((-half, back + 0.05), (-half * 0.4, back + 0.015), (half * 0.35, back + 0.01), (half, back + 0.05), (half * 1.12, back + kind.deep * 0.5),
                      (half * 0.85, low - kind.deep * 0.1), (half * 0.1, low - kind.deep * 0.12), (-half * 0.6, low), (-half * 1.12, low - kind.deep * 0.35))  # fmt: skip
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
        pen.fill(shape, kind.coat, darker(rgb(kind.coat), 0.12), texture=0.1)
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

    def _neck(self, pen: Pen, back: float, head: tuple[float, float]) -> None:
        kind, half = self.kind, self.kind.length / 2
        thick = kind.head * (1.5 if kind.neck > 0.2 else 1.9)
        if kind.mark == "lion":
            fringe = [
                (
                    head[0] + 0.05 + math.cos(t) * (0.2 + 0.025 * (i % 2)),
                    head[1] + 0.03 + math.sin(t) * (0.21 + 0.03 * (i % 2)),
                )
                for i, t in enumerate(np.linspace(0, 6.1, 22))
            ]
            pen.fill(curve(*fringe, steps=3), "#8f5526", "#6d3c1c")
        neck = limb(
            (-half * 0.72, back + kind.deep * 0.46),
            (-half * 0.98, back + 0.03 - kind.neck * 0.2),
            (head[0] + 0.035, head[1] + 0.01),
            width=thick * 1.25,
            end=thick * 0.72,
        )
        pen.fill(neck, kind.coat)
        if kind.mark == "mane":
            pen.fill(
                limb(
                    (head[0] + 0.09, head[1] - 0.11),
                    (-half * 0.72, back - kind.neck * 0.3),
                    (-half * 0.4, back + 0.05),
                    width=0.05,
                    end=0.1,
                ),
                "#33211a",
            )

    def _head(self, pen: Pen) -> None:
        """In units where the skull's radius is 0.13."""
        kind = self.kind
        snout = kind.snout / kind.head * 0.13
        if kind.mark == "antlers":
            _antlers(pen)
        _ears(pen, kind, behind=True)
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
        _ears(pen, kind, behind=False)

    def _tail(self, pen: Pen, back: float, *, behind: bool) -> None:
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


def _ears(pen: Pen, kind: Beast, *, behind: bool) -> None:
    dark = darker(rgb(kind.coat), 0.3)
    if kind.ears in ("pointed",):
        shift = 0.075 if behind else 0.0
        pen.fill(
            poly((0.09 - shift, -0.07), (0.045 - shift, -0.25), (-0.025 - shift, -0.1)), dark if behind else kind.coat
        )
        if not behind:
            pen.fill(poly((0.065, -0.09), (0.045, -0.2), (0.0, -0.1)), "#e8b8a0" if kind.tail != "bushy" else "#33241f")
    elif kind.ears == "floppy" and not behind:
        pen.fill(
            curve((0.07, -0.11), (0.0, -0.12), (0.01, 0.03), (0.05, 0.11), (0.11, 0.05)), darker(rgb(kind.coat), 0.35)
        )
    elif kind.ears == "long":
        shift = 0.06 if behind else 0.0
        pen.fill(
            curve(
                (0.06 - shift, -0.09),
                (0.1 - shift, -0.3),
                (0.05 - shift, -0.4),
                (0.0 - shift, -0.28),
                (0.0 - shift, -0.1),
            ),
            dark if behind else kind.coat,
        )
        if not behind:
            pen.fill(limb((0.035, -0.14), (0.055, -0.25), (0.05, -0.35), width=0.028, end=0.02), "#f0b8b0")
    elif kind.ears == "huge" and not behind:
        pen.fill(
            curve((0.05, -0.1), (0.2, -0.13), (0.25, 0.02), (0.17, 0.18), (0.08, 0.12), (0.05, 0.02)),
            lighter(rgb(kind.coat), 0.1),
        )
    elif kind.ears == "round":
        pen.fill(ellipse(0.02 if behind else 0.075, -0.12, 0.05), dark if behind else kind.coat)
    elif kind.ears in ("leaf", "small"):
        long = 0.15 if kind.ears == "leaf" else 0.08
        tip = (0.06 + long, -0.13) if kind.ears == "leaf" else (0.07, -0.11 - long)
        if not behind:
            pen.fill(curve((0.05, -0.07), (0.07, -0.12), tip, (0.1, -0.06)), darker(rgb(kind.coat), 0.15))


def _antlers(pen: Pen) -> None:
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


def _wool(pen: Pen, kind: Beast, back: float) -> None:
    for t in np.linspace(0, 6.28, 15, endpoint=False):
        pen.fill(
            ellipse(math.cos(t) * kind.length * 0.5, back + kind.deep * 0.5 + math.sin(t) * kind.deep * 0.5, 0.085),
            kind.coat,
        )
    pen.fill(
        ellipse(0, back + kind.deep * 0.5, kind.length * 0.46, kind.deep * 0.5), kind.coat, texture=0.25, model=False
    )


def bird(pen: Pen, stage: Stage) -> None:
    """In flight, both wings raised."""
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


HEIGHTS = {
    "dog": 0.85, "cat": 0.8, "fox": 0.85, "wolf": 0.9, "horse": 1.05, "deer": 1.0, "rabbit": 0.75, "bear": 0.95,
    "lion": 0.95, "elephant": 1.1, "cow": 0.9, "sheep": 0.75, "camel": 1.05,
}  # fmt: skip
