"""A child process: lays all narrations on one track and all music on another, each sound at its exact sample.

Reads one JSON object from stdin: `samples`, `voice` and `music` (paths of the two raw 32-bit tracks to write, mono
and stereo; a track without sounds is not written), `narrations` and `pieces` as in `pipeline.cut.sound`.
Writes `progress <fraction>` lines and last one JSON object: `{"voice_lufs": …}`, null for silence.
One narration and one music are in memory at a time, side by side, so memory does not grow with the number of scenes.
"""

from __future__ import annotations

import json
import math
import sys
from collections.abc import Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import chain
from pathlib import Path
from threading import Lock
from typing import Any

import av
import av.error
import av.filter
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler

from pipeline.cut import loudness
from pipeline.cut.loudness import Energies, Samples
from pipeline.cut.sound import CROSSFADE_S, MAX_GAIN_DB, MUSIC_LUFS, RATE, SILENCE_LUFS, UNREADABLE

SAMPLE_BYTES = 4


def main() -> None:
    request = json.load(sys.stdin)
    steps = _Steps(len(request["narrations"]) + len(request["pieces"]))
    samples, level_db = request["samples"], request["music_level_db"]
    with ThreadPoolExecutor() as threads:
        voice = threads.submit(lay_voice, Path(request["voice"]), request["narrations"], samples, steps)
        music = threads.submit(lay_music, Path(request["music"]), request["pieces"], samples, level_db, steps)
        voice_lufs, _ = voice.result(), music.result()
    print(json.dumps({"voice_lufs": voice_lufs if math.isfinite(voice_lufs) else None}), flush=True)


class _Steps:
    def __init__(self, total: int) -> None:
        self.total, self.done, self.lock = total, 0, Lock()

    def tick(self) -> None:
        with self.lock:
            self.done += 1
            print(f"progress {self.done / self.total:.4f}", flush=True)


def lay_voice(out: Path, narrations: Sequence[Mapping[str, Any]], samples: int, steps: _Steps) -> float:
    """Returns the loudness of all narrations together, heard on two speakers."""
    if not narrations:
        return float("-inf")
    energies: list[Energies] = []
    with Track(out, samples=samples, channels=1) as track:
        for narration in narrations:
            sound = read(Path(narration["path"]), channels=1, tempo=narration["tempo"])
            track.mix_in(sound, at=narration["start"])
            energies.append(2 * loudness.block_energies(sound, RATE))
            steps.tick()
    return loudness.integrated(np.concatenate(energies))


def lay_music(out: Path, pieces: Sequence[Mapping[str, Any]], samples: int, level_db: float, steps: _Steps) -> None:
    if not pieces:
        return
    with Track(out, samples=samples, channels=2) as track:
        for piece in pieces:
            sound = read(Path(piece["path"]), channels=2, at_most=piece["samples"])
            fitted = fit(sound, piece["samples"], seamless=piece["seamless"])
            fitted *= np.float32(_music_gain(fitted, level_db))
            _fade(fitted, piece["fade_in"], piece["fade_out"])
            track.mix_in(fitted, at=piece["start"])
            steps.tick()


def read(path: Path, *, channels: int, tempo: float = 1.0, at_most: int | None = None) -> Samples:
    """A sound file as (samples, channels) at 48 kHz. Leaves the process when it holds no sound."""
    try:
        chunks = list(_chunks(path, "mono" if channels == 1 else "stereo", tempo, at_most))
        return np.concatenate(chunks)[:at_most].copy()
    except (av.error.FFmpegError, IndexError, ValueError) as error:
        raise SystemExit(f"{error}\n{UNREADABLE}{path}") from error


def _chunks(path: Path, layout: str, tempo: float, at_most: int | None) -> Iterator[Samples]:
    have = 0
    for frame in _decoded(path, layout, tempo):
        yield frame.to_ndarray().T.astype(np.float32, copy=False)
        have += frame.samples
        if at_most is not None and have >= at_most:
            break


