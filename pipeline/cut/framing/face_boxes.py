"""PURE: the faces of a shot: which are seen again and again, and what stretch of a picture they take up."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Box = tuple[float, float, float, float]
"""Left, top, width and height, as parts of the picture's."""
NEAR, ALIKE = 0.15, 2.0
"""How far a face moves between two looks, in parts of the picture, and by what factor its size changes, at most."""


def steady(looks: Sequence[Sequence[Box]]) -> list[list[Box]]:
    """Leave out the faces that the looks before and after do not have too: what is no face is taken for one once."""
    if len(looks) < 2:
        return [list(boxes) for boxes in looks]
    return [
        [box for box in boxes if any(_is_same(box, other) for other in _around(looks, place))]
        for place, boxes in enumerate(looks)
    ]


def _around(looks: Sequence[Sequence[Box]], place: int) -> list[Box]:
    return [box for look in (*looks[max(place - 1, 0) : place], *looks[place + 1 : place + 2]) for box in look]


def _is_same(one: Box, other: Box) -> bool:
    away = max(abs(one[0] + one[2] / 2 - other[0] - other[2] / 2), abs(one[1] + one[3] / 2 - other[1] - other[3] / 2))
    return away <= NEAR and 1 / ALIKE <= one[2] / max(other[2], 1e-6) <= ALIKE


def span(boxes: Sequence[Box], axis: str) -> tuple[float, float]:
    """Return where along an axis the first of these faces begins and the last ends."""
    first, length = (0, 2) if axis == "x" else (1, 3)
    return min(box[first] for box in boxes), max(box[first] + box[length] for box in boxes)


def faces_along(boxes: Sequence[Box], axis: str, columns: int) -> NDArray[np.float64]:
    """Return how much of each column, or row, is faces; the sum is 1, or 0 where there are none."""
    found = np.zeros(columns)
    for box in boxes:
        low, high = span([box], axis)
        found[max(int(low * columns), 0) : max(int(high * columns) + 1, 0)] += 1
    return np.asarray(found / max(found.sum(), 1.0))
