"""Skies: gradient, sun or moon, stars, clouds."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import RGB, lighter, mix, rgb
from pipeline.providers.local.drawing.shading import Field
from pipeline.providers.local.drawing.shapes import along, box, ellipse
from pipeline.providers.local.drawing.stage import Stage
from pipeline.providers.local.drawing.stage_drawings import prop
from pipeline.providers.local.drawing.texture import fractal, shifted

MOON = 0.062
"""Its radius, in parts of the short side."""


def paint_sky(stage: Stage, *, clouds: float = 1.0) -> None:
    """The whole sky down to the horizon, which the gradient's last colour lies on."""
    stage.canvas.gradient(stage.palette.sky, -0.05 * stage.height, stage.horizon)
    night = stage.brief.hour == "night"
    if night:
        paint_stars(stage, 90, stage.horizon)
    if stage.brief.weather not in ("storm", "rain"):
        prop(stage, "moon", *stage.sun, MOON * stage.unit) if night else _paint_sun(stage)
    (_puffy_clouds if stage.palette.style.clouds == "puffy" else _soft_clouds)(stage, clouds)


def paint_stars(stage: Stage, count: int, bottom: float) -> None:
    rng = stage.rng
    count = int(count * max(stage.width * bottom / stage.unit**2, 0.5))
    if stage.says("star", "starry", "milky"):
        count *= 2
    places = along(rng.uniform(0, stage.width, count), rng.uniform(0, 1, count) ** 1.2 * bottom)
    sizes = stage.unit * (0.0006 + 0.0016 * rng.random(count) ** 4)
    for share, colour in ((0.6, "#aebce0"), (0.3, "#ffffff"), (0.1, "#ffe2b4")):
        part = rng.random(count) < share
        stage.canvas.dots(places[part], sizes[part], rgb(colour))
    for x, y in places[: max(count // 14, 3)]:
        stage.glow(x, y, stage.unit * stage.between(0.008, 0.022), "#dfe8ff", 0.85)


def _paint_sun(stage: Stage) -> None:
    x, y = stage.sun
    hazy = stage.brief.weather in ("fog", "snow")
    light, size = stage.palette.light, stage.unit
    stage.glow(x, y, size * 1.35, light, 0.36 if hazy else 0.52)
    stage.glow(x, y, size * 0.45, light, 0.5)
    disc = size * (0.075 if stage.palette.sun_height < 0.4 else 0.05)
    stage.fill(ellipse(x, y, disc), lighter(light, 0.55), opacity=0.5 if hazy else 1.0, blur=size * 0.004)
    stage.glow(x, y, disc * 2.6, lighter(light, 0.3), 0.7)


def _cloud_colours(stage: Stage) -> tuple[RGB, RGB]:
    """Lit and shaded."""
    sky = stage.palette.sky
    if stage.brief.hour == "night":
        return mix(sky[3], rgb("#c4d2f2"), 0.25), mix(sky[1], sky[2], 0.4)
    bright = mix(stage.palette.light, rgb("#ffffff"), 0.62)
    if stage.brief.weather in ("storm", "rain"):
        return mix(sky[3], bright, 0.3), mix(sky[0], rgb("#2c3038"), 0.3)
    return bright, mix(sky[1], sky[2], 0.55)


def _soft_clouds(stage: Stage, amount: float) -> None:
    height = max(int(stage.horizon * 1.02), 2)
    field = _cloud_field(stage, height)
    heavy = {"storm": 0.52, "rain": 0.42, "fog": 0.1, "snow": 0.3}.get(stage.brief.weather, stage.between(-0.02, 0.2))
    thick = np.clip((field - 0.12 + heavy * 0.8) * 2.2, 0, 1) * np.float32(0.88 * amount)
    reach = max(int(stage.unit * 0.03), 1)
    light = stage.canvas.light
    toward = shifted(field, round(-light[1] * reach), round(-light[0] * reach))
    shine = np.clip(0.5 + (field - toward) * 1.3, 0, 1)[..., None]
    bright, shade = (np.array(colour, np.float32) for colour in _cloud_colours(stage))
    part = stage.canvas.pixels[:height].astype(np.float32)
    part += (shade + (bright - shade) * shine - part) * thick[..., None]
    stage.canvas.pixels[:height] = part.clip(0, 255).astype(np.uint8)


def _cloud_field(stage: Stage, height: int) -> Field:
    """Cloud noise that flattens towards the horizon, as a ceiling seen from below does."""
    noise = fractal(stage.rng, (stage.width, height), cells=stage.between(2.2, 3.6), octaves=6, stretch=2.6)
    rows = np.linspace(0, 1, height)
    source = ((1 - (1 - rows) ** 1.7) * (height - 1)).astype(int)
    field = noise[source]
    field -= np.float32(0.3) * (rows[:, None].astype(np.float32) - 0.45) ** 2
    return np.asarray(field, dtype=np.float32)


def _puffy_clouds(stage: Stage, amount: float) -> None:
    bright, shade = _cloud_colours(stage)
    cover = 3 if stage.brief.weather in ("storm", "rain") else 1
    for _ in range(int((4 + stage.rng.integers(4)) * amount * cover)):
        near = stage.rng.random() ** 1.3
        x, y = stage.anywhere(-0.05, 1.05), stage.horizon * (0.94 - 0.8 * near)
        size = stage.unit * (0.05 + 0.2 * near)
        puff(stage, x, y, size, mix(bright, stage.palette.sky[3], 0.5 - 0.45 * near), shade)


def puff(stage: Stage, x: float, y: float, size: float, bright: RGB, shade: RGB) -> None:
    """A cloud of round heads over a flat base."""
    rng = stage.rng
    heads = []
    for at in np.linspace(-1, 1, 7):
        swell = (1 - 0.72 * at**2) * rng.uniform(0.34, 0.52) * size
        heads.append(ellipse(x + at * size * 1.15, y - swell * rng.uniform(0.9, 1.15), swell))
    base = box(x - size * 1.3, y - size * 0.2, size * 2.6, size * 0.2, size * 0.1)
    stage.fill([*heads, base], bright, mix(bright, shade, 0.55), shadow=False)
