"""A child process: lays all narrations on one track and all music on another, each sound at its exact sample.

Reads one JSON object from stdin: `samples`, `voice` and `music` (paths of the two raw 32-bit tracks to write, mono
and stereo; a track without sounds is not written), `narrations` and `pieces` as in `pipeline.cut.sound.sound_plan`.
Writes `progress <fraction>` lines and last one JSON object: `{"voice_lufs": …}`, null for silence.
One narration and one window of music are in memory at a time, side by side, so memory does not grow with the film.
"""

from __future__ import annotations

import math
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from pipeline.cut.sound import loudness
from pipeline.cut.sound.decode_sound import hear, heard_without
from pipeline.cut.sound.loudness import Energies, Samples
from pipeline.cut.sound.raw_sound import Recording, Track
from pipeline.cut.sound.sound_plan import (
    CROSSFADE_S,
    MAX_CLIP_GAIN_DB,
    MAX_GAIN_DB,
    MUSIC_LUFS,
    RATE,
    SILENCE_LUFS,
    VOICE_LUFS,
)
from pixora.foundation.child_answer import Question, Report, serve

WINDOW = loudness.WINDOW_S * RATE
ANY_LENGTH = sys.maxsize


def answer(request: Question, report: Report) -> dict[str, float | None]:
    voice_lufs = lay(request, Path(request["voice"]), Path(request["music"]), report)
    return {"voice_lufs": voice_lufs if math.isfinite(voice_lufs) else None}


def lay(request: Mapping[str, Any], voice: Path, music: Path, tell: Callable[[float], None]) -> float:
    """Write the two tracks, each where there is something for it. Returns the loudness of the voice."""
    steps = Steps(len(request["narrations"]) + len(request["pieces"]), tell)
    samples, level_db = request["samples"], request["music_level_db"]
    with ThreadPoolExecutor() as threads:
        spoken = threads.submit(lay_voice, voice, request["narrations"], samples, steps)
        played = threads.submit(lay_music, music, request["pieces"], samples, level_db, steps)
        voice_lufs, _ = spoken.result(), played.result()
    return voice_lufs


class Steps:
    """Tells how many of so many steps are done, from whichever thread."""

    def __init__(self, total: int, tell: Callable[[float], None]) -> None:
        self.total, self.tell, self.done, self.lock = total, tell, 0, Lock()

    def tick(self) -> None:
        with self.lock:
            self.done += 1
            self.tell(self.done / self.total)


def lay_voice(out: Path, narrations: Sequence[Mapping[str, Any]], samples: int, steps: Steps) -> float:
    """Returns the loudness of all narrations together, heard on two speakers."""
    if not narrations:
        return float("-inf")
    energies: list[Energies] = []
    with Track(out, samples=samples, channels=1) as track:
        for narration in narrations:
            sound = spoken(narration)
            track.mix_in(sound, at=narration["start"])
            energies.append(2 * loudness.block_energies(loudness.windows(sound, RATE), RATE))
            steps.tick()
    return loudness.integrated(np.concatenate(energies))


def spoken(narration: Mapping[str, Any]) -> Samples:
    """Return what is heard of a narration or line: at its tempo, and as loud as others where it is `levelled`."""
    path, cuts = Path(narration["path"]), narration.get("cuts", ())
    parts = (
        heard_without(path, cuts, tempo=narration["tempo"])
        if cuts
        else hear(path, channels=1, tempo=narration["tempo"])
    )
    sound = np.concatenate([*parts])
    return sound * _level(sound) if narration["levelled"] else sound


def _level(sound: Samples) -> np.float32:
    """The factor that makes a voice as loud as the others before they are raised together.

    A word that is shorter than what is measured at least is measured as if it were said again and again.
    """
    least = round(loudness.BLOCK_S * RATE)
    heard = sound if len(sound) >= least else np.resize(sound, (least, 1))
    measured = loudness.integrated(2 * loudness.block_energies(loudness.windows(heard, RATE), RATE))
    gain_db = min(VOICE_LUFS - measured, MAX_GAIN_DB) if measured > SILENCE_LUFS else 0.0
    return np.float32(10 ** (gain_db / 20))


