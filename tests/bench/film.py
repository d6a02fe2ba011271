"""A whole film of thirty seconds from the command line, against decoding and encoding that film once more."""

from __future__ import annotations

import json
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from pipeline.cut import ffmpeg, profile
from tests.bench.figures import Figure
from tests.crash.site import Site

PROMPT = "Create a 30-second video about space exploration"
AGAIN = """
import asyncio, json, sys, time
from pipeline.services import films
from pipeline.engine.shift import Shift
from pipeline.models import Attempt, Task
task = Task.objects.get()
began = time.perf_counter()
run = films.start_run(task=task)
asyncio.run(Shift(only=run.id).work())
seconds = time.perf_counter() - began
sys.stdout.write(json.dumps({"seconds": seconds, "steps": Attempt.objects.filter(step__run=run).count()}))
"""


def measure(site: Site) -> Iterator[Figure]:
    first_s = _timed_command(site)
    second_s = _timed_command(site)
    first_build_s = float(site.query(_BUILD_TIME)[0][0])
    again = json.loads(site.manage("shell", "--no-imports", "-c", AGAIN))
    encode_s = _encode_again(_film(site))
    yield Figure("film: whole run ÷ decoding and re-encoding the film", first_s / encode_s, 5)
    yield Figure("film: steps executed by a run with nothing changed", again["steps"], 0)
    yield Figure("film: plan to film with nothing changed ÷ the first", again["seconds"] / first_build_s, 0.05)
    yield Figure("film: the second command ÷ the first", second_s / first_s, 0.25)


_BUILD_TIME = "SELECT extract(epoch FROM ended_at - started_at) FROM runs WHERE approved IS NULL ORDER BY created_at"


def _timed_command(site: Site) -> float:
    began = time.perf_counter()
    site.manage("make_video", "--prompt", PROMPT)
    return time.perf_counter() - began


def _film(site: Site) -> Path:
    path = site.query("SELECT storage_path FROM assets WHERE component = 'fullvideo' AND selected")[0][0]
    return site.home / "media" / "pixora" / str(path)


def _encode_again(film: Path) -> float:
    options = [part for name, value in profile.video_arguments(30).items() for part in (f"-{name}", value)]
    command = [ffmpeg.executable(), "-nostdin", "-loglevel", "error", "-y", "-i", str(film), *options]
    began = time.perf_counter()
    subprocess.run([*command, "-c:a", "aac", "-f", "mp4", "/dev/null"], check=True)
    return time.perf_counter() - began
