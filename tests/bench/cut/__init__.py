"""The cut against one plain ffmpeg filter graph, and against MoviePy, making the same film of 12 scenes of 5 s at 720p.

Everything here runs `pipeline.cut` itself, in the way the plan orders it, as many pieces at once as there are cores;
what the engine adds (leases, rows, storing) is in the sets `film` and `plan`. A changed scene is one with a new clip
and a new narration: its body, two transitions, the whole sound and the joining. The last clip lands when the sound is
there already.

Three times the graph and all works of the cut take turns, those on sixty scenes beside those on twelve, every second
time in the opposite order, and medians are compared. On a machine that is too slow for that in the time of `make bench`
there are fewer rounds, and of sixty scenes a few are assembled cold, which shows how much memory that needs, while its
time is taken to be five times that of twelve. Both are said. MoviePy makes a part of the film, once.
"""

from __future__ import annotations

import json
import subprocess
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from pipeline.cut import ffmpeg
from pipeline.cut.sound.sound_plan import RATE
from tests.bench.cut import one_graph, sources
from tests.bench.cut.assembly import CORES, Assembly
from tests.bench.cut.clock import Cost, cost_of, median
from tests.bench.cut.sources import CANVAS, Film
from tests.bench.figures import Figure
from tests.bench.time_left import is_enough_for
from tests.crash.site import ROOT, Site

SHORT, LONG, ROUNDS = 12, 60, 3
FEW = 4
"""Scenes whose pieces take about as long as the sound of sixty."""
MOVIEPY_SHARE = 8
REST, AFTERWARDS = 1.8, 1.0
"""What comes in a round after the cold assemblies, and after the rounds, in cold assemblies of twelve."""
MOVIEPY = ROOT / ".venv-bench" / "bin" / "python"


def measure(site: Site) -> Iterator[Figure]:
    folder = site.home / "cut"
    material = sources.make(folder / "sources")
    film, long_film = material.film(SHORT), material.film(LONG)
    short, long = Assembly(film, folder / "short"), Assembly(long_film, folder / "long")
    whole = folder / "one_graph.mp4"

    works = _works(film, short, long, whole)
    first = {name: cost_of(works[name]) for name in ("one graph", "cold")}
    second_round = 2 + REST
    to_come = LONG / SHORT + REST + second_round + AFTERWARDS
    made = LONG if is_enough_for(to_come * first["cold"].wall_s) else FEW
    cold_long = cost_of(lambda: long.cold(made, known=short))
    rounds = list(_rounds(works, first))
    costs = {name: median([each[name] for each in rounds]) for name in works}
    moviepy_s = _with_moviepy(film, folder / "moviepy.mp4")

    yield Figure("cut: rounds", len(rounds))
    yield from _assembled(costs, moviepy_s)
    yield from _changed(costs)
    yield Figure("cut: scenes of sixty that were assembled cold", made)
    cold_long_s = cold_long.wall_s if made == LONG else LONG / SHORT * costs["cold"].wall_s
    yield Figure("cut: one scene changed, of 60 ÷ cold assembly of 60", costs["scene of 60"].wall_s / cold_long_s, 0.10)
    yield Figure("cut: peak memory, 60 scenes ÷ 12", cold_long.peak_mib / costs["cold"].peak_mib, 1.2)
    yield from _quality(film, short.out, whole)


def _rounds(works: Mapping[str, Callable[[], object]], done: Mapping[str, Cost]) -> Iterator[Mapping[str, Cost]]:
    """Run as many rounds as there is time for, and for what comes after. Some of the first is done."""
    for turn in range(ROUNDS):
        names = list(works)[:: -1 if turn % 2 else 1]
        costs = {name: done.get(name) or cost_of(works[name]) for name in names}
        yield costs
        done = {}
        again_s = sum(cost.wall_s for cost in costs.values())
        if not is_enough_for(again_s + AFTERWARDS * costs["cold"].wall_s):
            return


def _works(film: Film, short: Assembly, long: Assembly, whole: Path) -> Mapping[str, Callable[[], object]]:
    return {
        "one graph": lambda: one_graph.make(film, whole),
        "cold": short.cold,
        "scene": lambda: short.scene_changed(SHORT // 2),
        "scene of 60": lambda: long.scene_changed(LONG // 2),
        "picture": lambda: short.picture_of(SHORT // 2),
        "picture of 60": lambda: long.picture_of(LONG // 2),
        "last clip": lambda: short.scene_changed(SHORT // 2, sound=False),
        "transition": lambda: short.transition_changed(SHORT // 2),
        "music": short.music_changed,
        "word": lambda: short.word_cut(SHORT // 2),
        "clip from": lambda: short.begun_later(SHORT // 2),
        "shape": lambda: short.in_shape("9:16"),
    }


def _assembled(costs: Mapping[str, Cost], moviepy_s: float) -> Iterator[Figure]:
    cold, plain = costs["cold"], costs["one graph"]
    yield Figure("cut: one graph, seconds", plain.wall_s)
    yield Figure("cut: cold assembly ÷ one graph, CPU", cold.cpu_s / plain.cpu_s, 1.15)
    yield Figure("cut: cold assembly ÷ one graph", cold.wall_s / plain.wall_s, 1.1)
    yield Figure("cut: cold assembly ÷ MoviePy", cold.wall_s / moviepy_s, 0.5)


def _changed(costs: Mapping[str, Cost]) -> Iterator[Figure]:
    plain = costs["one graph"].wall_s
    yield Figure("cut: one scene changed ÷ one graph", costs["scene"].wall_s / plain, 0.12)
    yield Figure("cut: last clip lands to film ready ÷ one graph", costs["last clip"].wall_s / plain, 0.20)
    yield Figure("cut: a transition changed ÷ one graph", costs["transition"].wall_s / plain, 0.10)
    yield Figure("cut: the music changed ÷ one graph", costs["music"].wall_s / plain, 0.10)
    for name, edit in (("word", "a word cut"), ("clip from", "a clip begun later")):
        share = costs[name].cpu_s / costs["one graph"].cpu_s
        yield Figure(f"cut: {edit} on the timeline ÷ one graph, CPU", share, 0.12)
    yield Figure("cut: one scene changed, of 60 ÷ of 12", costs["scene of 60"].wall_s / costs["scene"].wall_s, 3)
    shape = costs["shape"].cpu_s / costs["one graph"].cpu_s
    yield Figure("cut: a version in 9:16 ÷ one graph, CPU", shape, 0.8)
    picture = costs["picture of 60"].cpu_s / costs["picture"].cpu_s
    yield Figure("cut: picture of one changed scene, of 60 ÷ of 12, CPU", picture, 1.1)


def _quality(film: Film, ours: Path, plain: Path) -> Iterator[Figure]:
    like_ours, like_plain = one_graph.likeness(film, [ours, plain])
    yield Figure("cut: SSIM of one graph − of the assembled film", like_plain - like_ours, 0.002)
    yield Figure("cut: bytes of the assembled film ÷ of one graph's", ours.stat().st_size / plain.stat().st_size, 1.1)


def _with_moviepy(film: Film, out: Path) -> float:
    """Return how many seconds it needs with the same ffmpeg and encoder settings, measured at a share of the
    pictures."""
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
