"""The measure of what matters in a picture: what stands out by colour and brightness, what moves otherwise than the
rest, what looks like that, and faces.

Pictures are small, in RGB; what is returned are maps of the same height and width. Which of a picture's pixels matter
by their colours alone is told of a smaller one (`SIDE` pixels on its long side).
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

SIDE, FLOW_SIDE, FACE_SIDE = 96, 192, 640
SPECTRUM_SIDE = 64
MODEL = Path(__file__).parent / "models" / "face_detection_yunet_2023mar.onnx"
"""YuNet; `models/LICENSE` is its licence, MIT."""
SURE = 0.6
MOVES = 0.004
"""Of the long side, between two samples: slower is noise."""
LEAST_MOVING = 0.002
"""Part of the picture that has to move otherwise than the rest."""
STANDS_OUT = 1.0
"""Standard deviations above the mean."""

Picture = NDArray[np.uint8]
Map = NDArray[np.float32]


def standing_out(picture: Picture) -> Map:
    """Tell where a picture differs from what is around it: what is surrounded, by contrast at two scales, rare colours
    and the spectrum; less towards its edges. The sum is 1, or 0 where nothing stands out."""
    lab = lab_of(picture)
    side = max(picture.shape[:2])
    apart = _scaled(_difference(lab, side / 96, side / 12)) + _scaled(_difference(lab, side / 48, side / 6))
    apart = (apart + 0.5 * _scaled(_residual(picture))) * _rarity(lab)
    found = (_scaled(apart) + SURROUNDED * _scaled(surrounded(lab))) * _centred(*picture.shape[:2])
    return _part(np.maximum(found - (found.mean() + STANDS_OUT * found.std()), 0))


SURROUNDED = 2.0


def surrounded(lab: Map) -> Map:
    """Boolean maps (Zhang and Sclaroff, 2013): what is closed in by its surroundings at many levels of each channel,
    and so is a thing rather than a ground; the sharper its outline, the more."""
    total = np.zeros(lab.shape[:2], np.float32)
    for channel in cv2.split(cv2.GaussianBlur(lab, (0, 0), 0.7).astype(np.uint8)):
        steep = cv2.morphologyEx(channel, cv2.MORPH_GRADIENT, AROUND).astype(np.float32)
        low, high = (int(each) for each in np.percentile(channel, (1, 99)))
        for level in range(low + LEVEL, high, LEVEL):
            above = (channel > level).astype(np.uint8)
            total += _closed_in(above, steep) + _closed_in(1 - above, steep)
    return _blurred(total, 1.5)


LEVEL = 10
AROUND = np.ones((3, 3), np.uint8)
LARGEST_THING = 0.35
"""Of a picture: what is larger is a ground."""


def _closed_in(shown: Picture, steep: Map) -> Map:
    """Mark what does not touch the picture's edge: the more, the smaller it is and the sharper its outline."""
    height, width = shown.shape
    outside = cv2.copyMakeBorder(shown, 1, 1, 1, 1, cv2.BORDER_CONSTANT, value=(1,))
    cv2.floodFill(outside, np.zeros((height + 4, width + 4), np.uint8), (0, 0), 0)
    inside = outside[1:-1, 1:-1]
    extent = cv2.countNonZero(inside) / inside.size
    if not 0 < extent < LARGEST_THING:
        return np.zeros_like(steep)
    sharp = float(cv2.mean(steep, cv2.dilate(inside, AROUND) - inside)[0])
    return np.asarray(inside * np.float32(sharp / extent**0.5), np.float32)


def _difference(lab: Map, near: float, far: float) -> Map:
    return np.asarray(np.linalg.norm(_blurred(lab, near) - _blurred(lab, far), axis=2), np.float32)


def _blurred(found: Map, pixels: float) -> Map:
    return np.asarray(cv2.GaussianBlur(found, (0, 0), pixels), np.float32)


def colours_of(picture: Picture) -> NDArray[np.int64]:
    """Return the number of each pixel's colour, blurred a little."""
    return colour_bins(_blurred(lab_of(picture), 1))


def lab_of(picture: Picture) -> Map:
    """Return a picture in Lab as OpenCV has it in bytes, whose own conversion first makes tables for longer than all
    our small pictures take."""
    x, y, z = np.moveaxis(_linear()[picture] @ TO_XYZ, 2, 0)
    across, up, deep = (_curved(each) for each in (x, y, z))
    lab = [(116 * up - 16) * 2.55, 500 * (across - up) + 128, 200 * (up - deep) + 128]
    return np.asarray(np.rint(np.clip(np.stack(lab, axis=2), 0, 255)), np.float32)


