"""The last pass over a picture: what its style does to light, tone and surface."""

from __future__ import annotations

import cv2
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.drawing.canvas import Canvas, Pixels
from pipeline.providers.local.drawing.shading import Field
from pipeline.providers.local.drawing.shapes import Rng
from pipeline.providers.local.drawing.styles import Finish
from pipeline.providers.local.drawing.texture import fractal, shifted, soft

LOWEST_MEAN_LUMA = 46.0
"""No picture is darker on average, so that no film is taken for black."""
DARKEST_MEAN_LUMA, BRIGHTEST_MEAN_LUMA = 24.0, 238.0
"""Where darker or brighter is asked for."""
LIGHT_STEP, LEAST_STEP = 0.28, 22.0
"""How far a step goes towards black or white, and what one can see in any picture (of 255)."""


def finish(canvas: Canvas, style: Finish, focus: tuple[float, float], rng: Rng, *, brightness: int = 0) -> Pixels:
    """The finished picture; `focus` (pixels) is where the light pool of a noir picture lies. `brightness`: steps to
    the dark (below 0) or to the light."""
    pixels = canvas.pixels
    if style.bleed:
        pixels = _run(pixels, canvas.noise, style.bleed * canvas.unit, rng)
    if style.ink:
        pixels = _ink(pixels, style.ink)
    if style.relief:
        pixels = _pressed(pixels, canvas.light, style.relief, canvas.unit, rng)
    if style.bloom:
        pixels = _bloom(pixels, style.bloom, canvas.unit)
    picture = _graded(pixels, style).astype(np.float32)
    shade = _falloff(canvas, style, focus)
    if shade is not None:
        picture *= shade[..., None]
    if style.paper:
        picture = _on_paper(picture, style.paper, canvas, rng)
    picture = _lighted(_lifted(picture), brightness)
    # Grain also keeps flat areas alive: a camera move over them must change pixels.
    grain = rng.standard_normal(picture.shape[:2], dtype=np.float32)
    picture += grain[..., None] * np.float32(style.grain)
    return np.clip(picture, 0, 255).astype(np.uint8)


def _run(pixels: Pixels, noise: Field, reach: float, rng: Rng) -> Pixels:
    high, wide = pixels.shape[:2]
    fine = fractal(rng, (wide, high), cells=34, octaves=3)
    columns = np.arange(wide, dtype=np.float32) + (fine + noise * 0.6) * np.float32(reach * 1.6)
    rows = np.arange(high, dtype=np.float32)[:, None] + (np.roll(fine, 9, 1) - noise * 0.6) * np.float32(reach * 1.6)
    return np.asarray(cv2.remap(pixels, columns, rows, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE), np.uint8)


def _ink(pixels: Pixels, strength: float) -> Pixels:
    grey = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    size = 3 if min(grey.shape) >= 400 else 2
    step = cv2.subtract(cv2.dilate(grey, np.ones((size, size), np.uint8)), grey)
    lines = np.clip(step.astype(np.float32) - 16, 0, 60) / np.float32(60 / strength)
    return np.asarray(pixels * (1 - lines[..., None]), dtype=np.uint8)


def _pressed(pixels: Pixels, light: tuple[float, float], strength: float, unit: float, rng: Rng) -> Pixels:
    """Edges and small bumps catch the light on one side and shade on the other."""
    high, wide = pixels.shape[:2]
    plain = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    grey = cv2.GaussianBlur(plain, (0, 0), max(unit * 0.0035, 0.6)).astype(np.float32)
    grey += fractal(rng, (wide, high), cells=26, octaves=3, stretch=2.0) * np.float32(7)
    reach = max(round(unit * 0.004), 1)
    away = (round(light[1] * reach) or -1, round(light[0] * reach))
    slope = np.clip(grey - shifted(grey, *away), -26, 26)[..., None] * np.float32(strength)
    return np.asarray(np.clip(pixels + slope, 0, 255), dtype=np.uint8)


