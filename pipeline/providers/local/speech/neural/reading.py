"""Reads a text aloud with a neural voice, breath by breath, with the pauses of a narrator between them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import accumulate

import numpy as np

from pipeline.providers.local.speech.neural.cast import Delivery
from pipeline.providers.local.speech.neural.heart import Heart
from pipeline.providers.local.speech.neural.joe import Joe
from pipeline.providers.local.speech.neural.phonemes import Breath, Spelled, breaths
from pipeline.providers.local.speech.speech import Samples, Speech, sounding
from pipeline.providers.local.speech.words import Word

SENTENCE_PAUSE_S, BREATH_PAUSE_S = 0.48, 0.22
EDGE_S = 0.01
"""What is kept before and behind the first and the last sound of a breath."""
ROUND_HZ = 50
"""Rates are multiples of this, so that resampling has small factors."""
LEVEL = 0.08
"""Root mean square of each breath's sound, so that none is louder than the one before."""


@dataclass(frozen=True)
class _Spoken:
    samples: Samples
    words: list[tuple[int, int, int]]
    """Which word, first sample, last + 1."""


def speak(text: str, delivery: Delivery) -> Speech:
    person = Heart(delivery) if delivery.person == "heart" else Joe(delivery)
    rate = round(person.rate * delivery.size / ROUND_HZ) * ROUND_HZ
    all_breaths = breaths(text)
    spoken = [_say(person, breath, round(rate * EDGE_S)) for breath in all_breaths]
    pauses = [round(_pause_s(breath) / delivery.pace * rate) for breath in all_breaths]
    begins = accumulate((len(one.samples) + pause for one, pause in zip(spoken, pauses, strict=True)), initial=0)
    words = [
        (word, begin + first, begin + last)
        for one, begin in zip(spoken, begins, strict=False)
        for word, first, last in one.words
    ]
    return Speech(_joined(spoken, pauses), rate, list(_whole(text.split(), words)))


def _say(person: Heart | Joe, breath: Breath, edge: int) -> _Spoken:
    """Each breath without the silences around it, whose lengths models choose as they like."""
    phonemes = " ".join(word.phonemes for word in breath.words)
    samples, begins = person.say(phonemes)
    first, last = sounding(samples)
    first, last = max(0, first - edge), min(len(samples), last + edge)
    words = [
        (word, max(begin - first, 0), min(end, last) - first)
        for word, begin, end in _places(breath.words, begins)
        if min(end, last) > max(begin, first)
    ]
    return _Spoken(_levelled(samples[first:last]), words)


def _places(words: Sequence[Spelled], begins: Sequence[int]) -> Iterator[tuple[int, int, int]]:
    place = 0
    for word in words:
        end = place + len(word.phonemes)
        if any(sound.isalpha() for sound in word.phonemes):
            yield word.word, begins[place], begins[end]
        place = end + 1


def _levelled(samples: Samples) -> Samples:
    loudness = float(np.sqrt(np.square(samples, dtype=np.float64).mean())) if samples.size else 0.0
    return samples * np.float32(LEVEL / loudness) if loudness > 0 else samples


def _pause_s(breath: Breath) -> float:
    return SENTENCE_PAUSE_S if breath.ends_sentence else BREATH_PAUSE_S


def _joined(spoken: Sequence[_Spoken], pauses: Sequence[int]) -> Samples:
    parts = [part for one, pause in zip(spoken, pauses, strict=True) for part in (one.samples, _silence(pause))]
    return np.concatenate(parts[:-1]) if parts else _silence(0)


def _silence(samples: int) -> Samples:
    return np.zeros(samples, np.float32)


def _whole(written: Sequence[str], heard: Sequence[tuple[int, int, int]]) -> Iterator[Word]:
    """A word that is said as several is heard from the first to the last of them."""
    found: dict[int, tuple[int, int]] = {}
    for word, first, last in heard:
        found[word] = (found.get(word, (first, last))[0], last)
    return (Word(written[word], first, last) for word, (first, last) in sorted(found.items()))
