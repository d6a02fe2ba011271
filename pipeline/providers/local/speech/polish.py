"""The way from espeak's dry 22 kHz to a voice pleasant to hear: equaliser, compressor, a small room, 48 kHz."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]

RATE = 48_000
UP, DOWN = 320, 147
"""48,000 : 22,050"""
PEAK = 10 ** (-3.4 / 20)
"""MP3 may overshoot by some tenths of a decibel; -3 dBFS is the promise."""
SILENCE, ECHO_ENDS = 10 ** (-45 / 20), 10 ** (-41 / 20)
"""Of the peak."""
LEAD_S, TAIL_S = 0.008, 0.014
EQUALISER: tuple[tuple[float, float], ...] = (
    (20, -40), (60, -18), (95, 0), (180, 2.0), (320, 0.5), (900, 0), (2_200, -0.5), (3_600, -3.5), (5_000, -2.5),
    (7_500, -2.0), (9_500, -8), (11_025, -40),
)  # fmt: skip
"""Hertz → decibels: warmth, less of the buzz around 3 to 5 kHz, a soft top."""
ROOM_S, ROOM_DB = 0.28, -21.0
THRESHOLD_DB, RATIO = -22.0, 2.6
ENVELOPE_S = 0.012


def sounding(samples: Samples, silence: float = SILENCE) -> tuple[int, int]:
    """First and last + 1 of the samples that can be heard."""
    loud = np.flatnonzero(np.abs(samples) > silence * np.abs(samples).max(initial=1e-9))
    return (int(loud[0]), int(loud[-1]) + 1) if loud.size else (0, 0)


def polish(dry: Samples) -> Samples:
    """48 kHz, nearly no silence at either end, peak at PEAK."""
    voice = _compress(_resample(dry))
    voice = _in_a_room(voice)
    voice *= PEAK / max(float(np.abs(voice).max()), 1e-6)
    return _trim_tail(voice)


def _resample(dry: Samples) -> Samples:
    """Resampling and equalising are one multiplication in the frequency domain."""
    blocks = _smooth_size(-(-dry.size // DOWN) + 4)
    spectrum = np.fft.rfft(dry, blocks * DOWN)
    hertz = np.arange(spectrum.size) * (RATE / (blocks * UP))
    steps, gains = zip(*EQUALISER, strict=True)
    spectrum *= 10 ** (np.interp(hertz, steps, gains) / 20)
    wide = np.fft.irfft(spectrum, blocks * UP) * (UP / DOWN)
    return wide[: dry.size * UP // DOWN].astype(np.float32)


def _smooth_size(least: int) -> int:
    """The next number with small factors only, for which a Fourier transform is quick."""
    size = least
    while True:
        rest = size
        for prime in (2, 3, 5, 7):
            while rest % prime == 0:
                rest //= prime
        if rest == 1:
            return size
        size += 1


def _compress(voice: Samples) -> Samples:
    width = round(ENVELOPE_S * RATE)
    window = np.hanning(width * 2 + 1)
    power = _convolve(voice.astype(np.float64) ** 2, window / window.sum())[width : width + voice.size]
    level_db = 10 * np.log10(np.maximum(power, 1e-9))
    above = np.maximum(level_db - level_db.max() - THRESHOLD_DB, 0)
    return np.asarray(voice * 10 ** (-above * (1 - 1 / RATIO) / 20), np.float32)


def _in_a_room(voice: Samples) -> Samples:
    count = round(ROOM_S * RATE)
    moment = np.arange(count) / RATE
    echo = np.random.default_rng(7).standard_normal(count) * np.exp(-moment * 6.9 / ROOM_S)
    echo[: round(0.006 * RATE)] = 0
    echo = np.convolve(echo, np.hanning(9) / 4.0, "same")
    wet = _convolve(voice, echo / np.sqrt((echo**2).sum()))
    wet[: voice.size] += voice * 10 ** (-ROOM_DB / 20)
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