def _bloom(pixels: Pixels, strength: float, unit: float) -> Pixels:
    quarter = (max(pixels.shape[1] // 4, 1), max(pixels.shape[0] // 4, 1))
    small = cv2.resize(pixels, quarter, interpolation=cv2.INTER_AREA)
    bright = cv2.LUT(small, np.clip((np.arange(256) - 150) * 2.2, 0, 255).astype(np.uint8))
    halo = soft(np.asarray(bright, dtype=np.uint8), max(unit * 0.012, 0.6))
    wide = cv2.resize(halo, (pixels.shape[1], pixels.shape[0]), interpolation=cv2.INTER_LINEAR)
    return np.asarray(cv2.addWeighted(pixels, 1.0, wide, strength * 0.6, 0), dtype=np.uint8)


def _graded(pixels: Pixels, style: Finish) -> Pixels:
    if style.monochrome:
        pixels = cv2.cvtColor(cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY), cv2.COLOR_GRAY2RGB).astype(np.uint8)
    at = np.linspace(0, 1, 256)
    curved = at + style.contrast * (3 * at**2 - 2 * at**3 - at)
    tones = np.stack([curved] * 3, axis=1)
    if style.split:
        cool, warm = np.array([-0.03, 0.0, 0.045]), np.array([0.05, 0.015, -0.05])
        tones += style.split * (cool * (1 - at[:, None]) ** 2 + warm * at[:, None] ** 1.5 * (1.2 - at[:, None]))
    if style.monochrome:
        tones *= np.array([0.985, 1.0, 1.03])
    return np.asarray(cv2.LUT(pixels, (tones * 255).clip(0, 255).astype(np.uint8)[None]), dtype=np.uint8)


def _falloff(canvas: Canvas, style: Finish, focus: tuple[float, float]) -> NDArray[np.float32] | None:
    if not style.vignette and not style.beam:
        return None
    x = np.linspace(-1, 1, canvas.width, dtype=np.float32)[None, :]
    y = np.linspace(-1, 1, canvas.height, dtype=np.float32)[:, None]
    shade = 1 - style.vignette * 0.42 * np.clip(x**2 * 0.9 + y**2 * 0.75 - 0.18, 0, 2)
    if style.beam:
        across = (x - (focus[0] / canvas.width * 2 - 1)) * canvas.width / canvas.unit
        along = (y - (focus[1] / canvas.height * 2 - 1)) * canvas.height / canvas.unit
        pool = np.exp(-(across**2 / 1.5 + along**2 / 1.9))
        shade = shade * (1 - style.beam + style.beam * 1.75 * pool)
    return np.asarray(shade, dtype=np.float32)


def _on_paper(picture: Field, strength: float, canvas: Canvas, rng: Rng) -> Field:
    """Pigment lies thin where the paper stands high, and thins out towards the sheet's edge."""
    size = (canvas.width, canvas.height)
    tooth = fractal(rng, size, cells=150, octaves=3)
    tooth -= np.roll(tooth, (1, 1), (0, 1)) * np.float32(0.6)
    washes = fractal(rng, size, cells=4, octaves=5)
    x = np.abs(np.linspace(-1, 1, canvas.width, dtype=np.float32))[None, :]
    y = np.abs(np.linspace(-1, 1, canvas.height, dtype=np.float32))[:, None]
    edge = np.clip((np.maximum(x, y) - 0.88 + washes * 0.09) * 5, 0, 0.55)
    thin = (0.1 * washes.clip(0, 1) + edge)[..., None] * np.float32(strength * 1.4)
    picture += (np.array([252, 249, 240], np.float32) - picture) * thin
    picture *= 1 + tooth[..., None] * np.float32(strength * 0.16)
    return picture


def _lighted(picture: Field, steps: int) -> Field:
    """Make it as bright on average as the steps ask for; what is black or white stays so."""
    if not steps:
        return picture
    shades = np.arange(256) / 255
    counts = np.bincount(picture.clip(0, 255).astype(np.uint8).ravel(), minlength=256)
    counts = counts / counts.sum()
    mean = float((counts * shades).sum()) * 255
    way = max((255 - mean if steps > 0 else mean) * LIGHT_STEP, LEAST_STEP) * steps
    wanted = min(max(mean + way, min(mean, DARKEST_MEAN_LUMA)), max(mean, BRIGHTEST_MEAN_LUMA))
    curves = np.geomspace(0.05, 20, 200)
    means = np.array([(counts * shades**curve).sum() for curve in curves]) * 255
    curve = curves[int(np.abs(means - wanted).argmin())]
    return np.asarray(255 * (picture.clip(0, 255) / np.float32(255)) ** np.float32(curve), dtype=np.float32)


def _lifted(picture: Field) -> Field:
    mean = float(picture[::4, ::4].mean())
    if mean >= LOWEST_MEAN_LUMA:
        return picture
    missing = (LOWEST_MEAN_LUMA - mean) / (255 - mean)
    lifted = picture + (255 - picture) * np.float32(missing * 0.45) + np.float32(missing * 140)
    return np.asarray(lifted, np.float32)
