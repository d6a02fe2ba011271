"""Things that move in a picture or before it. Everything is a function of the time alone, so any frame can be drawn."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

import cv2
import numpy as np

from pipeline.providers.local.camera.lens import Frame
from pipeline.providers.local.camera.picture import Picture, Plane
from pixora.foundation.toml_tables import table

PARTS = 8
"""Of a pixel: the places a spot may have between two of them."""


class Effect:
    """An effect that adds nothing; the others build on it."""

    def before(self, at_s: float) -> None:
        """Change the picture that is about to be filmed."""

    def after(self, frame: Frame, at_s: float) -> None:
        """Change the frame that was filmed."""


@dataclass(frozen=True)
class Kind:
    """A kind of particle, as `particles.toml` tells it."""

    count: int
    width: tuple[float, float]
    stretch: float
    fall: tuple[float, float]
    wind: tuple[float, float]
    sway: float
    light: tuple[float, float]
    flicker: float
    warmth: float = 0.0


KINDS = {name: Kind(**row) for name, row in table(__file__, "particles").items()}


class Particles(Effect):
    def __init__(self, kind: Kind, size: tuple[int, int], rng: np.random.Generator) -> None:
        self.kind = kind
        self.ratio = size[0] / size[1]
        count = kind.count
        near = rng.uniform(0, 1, count) ** 1.6
        self.x, self.y, self.phase = rng.uniform(0, 1, (3, count))
        self.sigma = _spread(kind.width, near)
        self.light = _spread(kind.light, rng.permutation(near))
        self.fall = _spread(kind.fall, near)
        self.wind = rng.uniform(*kind.wind, count)

    def after(self, frame: Frame, at_s: float) -> None:
        turn = 2 * np.pi * (self.phase + at_s * (0.25 + 0.35 * self.phase))
        margin = 4 * self.kind.width[1] * self.kind.stretch
        x = self.x + (self.wind * at_s + self.kind.sway * np.sin(turn)) / self.ratio
        y = self.y + self.fall * at_s / (1 + 2 * margin)
        light = self.light * (1 - self.kind.flicker * (0.5 + 0.5 * np.sin(turn * 1.7)))
        for place in range(self.kind.count):
            at = float(x[place] % 1), float(y[place] % 1 * (1 + 2 * margin) - margin)
            self._draw(frame, at, float(self.sigma[place]), float(light[place]))

    def _draw(self, frame: Frame, at: tuple[float, float], sigma: float, light: float) -> None:
        _spot(frame.luma, at, sigma, self.kind.stretch, light)
        if self.kind.warmth:
            _spot(frame.red, at, sigma * 1.3, 1.0, self.kind.warmth * light / self.kind.light[1])
            _spot(frame.blue, at, sigma * 1.3, 1.0, -self.kind.warmth * light / self.kind.light[1])


class Fog(Effect):
    LUMA, THICKEST, COLUMNS = 168.0, 0.30, 64

    def __init__(self, rng: np.random.Generator) -> None:
        rows = 24
        noise = rng.uniform(0, 1, (rows, self.COLUMNS)).astype(np.float32)
        soft = cv2.GaussianBlur(np.tile(noise, (1, 3)), (0, 0), 3.2)[:, self.COLUMNS : 2 * self.COLUMNS]
        soft = (soft - soft.min()) / max(float(np.ptp(soft)), 1e-6)
        lower = np.linspace(0.25, 1.0, rows, dtype=np.float32)[:, None]
        self.banks = np.asarray(soft * lower * self.THICKEST, np.float32)
        self.speed = float(rng.choice((-1.0, 1.0)) * rng.uniform(1.1, 1.7))

    def after(self, frame: Frame, at_s: float) -> None:
        high, wide = frame.luma.shape
        thickness = _drifted(self.banks, self.speed * at_s, (wide, high))
        np.add(frame.luma, thickness * (np.float32(self.LUMA) - frame.luma), out=frame.luma)
        thin = 1 - cv2.resize(thickness, (wide // 2, high // 2), interpolation=cv2.INTER_AREA)
        frame.blue[...] *= thin
        frame.red[...] *= thin


class Light(Effect):
    """A broad warm beam that wanders across the frame."""

    BRIGHTEST, WARMTH, SMALL = 21.0, 6.0, (64, 36)

    def __init__(self, rng: np.random.Generator) -> None:
        self.start = float(rng.uniform(0.1, 0.5))
        self.speed = float(rng.choice((-1.0, 1.0)) * rng.uniform(0.05, 0.08))
        self.lean = float(rng.uniform(0.25, 0.6) * rng.choice((-1.0, 1.0)))

    def after(self, frame: Frame, at_s: float) -> None:
        wide, high = self.SMALL
        across = np.linspace(0, 1, wide, dtype=np.float32)[None]
        down = np.linspace(0, 1, high, dtype=np.float32)[:, None]
        middle = 0.5 + 0.35 * math.sin(6.3 * (self.start + self.speed * at_s))
        beam = np.exp(-(((across - middle - self.lean * (down - 0.3)) / 0.22) ** 2)) * (1.05 - 0.75 * down)
        glow = _enlarged(beam * np.float32(self.BRIGHTEST), frame.luma)
        tint = _enlarged(beam * np.float32(self.WARMTH), frame.red)
        cv2.add(frame.luma, glow, dst=frame.luma)
        cv2.add(frame.red, tint, dst=frame.red)
        cv2.subtract(frame.blue, tint, dst=frame.blue)


class Stars(Effect):
    """Bright points of the picture's upper part twinkle; where it has none a few faint ones appear in dark sky."""

    MOST, REACH, SKY = 26, 7, 0.6

    def __init__(self, picture: Picture, rng: np.random.Generator) -> None:
        self.luma = picture.luma
        sigma = max(0.7, self.luma.shape[0] * 0.0013)
        spot = _gauss(self.REACH * 2 + 1, self.REACH, sigma)
        self.sprite = np.outer(spot, spot).astype(np.float32)
        self.places = self._find(rng)
        self.dark = [self.luma[self._box(y, x)].copy() for y, x in self.places]
        self.pace, self.phase = rng.uniform(0.25, 0.8, len(self.places)), rng.uniform(0, 1, len(self.places))

    def _find(self, rng: np.random.Generator) -> list[tuple[int, int]]:
        high, wide = self.luma.shape
        margin = self.REACH + 1
        sky = self.luma[: int(high * self.SKY)]
        small = sky - cv2.blur(sky, (self.REACH * 2 + 1, self.REACH * 2 + 1))
        peaks = np.argwhere((small > 40) & (small >= cv2.dilate(small, np.ones((9, 9)))))
        if len(peaks) < self.MOST // 3:
            chosen = rng.integers((margin, margin), (sky.shape[0] - margin, wide - margin), (self.MOST, 2))
            peaks = np.array([place for place in chosen if sky[tuple(place)] < 70]).reshape(-1, 2)
        inside = (peaks >= margin).all(1) & (peaks < (high - margin, wide - margin)).all(1)
        places = rng.permutation(peaks[inside])[: self.MOST]
        return [(int(y), int(x)) for y, x in places]

    def _box(self, y: int, x: int) -> tuple[slice, slice]:
        return slice(y - self.REACH, y + self.REACH + 1), slice(x - self.REACH, x + self.REACH + 1)

    def before(self, at_s: float) -> None:
        for (y, x), dark, pace, phase in zip(self.places, self.dark, self.pace, self.phase, strict=True):
            glow = 95 * (0.5 + 0.5 * math.sin(6.3 * (phase + pace * at_s))) ** 2
            self.luma[self._box(y, x)] = dark + self.sprite * np.float32(glow)


