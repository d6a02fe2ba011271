"""The way from a voice as it is computed to one pleasant to hear: equaliser, compressor, a room, 48 kHz."""

from __future__ import annotations

from dataclasses import dataclass
from fractions import Fraction
from itertools import count

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.speech.speech import Samples, sounding
from pixora.foundation.toml_tables import table

RATE = 48_000
PEAK = 10 ** (-3.4 / 20)
"""MP3 may overshoot by some tenths of a decibel; -3 dBFS is the promise."""
ECHO_ENDS = 10 ** (-41 / 20)
"""Of the peak."""
LEAD_S, TAIL_S = 0.008, 0.014
ROOM_S = 0.28
THRESHOLD_DB = -22.0
ENVELOPE_S = 0.012
MANY_SMALL_FACTORS = (2 * 3 * 5 * 7) ** 32
"""Every number below 4 billion that has no other factors divides it."""


@dataclass(frozen=True)
class Finish:
    equaliser: tuple[tuple[float, float], ...]
    """Hertz → decibels."""
    ratio: float
    """How much the compressor takes off above its threshold."""
    room_db: float | None = None
    """The echo of a small room; None: none."""


SYNTHETIC, RECORDED = (Finish(**row) for row in table(__file__, "finishes").values())


def polish(dry: Samples, rate: int, finish: Finish) -> Samples:
    """48 kHz, nearly no silence at either end, peak at PEAK."""
    voice = _compress(_resample(dry, rate, finish), finish.ratio)
    if finish.room_db is not None:
        voice = _in_a_room(voice, finish.room_db)
    voice *= PEAK / max(float(np.abs(voice).max()), 1e-6)
    return _trim_tail(voice)


def _resample(dry: Samples, rate: int, finish: Finish) -> Samples:
    """Resampling and equalising are one multiplication in the frequency domain."""
    up, down = Fraction(RATE, rate).as_integer_ratio()
    blocks = _smooth_size(-(-dry.size // down) + 4)
    spectrum = np.fft.rfft(dry, blocks * down)
    hertz = np.arange(spectrum.size) * (RATE / (blocks * up))
    steps, gains = zip(*finish.equaliser, strict=True)
    spectrum *= 10 ** (np.interp(hertz, steps, gains) / 20)
    wide = np.fft.irfft(spectrum, blocks * up) * (up / down)
    return wide[: dry.size * up // down].astype(np.float32)


def _smooth_size(least: int) -> int:
    """The next number with small factors only, for which a Fourier transform is quick."""
    return next(size for size in count(least) if MANY_SMALL_FACTORS % size == 0)


def _compress(voice: Samples, ratio: float) -> Samples:
    width = round(ENVELOPE_S * RATE)
    window = np.hanning(width * 2 + 1)
    power = _convolve(voice.astype(np.float64) ** 2, window / window.sum())[width : width + voice.size]
    level_db = 10 * np.log10(np.maximum(power, 1e-9))
    above = np.maximum(level_db - level_db.max() - THRESHOLD_DB, 0)
    return np.asarray(voice * 10 ** (-above * (1 - 1 / ratio) / 20), np.float32)


def _in_a_room(voice: Samples, room_db: float) -> Samples:
    length = round(ROOM_S * RATE)
    moment = np.arange(length) / RATE
    echo = np.random.default_rng(7).standard_normal(length) * np.exp(-moment * 6.9 / ROOM_S)
    echo[: round(0.006 * RATE)] = 0
    echo = np.convolve(echo, np.hanning(9) / 4.0, "same")
    wet = _convolve(voice, echo / np.sqrt((echo**2).sum()))
    wet[: voice.size] += voice * 10 ** (-room_db / 20)
    return wet.astype(np.float32)


def _convolve(signal: NDArray[np.floating], kernel: NDArray[np.floating]) -> NDArray[np.float64]:
    size = _smooth_size(signal.size + kernel.size)
    product = np.fft.rfft(signal, size) * np.fft.rfft(kernel, size)
    return np.fft.irfft(product, size)[: signal.size + kernel.size - 1]


def _trim_tail(voice: Samples) -> Samples:
    fade = round(TAIL_S * RATE)
    end = min(voice.size, sounding(voice, ECHO_ENDS)[1] + fade)
    voice[end - fade : end] *= np.linspace(1, 0, fade, dtype=np.float32) ** 2
    return voice[:end]
