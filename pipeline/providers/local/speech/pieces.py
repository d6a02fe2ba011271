"""The pieces in which a text is spoken, put together with the pauses of a narrator between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from pipeline.providers.local.speech.speech import Samples, Speech, sounding
from pipeline.providers.local.speech.words import Word

SENTENCE_PAUSE_S, BREATH_PAUSE_S = 0.48, 0.22
EDGE_S = 0.01
"""What is kept before and behind the first and the last sound of a piece."""
ROUND_HZ = 50
"""Rates are multiples of this, so that resampling has small factors."""
LEVEL = 0.08
"""Root mean square of each piece's sound, so that none is louder than the one before."""

Heard = tuple[int, int, int]
"""Which word of the text, its first sample, its last + 1."""


@dataclass(frozen=True)
class Piece:
    samples: Samples
    words: list[Heard]
    pause_s: float
    """What follows it, unless it is the last."""


def played_rate(rate: int, size: float) -> int:
    """Return the samples a second at which a sound of `rate` is played, to sound like a person of that size."""
    return round(rate * size / ROUND_HZ) * ROUND_HZ


def trimmed(samples: Samples, words: Sequence[Heard], rate: int, pause_s: float) -> Piece:
    """Cut off the silences around a piece, whose lengths models choose as they like."""
    edge = round(rate * EDGE_S)
    first, last = sounding(samples)
    first, last = max(0, first - edge), min(len(samples), last + edge)
    inside = [
        (word, max(begin - first, 0), min(end, last) - first)
        for word, begin, end in words
        if min(end, last) > max(begin, first)
    ]
    return Piece(_levelled(samples[first:last]), inside, pause_s)


def joined(pieces: Sequence[Piece], written: Sequence[str], rate: int) -> Speech:
    """`written` are the words of the text, as they are counted in the pieces."""
    pauses = [round(piece.pause_s * rate) for piece in pieces]
    begins = accumulate((len(piece.samples) + pause for piece, pause in zip(pieces, pauses, strict=True)), initial=0)
    heard = [
        (word, begin + first, begin + last)
        for piece, begin in zip(pieces, begins, strict=False)
        for word, first, last in piece.words
    ]
    parts = [part for piece, pause in zip(pieces, pauses, strict=True) for part in (piece.samples, _silence(pause))]
    return Speech(np.concatenate(parts[:-1]) if parts else _silence(0), rate, list(_whole(written, heard)))


def _levelled(samples: Samples) -> Samples:
    loudness = float(np.sqrt(np.square(samples, dtype=np.float64).mean())) if samples.size else 0.0
    return samples * np.float32(LEVEL / loudness) if loudness > 0 else samples


def _silence(samples: int) -> Samples:
    return np.zeros(samples, np.float32)


def _whole(written: Sequence[str], heard: Sequence[Heard]) -> Iterator[Word]:
    """A word that is said as several is heard from the first to the last of them."""
    found: dict[int, tuple[int, int]] = {}
    for word, first, last in heard:
        found[word] = (found.get(word, (first, last))[0], last)
    return (Word(written[word], first, last) for word, (first, last) in sorted(found.items()))
