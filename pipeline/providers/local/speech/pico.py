"""SVOX Pico, which learnt from recordings how a person speaks German, Spanish, French and Italian. In the child only.

There is one voice for each language, a woman's; the names of men are the same voice, much deeper. It obeys marks in the
text, which may even name files, so texts are given to it without any. When words are heard is found by listening.
"""

from __future__ import annotations

import re
from functools import cache
from textwrap import wrap
from typing import Any

import numpy as np

from pipeline.cut.sound.alignment import align
from pipeline.cut.sound.word_times import stretches
from pipeline.providers.local.speech import pieces
from pipeline.providers.local.speech.neural import weights
from pipeline.providers.local.speech.neural.cast import Delivery
from pipeline.providers.local.speech.neural.weights import VoiceMissing
from pipeline.providers.local.speech.pieces import BREATH_PAUSE_S, SENTENCE_PAUSE_S, Heard, Piece
from pipeline.providers.local.speech.speech import Samples, Speech
from pipeline.providers.local.speech.voices import PICO

RATE = 16_000
LANGUAGES = frozenset(PICO)
MANS_SIZE, MANS_PITCH = 0.87, 0.74
"""What makes a man's voice of a woman's, of her own."""
LONGEST = 300
"""Characters that are said in one go; a longer word is said as a whole."""
_SENTENCE = re.compile(r"(?<=[.!?…])\s+(?=\S)")
_MARKS = re.compile(r"[<>&]")
_LONG_NUMBER = re.compile(r"\d{13,}")


def speak(text: str, language: str, delivery: Delivery) -> Speech:
    """Raises VoiceMissing where it is not installed, or cannot read the text."""
    size, pitch = delivery.size, delivery.pitch
    if delivery.person == "joe":
        size, pitch = size * MANS_SIZE, MANS_PITCH
    rate = pieces.played_rate(RATE, size)
    said: list[Piece] = []
    written: list[str] = []
    for part, pause_s in _parts(text):
        samples = _said(part, language, speed=PICO[language]["pace"] * delivery.pace / size, pitch=pitch)
        words = align(part, stretches(samples))
        heard: list[Heard] = [
            (len(written) + place, word.start_ms * RATE // 1000, word.end_ms * RATE // 1000)
            for place, word in enumerate(words)
        ]
        written += [word.text for word in words]
        said.append(pieces.trimmed(samples, heard, rate, pause_s / delivery.pace))
    return pieces.joined(said, written, rate)


def _parts(text: str) -> list[tuple[str, float]]:
    """Return what is said in one go, and the seconds of silence behind it."""
    found: list[tuple[str, float]] = []
    for sentence in _SENTENCE.split(text.strip()):
        *breaths, last = wrap(sentence, LONGEST + 1, break_long_words=False, break_on_hyphens=False) or [""]
        found += [*((breath, BREATH_PAUSE_S) for breath in breaths), (last, SENTENCE_PAUSE_S)]
    return found


def _said(text: str, language: str, *, speed: float, pitch: float) -> Samples:
    plain = _LONG_NUMBER.sub(lambda digits: " ".join(digits.group()), _MARKS.sub(" ", text))
    try:
        sound = _engine().speak(plain[: 2 * LONGEST], voice=PICO[language]["voice"], speed=speed, pitch=pitch)
    except RuntimeError as error:
        raise VoiceMissing(f"SVOX Pico cannot read this: {error}.") from error
    return np.frombuffer(sound, np.int16) * np.float32(1 / 32768)


@cache
def _engine() -> Any:
    for file in weights.PICO:
        weights.read(file)
    import py_nanotts

    return py_nanotts.NanoTTS()