TO_XYZ = (
    np.array([[0.412453, 0.357580, 0.180423], [0.212671, 0.715160, 0.072169], [0.019334, 0.119193, 0.950227]])
    / np.array([[0.950456], [1.0], [1.088754]])
).T.astype(np.float32)
"""Of sRGB's primaries, in parts of the white D65."""


@functools.cache
def _linear() -> Map:
    """Return how bright each value of sRGB is, from 0 to 1."""
    value = np.arange(256) / 255
    return np.where(value <= 0.04045, value / 12.92, ((value + 0.055) / 1.055) ** 2.4).astype(np.float32)


def _curved(part: Map) -> Map:
    return np.asarray(np.where(part > 0.008856, np.cbrt(part), 7.787 * part + 16 / 116), np.float32)


def colour_bins(lab: Map) -> NDArray[np.int64]:
    """Return the number of each pixel's colour, of `BINS` shades in each of the three channels of Lab."""
    bins = np.minimum((lab * (BINS / 256)).astype(np.int64), BINS - 1)
    return np.asarray((bins[..., 0] * BINS + bins[..., 1]) * BINS + bins[..., 2])


BINS = 16


def _rarity(lab: Map) -> Map:
    """Rate colours from 0 for the most frequent ones to 1 for the rarest."""
    bins = colour_bins(_blurred(lab, 1))
    counts = spread(np.bincount(bins.ravel(), minlength=BINS**3).astype(np.float32))
    rare = -np.log(counts[bins] / bins.size + 1e-5).astype(np.float32)
    return _blurred(_scaled(rare - float(rare.min())), 2)


def spread(counts: Map) -> Map:
    """Let colours that are alike count for each other."""
    found = counts.reshape(BINS, BINS, BINS)
    for axis in range(3):
        found = 0.5 * found + 0.25 * (np.roll(found, 1, axis) + np.roll(found, -1, axis))
    return np.asarray(found.ravel(), np.float32)


def _residual(picture: Picture) -> Map:
    """The spectral residual (Hou and Zhang, 2007): what is unexpected in the picture's spectrum."""
    grey = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    small = cv2.resize(grey, (SPECTRUM_SIDE, SPECTRUM_SIDE), interpolation=cv2.INTER_AREA).astype(np.float32)
    spectrum = np.fft.fft2(small)
    height = np.log(np.abs(spectrum) + 1e-6).astype(np.float32)
    rest = height - cv2.blur(height, (3, 3))
    back = np.abs(np.fft.ifft2(np.exp(rest + 1j * np.angle(spectrum)))) ** 2
    blurred = _blurred(back.astype(np.float32), 2.5)
    return np.asarray(cv2.resize(blurred, (picture.shape[1], picture.shape[0])), np.float32)


def moving(before: Picture, after: Picture) -> tuple[Map, float]:
    """Tell where the later of two grey pictures moves otherwise than its ground does, and how much that says, from 0 to
    1.

    The ground's motion (a camera that pans, turns or zooms) is a plane fitted to the optical flow of what is slow.
    """
    flow = _flow_finder().calc(before, after, np.zeros((*before.shape, 2), np.float32))
    rest = np.linalg.norm(flow - _ground_motion(flow), axis=2)
    found = np.minimum(np.maximum(rest / (MOVES * max(before.shape)) - 1, 0), 4).astype(np.float32)
    found *= _kept_by(flow, before, after)
    found = _blurred(found, 2)
    extent = float((found > HALF).mean())
    if extent < LEAST_MOVING:
        return np.zeros_like(found), 0.0
    return _part(found), min(max(1 - (extent - CLEAR) / (VAGUE - CLEAR), 0.0), 1.0)


