"""Speech as every local voice hands it on: a sound, and when its words are heard in it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from pipeline.providers.local.speech.words import Word

Samples = NDArray[np.float32]
SILENCE = 10 ** (-45 / 20)
"""Of the peak."""


@dataclass(frozen=True)
class Speech:
    samples: Samples
    rate: int
    """Samples a second as it is to be played, which is not always how it was computed."""
    words: list[Word]


def sounding(samples: Samples, silence: float = SILENCE) -> tuple[int, int]:
    """First and last + 1 of the samples that can be heard."""
    loud = np.flatnonzero(np.abs(samples) > silence * np.abs(samples).max(initial=1e-9))
    return (int(loud[0]), int(loud[-1]) + 1) if loud.size else (0, 0)
