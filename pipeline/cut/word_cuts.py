"""PURE: the parts of a recorded voice that are taken out, in whole milliseconds of the recording."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Sequence
from typing import TypeAlias

Cuts: TypeAlias = "tuple[tuple[int, int], ...]"
"""From when to when, each after the one before, none of them empty."""
PAUSE_MS, BREATH_MS = 250, 60
"""The shortest silence that one hears as a pause, and what is left of it at each side."""
FADE_MS = 10
"""The voice fades out and in so long beside each cut, so that nothing clicks."""


def joined(cuts: Iterable[tuple[int, int]], length_ms: int) -> Cuts:
    """Return the cuts as they are within a recording of this length: in order, those that touch made one."""
    found: list[tuple[int, int]] = []
    for begin, end in sorted((max(begin, 0), min(end, length_ms)) for begin, end in cuts):
        if found and begin <= found[-1][1]:
            found[-1] = found[-1][0], max(found[-1][1], end)
        elif begin < end:
            found.append((begin, end))
    return tuple(found)


def left_ms(length_ms: int, cuts: Sequence[tuple[int, int]]) -> int:
    """Return how long a recording lasts without what is taken out of it."""
    return length_ms - sum(end - begin for begin, end in joined(cuts, length_ms))


def moved_ms(at_ms: int, cuts: Iterable[tuple[int, int]]) -> int:
    """Return when a moment of the recording is heard, counted from where what is left begins."""
    return at_ms - sum(max(min(end, at_ms) - begin, 0) for begin, end in cuts)


def stretches(length_ms: int, cuts: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """List what is left of a recording, from when to when in it."""
    edges = [0, *(edge for cut in joined(cuts, length_ms) for edge in cut), length_ms]
    return [(begin, end) for begin, end in zip(edges[::2], edges[1::2], strict=True) if begin < end]


def is_out(begin_ms: int, end_ms: int, cuts: Iterable[tuple[int, int]]) -> bool:
    """True where most of a word is taken out: no more than half of it is left to be heard."""
    out = sum(max(min(end, end_ms) - max(begin, begin_ms), 0) for begin, end in cuts)
    return out > 0 and 2 * out >= end_ms - begin_ms


def pauses(speaking: Sequence[tuple[int, int]], at_least_ms: int = PAUSE_MS) -> Cuts:
    """Return what may be taken out of the pauses between stretches in which somebody speaks: all but a breath."""
    gaps = itertools.pairwise(speaking)
    return tuple(
        (before[1] + BREATH_MS, after[0] - BREATH_MS) for before, after in gaps if after[0] - before[1] >= at_least_ms
    )
