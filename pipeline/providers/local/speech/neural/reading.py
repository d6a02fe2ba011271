"""Reads a text aloud with a neural voice, breath by breath."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from pipeline.providers.local.speech import pieces
from pipeline.providers.local.speech.neural.cast import Delivery
from pipeline.providers.local.speech.neural.heart import Heart
from pipeline.providers.local.speech.neural.joe import Joe
from pipeline.providers.local.speech.neural.phonemes import Breath, Spelled, breaths
from pipeline.providers.local.speech.pieces import BREATH_PAUSE_S, SENTENCE_PAUSE_S, Heard, Piece
from pipeline.providers.local.speech.speech import Speech


def speak(text: str, delivery: Delivery, sounds: Sequence[Mapping[str, Any]] = ()) -> Speech:
    """`sounds`: words whose sound was told."""
    person = Heart(delivery) if delivery.person == "heart" else Joe(delivery)
    rate = pieces.played_rate(person.rate, delivery.size)
    return pieces.joined([_say(person, breath, rate) for breath in breaths(text, sounds)], text.split(), rate)


def _say(person: Heart | Joe, breath: Breath, rate: int) -> Piece:
    samples, begins = person.say(" ".join(word.phonemes for word in breath.words))
    pause_s = SENTENCE_PAUSE_S if breath.ends_sentence else BREATH_PAUSE_S
    return pieces.trimmed(samples, list(_places(breath.words, begins)), rate, pause_s / person.delivery.pace)


def _places(words: Sequence[Spelled], begins: Sequence[int]) -> Iterator[Heard]:
    place = 0
    for word in words:
        end = place + len(word.phonemes)
        if any(sound.isalpha() for sound in word.phonemes):
            yield word.word, begins[place], begins[end]
        place = end + 1
