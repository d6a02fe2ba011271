"""A score becomes sound. Everything wraps around the end: releases and echoes run on into the beginning."""

from __future__ import annotations

from collections.abc import Callable, Iterable

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.synth.drums import DRUMS, stroke
from pipeline.providers.local.synth.note import Note
from pipeline.providers.local.synth.sounds import RATE, Sound, note

LEVELS: dict[str, float] = {
    "warm": 0.30, "strings": 0.26, "choir": 0.28, "organ": 0.20, "saw": 0.17, "dark": 0.30,
    "piano": 0.34, "guitar": 0.32, "harp": 0.30, "pizzicato": 0.34, "staccato": 0.24, "marimba": 0.30,
    "glockenspiel": 0.15, "music box": 0.20, "bell": 0.20, "e-piano": 0.32, "synth": 0.22,
    "strings lead": 0.32, "cello": 0.34, "flute": 0.27, "brass": 0.27, "square": 0.20,
    "round": 0.34, "upright": 0.38, "synthbass": 0.27, "sub": 0.30,
    "kick": 0.55, "taiko": 0.55, "heart": 0.55, "tom": 0.36, "snare": 0.30, "clap": 0.26, "rim": 0.22, "block": 0.22,
    "tick": 0.20, "hat": 0.24, "shaker": 0.26, "brush": 0.26, "ride": 0.17, "cymbal": 0.24,
}  # fmt: skip
DRY_SEND, WET_SEND = 0.12, 1.0
NEAR = frozenset({"round", "upright", "synthbass", "sub", "kick", "heart", "hat", "shaker", "tick", "ride", "brush"})
"""These have little of the hall."""

HALL_S = 2.4
HALL_LEVEL = 0.5
TARGET_RMS, CEILING, KNEE = 10 ** (-16.5 / 20), 10 ** (-2.6 / 20), 0.42
FIRST_REPORT, LAST_REPORT = 0.1, 0.7


def smooth_length(samples: float) -> int:
    """The nearest length with small factors only, for which a Fourier transform is quick."""
    middle = round(samples)
    return min(
        (n for n in range(middle - 600, middle + 600) if n % 2 == 0 and _is_smooth(n)), key=lambda n: abs(n - middle)
    )


def _is_smooth(number: int) -> bool:
    for prime in (2, 3, 5, 7):
        while number % prime == 0:
            number //= prime
    return number == 1


def mix(notes: Iterable[Note], *, steps: int, samples: int, room: float, report: Callable[[float], None]) -> Sound:
    near, far = (np.zeros((2, samples), np.float32) for _ in range(2))
    per_step = samples / steps
    ordered = sorted(notes, key=lambda one: one.step)
    for number, one in enumerate(ordered):
        sound = _sound(one, per_step / RATE)
        _add(near if one.instrument in NEAR else far, round(one.step * per_step), sound, _gains(one))
        if number % 100 == 0:
            report(FIRST_REPORT + (LAST_REPORT - FIRST_REPORT) * number / len(ordered))
    return _mastered(near + far + room * HALL_LEVEL * _hall(DRY_SEND * near + WET_SEND * far))


def _sound(one: Note, step_s: float) -> Sound:
    if one.instrument in DRUMS:
        return stroke(one.instrument)
    return note(one.instrument, one.pitch, round(one.steps * step_s, 3))


def _gains(one: Note) -> NDArray[np.float32]:
    level = LEVELS[one.instrument] * one.loud
    return np.array([[level * np.sqrt((1 - one.side) / 2)], [level * np.sqrt((1 + one.side) / 2)]], np.float32)


def _add(track: Sound, start: int, sound: Sound, gains: NDArray[np.float32]) -> None:
    """Onto a circle: what reaches past the end goes on at the beginning."""
    length = track.shape[1]
    begin, done = start % length, 0
    while done < sound.shape[1]:
        count = min(length - begin, sound.shape[1] - done)
        track[:, begin : begin + count] += sound[:, done : done + count] * gains
        begin, done = 0, done + count


def _hall(send: Sound) -> Sound:
    """Circular convolution with a decaying noise, duller as it dies away."""
    samples = send.shape[1]
    count = min(round(HALL_S * RATE), samples)
    time = np.arange(count, dtype=np.float32) / RATE
    noise = np.random.default_rng(11).standard_normal((2, count)).astype(np.float32)
    dull = np.cumsum(noise, axis=1, dtype=np.float32)
    dull[:, 24:] -= dull[:, :-24].copy()
    tail = (0.55 * noise * np.exp(-time / 0.16) + 0.22 * dull * np.exp(-time / 0.42)) * np.minimum(1, time / 0.018)
    tail /= np.sqrt((tail**2).sum(axis=1, keepdims=True))
    mono = np.fft.rfft(send.mean(axis=0))
    return np.fft.irfft(np.fft.rfft(tail, samples, axis=1) * mono, samples, axis=1).astype(np.float32)


def _mastered(sound: Sound) -> Sound:
    """To one loudness; what would be too loud is bent, never cut."""
    for _ in range(2):
        sound = sound * np.float32(TARGET_RMS / max(float(np.sqrt((sound**2).mean())), 1e-6))
        size = np.abs(sound)
        bent = KNEE + (CEILING - KNEE) * np.tanh((size - KNEE) / (CEILING - KNEE))
        sound = np.where(size > KNEE, np.sign(sound) * bent, sound).astype(np.float32)
    return sound
