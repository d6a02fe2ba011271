"""Signing a finished film: five minutes of sixty scenes, at the bit rate of 720p, against copying its file."""

from __future__ import annotations

import json
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.credentials import manifest, signing
from pipeline.credentials.pieces import Maker, Piece, Source, hash_of_words
from pipeline.cut import ffmpeg
from tests.bench.figures import Figure
from tests.crash.site import Site

SCENES, SCENE_S, ROUNDS = 60, 5, 5
BITRATE = "2400k"
KINDS = ("scene", "video", "audio")
RUN = "from tests.bench.signing import main; main()"


def measure(site: Site) -> Iterator[Figure]:
    found = json.loads(site.manage("shell", "--no-imports", "-c", RUN))
    yield Figure("signing: a film of 5 minutes, 60 scenes, seconds", found["seconds"], 2)
    yield Figure("signing: the same, seconds of the processor", found["cpu"], 2)
    yield Figure("signing: the same ÷ copying its file", found["seconds"] / found["copying"])
    yield Figure("signing: what its file grows by, kilobytes", found["grown"] / 1000, 100)
    yield Figure("signing: a film of 30 seconds, 6 scenes, seconds", found["short"], 0.5)


def main() -> None:
    with tempfile.TemporaryDirectory() as folder:
        long, short = (_film(Path(folder) / f"{scenes}.mp4", scenes) for scenes in (SCENES, 6))
        _sign(short, 1)  # the library is loaded once
        seconds, cpu, grown = _sign(long, SCENES)
        print(json.dumps({"seconds": seconds, "cpu": cpu, "grown": grown, "copying": _copying(long),
                          "short": _sign(short, 6)[0]}))  # fmt: skip


def _film(path: Path, scenes: int) -> Path:
    """A scene that is coded once, over and over again."""
    one, rate = path.with_name(f"one_{path.name}"), ["-b:v", BITRATE, "-minrate", BITRATE, "-maxrate", BITRATE]
    shown = ["-f", "lavfi", "-i", f"testsrc2=size=1280x720:rate=30:duration={SCENE_S},noise=alls=20:allf=t"]
    heard = ["-f", "lavfi", "-i", f"sine=duration={SCENE_S}"]
    coded = ["-c:v", "libx264", "-preset", "ultrafast", *rate, "-bufsize", BITRATE, "-c:a", "aac", "-y", str(one)]
    quiet = [ffmpeg.executable(), "-nostdin", "-loglevel", "error"]
    subprocess.run([*quiet, *shown, *heard, *coded], check=True)
    again = ["-stream_loop", str(scenes - 1), "-i", str(one), "-c", "copy", "-movflags", "+faststart", "-y", str(path)]
    subprocess.run([*quiet, *again], check=True)
    return path


def _pieces(scenes: int) -> list[Piece]:
    maker = Maker(Source.AI, "fal", "kling-3-standard")
    return [
        Piece(f"{kind}/{number}", hash_of_words(f"{kind} {number}"), maker, hash_of_words(str(number)), number)
        for number in range(1, scenes + 1)
        for kind in KINDS
    ]


def _sign(film: Path, scenes: int) -> tuple[float, float, int]:
    """The quickest of a few: seconds, seconds of the processor, and the bytes by which the file grows."""
    definition, found = manifest.of_film(_pieces(scenes), list(range(1, scenes + 1))), []
    for number in range(ROUNDS):
        copy = Path(shutil.copy(film, film.with_name(f"signed_{number}.mp4")))
        began, used = time.perf_counter(), time.process_time()
        if not signing.sign(copy, definition)["signed"]:
            raise RuntimeError("the film was not signed")
        found.append((time.perf_counter() - began, time.process_time() - used, copy.stat().st_size))
        copy.unlink()
    seconds, cpu, length = min(found)
    return seconds, cpu, length - film.stat().st_size


def _copying(film: Path) -> float:
    found = []
    for _ in range(ROUNDS):
        began = time.perf_counter()
        shutil.copy(film, film.with_name("copy.mp4"))
        found.append(time.perf_counter() - began)
    return min(found)
