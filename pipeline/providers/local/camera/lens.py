"""Films a picture: each view of the camera becomes the planes of one frame. It never sees past the picture's edge."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import cv2
import numpy as np

from pipeline.providers.local.camera.moves import Depth, View
from pipeline.providers.local.camera.picture import Picture, Plane

EDGE = 1.004
"""A hair more zoom than the border needs, for the width of the interpolation."""
HORIZON, SUBJECT_WIDTH = -0.12, 0.34
INVERSE_LINEAR = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP


@dataclass(frozen=True)
class Frame:
    luma: Plane
    blue: Plane
    red: Plane


def within(views: Sequence[View], depth: Depth, size: tuple[int, int]) -> list[View]:
    """The same path, zoomed in by what keeps every view of it inside the picture."""
    needed = max(_zoom_needed(view, depth, size) / view.zoom for view in views)
    return [replace(view, zoom=view.zoom * needed * EDGE) for view in views]


def _zoom_needed(view: View, depth: Depth, size: tuple[int, int]) -> float:
    half = size[0] / size[1] / 2, 0.5
    turn = abs(np.sin(view.angle))
    reach_x = half[0] * abs(np.cos(view.angle)) + half[1] * turn
    reach_y = half[1] * abs(np.cos(view.angle)) + half[0] * turn
    shifts = (abs(view.near_x), abs(view.near_y)) if depth is Depth.GROUND else (0.0, 0.0)
    return float(max(reach_x / (half[0] - abs(view.x) - shifts[0]), reach_y / (half[1] - abs(view.y) - shifts[1])))


class Lens:
    def __init__(self, picture: Picture, size: tuple[int, int], depth: Depth) -> None:
        self.picture = picture
        self.size = size
        self.flat = depth is Depth.FLAT
        sizes = () if self.flat else (size, (size[0] // 2, size[1] // 2))
        self.grids = [_Grid(own, size, depth) for own in sizes]

    def film(self, view: View) -> Frame:
        planes = self.picture.luma, self.picture.blue, self.picture.red
        if self.flat:
            half = self.size[0] // 2, self.size[1] // 2
            return Frame(*(_affine(plane, to, view) for plane, to in zip(planes, (self.size, half, half), strict=True)))
        luma = _remap(planes[0], self.grids[0].maps(view, planes[0]))
        maps = self.grids[1].maps(view, planes[1])
        return Frame(luma, _remap(planes[1], maps), _remap(planes[2], maps))


def _affine(plane: Plane, size: tuple[int, int], view: View) -> Plane:
    """Frame pixel → plane pixel; both measure positions at pixel centres."""
    high, wide = plane.shape
    step = high / size[1] / view.zoom
    cos, sin = np.cos(view.angle) * step, np.sin(view.angle) * step
    middle_x, middle_y = (size[0] - 1) / 2, (size[1] - 1) / 2
    to_x, to_y = (wide - 1) / 2 + view.x * high, (high - 1) / 2 + view.y * high
    across, down = to_x - cos * middle_x + sin * middle_y, to_y - sin * middle_x - cos * middle_y
    matrix = np.array([[cos, -sin, across], [sin, cos, down]])
    seen = cv2.warpAffine(plane, matrix, size, flags=INVERSE_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(seen, np.float32)


def _remap(plane: Plane, maps: tuple[Plane, Plane]) -> Plane:
    return np.asarray(cv2.remap(plane, *maps, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.float32)


class _Grid:
    """The places where each pixel of a frame looks in the picture: a plain zoom, and on top what is near moves more."""

    def __init__(self, size: tuple[int, int], frame: tuple[int, int], depth: Depth) -> None:
        wide, high = size
        across = ((np.arange(wide, dtype=np.float32) + 0.5) / wide - 0.5) * np.float32(frame[0] / frame[1])
        down = (np.arange(high, dtype=np.float32) + 0.5) / high - 0.5
        self.x: Plane = np.ascontiguousarray(np.broadcast_to(across, (high, wide)))
        self.y: Plane = np.ascontiguousarray(np.broadcast_to(down[:, None], (high, wide)))
        self.near_x, self.near_y = _nearness(self.x, self.y, depth)
        self.subject = depth is Depth.SUBJECT
        self.out: tuple[Plane, Plane] = np.empty_like(self.x), np.empty_like(self.x)

    def maps(self, view: View, plane: Plane) -> tuple[Plane, Plane]:
        high, wide = plane.shape
        near = (-view.near_x, -view.near_x) if self.subject else (view.near_x, view.near_y)
        to_x, to_y = (wide - 1) / 2 + view.x * high, (high - 1) / 2 + view.y * high
        cv2.addWeighted(self.x, high / view.zoom, self.near_x, near[0] * high, to_x, dst=self.out[0])
        cv2.addWeighted(self.y, high / view.zoom, self.near_y, near[1] * high, to_y, dst=self.out[1])
        return self.out


def _nearness(x: Plane, y: Plane, depth: Depth) -> tuple[Plane, Plane]:
    if depth is Depth.SUBJECT:
        bulge = np.exp(-(x**2 + (y - np.float32(0.03)) ** 2) / np.float32(2 * SUBJECT_WIDTH**2))
        return x * bulge, y * bulge
    rise = np.clip((y - HORIZON) / (0.5 - HORIZON), 0, 1).astype(np.float32)
    ground = rise * rise * (3 - 2 * rise)
    return ground, ground
