"""hibari's voice `heart`, a woman's: an 8 MB student of Kokoro-82M that predicts a spectrum and a melody.

Source of the arithmetic: hibari's README, "ONNX interface".
"""

from __future__ import annotations

import json
from itertools import accumulate
from pathlib import Path

import numpy as np
from hibari import dsp
from hibari.tts import ASSETS, SAMPLE_RATE
from numpy.typing import NDArray

from pipeline.providers.local.speech.neural.cast import Delivery
from pipeline.providers.local.speech.neural.weights import HEART, session

OUTPUTS = ("lh", "theta", "ln", "lr", "phi", "f0")
STEP = 2 * dsp.HOP
"""Samples that one frame of a phoneme's length stands for: lengths have half the frames that spectra have."""
VOICED_HZ = 40.0
PACE = 0.8
"""Of its own, so that it says as many words a minute as narrators do."""


class Heart:
    rate = SAMPLE_RATE

    def __init__(self, delivery: Delivery) -> None:
        self.delivery = delivery
        self._speed = np.asarray([PACE * delivery.pace / delivery.size], np.float32)
        self._chance = np.random.default_rng(delivery.seed)
        self._session = session(HEART)
        self._ids: dict[str, int] = json.loads((Path(ASSETS) / "vocab.json").read_text(encoding="utf-8"))

    def say(self, phonemes: str) -> tuple[NDArray[np.float32], list[int]]:
        """The samples, and the one at which each phoneme begins, and the last one ends."""
        known = [phoneme in self._ids for phoneme in phonemes]
        ids = [0, *(self._ids[phoneme] for phoneme in phonemes if phoneme in self._ids), 0]
        asked = {"ids": np.asarray([ids], np.int64), "speed": self._speed}
        *parts, melody, frames = self._session.run([*OUTPUTS, HEART.durations], asked)
        voice = dsp.synth(*(part[0] for part in parts), self._sung(melody[0]), self._chance)
        lengths = iter(frames.reshape(-1).astype(int)[1:-1].tolist())
        own = [next(lengths) if is_known else 0 for is_known in known]
        return voice, [begin * STEP for begin in accumulate(own, initial=int(frames.reshape(-1)[0]))]

    def _sung(self, melody: NDArray[np.float32]) -> NDArray[np.float32]:
        """The melody at another height and moving more or less; what has no pitch keeps none."""
        voiced = melody > VOICED_HZ
        if not voiced.any():
            return melody
        middle = np.exp(np.log(melody[voiced]).mean())
        moved = middle * (np.maximum(melody, 1) / middle) ** self.delivery.liveliness * self.delivery.pitch
        return np.where(voiced, moved, melody).astype(np.float32)