def lay_music(out: Path, pieces: Sequence[Mapping[str, Any]], samples: int, level_db: float, steps: Steps) -> None:
    if not pieces:
        return
    with Track(out, samples=samples, channels=2) as track:
        for piece in pieces:
            heard = after(hear(Path(piece["path"]), channels=2, tempo=piece["tempo"]), piece["skip"])
            with Recording(heard, channels=2, at_most=piece["samples"], folder=out.parent) as music:
                measured = loudness.integrated(loudness.block_energies(music.windows(WINDOW), RATE))
                factor, at = np.float32(gain(measured, level_db, once=piece["once"])), piece["start"]
                for window in fitted(music, piece):
                    track.mix_in(factor * window, at=at)
                    at += len(window)
            steps.tick()


def after(parts: Iterable[Samples], skip: int) -> Iterator[Samples]:
    """The sound without its first samples."""
    for part in parts:
        yield part[skip:]
        skip = max(skip - len(part), 0)


def fitted(music: Recording, piece: Mapping[str, Any]) -> Iterator[Samples]:
    """Yield exactly `piece["samples"]` of it, trimmed or repeated (or followed by silence), a window at a time."""
    samples = piece["samples"]
    return (fitted_part(music, piece, at, min(at + WINDOW, samples)) for at in range(0, samples, WINDOW))


def fitted_part(music: Recording, piece: Mapping[str, Any], begin: int, end: int) -> Samples:
    """Return any part of what `fitted` yields."""
    samples = piece["samples"]
    whole = piece["seamless"] or music.samples >= samples
    overlap = 0 if whole else min(round(CROSSFADE_S * RATE), music.samples // 4)
    window = np.zeros((end - begin, music.channels), np.float32)
    if piece["once"]:
        part = music.read(begin, max(min(end, music.samples), begin))
        window[: len(part)] = part
    else:
        _add_rounds(window, begin, music, overlap)
    _fade(window, begin, samples, piece["fade_in"], piece["fade_out"])
    return window


def _add_rounds(window: Samples, begin: int, music: Recording, overlap: int) -> None:
    """Each round fades into the next at constant power."""
    stride, end = music.samples - overlap, begin + len(window)
    for number in range(max((begin - overlap) // stride, 0), -(-end // stride)):
        start = number * stride
        first, last = max(begin, start), min(end, start + music.samples)
        turn = music.read(first - start, last - start).copy()
        _fade(turn, first - start, music.samples, overlap if number else 0, overlap)
        window[first - begin : last - begin] += turn


def _fade(part: Samples, begin: int, samples: int, fade_in: int, fade_out: int) -> None:
    """Quarter sine waves over a sound that `part` begins at `begin` of: two that meet keep the power constant."""
    rising = min(max(fade_in - begin, 0), len(part))
    falling = min(max(samples - fade_out - begin, 0), len(part)) if fade_out else len(part)
    place = np.arange(begin, begin + len(part))[:, None]
    if rising:
        part[:rising] *= _quarter_sine((place[:rising] + 0.5) / fade_in)
    if falling < len(part):
        part[falling:] *= _quarter_sine((samples - 0.5 - place[falling:]) / fade_out)


def _quarter_sine(share: NDArray[np.float64]) -> Samples:
    return np.asarray(np.sin(np.clip(share, 0, 1) * (np.pi / 2)), np.float32)


def gain(measured_lufs: float, level_db: float, *, once: bool) -> float:
    """Return a factor. A film's choice of level is for its music; a clip's own sound (`once`) is raised less."""
    most_db = MAX_CLIP_GAIN_DB if once else MAX_GAIN_DB
    gain_db = min(MUSIC_LUFS - measured_lufs, most_db) if measured_lufs > SILENCE_LUFS else 0.0
    return float(10 ** ((gain_db + level_db * (not once)) / 20))


if __name__ == "__main__":
    serve(answer)
