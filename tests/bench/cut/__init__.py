"""The cut against one plain ffmpeg filter graph, and against MoviePy, making the same film of 12 scenes of 5 s at 720p.

Everything here runs `pipeline.cut` itself, in the way the plan orders it, as many pieces at once as there are cores;
what the engine adds (leases, rows, storing) is in the sets `film` and `plan`. A changed scene is one with a new clip
and a new narration: its body, two transitions, the whole sound and the joining. The last clip lands when the sound is
there already.

Three times the graph and all works of the cut take turns, those on sixty scenes beside those on twelve, and medians are
compared; on a machine that is too slow for three rounds in the time of `make bench` there are fewer, which is said.
What takes minutes runs once, and not whole: of the cold assembly of sixty scenes the pictures of the first twelve are
taken as they are, so that its time is rather too short, and MoviePy makes a quarter of the film.
"""

from __future__ import annotations

import json
import subprocess
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
ONCE = "cold of 60"
MOVIEPY_SHARE = 4
AFTERWARDS = 1.2
"""What comes after the rounds takes about so many times as long as one graph."""
MOVIEPY = ROOT / ".venv-bench" / "bin" / "python"


def measure(site: Site) -> Iterator[Figure]:
    folder = site.home / "cut"
    material = sources.make(folder / "sources")
    film, long_film = material.film(SHORT), material.film(LONG)
    short, long = Assembly(film, folder / "short"), Assembly(long_film, folder / "long")
    whole = folder / "one_graph.mp4"

    rounds = list(_rounds(film, short, long, whole))
    costs = {name: median([each[name] for each in rounds if name in each]) for name in rounds[0]}
    moviepy_s = _with_moviepy(film, folder / "moviepy.mp4")

    yield Figure("cut: rounds", len(rounds))
    yield from _assembled(costs, moviepy_s)
    yield from _changed(costs)
    yield Figure("cut: peak memory, 60 scenes ÷ 12", costs[ONCE].peak_mib / costs["cold"].peak_mib, 1.2)
    yield from _quality(film, short.out, whole)


def _rounds(film: Film, short: Assembly, long: Assembly, whole: Path) -> Iterator[Mapping[str, Cost]]:
    """As many as there is time for, and for what comes after."""
    works = _works(film, short, long, whole)
    for _ in range(ROUNDS):
        costs = {name: cost_of(work) for name, work in works.items()}
        yield costs
        works.pop(ONCE, None)
        again_s = sum(costs[name].wall_s for name in works)
        if not is_enough_for(again_s + AFTERWARDS * costs["one graph"].wall_s):
            return


def _works(film: Film, short: Assembly, long: Assembly, whole: Path) -> dict[str, Callable[[], object]]:
    return {
        "one graph": lambda: one_graph.make(film, whole),
        "cold": short.cold,
        ONCE: lambda: long.cold(known=short),
        "scene": lambda: short.scene_changed(SHORT // 2),
        "scene of 60": lambda: long.scene_changed(LONG // 2),
        "picture": lambda: short.picture_of(SHORT // 2),
        "picture of 60": lambda: long.picture_of(LONG // 2),
        "last clip": lambda: short.scene_changed(SHORT // 2, sound=False),
        "transition": lambda: short.transition_changed(SHORT // 2),
        "music": short.music_changed,
    }


def _assembled(costs: Mapping[str, Cost], moviepy_s: float) -> Iterator[Figure]:
    cold, plain = costs["cold"], costs["one graph"]
    yield Figure("cut: one graph, seconds", plain.wall_s)
    yield Figure("cut: cold assembly ÷ one graph, CPU", cold.cpu_s / plain.cpu_s, 1.15)
    yield Figure("cut: cold assembly ÷ one graph", cold.wall_s / plain.wall_s, 1.1)
    yield Figure("cut: cold assembly ÷ MoviePy", cold.wall_s / moviepy_s, 0.5)


def _changed(costs: Mapping[str, Cost]) -> Iterator[Figure]:
    plain, long = costs["one graph"].wall_s, costs["scene of 60"].wall_s
    yield Figure("cut: one scene changed ÷ one graph", costs["scene"].wall_s / plain, 0.20)
    yield Figure("cut: last clip lands to film ready ÷ one graph", costs["last clip"].wall_s / plain, 0.20)
    yield Figure("cut: a transition changed ÷ one graph", costs["transition"].wall_s / plain, 0.10)
    yield Figure("cut: the music changed ÷ one graph", costs["music"].wall_s / plain, 0.10)
    yield Figure("cut: one scene changed, of 60 ÷ of 12", long / costs["scene"].wall_s, 3)
    yield Figure("cut: one scene changed, of 60 ÷ cold assembly of 60", long / costs[ONCE].wall_s, 0.10)
    picture = costs["picture of 60"].cpu_s / costs["picture"].cpu_s
    yield Figure("cut: picture of one changed scene, of 60 ÷ of 12, CPU", picture, 1.1)


def _quality(film: Film, ours: Path, plain: Path) -> Iterator[Figure]:
    like_ours, like_plain = one_graph.likeness(film, [ours, plain])
    yield Figure("cut: SSIM of one graph − of the assembled film", like_plain - like_ours, 0.002)
    yield Figure("cut: bytes of the assembled film ÷ of one graph's", ours.stat().st_size / plain.stat().st_size, 1.1)


def _with_moviepy(film: Film, out: Path) -> float:
    """How many seconds it needs with the same ffmpeg and encoder settings, measured at a share of the pictures."""
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
        "pictures": film.timeline.frames // MOVIEPY_SHARE,
    }
    made = subprocess.run(
        [MOVIEPY, Path(__file__).parent / "with_moviepy.py"],
        input=json.dumps(request).encode(),
        stdout=subprocess.PIPE,
        env={"IMAGEIO_FFMPEG_EXE": ffmpeg.executable(), "TMPDIR": str(out.parent)},
        cwd=out.parent,
        check=True,
    )
    return float(made.stdout)