def make(name: str, picture: Picture, size: tuple[int, int], rng: np.random.Generator) -> Effect:
    if name in KINDS:
        return Particles(KINDS[name], size, rng)
    if name == "stars":
        return Stars(picture, rng)
    return Fog(rng) if name == "fog" else Light(rng) if name == "light" else Effect()


def _spread(between: tuple[float, float], share: np.ndarray) -> np.ndarray:
    return between[0] + (between[1] - between[0]) * share


def _spot(plane: Plane, at: tuple[float, float], sigma: float, stretch: float, light: float) -> None:
    """A soft spot at `at` (shares of width and height), exact to an eighth of a pixel."""
    high, wide = plane.shape
    x, y = round(at[0] * wide * PARTS), round(at[1] * high * PARTS)
    sprite = _sprite(max(sigma * high, 0.55), stretch, x % PARTS, y % PARTS)
    rows, columns = sprite.shape
    left, top = x // PARTS - columns // 2, y // PARTS - rows // 2
    right, bottom = min(wide, left + columns), min(high, top + rows)
    from_left, from_top = max(0, -left), max(0, -top)
    if right > max(left, 0) and bottom > max(top, 0):
        seen = sprite[from_top : bottom - top, from_left : right - left]
        plane[top + from_top : bottom, left + from_left : right] += seen * np.float32(light)


@lru_cache(4096)
def _sprite(sigma: float, stretch: float, x_part: int, y_part: int) -> Plane:
    across, down = int(3 * sigma) + 2, int(3 * sigma * stretch) + 2
    row = _gauss(2 * across + 1, across + x_part / PARTS, sigma)
    column = _gauss(2 * down + 1, down + y_part / PARTS, sigma * stretch)
    return np.asarray(np.outer(column, row), np.float32)


def _gauss(count: int, middle: float, sigma: float) -> Plane:
    away = np.arange(count, dtype=np.float32) - np.float32(middle)
    return np.asarray(np.exp(-(away**2) / np.float32(2 * sigma**2)), np.float32)


def _drifted(banks: Plane, columns: float, size: tuple[int, int]) -> Plane:
    """`banks` repeats sideways; shown from `columns` on over about two thirds of its width."""
    wide = banks.shape[1]
    shift = columns % wide
    doubled = np.hstack([banks, banks])
    matrix = np.array([[wide * 0.66 / size[0], 0, shift], [0, (banks.shape[0] - 1) / size[1], 0]])
    coarse = size[0] // 4, size[1] // 4
    matrix[:, :2] *= 4
    flags = cv2.INTER_CUBIC | cv2.WARP_INVERSE_MAP
    small = cv2.warpAffine(doubled, matrix, coarse, flags=flags, borderMode=cv2.BORDER_REPLICATE)
    return np.asarray(cv2.resize(small, size, interpolation=cv2.INTER_LINEAR), np.float32)


def _enlarged(small: Plane, like: Plane) -> Plane:
    return np.asarray(cv2.resize(small, like.shape[::-1], interpolation=cv2.INTER_LINEAR), np.float32)
