"""The cut against one plain ffmpeg filter graph, and against MoviePy, making the same film of 12 scenes of 5 s at 720p.

Everything here runs `pipeline.cut` itself, in the way the plan orders it, as many pieces at once as there are cores;
what the engine adds (leases, rows, storing) is in the sets `film` and `plan`. A changed scene is one with a new clip
and a new narration: its body, two transitions, the whole sound and the joining. The last clip lands when the sound is
there already.

Three times the graph and all works of the cut take turns, those on sixty scenes beside those on twelve, and medians are
compared; on a machine that is too slow for three rounds in the time of `make bench` there are fewer, which is said. The
cold assembly of sixty scenes and MoviePy take minutes and run once, and MoviePy is stopped where it has taken
`MOVIEPY_AT_MOST` times as long as ours.
"""

from __future__ import annotations

import contextlib
import json
import subprocess
import time
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.cut import ffmpeg
from pipeline.cut.sound import RATE
from tests.bench.cut import one_graph, sources
from tests.bench.cut.assembly import CORES, Assembly
from tests.bench.cut.clock import Cost, cost_of, median
from tests.bench.cut.sources import CANVAS, Film
from tests.bench.figures import Figure
from tests.bench.time_left import is_enough_for
from tests.crash.site import ROOT, Site

SHORT, LONG, ROUNDS = 12, 60, 3
MOVIEPY_AT_MOST = 2.1
QUALITY_S = 15.0
"""About what the comparison of pictures takes."""
MOVIEPY = ROOT / ".venv-bench" / "bin" / "python"


def measure(site: Site) -> Iterator[Figure]:
    folder = site.home / "cut"
    material = sources.make(folder / "sources")
    film, long_film = material.film(SHORT), material.film(LONG)
    short, long = Assembly(film, folder / "short"), Assembly(long_film, folder / "long")
    whole = folder / "one_graph.mp4"

    cold_long = cost_of(long.cold)
    rounds = list(_rounds(film, short, long, whole))
    costs = {name: median([each[name] for each in rounds]) for name in rounds[0]}
    at_most_s = MOVIEPY_AT_MOST * costs["cold"].wall_s
    moviepy = cost_of(lambda: _with_moviepy(film, folder / "moviepy.mp4", at_most_s))

    yield Figure("cut: rounds", len(rounds))
    yield from _assembled(costs, moviepy)
    yield from _changed(costs, cold_long)
    yield Figure("cut: peak memory, 60 scenes ÷ 12", cold_long.peak_mib / costs["cold"].peak_mib, 1.2)
    yield from _quality(film, short.out, whole)


def _rounds(film: Film, short: Assembly, long: Assembly, whole: Path) -> Iterator[Mapping[str, Cost]]:
    """As many as there is time for, and for what comes after."""
    for _ in range(ROUNDS):
        began = time.monotonic()
        costs = _round(film, short, long, whole)
        yield costs
        after_s = MOVIEPY_AT_MOST * costs["cold"].wall_s + QUALITY_S
        if not is_enough_for(time.monotonic() - began + after_s):
            return


def _round(film: Film, short: Assembly, long: Assembly, whole: Path) -> Mapping[str, Cost]:
    works: dict[str, Callable[[], object]] = {
        "one graph": lambda: one_graph.make(film, whole),
        "cold": short.cold,
        "scene": lambda: short.scene_changed(SHORT // 2),
        "scene of 60": lambda: long.scene_changed(LONG // 2),
        "picture": lambda: short.picture_of(SHORT // 2),
        "picture of 60": lambda: long.picture_of(LONG // 2),
        "last clip": lambda: short.scene_changed(SHORT // 2, sound=False),
        "transition": lambda: short.transition_changed(SHORT // 2),
        "music": short.music_changed,
    }
    return {name: cost_of(work) for name, work in works.items()}


def _assembled(costs: Mapping[str, Cost], moviepy: Cost) -> Iterator[Figure]:
    cold, plain = costs["cold"], costs["one graph"]
    yield Figure("cut: one graph, seconds", plain.wall_s)
    yield Figure("cut: cold assembly ÷ one graph, CPU", cold.cpu_s / plain.cpu_s, 1.15)
    yield Figure("cut: cold assembly ÷ one graph", cold.wall_s / plain.wall_s, 1.1)
    yield Figure("cut: cold assembly ÷ MoviePy (stopped at 0.48)", cold.wall_s / moviepy.wall_s, 0.5)


def _changed(costs: Mapping[str, Cost], cold_long: Cost) -> Iterator[Figure]:
    plain, long = costs["one graph"].wall_s, costs["scene of 60"].wall_s
    yield Figure("cut: one scene changed ÷ one graph", costs["scene"].wall_s / plain, 0.20)
    yield Figure("cut: last clip lands to film ready ÷ one graph", costs["last clip"].wall_s / plain, 0.20)
    yield Figure("cut: a transition changed ÷ one graph", costs["transition"].wall_s / plain, 0.10)
    yield Figure("cut: the music changed ÷ one graph", costs["music"].wall_s / plain, 0.10)
    yield Figure("cut: one scene changed, of 60 ÷ of 12", long / costs["scene"].wall_s, 3)
    yield Figure("cut: one scene changed, of 60 ÷ cold assembly of 60", long / cold_long.wall_s, 0.10)
    picture = costs["picture of 60"].cpu_s / costs["picture"].cpu_s
    yield Figure("cut: picture of one changed scene, of 60 ÷ of 12, CPU", picture, 1.1)


def _quality(film: Film, ours: Path, plain: Path) -> Iterator[Figure]:
    like_ours, like_plain = one_graph.likeness(film, [ours, plain])
    yield Figure("cut: SSIM of one graph − of the assembled film", like_plain - like_ours, 0.002)
    yield Figure("cut: bytes of the assembled film ÷ of one graph's", ours.stat().st_size / plain.stat().st_size, 1.1)


def _with_moviepy(film: Film, out: Path, at_most_s: float) -> None:
    """With the same ffmpeg and encoder settings, for at most that long."""
    encoding = {
        "codec": "libx264",
        "preset": "veryfast",
        "audio_codec": "aac",
        "audio_bitrate": "192k",
        "threads": CORES,
        "ffmpeg_params": ["-crf", "20", "-pix_fmt", "yuv420p"],
    }
    half = film.timeline.transition_frames / 2
    scenes = [
        {
            "path": str(film.clips[slot.scene_id]),
            "start_s": max(slot.start - half, 0) / CANVAS.fps,
            "seconds": slot.clip_frames / CANVAS.fps,
        }
        for slot in film.timeline.slots
    ]
    request = {
        "size": CANVAS.size,
        "fps": CANVAS.fps,
        "fade_s": 2 * half / CANVAS.fps,
        "seconds": film.timeline.duration_s,
        "scenes": scenes,
        "voices": [{"path": str(voice.path), "start_s": voice.start / RATE} for voice in film.sound.narrations],
        "music": [
            {
                "path": str(music.path),
                "start_s": music.start / RATE,
                "seconds": music.samples / RATE,
                "in_s": music.fade_in / RATE,
                "out_s": music.fade_out / RATE,
            }
            for music in film.sound.music
        ],
        "out": str(out),
        "encoding": encoding,
    }
    with contextlib.suppress(subprocess.TimeoutExpired):
        subprocess.run(
            [MOVIEPY, Path(__file__).parent / "with_moviepy.py"],
            input=json.dumps(request).encode(),
            env={"IMAGEIO_FFMPEG_EXE": ffmpeg.executable(), "TMPDIR": str(out.parent)},
            cwd=out.parent,
            check=True,
            timeout=at_most_s,
        )
