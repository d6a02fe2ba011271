"""The sound of each instrument: a note of it as stereo samples, with its attack and its release."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

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


STRUCK: dict[str, Struck] = {
    "piano": Struck(_string(14, 1.15, 4.6, 0.12), 0.0004, 0.003, 0.45, 0.35, 0.0006),
    "guitar": Struck(_string(16, 0.85, 2.4, 0.22), 0.0001, 0.0015, 0.4, 0.3, 0.0008),
    "harp": Struck(_string(12, 1.15, 3.2, 0.4), 0.0, 0.002, 0.4, 0.0, 0.0006),
    "pizzicato": Struck(_string(12, 0.95, 0.75, 0.3), 0.0, 0.002, 0.3, 0.0, 0.0016),
    "staccato": Struck(_saw(20, 0.9, 1.0), 0.0, 0.012, 0.2, 0.09, 0.0030),
    "marimba": Struck(((1, 1, 1.3), (3.93, 0.25, 0.5), (9.2, 0.06, 0.2)), 0.0, 0.0015, 0.5, 0.0),
    "glockenspiel": Struck(((1, 1, 2.4), (2.76, 0.3, 1.2), (5.4, 0.1, 0.6)), 0.0, 0.001, 0.3, 0.0, 0.001),
    "music box": Struck(
        ((1, 1, 2.0), (2.0, 0.2, 1.0), (4.95, 0.16, 0.6), (9.1, 0.04, 0.2)), 0.0, 0.001, 0.3, 0.0, 0.001
    ),
    "bell": Struck(((1, 1, 4.5), (2.0, 0.35, 3.2), (3.01, 0.16, 2.2), (5.2, 0.06, 1.2)), 0.0, 0.006, 0.3, 0.0, 0.0015),
    "e-piano": Struck(((1, 1, 3.2), (2, 0.22, 2.0), (3, 0.1, 1.2), (7.1, 0.07, 0.4)), 0.0, 0.002, 0.4, 0.2, 0.0012),
    "synth": Struck(_saw(22, 0.85, 0.9), 0.0, 0.002, 0.2, 0.1, 0.0035),
    "round": Struck(
        ((1, 1, 5.0), (2, 0.6, 2.6), (3, 0.34, 1.6), (4, 0.18, 1.1), (5, 0.1, 0.8), (6, 0.06, 0.6)),
        0.0,
        0.006,
        0.2,
        0.1,
        0.0,
    ),
    "upright": Struck(_string(12, 1.05, 2.2, 0.28), 0.0, 0.004, 0.2, 0.12, 0.0),
    "synthbass": Struck(_saw(12, 1.15, 2.6), 0.0, 0.004, 0.2, 0.06, 0.001),
}
HELD: dict[str, Held] = {
    "warm": Held(_falling(12, 1.15, 0.07), 14, 0.5, 0.9),
    "strings": Held(_falling(22, 0.85, 0.05), 17, 0.35, 0.6),
    "choir": Held((1, 0.7, 0.5, 0.6, 0.4, 0.2, 0.14, 0.12, 0.1, 0.08, 0.06), 20, 0.7, 1.1),
    "organ": Held((1, 0.6, 0.35, 0.3, 0.05, 0.15, 0.02, 0.1), 4, 0.08, 0.3, 0.3),
    "saw": Held(_falling(26, 0.8, 0.05), 22, 0.12, 0.5),
    "dark": Held(_falling(10, 1.0, 0.12), 26, 0.9, 1.2),
    "strings lead": Held(_falling(20, 0.85, 0.05), 13, 0.12, 0.3, 0.25),
    "cello": Held(_falling(18, 0.9, 0.06), 9, 0.11, 0.3, 0.4),
    "flute": Held((1, 0.35, 0.12, 0.05, 0.02), 7, 0.07, 0.22, 0.5),
    "brass": Held(_falling(18, 0.8, 0.07), 10, 0.06, 0.25, 0.45),
    "square": Held((1, 0.04, 0.33, 0.02, 0.18, 0.01, 0.1, 0, 0.06), 9, 0.02, 0.18, 0.5),
    "sub": Held((1, 0.25, 0.06), 5, 0.2, 0.5, 0.5),
}


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
