"""Reads an order {text, language, spaces, voice, seed, instructions, out}, writes the spoken text as MP3."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np

from pipeline.providers.local.child import Order, Report, serve
from pipeline.providers.local.mp3 import write_mp3
from pipeline.providers.local.speech.espeak import Spoken, speak
from pipeline.providers.local.speech.manner import Manner
from pipeline.providers.local.speech.polish import LEAD_S, RATE, Samples, polish, sounding
from pipeline.providers.local.speech.voices import manner_of
from pipeline.providers.local.speech.words import Word, speakable, words_heard

KBPS = 112
NOTHING_SAID_S = 0.2
"""What a text without a speakable word becomes: a breath of near silence, so that the film goes on."""


def make(order: Order, report: Report) -> dict[str, Any]:
    text = speakable(order["text"])
    asked = {name: order[name] for name in ("voice", "language", "seed", "instructions")}
    manner = manner_of(text, **asked)
    voice, words = _say(text, manner, spaces=order["spaces"]) if text else (_nothing(), [])
    report(0.6)
    write_mp3(Path(order["out"]), voice[np.newaxis], RATE, kbps=KBPS)
    return {"duration_ms": _ms(voice.size), "words": words, "sample_rate": RATE}


def _say(text: str, manner: Manner, *, spaces: bool) -> tuple[Samples, list[tuple[str, int, int]]]:
    spoken = speak(text, manner)
    begin, end = sounding(spoken.samples)
    begin = max(0, begin - round(LEAD_S * spoken.rate))
    if end <= begin:
        return _nothing(), []
    heard = words_heard(text, spoken.marks, end, spaces=spaces)
    voice = polish(spoken.samples[begin:end])
    return voice, [_timing(word, spoken, begin, voice.size) for word in heard]


def _timing(word: Word, spoken: Spoken, begin: int, length: int) -> tuple[str, int, int]:
    """The word's milliseconds in the finished file; a pause after it is not part of it."""
    _, last = sounding(spoken.samples[word.start : word.end])
    end = word.start + (last or word.end - word.start)
    to_ms = 1000 / spoken.rate
    start_ms = max(0, round((word.start - begin) * to_ms))
    return word.text, start_ms, min(max(start_ms, round((end - begin) * to_ms)), _ms(length))


def _nothing() -> Samples:
    noise = np.random.default_rng(1).standard_normal(round(NOTHING_SAID_S * RATE)).astype(np.float32)
    return noise * np.float32(1e-4)


def _ms(samples: int) -> int:
    return round(samples * 1000 / RATE)


if __name__ == "__main__":
    serve(make)
