"""A child process: finds where in narrations somebody speaks, and so when each of their words is heard.

Reads a JSON list of {"path", "text"} from stdin, writes a JSON list of lists of [word, start_ms, end_ms]. A
recording in which nothing is heard, or that cannot be read, has an empty list.
"""

from __future__ import annotations

from pathlib import Path

import av
import av.error
import numpy as np
from av.audio.resampler import AudioResampler
from numpy.typing import NDArray

from media_assets.file_format import format_of
from pipeline.cut.sound.alignment import Stretch, align
from pixora.foundation.child_answer import Question, Report, serve
from pixora.foundation.errors import BadMedia

Samples = NDArray[np.float32]

RATE = 16_000
HOP_MS = 5
SMOOTHED_HOPS = 3
QUIET_DB = 20.0
"""So far below its loud moments a voice is silent; what is quieter than the floor is silence anyhow."""
FLOOR_DB = -60.0
PAUSE_MS, SOUND_MS = 50, 30
"""The shortest silence that counts as a pause, and the shortest sound that counts as speech."""


def answer(asked: Question, _report: Report) -> list[list[tuple[str, int, int]]]:
    return [_words(Path(each["path"]), each["text"]) for each in asked]


def _words(path: Path, text: str) -> list[tuple[str, int, int]]:
    try:
        sound = read(path)
    except (BadMedia, OSError, av.error.FFmpegError, IndexError, ValueError):
        return []
    return [(word.text, word.start_ms, word.end_ms) for word in align(text, stretches(sound))]


def read(path: Path) -> Samples:
    resampler = AudioResampler(format="fltp", layout="mono", rate=RATE)
    with av.open(str(path), format=format_of(path)) as container:
        frames = [*container.decode(audio=0), None]
        return np.concatenate([out.to_ndarray()[0] for frame in frames for out in resampler.resample(frame)])


def stretches(sound: Samples) -> list[Stretch]:
    """Find the stretches in which somebody speaks, between pauses, in milliseconds."""
    hop = RATE * HOP_MS // 1000
    if len(sound) < hop:
        return []
    energy = np.square(sound[: len(sound) // hop * hop].reshape(-1, hop), dtype=np.float64).mean(axis=1)
    level = 10 * np.log10(np.convolve(energy, np.full(SMOOTHED_HOPS, 1 / SMOOTHED_HOPS), mode="same") + 1e-12)
    speaking = level > max(float(np.percentile(level, 90)) - QUIET_DB, FLOOR_DB)
    changes = np.flatnonzero(np.diff(np.concatenate([[0], speaking.astype(np.int8), [0]]))) * HOP_MS
    return [stretch for stretch in _joined(changes.tolist()) if stretch[1] - stretch[0] >= SOUND_MS]


def _joined(changes: list[int]) -> list[Stretch]:
    """Begins and ends, in turn, without the silences that are no pauses."""
    found: list[Stretch] = []
    for begin, end in zip(changes[::2], changes[1::2], strict=True):
        if found and begin - found[-1][1] < PAUSE_MS:
            found[-1] = (found[-1][0], end)
        else:
            found.append((begin, end))
    return found


if __name__ == "__main__":
    serve(answer)
