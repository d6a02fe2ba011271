"""PURE: integrated loudness by ITU-R BS.1770-4, for sound that is already in memory."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float32]
Energies = NDArray[np.float64]

BLOCK_S, STEP_S = 0.4, 0.1
ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU = -70.0, -10.0
OFFSET_LU = -0.691

SHELF = ((1.53512485958697, -2.69169618940638, 1.19839281085285), (1.0, -1.69065929318241, 0.73248077421585))
HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
"""The standard's two filters of the K weighting, at 48 kHz: numerator and denominator."""
WINDOW_S = 4


def windows(sound: Samples, rate: int) -> Iterator[Samples]:
    """A sound as `block_energies` takes it."""
    return (sound[at : at + WINDOW_S * rate] for at in range(0, len(sound), WINDOW_S * rate))


def block_energies(parts: Iterable[Samples], rate: int) -> Energies:
    """K-weighted energy of each 0.4 s block, the channels' summed.

    `parts` are consecutive stretches of one sound at 48 kHz, (samples, channels), all `WINDOW_S` long but the last.
    """
    steps = [step_energies(part, rate) for part in parts]
    return blocks_of(np.concatenate(steps) if steps else np.zeros(0))


def blocks_of(energies: Energies) -> Energies:
    """Return the energies of the blocks that so many steps make, which overlap."""
    width = round(BLOCK_S / STEP_S)
    if len(energies) < width:
        return np.zeros(0)
    return np.convolve(energies, np.full(width, 1 / width), mode="valid")


def integrated(energies: Energies) -> float:
    """LUFS over the blocks of one or more sounds, gated as the standard says; -inf when all is silence."""
    loud = energies[energies > _energy(ABSOLUTE_GATE_LUFS)]
    if not len(loud):
        return float("-inf")
    gate = _energy(_lufs(loud.mean()) + RELATIVE_GATE_LU)
    return _lufs(loud[loud > gate].mean())


def step_energies(sound: Samples, rate: int) -> Energies:
    """Return the K-weighted energy of each whole 0.1 s, by the filters' gain at each frequency: phase does not change
    energy, and a spectrum has its sound's energy."""
    step = round(STEP_S * rate)
    count = len(sound) // step
    channels = sound.size // len(sound)
    steps = sound[: count * step].reshape(count, step, channels).transpose(2, 0, 1)
    weighted = np.square(np.abs(np.fft.rfft(np.ascontiguousarray(steps)) * _gain(step)))
    energies: Energies = (2 * weighted.sum(axis=2, dtype=np.float64) - weighted[..., 0] - weighted[..., -1]).sum(axis=0)
    return energies / step**2


@functools.lru_cache(maxsize=2)
def _gain(samples: int) -> Samples:
    delay = np.exp(-2j * np.pi * np.arange(samples // 2 + 1) / samples)
    shelf, high_pass = (_response(above, delay) / _response(below, delay) for above, below in (SHELF, HIGH_PASS))
    return np.abs(shelf * high_pass).astype(np.float32)


def _response(taps: tuple[float, float, float], delay: NDArray[np.complex128]) -> NDArray[np.complex128]:
    return taps[0] + taps[1] * delay + taps[2] * delay**2


def _lufs(energy: float) -> float:
    return float(OFFSET_LU + 10 * np.log10(energy))


def _energy(lufs: float) -> float:
    return float(10 ** ((lufs - OFFSET_LU) / 10))
