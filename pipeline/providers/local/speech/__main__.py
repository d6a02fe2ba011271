"""Reads an order {text, language, spaces, voice, seed, instructions, sounds, out}, writes the spoken text as MP3."""

from __future__ import annotations

import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from pipeline.cut.sound.mp3 import write_mp3
from pipeline.providers.local.speech import pico
from pipeline.providers.local.speech.espeak import speak
from pipeline.providers.local.speech.neural.cast import LANGUAGES, Delivery, delivery_of
from pipeline.providers.local.speech.neural.weights import VoiceMissing
from pipeline.providers.local.speech.polish import LEAD_S, RATE, RECORDED, SYNTHETIC, Finish, polish
from pipeline.providers.local.speech.speech import Samples, Speech, sounding
from pipeline.providers.local.speech.voices import Manner, manner_of
from pipeline.providers.local.speech.words import Word, speakable, words_heard
from pixora.foundation.child_answer import Question, Report, serve

KBPS = 112
NOTHING_SAID_S = 0.2
"""What a text without a speakable word becomes: a breath of near silence, so that the film goes on."""


def make(order: Question, report: Report) -> dict[str, Any]:
    text = speakable(order["text"])
    voice, words = _finished(*_spoken(text, order)) if text else (_nothing(), [])
    report(0.6)
    write_mp3(Path(order["out"]), voice[np.newaxis], RATE, kbps=KBPS)
    return {"duration_ms": _ms(voice.size), "words": words, "sample_rate": RATE}


def _spoken(text: str, order: Question) -> tuple[Speech, Finish]:
    told = {name: order[name] for name in ("voice", "seed", "instructions")}
    try:
        if order["language"] in LANGUAGES:
            return _neurally(text, delivery_of(**told), order.get("sounds", ())), RECORDED
        if order["language"] in pico.LANGUAGES:
            return pico.speak(text, order["language"], delivery_of(**told)), RECORDED
    except (ImportError, VoiceMissing) as error:
        print(f"The better voice cannot speak here, so espeak-ng does: {error}", file=sys.stderr)
    return _by_espeak(text, manner_of(text, language=order["language"], **told), spaces=order["spaces"]), SYNTHETIC


def _neurally(text: str, delivery: Delivery, sounds: Sequence[Mapping[str, Any]]) -> Speech:
    """Raises ImportError or VoiceMissing where a part is not installed, or is another one than it should be."""
    from pipeline.providers.local.speech.neural.reading import speak as speak_neurally

    return speak_neurally(text, delivery, sounds)


def _by_espeak(text: str, manner: Manner, *, spaces: bool) -> Speech:
    spoken = speak(text, manner)
    _, end = sounding(spoken.samples)
    return Speech(spoken.samples, spoken.rate, words_heard(text, spoken.marks, end, spaces=spaces))


def _finished(speech: Speech, finish: Finish) -> tuple[Samples, list[tuple[str, int, int]]]:
    begin, end = sounding(speech.samples)
    begin = max(0, begin - round(LEAD_S * speech.rate))
    if end <= begin:
        return _nothing(), []
    voice = polish(speech.samples[begin:end], speech.rate, finish)
    return voice, [_timing(word, speech, begin, voice.size) for word in speech.words]


def _timing(word: Word, speech: Speech, begin: int, length: int) -> tuple[str, int, int]:
    """The word's milliseconds in the finished file; a pause after it is not part of it."""
    _, last = sounding(speech.samples[word.start : word.end])
    end = word.start + (last or word.end - word.start)
    to_ms = 1000 / speech.rate
    start_ms = max(0, round((word.start - begin) * to_ms))
    return word.text, start_ms, min(max(start_ms, round((end - begin) * to_ms)), _ms(length))


def _nothing() -> Samples:
    noise = np.random.default_rng(1).standard_normal(round(NOTHING_SAID_S * RATE)).astype(np.float32)
    return noise * np.float32(1e-4)


def _ms(samples: int) -> int:
    return round(samples * 1000 / RATE)


if __name__ == "__main__":
    serve(make)
