"""A child process: draws the outlines of sounds, and finds where in them somebody speaks and when words are heard.

Reads a JSON list of {"path", "text"} from stdin (`text` is empty for music, and where the words are known), writes a
JSON list of {"peaks", "speaking", "words"}: peaks from 0 to 99, `PEAKS_PER_S` a second; stretches and words in
milliseconds. A sound that cannot be read has empty lists.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

import av.error
import numpy as np

from pipeline.cut.sound import word_times
from pipeline.cut.sound.alignment import align
from pipeline.cut.sound.word_times import RATE, Samples
from pixora.foundation.child_answer import Question, Report, serve
from pixora.foundation.errors import BadMedia

PEAKS_PER_S = 25
LOUDEST = 99


def answer(asked: Question, _report: Report) -> list[dict[str, Any]]:
    return [_outline(Path(each["path"]), each["text"]) for each in asked]


def _outline(path: Path, text: str) -> dict[str, Any]:
    try:
        sound = word_times.read(path)
    except (BadMedia, OSError, av.error.FFmpegError, IndexError, ValueError):
        return {"peaks": [], "speaking": [], "words": []}
    speaking = word_times.stretches(sound)
    words = [(word.text, word.start_ms, word.end_ms) for word in align(text, speaking)] if text else []
    return {"peaks": peaks(sound), "speaking": speaking, "words": words}


def peaks(sound: Samples) -> list[int]:
    """Return the loudest sample of each stretch, from 0 to `LOUDEST`."""
    each = RATE // PEAKS_PER_S
    padded = np.zeros(-(-len(sound) // each) * each, np.float32)
    padded[: len(sound)] = np.abs(sound)
    loudest = np.clip(padded.reshape(-1, each).max(axis=1), 0, 1)
    return [round(float(level) * LOUDEST) for level in loudest]


if __name__ == "__main__":
    serve(answer)
