"""The sound of each drum: stereo samples made of falling tones and shaped noise."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import partial, reduce
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.synth.sounds import RATE, Sound
from pixora.foundation.toml_tables import table

Wave = NDArray[np.floating]


def _sum(row: Mapping[str, Sequence[Sequence[Any]]]) -> Wave:
    """A drum of `drums.toml`."""
    tones = [loud * _tone(*told) for loud, *told in row.get("tones", ())]
    return np.asarray(reduce(np.add, [*tones, *(loud * _noise(*told) for loud, *told in row.get("noises", ()))]))


DRUMS: dict[str, Callable[[], Wave]] = {drum: partial(_sum, row) for drum, row in table(__file__, "drums").items()}


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


def _noise(
    seconds: float, fades_s: float, low: float, high: float, seed: int, attack_s: float = 0.0005, late_s: float = 0.0
) -> Wave:
    time = _time(seconds)
    spectrum = np.fft.rfft(np.random.default_rng(seed).standard_normal(time.size))
    hertz = np.fft.rfftfreq(time.size, 1 / RATE)
    spectrum *= 1 / (1 + (low / np.maximum(hertz, 1)) ** 4) / (1 + (hertz / high) ** 4)
    noise = np.fft.irfft(spectrum, time.size)
    noise *= np.exp(-time / fades_s) * np.minimum(1, time / attack_s) / np.abs(noise).max()
    return np.pad(noise, (round(late_s * RATE), 0))[: time.size]