def fit(sound: Samples, samples: int, *, seamless: bool) -> Samples:
    """Exactly `samples` of it: trimmed, or repeated."""
    if len(sound) >= samples or not len(sound):
        return np.concatenate([sound[:samples], np.zeros((samples - len(sound[:samples]), sound.shape[1]), np.float32)])
    if seamless:
        return np.tile(sound, (math.ceil(samples / len(sound)), 1))[:samples]
    return _looped(sound, samples)


def _looped(sound: Samples, samples: int) -> Samples:
    """Repeated, each round fading into the next at constant power."""
    overlap = min(round(CROSSFADE_S * RATE), len(sound) // 4)
    stride = len(sound) - overlap
    out = np.zeros((samples + len(sound), sound.shape[1]), np.float32)
    for at in range(0, samples, stride):
        turn = sound.copy()
        _fade(turn, overlap if at else 0, overlap)
        out[at : at + len(sound)] += turn
    return out[:samples]


def _fade(sound: Samples, fade_in: int, fade_out: int) -> None:
    """Quarter sine waves, in place: two that meet keep the power constant."""
    rise, fall = min(fade_in, len(sound)), min(fade_out, len(sound))
    if rise:
        sound[:rise] *= _quarter_sine(rise)[:, None]
    if fall:
        sound[-fall:] *= _quarter_sine(fall)[::-1, None]


def _quarter_sine(samples: int) -> Samples:
    return np.sin(np.linspace(0, np.pi / 2, samples, dtype=np.float32))


def _music_gain(sound: Samples, level_db: float) -> float:
    measured = loudness.integrated(loudness.block_energies(sound, RATE))
    gain_db = min(MUSIC_LUFS - measured, MAX_GAIN_DB) if measured > SILENCE_LUFS else 0.0
    return float(10 ** ((gain_db + level_db) / 20))


def _decoded(path: Path, layout: str, tempo: float) -> Iterator[AudioFrame]:
    resampler = AudioResampler(format="fltp", layout=layout, rate=RATE)
    with av.open(str(path)) as container:
        frames = (out for frame in chain(container.decode(audio=0), [None]) for out in resampler.resample(frame))
        yield from _at_tempo(frames, layout, tempo) if tempo != 1.0 else frames


def _at_tempo(frames: Iterator[AudioFrame], layout: str, tempo: float) -> Iterator[AudioFrame]:
    graph = av.filter.Graph()
    source = graph.add_abuffer(sample_rate=RATE, format="fltp", layout=layout, time_base=None)
    source.link_to(change := graph.add("atempo", f"{tempo:.4f}"))
    change.link_to(graph.add("abuffersink"))
    graph.configure()
    for frame in chain(frames, [None]):
        graph.push(frame)
        yield from _available(graph)


def _available(graph: av.filter.Graph) -> Iterator[AudioFrame]:
    while True:
        try:
            frame = graph.pull()
        except (av.error.BlockingIOError, av.error.EOFError):
            return
        assert isinstance(frame, AudioFrame)
        yield frame


class Track:
    """A raw sound file, silent at first; silence takes no space on the disk."""

    def __init__(self, path: Path, *, samples: int, channels: int) -> None:
        self.samples = samples
        self.channels = channels
        self.file = path.open("w+b")
        self.file.truncate(samples * channels * SAMPLE_BYTES)

    def __enter__(self) -> Track:
        return self

    def __exit__(self, *_error: object) -> None:
        self.file.close()

    def mix_in(self, sound: Samples, at: int) -> None:
        """Adds to what is there; what reaches over the film's end is dropped."""
        heard = sound[: max(self.samples - at, 0)]
        place = at * self.channels * SAMPLE_BYTES
        self.file.seek(place)
        there = np.frombuffer(self.file.read(heard.nbytes), np.float32).reshape(heard.shape)
        self.file.seek(place)
        self.file.write((there + heard).tobytes())


if __name__ == "__main__":
    main()
