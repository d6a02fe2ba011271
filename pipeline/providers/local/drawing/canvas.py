"""The picture while it is painted: shapes, gradients, glows and reflections over a grid of RGB bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.colour import RGB
from pipeline.providers.local.drawing.manner import Field, Manner, Mask
from pipeline.providers.local.drawing.shapes import Points, hull

Pixels = NDArray[np.uint8]
Paint = RGB | tuple[RGB, RGB]
"""One colour, or two from the top of the shape to its bottom."""
Mode = Literal["over", "light"]

SUBPIXEL_BITS = 4
FLAT_BELOW_PX = 7


class Canvas:
    def __init__(self, size: tuple[int, int], manner: Manner, light: tuple[float, float], rng: np.random.Generator):
        self.width, self.height = size
        self.unit = float(min(size))
        self.manner = manner
        self.light = light
        """Unit vector from the subject towards the light."""
        self.pixels: Pixels = np.zeros((self.height, self.width, 3), dtype=np.uint8)
        self.noise = fractal(rng, size, cells=7)
        """A cloud of values around 0, mostly within ±1, that gives paint its unevenness."""

    def fill(
        self,
        shape: Points | Sequence[Points],
        paint: Paint,
        *,
        opacity: float = 1.0,
        blur: float = 0.0,
        texture: float = 0.0,
        model: bool = True,
        mode: Mode = "over",
    ) -> None:
        """Paint one outline, or several as one. `model` lets the style give it volume, `blur` is in pixels."""
        parts = [shape] if isinstance(shape, np.ndarray) else list(shape)
        if not parts:
            return
        left, top, right, bottom = hull(parts)
        wide, high = right - left, bottom - top
        small = min(wide, high) < FLAT_BELOW_PX
        if small and not blur and opacity >= 1 and mode == "over":
            self._flat(parts, paint)
            return
        model = model and not small and not blur and mode == "over"
        reach = self.manner.reach(wide, high, self.unit * 0.045) if model else 0
        pad = 3 * reach + int(blur * 2.5) + 2
        area = _Area(left - pad, top - pad, right + pad, bottom + pad, self.width, self.height, pad)
        if area.empty:
            return
        mask = area.mask(parts, blur)
        if model and self.manner.shadow:
            self._throw_shadow(mask, area, reach)
        colour = _field(paint, area, top, bottom)
        noise = area.sample(self.noise)
        if model:
            colour = self.manner.model(mask, colour, self.light, reach, noise)
        if texture:
            colour = colour * (1 + texture * noise[..., None])
        self._blend(area, colour, mask, opacity, mode)

    def wash(self, paint: RGB, amount: Field, mode: Mode = "over") -> None:
        """Lay a colour over the whole picture as thick as `amount` (0 to 1, broadcast to height x width)."""
        amount = np.broadcast_to(amount, (self.height, self.width))
        self.pixels[:] = _mixed(self.pixels, np.array(paint, np.float32), amount.astype(np.float32), mode)

    def gradient(self, stops: Sequence[RGB], top: float, bottom: float) -> None:
        """Colours evenly spaced from `top` to `bottom` (pixels), the last ones going on to the edges."""
        rows = (np.arange(self.height) - top) / max(bottom - top, 1)
        at = np.linspace(0, 1, len(stops))
        bands = np.stack([np.interp(rows, at, [stop[i] for stop in stops]) for i in range(3)], axis=1)
        dither = self.noise[:, :, None] * 1.6
        self.pixels[:] = np.clip(bands[:, None, :].astype(np.float32) + dither, 0, 255).astype(np.uint8)

    def haze(self, colour: RGB, top: float, bottom: float, strength: float) -> None:
        """Mist that thickens from nothing at `top` to `strength` at `bottom`, and thins out below."""
        rows = np.arange(self.height, dtype=np.float32)
        spread = max(bottom - top, 1.0)
        rise = np.clip((rows - top) / spread, 0, 1) * np.clip(1 - (rows - bottom) / (spread * 0.6), 0, 1)
        first, last = max(int(top), 0), min(int(bottom + spread * 0.6) + 1, self.height)
        if last > first:
            amount = (rise[first:last, None] * strength * (1 + 0.25 * self.noise[first:last])).clip(0, 1)
            part = self.pixels[first:last]
            part[:] = _mixed(part, np.array(colour, np.float32), amount.astype(np.float32), "over")

    def glow(self, x: float, y: float, radius: float, colour: RGB, strength: float = 1.0) -> None:
        """Light around a point, added to what is there."""
        area = _Area(x - radius, y - radius, x + radius, y + radius, self.width, self.height, 0)
        if area.empty:
            return
        across = (np.arange(area.left, area.right, dtype=np.float32)[None, :] - x) / radius
        along = (np.arange(area.top, area.bottom, dtype=np.float32)[:, None] - y) / radius
        near = np.clip(1 - np.sqrt(across**2 + along**2), 0, 1)
        part = self.pixels[area.top : area.bottom, area.left : area.right]
        part[:] = _mixed(part, np.array(colour, np.float32), near * near * np.float32(strength), "light")

    def soften(self, sigma: float, top: int = 0, bottom: int | None = None) -> None:
        """Put what is painted so far out of focus."""
        part = self.pixels[top:bottom]
        part[:] = soft(part, sigma)

    def dots(self, places: Points, sizes: NDArray[np.float64], colour: RGB) -> None:
        for (x, y), size in zip(places, sizes, strict=True):
            cv2.circle(self.pixels, (round(x * 16), round(y * 16)), round(size * 16), colour, -1, cv2.LINE_AA, 4)

    def mirror(self, line: float, bottom: float, tint: RGB, strength: float, ripple: float) -> None:
        """Water from `line` down: what stands above it, upside down, rippled and tinted."""
        first, last = max(int(line), 1), min(int(bottom), self.height)
        if last - first < 2:
            return
        rows, columns = np.arange(first, last, dtype=np.float32)[:, None], np.arange(self.width, dtype=np.float32)
        depth = (rows - first) / max(last - first, 1)
        waves = self.noise[first:last] * 1.3 + np.sin(rows * (0.9 - 0.55 * depth) * 900 / self.height)
        across = columns + waves * ripple * (0.3 + 1.4 * depth)
        up = np.clip(2 * first - rows - 1 + waves * ripple * 0.5, 0, first - 1)
        up = np.broadcast_to(up, across.shape).astype(np.float32)
        image = cv2.remap(self.pixels, across.astype(np.float32), up, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        shade = np.full(image.shape[:2], 1 - strength, np.float32) + 0.22 * depth
        self.pixels[first:last] = _mixed(image.astype(np.uint8), np.array(tint, np.float32), shade.clip(0, 1), "over")

    def paste(self, patch: Pixels, mask: Mask, left: int, top: int) -> None:
        """Lay a patch of the same size as its mask at a place that may reach over the edges."""
        high, wide = mask.shape
        area = _Area(left, top, left + wide, top + high, self.width, self.height, 0)
        if area.empty:
            return
        inner = np.s_[area.top - top : area.bottom - top, area.left - left : area.right - left]
        part = self.pixels[area.top : area.bottom, area.left : area.right]
        part[:] = _mixed(part, patch[inner].astype(np.float32), mask[inner].astype(np.float32) / 255, "over")

    def _flat(self, parts: Sequence[Points], paint: Paint) -> None:
        colour = paint if isinstance(paint[0], float) else paint[0]
        for part in parts:
            cv2.fillPoly(self.pixels, [_fixed(part)], colour, cv2.LINE_AA, SUBPIXEL_BITS)  # type: ignore[arg-type]

    def _throw_shadow(self, mask: Mask, area: _Area, reach: int) -> None:
        away = (round(-self.light[1] * reach * 0.9), round(-self.light[0] * reach * 0.9))
        thrown = np.roll(cv2.blur(mask, (2 * reach + 1, 2 * reach + 1)), away, (0, 1))
        dark = np.array([30, 22, 48], np.float32)
        self._blend(area, dark, thrown, self.manner.shadow, "over")

    def _blend(self, area: _Area, colour: Field, mask: Mask, opacity: float, mode: Mode) -> None:
        inner = area.inner
        part = self.pixels[area.rows, area.columns]
        colour = np.broadcast_to(colour, (*mask.shape, 3))[inner] if colour.ndim == 3 else colour
        part[:] = _mixed(part, colour, mask[inner].astype(np.float32) * np.float32(opacity / 255), mode)


class _Area:
    """A rectangle of the picture with a margin that may lie outside it."""

    def __init__(self, left: float, top: float, right: float, bottom: float, width: int, height: int, pad: int):
        self.left, self.top = max(int(left), -pad), max(int(top), -pad)
        self.right, self.bottom = min(int(right) + 2, width + pad), min(int(bottom) + 2, height + pad)
        if not pad:
            self.left, self.top = max(self.left, 0), max(self.top, 0)
            self.right, self.bottom = min(self.right, width), min(self.bottom, height)
        self.rows = slice(max(self.top, 0), min(self.bottom, height))
        self.columns = slice(max(self.left, 0), min(self.right, width))
        self.empty = self.rows.stop <= self.rows.start or self.columns.stop <= self.columns.start

    @property
    def inner(self) -> tuple[slice, slice]:
        """Where the picture lies inside this area."""
        return (
            slice(self.rows.start - self.top, self.rows.stop - self.top),
            slice(self.columns.start - self.left, self.columns.stop - self.left),
        )

    def mask(self, parts: Sequence[Points], blur: float) -> Mask:
        mask = np.zeros((self.bottom - self.top, self.right - self.left), dtype=np.uint8)
        for part in parts:
            cv2.fillPoly(mask, [_fixed(part - (self.left, self.top))], 255, cv2.LINE_AA, SUBPIXEL_BITS)  # type: ignore[call-overload]
        return soft(mask, blur) if blur else mask

    def sample(self, noise: Field) -> Field:
        rows = np.arange(self.top, self.bottom).clip(0, noise.shape[0] - 1)
        columns = np.arange(self.left, self.right).clip(0, noise.shape[1] - 1)
        if self.inner == (slice(0, len(rows)), slice(0, len(columns))):
            return noise[self.rows, self.columns]
        return noise[rows[:, None], columns]


def _fixed(points: Points) -> NDArray[np.int32]:
    return np.round(np.clip(points, -20_000, 20_000) * (1 << SUBPIXEL_BITS)).astype(np.int32)


def _field(paint: Paint, area: _Area, top: float, bottom: float) -> Field:
    if not isinstance(paint[0], tuple):
        return np.array(paint, np.float32)
    rows = ((np.arange(area.top, area.bottom) - top) / max(bottom - top, 1)).clip(0, 1)[:, None, None]
    first, second = np.array(paint[0], np.float32), np.array(paint[1], np.float32)
    return np.asarray(first + (second - first) * rows, dtype=np.float32)


def _mixed(under: Pixels, colour: Field, amount: Field, mode: Mode) -> Pixels:
    below = under.astype(np.float32)
    if mode == "light":
        below += (255 - below) * (colour / np.float32(255)) * amount[..., None]
    else:
        below += (colour - below) * amount[..., None]
    return np.clip(below, 0, 255).astype(np.uint8)


def soft(image: Pixels, sigma: float) -> Pixels:
    """A Gaussian blur; wide ones are computed small, which costs the same and looks the same."""
    shrink = int(min(max(sigma / 3, 1), 16))
    if shrink == 1:
        return np.asarray(cv2.GaussianBlur(image, (0, 0), max(sigma, 0.1)), dtype=np.uint8)
    size = (max(image.shape[1] // shrink, 1), max(image.shape[0] // shrink, 1))
    small = cv2.GaussianBlur(cv2.resize(image, size, interpolation=cv2.INTER_AREA), (0, 0), sigma / shrink)
    return np.asarray(
        cv2.resize(small, (image.shape[1], image.shape[0]), interpolation=cv2.INTER_LINEAR), dtype=np.uint8
    )


def fractal(
    rng: np.random.Generator, size: tuple[int, int], *, cells: float, octaves: int = 5, stretch: float = 1.0
) -> Field:
    """Cloud noise around 0 with a deviation of about 0.4, `stretch` times wider than high."""
    width, height = size
    total = np.zeros((height, width), np.float32)
    short = min(size)
    for octave in range(octaves):
        cell = max(short / cells / 2**octave, 1.0)
        grid = rng.random((int(height / cell) + 3, int(width / cell / stretch) + 3), dtype=np.float32) - 0.5
        # A small grid drawn large is what makes the noise smooth.
        total += cv2.resize(grid, size, interpolation=cv2.INTER_CUBIC) * np.float32(1.3 * 0.55**octave)
    return total
