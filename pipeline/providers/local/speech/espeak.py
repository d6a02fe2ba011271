"""espeak-ng through ctypes: text in, samples and the moment of each word out. Used in the child process only."""

from __future__ import annotations

import ctypes
import os
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path

import espeakng_loader
import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.speech.voices import Manner

SYNCHRONOUS = 2
POSITION_IN_CHARACTERS = 1
UTF8 = 1
"""The only flag set: without the SSML and phoneme flags, markup in the text is read as text."""
EVENTS_END, EVENT_WORD = 0, 1
RATE, VOLUME, PITCH, RANGE = 1, 2, 3, 4
BREATH_SEED = 1
"""Breathy variants draw their noise at random."""
DATA = Path(espeakng_loader.get_data_path()).parent
"""espeak keeps its data path in 160 bytes, so it is given a relative one, from here."""
HEADROOM_VOLUME = 70
"""Some variants clip at espeak's own 100."""


class _Id(ctypes.Union):
    _fields_ = [("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8)]


class _Event(ctypes.Structure):
    _fields_ = [
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        *((name, ctypes.c_int) for name in ("text_position", "length", "audio_position", "sample")),
        ("user_data", ctypes.c_void_p),
        ("id", _Id),
    ]


_Callback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass
class Spoken:
    rate: int
    samples: NDArray[np.float32] = field(default_factory=lambda: np.zeros(0, np.float32))
    marks: list[tuple[int, int]] = field(default_factory=list)
    """For each word the index of its first character and its first sample."""


def speak(text: str, manner: Manner) -> Spoken:
    os.chdir(DATA)
    library = _library()
    spoken = Spoken(rate=_rate())
    pieces: list[bytes] = []

    def take(wav: ctypes._Pointer[ctypes.c_short], count: int, events: ctypes._Pointer[_Event]) -> int:
        if count > 0:
            pieces.append(ctypes.string_at(wav, count * 2))
        spoken.marks.extend(_words(events))
        return 0

    callback = _Callback(take)
    library.espeak_SetSynthCallback(callback)
    _set_manner(library, manner)
    library.espeak_ng_SetRandSeed(BREATH_SEED)
    encoded = text.encode()
    library.espeak_Synth(encoded, len(encoded) + 1, 0, POSITION_IN_CHARACTERS, 0, UTF8, None, None)
    spoken.samples = np.frombuffer(b"".join(pieces), np.int16) * np.float32(1 / 32768)
    return spoken


@cache
def _library() -> ctypes.CDLL:
    library = ctypes.CDLL(espeakng_loader.get_library_path())
    library.espeak_Initialize.argtypes = [ctypes.c_int, ctypes.c_int, ctypes.c_char_p, ctypes.c_int]
    library.espeak_ng_SetRandSeed.argtypes = [ctypes.c_long]
    library.espeak_Synth.argtypes = [
        ctypes.c_char_p, ctypes.c_size_t, ctypes.c_uint, ctypes.c_int, ctypes.c_uint, ctypes.c_uint,
        ctypes.c_void_p, ctypes.c_void_p,
    ]  # fmt: skip
    return library


@cache
def _rate() -> int:
    """The samples a second. espeak is started once in a process: started again, it may crash."""
    rate = int(_library().espeak_Initialize(SYNCHRONOUS, 0, b".", 0))
    if rate <= 0:
        raise RuntimeError("espeak-ng could not be started")
    return rate


def _set_manner(library: ctypes.CDLL, manner: Manner) -> None:
    if library.espeak_SetVoiceByName(manner.voice.encode()) != 0:
        raise LookupError(f"espeak-ng has no voice {manner.voice}")
    values = (manner.words_per_minute, HEADROOM_VOLUME, manner.pitch, manner.liveliness)
    for parameter, value in zip((RATE, VOLUME, PITCH, RANGE), values, strict=True):
        library.espeak_SetParameter(parameter, value, 0)


def _words(events: ctypes._Pointer[_Event]) -> list[tuple[int, int]]:
    found = []
    place = 0
    while events[place].type != EVENTS_END:
        if events[place].type == EVENT_WORD:
            found.append((events[place].text_position - 1, events[place].sample))
        place += 1
    return found
