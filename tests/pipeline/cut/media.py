"""Makes small clips and sounds whose content says where it came from, and reads films back."""

from __future__ import annotations

import subprocess
import wave
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray

from pipeline.cut import ffmpeg

RATE = 48_000
SIZE = (128, 72)
Sound = NDArray[np.float32]


def run(*arguments: object) -> str:
    """Return what ffmpeg wrote to stderr."""
    command = [ffmpeg.executable(), "-nostdin", "-hide_banner", "-y", *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2_000:]
    return done.stderr


def clip(path: Path, source: str, *options: object, frames: int | None = None) -> Path:
    """`source` is a lavfi graph; visually lossless."""
    count = ("-frames:v", frames) if frames else ()
    run("-f", "lavfi", "-i", source, "-c:v", "libx264", "-crf", 4, "-preset", "ultrafast", *count, *options, path)
    return path


def colour(name: str, *, fps: object = 30, size: tuple[int, int] = SIZE) -> str:
    return f"color=c={name}:s={size[0]}x{size[1]}:r={fps},format=yuv420p"


def ramp(*, fps: object = 30, step: float = 1) -> str:
    """Each frame is brighter than the one before: its brightness tells its number."""
    return f"nullsrc=s={SIZE[0]}x{SIZE[1]}:r={fps},format=yuv420p,geq=lum='40+N*{step}':cb=128:cr=128"


def tone(path: Path, seconds: float, *, hertz: float = 440, level: float = 0.3) -> Path:
    """Begins and ends at full level: its onset is sharp."""
    at = np.arange(round(seconds * RATE)) / RATE
    return write_wav(path, (level * np.sin(2 * np.pi * hertz * at)).astype(np.float32))


def write_wav(path: Path, sound: Sound, rate: int = RATE) -> Path:
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1 if sound.ndim == 1 else sound.shape[1])
        out.setsampwidth(2)
        out.setframerate(rate)
        out.writeframes((np.clip(sound, -1, 1) * 32767).astype("<i2").tobytes())
    return path


@dataclass(frozen=True)
class Picture:
    """The frames of a film: their times in seconds, and their mean Y, U and V."""

    times: list[Fraction]
    means: NDArray[np.float64]
    frames: list[NDArray[np.uint8]]


def decode(path: Path) -> Picture:
    """Every frame; a decoding error is an exception."""
    times, means, frames = [], [], []
    with av.open(str(path)) as container:
        stream = container.streams.video[0]
        stream.codec_context.options = {"err_detect": "explode"}
        for frame in container.decode(stream):
            assert frame.pts is not None
            assert not frame.is_corrupt
            planes = frame.to_ndarray(format="yuv420p").astype(np.uint8, copy=False)
            height = frame.height
            chroma = planes[height:].reshape(2, -1)
            times.append(frame.pts * Fraction(stream.time_base or 0))
            means.append([planes[:height].mean(), chroma[0].mean(), chroma[1].mean()])
            frames.append(planes)
    return Picture(times, np.array(means), frames)


def listen(path: Path) -> Sound:
    """(samples, 2), as a player hears it: priming skipped, padding dropped."""
    raw = path.with_suffix(".heard")
    run("-i", path, "-map", "0:a", "-f", "f32le", "-ac", 2, "-ar", RATE, raw)
    return np.fromfile(raw, np.float32).reshape(-1, 2)


def loudness(path: Path) -> tuple[float, float]:
    """Integrated loudness in LUFS and true peak in dBTP of a finished file."""
    words = run("-i", path, "-map", "0:a", "-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-").split()
    return float(words[words.index("I:") + 1]), float(words[words.index("Peak:") + 1])


def level_db(sound: Sound) -> float:
    """RMS in dBFS."""
    return float(10 * np.log10(np.mean(np.square(sound, dtype=np.float64)) + 1e-20))