def _kept_by(flow: Map, before: Picture, after: Picture) -> Map:
    """1 where the flow tells how the later picture came about, 0 where it does not: glints and snow only flicker."""
    down, across = _grid(*before.shape)
    moved = cv2.remap(
        after, across + flow[..., 0], down + flow[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE
    )
    error = _blurred(np.abs(moved.astype(np.float32) - before), 2)
    change = _blurred(np.abs(after.astype(np.float32) - before), 2) + NOISE
    return np.asarray(np.clip(1.5 - 1.5 * error / change, 0, 1), np.float32)


NOISE = 3.0
"""Of brightness, from 0 to 255."""
HALF = 0.5
CLEAR, VAGUE = 0.25, 0.6
"""Where more of the picture than this moves otherwise than the rest, it says little, or nothing."""


@functools.cache
def _flow_finder() -> Any:
    return cv2.DISOpticalFlow_create(cv2.DISOPTICAL_FLOW_PRESET_MEDIUM)  # type: ignore[attr-defined]


def _ground_motion(flow: Map) -> Map:
    """Fitted three times, each time to the half of the points that fit best, by least squares."""
    every = _planes(*flow.shape[:2])
    planes = every.reshape(-1, 3)[::STRIDE]
    flows = flow.reshape(-1, 2)[::STRIDE]
    chosen = np.linalg.norm(flows - np.median(flows, axis=0), axis=1)
    for _ in range(3):
        fits = chosen <= np.median(chosen)
        best = planes[fits]
        solved = np.linalg.solve(best.T @ best, best.T @ flows[fits])
        chosen = np.linalg.norm(flows - planes @ solved, axis=1)
    return np.asarray(every @ solved, np.float32)


@functools.cache
def _planes(height: int, width: int) -> Map:
    """Return for each pixel 1 and its place across and down, from the middle, as parts of the picture's sides."""
    down, across = _grid(height, width)
    return np.stack([np.ones_like(across), across / width - 0.5, down / height - 0.5], axis=2)


@functools.cache
def _grid(height: int, width: int) -> tuple[Map, Map]:
    down, across = np.mgrid[0:height, 0:width].astype(np.float32)
    return down, across


STRIDE = 7


def likeness(colours: Sequence[NDArray[np.int64]], moved: Sequence[Map]) -> list[Map]:
    """Tell where each picture of a shot looks like what moves in the shot, by the colours that it has and its ground
    has not; nowhere where too little moves. `colours` are the bins of each picture's pixels, `moved` where each
    moves."""
    inside, outside = np.zeros(BINS**3, np.float32), np.zeros(BINS**3, np.float32)
    for bins, weights in zip(colours, moved, strict=True):
        if peak := float(weights.max()):
            part = weights / peak
            inside += np.bincount(bins.ravel(), weights=part.ravel(), minlength=BINS**3).astype(np.float32)
            outside += np.bincount(bins.ravel(), weights=1 - part.ravel(), minlength=BINS**3).astype(np.float32)
    if sum(bool(weights.any()) for weights in moved) < OFTEN * len(moved):
        return [np.zeros(bins.shape, np.float32) for bins in colours]
    inside, outside = (spread(each) / max(float(each.sum()), 1.0) for each in (inside, outside))
    alike = inside / (inside + outside + 1e-5)
    found = [_blurred(np.maximum(alike[bins] - HALF, 0), 1.5) for bins in colours]
    return [_part(np.maximum(each - each.mean() - each.std(), 0)) for each in found]


OFTEN = 0.2
"""Part of a shot's samples in which something has to move for its looks to be known."""


def faces(picture: Picture) -> list[tuple[float, float, float, float]]:
    """Find the faces in a picture of any size: left, top, width and height as parts of the picture's, surest first."""
    height, width = picture.shape[:2]
    finder = _face_finder((width, height))
    _, found = finder.detect(cv2.cvtColor(picture, cv2.COLOR_RGB2BGR))
    rows = sorted([] if found is None else found.tolist(), key=lambda row: -row[-1])
    return [(row[0] / width, row[1] / height, row[2] / width, row[3] / height) for row in rows]


@functools.cache
def _face_finder(size: tuple[int, int]) -> Any:
    return cv2.FaceDetectorYN.create(str(MODEL), "", size, SURE)


def _scaled(found: Map) -> Map:
    return np.asarray(found / max(float(found.max()), 1e-6), np.float32)


def _part(found: Map) -> Map:
    total = float(found.sum())
    return np.asarray(found / total if total > 1e-6 else np.zeros_like(found), np.float32)


@functools.cache
def _centred(height: int, width: int) -> Map:
    """1 in the middle, less towards the edges."""
    down, across = np.linspace(-1, 1, height)[:, None], np.linspace(-1, 1, width)[None, :]
    return np.asarray(np.exp(-0.5 * ((across / 0.75) ** 2 + (down / 0.9) ** 2)), np.float32)
