"""The picture while it is painted: shapes, gradients, glows and reflections over a grid of RGB bytes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, TypedDict

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.colour import RGB
from pipeline.providers.local.drawing.shading import Field, Manner, Mask
from pipeline.providers.local.drawing.shapes import Points, hull
from pipeline.providers.local.drawing.texture import fractal, soft

Pixels = NDArray[np.uint8]
Paint = RGB | tuple[RGB, RGB]
"""One colour, or two from the top of the shape to its bottom."""
Mode = Literal["over", "light"]
SUBPIXEL_BITS = 4
FLAT_BELOW_PX = 7


class How(TypedDict, total=False):
    """The way in which a shape is painted, where not as usual."""

    opacity: float
    blur: float
    """In pixels."""
    texture: float
    model: bool
    """False keeps the style from giving it volume."""
    shadow: bool
    mode: Mode


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
        shadow: bool = True,
        mode: Mode = "over",
    ) -> None:
        """Paint one outline, or several as one. `model` lets the style give it volume, `blur` is in pixels."""
        parts = [shape] if isinstance(shape, np.ndarray) else list(shape)
        if not parts:
            return
        left, top, right, bottom = hull(parts)
        wide, high = right - left, bottom - top
        small = min(wide, high) < max(FLAT_BELOW_PX, self.unit * 0.01)
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
        if model and shadow and self.manner.shadow:
            self._throw_shadow(mask, area, reach)
        field = _Field(area, mask, paint, top, bottom)
        colour = field.painted(self.manner, self.light, reach, self.noise, texture)
        self._blend(area, colour, mask, opacity, mode)

    def wash(self, paint: RGB, amount: Field, mode: Mode = "over") -> None:
        """Lay a colour over the whole picture as thick as `amount` (0 to 1, broadcast to height x width)."""
        self.wash_rows(0, paint, np.broadcast_to(amount, (self.height, self.width)), mode)

    def wash_rows(self, first: int, paint: RGB, amount: Field, mode: Mode = "over") -> None:
        """Lay a colour over full rows from `first` on, as thick as `amount`."""
        part = self.pixels[first : first + len(amount)]
        part[:] = _laid(part, paint, amount.astype(np.float32), mode)

    def gradient(self, stops: Sequence[RGB], top: float, bottom: float) -> None:
        """Colours evenly spaced from `top` to `bottom` (pixels), the last ones going on to the edges."""
        rows = (np.arange(self.height) - top) / max(bottom - top, 1)
        at = np.linspace(0, 1, len(stops))
        bands = np.stack([np.interp(rows, at, [stop[i] for stop in stops]) for i in range(3)], axis=1)
        self.pixels[:] = np.clip(bands[:, None, :], 0, 255).astype(np.uint8)

    def haze(self, colour: RGB, top: float, bottom: float, strength: float) -> None:
        """Mist that thickens from nothing at `top` to `strength` at `bottom`, and thins out below."""
        rows = np.arange(self.height, dtype=np.float32)
        spread = max(bottom - top, 1.0)
        rise = np.clip((rows - top) / spread, 0, 1) * np.clip(1 - (rows - bottom) / (spread * 0.6), 0, 1)
        first, last = max(int(top), 0), min(int(bottom + spread * 0.6) + 1, self.height)
        if last > first:
            amount = (rise[first:last, None] * strength * (1 + 0.25 * self.noise[first:last])).clip(0, 1)
            self.wash_rows(first, colour, amount)

    def glow(self, x: float, y: float, radius: float, colour: RGB, strength: float = 1.0) -> None:
        """Light around a point, added to what is there."""
        area = _Area(x - radius, y - radius, x + radius, y + radius, self.width, self.height, 0)
        if area.empty:
            return
        across = (np.arange(area.left, area.right, dtype=np.float32)[None, :] - x) / radius
        along = (np.arange(area.top, area.bottom, dtype=np.float32)[:, None] - y) / radius
        near = np.clip(1 - np.sqrt(across**2 + along**2), 0, 1)
        part = self.pixels[area.top : area.bottom, area.left : area.right]
        part[:] = _shone(part, colour, near * near * np.float32(strength))

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
        self.pixels[first:last] = _laid(np.asarray(image, np.uint8), tint, shade.clip(0, 1).astype(np.float32), "over")

    def paste(self, patch: Pixels, mask: Mask, left: int, top: int) -> None:
        """Lay a patch of the same size as its mask at a place that may reach over the edges."""
        high, wide = mask.shape
        rows = slice(max(top, 0), min(top + high, self.height))
        columns = slice(max(left, 0), min(left + wide, self.width))
        part = self.pixels[rows, columns]
        if not part.size:
            return
        inner = np.s_[rows.start - top : rows.stop - top, columns.start - left : columns.stop - left]
        part[:] = _laid(part, patch[inner], mask[inner].astype(np.float32) / np.float32(255), "over")

    def _flat(self, parts: Sequence[Points], paint: Paint) -> None:
        colour = paint if isinstance(paint[0], float) else paint[0]
        for part in parts:
            cv2.fillPoly(self.pixels, [_fixed(part)], colour, cv2.LINE_AA, SUBPIXEL_BITS)

    def _throw_shadow(self, mask: Mask, area: _Area, reach: int) -> None:
        away = (round(-self.light[1] * reach * 0.9), round(-self.light[0] * reach * 0.9))
        blurred = np.asarray(cv2.blur(mask, (2 * reach + 1, 2 * reach + 1)), dtype=np.uint8)
        thrown = np.roll(blurred, away, (0, 1))
        self._blend(area, (30.0, 22.0, 48.0), thrown, self.manner.shadow, "over")

    def _blend(self, area: _Area, colour: Pixels | RGB, mask: Mask, opacity: float, mode: Mode) -> None:
        part, amount = self.pixels[area.rows, area.columns], mask[area.inner].astype(np.float32)
        field = colour if isinstance(colour, tuple) else colour[area.inner]
        part[:] = _laid(part, field, amount * np.float32(opacity / 255), mode)


class _Area:
    """A rectangle of the picture with a margin that may lie outside it."""

    def __init__(self, left: float, top: float, right: float, bottom: float, width: int, height: int, pad: int):
        self.left, self.top = max(int(left), -pad), max(int(top), -pad)
        self.right, self.bottom = min(int(right) + 2, width + pad), min(int(bottom) + 2, height + pad)
        self.rows = slice(max(self.top, 0), min(self.bottom, height))
        self.columns = slice(max(self.left, 0), min(self.right, width))
        self.empty = self.rows.stop <= self.rows.start or self.columns.stop <= self.columns.start

    @property
    def inner(self) -> tuple[slice, slice]:
        """The place of the picture inside this area, as slices of its rows and columns."""
        return (
            slice(self.rows.start - self.top, self.rows.stop - self.top),
            slice(self.columns.start - self.left, self.columns.stop - self.left),
        )

    def mask(self, parts: Sequence[Points], blur: float) -> Mask:
        mask = np.zeros((self.bottom - self.top, self.right - self.left), dtype=np.uint8)
        for part in parts:
            cv2.fillPoly(mask, [_fixed(part - (self.left, self.top))], 255, cv2.LINE_AA, SUBPIXEL_BITS)
        return soft(mask, blur) if blur else mask


class _Field:
    """The colours inside a shape. They change slowly, so large ones are worked out small and drawn large."""

    def __init__(self, area: _Area, mask: Mask, paint: Paint, top: float, bottom: float) -> None:
        self.area, self.mask, self.paint = area, mask, paint
        self.top, self.bottom = top, bottom

    def painted(
        self, manner: Manner, light: tuple[float, float], reach: int, noise: Field, texture: float
    ) -> Pixels | RGB:
        """`reach` 0 leaves the shape flat."""
        if not reach and not texture and not isinstance(self.paint[0], tuple):
            return self.paint
        shrink = min(max(reach // 3, 1), 4) if reach else 2
        high, wide = self.mask.shape
        size = (max(wide // shrink, 1), max(high // shrink, 1))
        colour = self._base(size[1])
        if reach or texture:
            there = noise[self.area.rows, self.area.columns]
            rough = np.asarray(cv2.resize(there, size, interpolation=cv2.INTER_LINEAR), np.float32)
        if reach:
            small = np.asarray(cv2.resize(self.mask, size, interpolation=cv2.INTER_AREA), dtype=np.uint8)
            colour = manner.model(small, colour, light, max(round(reach / shrink), 1), rough)
        if texture:
            colour = colour * (1 + np.float32(texture) * rough[..., None])
        colour = np.broadcast_to(np.clip(colour, 0, 255), (size[1], size[0], 3)).astype(np.uint8)
        return np.asarray(cv2.resize(colour, (wide, high), interpolation=cv2.INTER_LINEAR), dtype=np.uint8)

    def _base(self, rows: int) -> Field:
        if not isinstance(self.paint[0], tuple):
            return np.array(self.paint, np.float32)
        y = np.linspace(self.area.top, self.area.bottom, rows)
        at = ((y - self.top) / max(self.bottom - self.top, 1)).clip(0, 1)[:, None, None]
        first, second = np.array(self.paint[0], np.float32), np.array(self.paint[1], np.float32)
        return np.asarray(first + (second - first) * at, dtype=np.float32)


def _fixed(points: Points) -> NDArray[np.int32]:
    return np.round(np.clip(points, -20_000, 20_000) * (1 << SUBPIXEL_BITS)).astype(np.int32)


def _laid(under: Pixels, colour: Pixels | RGB, amount: Field, mode: Mode) -> Pixels:
    """`amount` is 0 to 1; in `light` mode it may be more."""
    if mode == "light":
        return _shone(under, colour, amount)
    field = np.full_like(under, np.clip(colour, 0, 255)) if isinstance(colour, tuple) else colour
    return np.asarray(cv2.blendLinear(under, field, 1 - amount, amount), dtype=np.uint8)


def _shone(under: Pixels, colour: Pixels | RGB, amount: Field) -> Pixels:
    """Light added: the darker what lies below, the more it gains."""
    if isinstance(colour, tuple):
        shine = cv2.merge([cv2.convertScaleAbs(amount, alpha=part) for part in colour])
    else:
        shine = cv2.multiply(colour, cv2.merge([amount] * 3), dtype=cv2.CV_8U)
    return np.asarray(cv2.add(under, cv2.multiply(cv2.bitwise_not(under), shine, scale=1 / 255)), dtype=np.uint8)
