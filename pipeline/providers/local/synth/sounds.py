"""The sound of each instrument in `instruments.toml`: a note of it, stereo, with its attack and its release."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pixora.foundation.toml_tables import table

Sound = NDArray[np.float32]
"""Shape (2, samples)."""

RATE = 48_000
HIGHEST_HZ = 15_000
TABLE = 1 << 17
"""Samples of a pad's table, 2.7 s, which closes into a circle by itself."""
BLOCK = 512
MIDDLE_C = 261.63
LONGEST_RING_S = 3.6
SIXTY_DB = 6.908
TABLE_LEVEL = 0.25
WIDTH = 0.4
"""How far the phases of left and right lie apart, in turns: from 0, mono, to 1."""


@dataclass(frozen=True)
class Struck:
    """A sound of partials that ring out, each on its own: strings, bars, bells."""

    partials: tuple[tuple[float, float, float], ...]
    """(multiple of the pitch, loudness, seconds until it has fallen by 60 dB, at middle C)"""
    stretch: float = 0.0
    """Inharmonicity, as of a piano's stiff strings."""
    attack_s: float = 0.002
    shortening: float = 0.4
    """How much sooner high notes are over."""
    damped_s: float = 0.12
    """How fast it stops when its note ends; 0 lets it ring."""
    detune: float = 0.0004


@dataclass(frozen=True)
class Held:
    """A sound that stays: each harmonic is a narrow band of noise, so it lives like many players together."""

    harmonics: tuple[float, ...]
    cents: float
    attack_s: float
    release_s: float
    steady: float = 0.0
    """0 the band of noise alone, 1 pure harmonics alone (one player)."""


def _falling(count: int, slope: float, from_hz: float = 0.0) -> tuple[float, ...]:
    return tuple(1 / number**slope * np.exp(-from_hz * number) for number in range(1, count + 1))


def _string(count: int, slope: float, seconds: float, pluck: float) -> tuple[tuple[float, float, float], ...]:
    """A string plucked at a share of its length; higher partials are over sooner."""
    return tuple(
        (float(n), float(abs(np.sin(np.pi * n * pluck)) / n**slope), seconds / n**0.55) for n in range(1, count + 1)
    )


def _saw(count: int, slope: float, seconds: float) -> tuple[tuple[float, float, float], ...]:
    return tuple((float(n), 1 / n**slope, seconds / n**0.45) for n in range(1, count + 1))


_TOLD = table(__file__, "instruments")
_FORMULAS: dict[str, Callable[..., Any]] = {"string": _string, "saw": _saw, "falling": _falling}


def _spectrum(name: str, row: dict[str, Any]) -> dict[str, Any]:
    """The row with `name` worked out, where a formula stands for it."""
    formula = next((word for word in _FORMULAS if word in row), None)
    return {name: _FORMULAS[formula](*row.pop(formula)), **row} if formula else row


STRUCK = {name: Struck(**_spectrum("partials", row)) for name, row in _TOLD["struck"].items()}
HELD = {name: Held(**_spectrum("harmonics", row)) for name, row in _TOLD["held"].items()}
LEVELS: dict[str, float] = _TOLD["levels"]
"""How loud each instrument and drum is in the mix."""


def note(instrument: str, pitch: int, seconds: float) -> Sound:
    """Its loudest sample is about 1: how loud it is, is the mix's affair."""
    hertz = 440 * 2 ** ((pitch - 69) / 12)
    if instrument in STRUCK:
        return _struck(STRUCK[instrument], hertz, seconds)
    return _held(instrument, hertz, seconds)


def _struck(kind: Struck, hertz: float, seconds: float) -> Sound:
    shorter = (MIDDLE_C / hertz) ** kind.shortening
    ring_s = min(max(part[2] for part in kind.partials) * shorter, LONGEST_RING_S)
    length_s = min(ring_s, seconds + kind.damped_s) if kind.damped_s else ring_s
    count = round(length_s * RATE)
    sides = [_ringing(kind, hertz * (1 + turn * kind.detune), shorter, count) for turn in (-1, 1)]
    sound = np.stack(sides) * _rising(count, kind.attack_s) * _rising(count, kind.damped_s or 0.05)[::-1]
    return np.asarray(sound / max(float(np.abs(sound).max()), 1e-6), np.float32)


def _ringing(kind: Struck, hertz: float, shorter: float, count: int) -> NDArray[np.float32]:
    """Decaying sines. z^(512 a + b) = z^(512 a) z^b makes all of them one product of two small matrices."""
    heard = [part for part in kind.partials if hertz * part[0] < HIGHEST_HZ]
    multiple, loud, fades_s = np.array(heard, np.float64).T
    stretched = multiple * np.sqrt(1 + kind.stretch * multiple**2)
    turn = (2j * np.pi * hertz * stretched - SIXTY_DB / (fades_s * shorter)) / RATE
    far = np.exp(np.outer(np.arange(-(-count // BLOCK)) * BLOCK, turn)) * loud
    near = np.exp(np.outer(turn, np.arange(BLOCK)))
    left = np.hstack([far.real, far.imag]).astype(np.float32)
    right = np.vstack([near.imag, near.real]).astype(np.float32)
    return np.asarray((left @ right).reshape(-1)[:count], np.float32)


def _held(instrument: str, hertz: float, seconds: float) -> Sound:
    kind = HELD[instrument]
    table = _table(instrument, hertz)
    count = round((seconds + kind.release_s) * RATE)
    start = round(hertz * 977) % TABLE
    turns = -(-(start + count) // TABLE)
    sound = np.tile(table, (1, turns))[:, start : start + count]
    return sound * _rising(count, kind.attack_s) * _rising(count, kind.release_s)[::-1]


@lru_cache(maxsize=1)
def _table(instrument: str, hertz: float) -> Sound:
    """The PADsynth idea: draw the spectrum with random phases and turn it back into a sound without a seam."""
    kind = HELD[instrument]
    rng = np.random.default_rng(round(hertz * 1000))
    spectrum = np.zeros((2, TABLE // 2 + 1), np.complex64)
    for number, loud in enumerate(kind.harmonics, 1):
        middle = hertz * number * TABLE / RATE
        width = max(1.5, middle * (2 ** (kind.cents / 1200) - 1))
        low, high = max(1, int(middle - 3 * width)), int(middle + 3 * width) + 1
        if loud and hertz * number < HIGHEST_HZ:
            band = np.exp(-(((np.arange(low, high) - middle) / width) ** 2))
            phases = np.exp(2j * np.pi * (rng.uniform(0, 1, (1, band.size)) + rng.uniform(0, WIDTH, (2, band.size))))
            spectrum[:, low:high] += (1 - kind.steady) * loud * band / np.sqrt((band**2).sum()) * phases
            spectrum[:, round(middle)] += kind.steady * loud * phases[:, band.size // 2]
    table = np.fft.irfft(spectrum, TABLE, axis=1)
    return np.asarray(table * (TABLE_LEVEL / np.sqrt((table**2).mean())), np.float32)


def _rising(count: int, seconds: float) -> NDArray[np.float32]:
    """1 everywhere but for a soft rise over the first `seconds`."""
    curve = np.ones(count, np.float32)
    rise = min(count, max(1, round(seconds * RATE)))
    curve[:rise] = 0.5 - 0.5 * np.cos(np.linspace(0, np.pi, rise, dtype=np.float32))
    return curve
