"""A score becomes sound. Everything wraps around the end: releases and echoes run on into the beginning."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.synth.drums import DRUMS, stroke
from pipeline.providers.local.synth.note import Note
from pipeline.providers.local.synth.sounds import LEVELS, RATE, Sound, note

DRY_SEND, WET_SEND = 0.12, 1.0
NEAR = frozenset({"round", "upright", "synthbass", "sub", "kick", "heart", "hat", "shaker", "tick", "ride", "brush"})
"""These have little of the hall."""

HALL_S = 2.4
HALL_WINDOW = 1 << 18
HALL_LEVEL = 0.5
TARGET_RMS, CEILING, KNEE = 10 ** (-16.5 / 20), 10 ** (-2.6 / 20), 0.42
FIRST_REPORT, LAST_REPORT = 0.1, 0.7


def mix(notes: Iterable[Note], *, steps: int, samples: int, room: float, report: Callable[[float], None]) -> Sound:
    """Like notes one after another, so that one sound is in memory at a time."""
    dry, send = np.zeros((2, samples), np.float32), np.zeros((1, samples), np.float32)
    per_step = samples / steps
    like = [list(notes) for _, notes in groupby(sorted(notes, key=_sounding), key=_sounding)]
    for number, played in enumerate(like):
        sound = _sound(played[0], per_step / RATE)
        for one in played:
            placed, start = sound * _gains(one), round(one.step * per_step)
            to_hall = DRY_SEND if one.instrument in NEAR else WET_SEND
            _add(dry, start, placed)
            _add(send, start, to_hall * placed.mean(axis=0, keepdims=True))
        report(FIRST_REPORT + (LAST_REPORT - FIRST_REPORT) * number / len(like))
    _add_hall(dry, send[0], room * HALL_LEVEL)
    _master(dry)
    return dry


def _sounding(one: Note) -> tuple[str, int, float]:
    return one.instrument, one.pitch, one.steps


def _sound(one: Note, step_s: float) -> Sound:
    if one.instrument in DRUMS:
        return stroke(one.instrument)
    return note(one.instrument, one.pitch, round(one.steps * step_s, 3))


def _gains(one: Note) -> NDArray[np.float32]:
    level = LEVELS[one.instrument] * one.loud
    return np.array([[level * np.sqrt((1 - one.side) / 2)], [level * np.sqrt((1 + one.side) / 2)]], np.float32)


def _add(track: Sound, start: int, sound: Sound) -> None:
    """Onto a circle: what reaches past the end goes on at the beginning."""
    length = track.shape[1]
    begin, done = start % length, 0
    while done < sound.shape[1]:
        count = min(length - begin, sound.shape[1] - done)
        track[:, begin : begin + count] += sound[:, done : done + count]
        begin, done = 0, done + count


def _add_hall(track: Sound, send: NDArray[np.float32], level: float) -> None:
    """Circular convolution, a stretch at a time, with a tail of noise."""
    tail = np.float32(level) * _tail()
    spectrum = np.fft.rfft(tail, HALL_WINDOW, axis=1)
    stride = HALL_WINDOW - tail.shape[1] + 1
    for at in range(0, send.size, stride):
        stretch = send[at : at + stride]
        wet = np.fft.irfft(np.fft.rfft(stretch, HALL_WINDOW) * spectrum, HALL_WINDOW, axis=1).astype(np.float32)
        _add(track, at, wet[:, : stretch.size + tail.shape[1] - 1])


def _tail() -> Sound:
    """A decaying noise, duller as it dies away."""
    count = round(HALL_S * RATE)
    time = np.arange(count, dtype=np.float32) / RATE
    noise = np.random.default_rng(11).standard_normal((2, count)).astype(np.float32)
    dull = np.cumsum(noise, axis=1, dtype=np.float32)
    dull[:, 24:] -= dull[:, :-24].copy()
    tail = (0.55 * noise * np.exp(-time / 0.16) + 0.22 * dull * np.exp(-time / 0.42)) * np.minimum(1, time / 0.018)
    return np.asarray(tail / np.sqrt((tail**2).sum(axis=1, keepdims=True)), np.float32)


def _master(sound: Sound) -> None:
    """Bring it to one loudness, in place; what would be too loud is bent, never cut."""
    for _ in range(2):
        sound *= np.float32(TARGET_RMS / max(float(np.sqrt(np.vdot(sound, sound) / sound.size)), 1e-6))
        for at in range(0, sound.shape[1], RATE):
            _bend(sound[:, at : at + RATE])


def _bend(part: Sound) -> None:
    size = np.abs(part)
    bent = KNEE + (CEILING - KNEE) * np.tanh((size - KNEE) / (CEILING - KNEE))
    np.copyto(part, np.sign(part) * bent, where=size > KNEE)
