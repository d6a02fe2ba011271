"""Weather between the viewer and the scene."""

from __future__ import annotations

import numpy as np

from pipeline.providers.local.drawing.colour import mix, rgb
from pipeline.providers.local.drawing.shapes import ellipse, line, strip
from pipeline.providers.local.drawing.stage import Stage

SHELTERED = frozenset({"kitchen", "lab", "room", "stage", "space", "underwater"})


def paint_weather(stage: Stage) -> None:
    kind = stage.brief.weather
    if stage.brief.place in SHELTERED or not kind:
        return
    if kind == "storm":
        _bolt(stage)
    if kind in ("storm", "rain"):
        _rain(stage)
    elif kind == "snow":
        _snow(stage)
    elif kind == "fog":
        for at in (-0.1, 0.06, 0.24):
            y = stage.horizon + at * stage.height
            stage.haze(y - 0.2 * stage.height, y, 0.55)


def _rain(stage: Stage) -> None:
    count = int(260 * stage.width / stage.unit)
    slant = stage.between(0.08, 0.24) * (1 if stage.chance(0.5) else -1)
    drops = []
    for x, y, near in stage.rng.random((count, 3)):
        size = stage.unit * (0.02 + 0.06 * near)
        x0, y0, half = x * stage.width * 1.1, y * stage.height * 1.1, 0.35 + 0.0007 * stage.unit * near
        drops.append(strip(y0 - size, x0, half, y0, x0 + slant * size, half))
    stage.fill(drops, mix(stage.palette.haze, rgb("#ffffff"), 0.5), opacity=0.34, model=False, mode="light")


def _snow(stage: Stage) -> None:
    for count, size, opacity, blur in ((240, 0.0022, 0.85, 0.0), (70, 0.005, 0.85, 0.001), (16, 0.013, 0.55, 0.004)):
        flakes = [
            ellipse(x * stage.width, y * stage.height, stage.unit * size * (0.5 + near) + 0.4)
            for x, y, near in stage.rng.random((int(count * stage.width / stage.unit), 3))
        ]
        colour = mix(rgb("#ffffff"), stage.palette.haze, 0.12)
        stage.fill(flakes, colour, opacity=opacity, blur=blur * stage.unit, model=False)


def _bolt(stage: Stage) -> None:
    x, y = stage.sun[0], -4.0
    path = [(x, y)]
    while y < stage.horizon * 0.98:
        x, y = x + stage.rng.normal() * stage.unit * 0.035, y + stage.unit * stage.between(0.02, 0.06)
        path.append((x, y))
    main = np.array(path)
    stage.glow(main[0, 0], 0, stage.unit * 0.8, "#c9d4ff", 0.6)
    bolts = [line(main, stage.unit * 0.009, stage.unit * 0.003)]
    for start in stage.rng.integers(2, max(len(main) - 3, 3), 3):
        side = np.cumsum(stage.rng.normal(0.4, 0.9, (6, 2)) * stage.unit * 0.03, axis=0)
        side[:, 1] = np.abs(side[:, 1])
        bolts.append(line(np.concatenate([main[start : start + 1], main[start] + side]), stage.unit * 0.004, 1.0))
    stage.fill(bolts, rgb("#8fa4ff"), blur=stage.unit * 0.012, mode="light")
    stage.fill(bolts, rgb("#f6f4ff"), model=False)
