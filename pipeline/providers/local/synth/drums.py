"""The sound of each drum: stereo samples made of falling tones and shaped noise."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.synth.sounds import RATE, Sound

Wave = NDArray[np.floating]

DRUMS: dict[str, Callable[[], Wave]] = {
    "kick": lambda: _tone(0.34, 46, 130, 0.035, 0.09) + 0.15 * _noise(0.34, 0.004, 2_000, 9_000, 1),
    "taiko": lambda: _tone(1.1, 58, 96, 0.06, 0.28) + 0.22 * _noise(1.1, 0.05, 120, 900, 2),
    "heart": lambda: _tone(0.4, 44, 70, 0.05, 0.10),
    "tom": lambda: _tone(0.6, 98, 150, 0.05, 0.16) + 0.1 * _noise(0.6, 0.03, 200, 1_500, 3),
    "snare": lambda: 0.5 * _tone(0.3, 178, 240, 0.02, 0.05) + _noise(0.3, 0.07, 900, 9_000, 4),
    "clap": lambda: _clap(),
    "rim": lambda: _tone(0.09, 820, 900, 0.01, 0.012) + 0.4 * _noise(0.09, 0.008, 1_500, 8_000, 6),
    "block": lambda: _tone(0.16, 640, 680, 0.01, 0.03) + 0.3 * _tone(0.16, 1_490, 1_500, 0.01, 0.018),
    "tick": lambda: _noise(0.05, 0.006, 3_000, 11_000, 7),
    "hat": lambda: _noise(0.12, 0.022, 6_500, 15_000, 8),
    "shaker": lambda: _noise(0.14, 0.03, 4_500, 12_000, 9, attack_s=0.012),
    "brush": lambda: _noise(0.3, 0.08, 1_800, 8_000, 10, attack_s=0.02),
    "ride": lambda: _noise(0.7, 0.17, 5_000, 13_000, 11) + 0.25 * _tone(0.7, 3_150, 3_160, 0.01, 0.2),
    "cymbal": lambda: _noise(2.2, 0.55, 2_500, 13_000, 12, attack_s=0.01),
}  # fmt: skip


def stroke(drum: str) -> Sound:
    wave = DRUMS[drum]()
    wave = wave * np.clip(np.linspace(12, 0, wave.size), 0, 1)
    wave = wave / np.abs(wave).max()
    return np.stack([wave, wave]).astype(np.float32)


def _time(seconds: float) -> Wave:
    return np.arange(round(seconds * RATE)) / RATE


def _tone(seconds: float, hertz: float, from_hertz: float, falls_s: float, fades_s: float) -> Wave:
    """A sine that falls from one pitch to another while it fades."""
    time = _time(seconds)
    turns = np.cumsum(hertz + (from_hertz - hertz) * np.exp(-time / falls_s)) / RATE
    return np.asarray(np.sin(2 * np.pi * turns) * np.exp(-time / fades_s))


def _noise(seconds: float, fades_s: float, low: float, high: float, seed: int, attack_s: float = 0.0005) -> Wave:
    time = _time(seconds)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(time.size))
    hertz = np.fft.rfftfreq(time.size, 1 / RATE)
    spectrum *= 1 / (1 + (low / np.maximum(hertz, 1)) ** 4) / (1 + (hertz / high) ** 4)
    noise = np.fft.irfft(spectrum, time.size)
    return np.asarray(noise / np.abs(noise).max() * np.exp(-time / fades_s) * np.minimum(1, time / attack_s))


def _clap() -> Wave:
    hands = _noise(0.3, 0.07, 900, 7_000, 5)
    for late_s, loud in ((0.011, 0.7), (0.023, 0.8)):
        late = round(late_s * RATE)
        hands[late:] += loud * _noise(0.3, 0.05, 900, 7_000, 5)[:-late]
    return hands
