"""Random films of random sources, made whole and read back: the rules of exactness hold on every one."""

from __future__ import annotations

import asyncio
import os
import shutil
import tempfile
from collections.abc import Awaitable, Iterator, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from pipeline.cut import cutting
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.picture.transitions import KINDS
from pipeline.cut.sound.sound_plan import GroupMusic, plan_sound
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.cut.timeline import SceneCut, Slot, Timeline, lay_out
from tests.pipeline.cut import media

RATE = media.RATE
COLOURS = ("red", "blue", "lime", "magenta", "yellow")
VOICE_HZ, MUSIC_HZ = 1_000, 200
HEARD_S = 0.01
"""A moving sum this long holds whole periods of both tones: one is heard without the other."""

SOURCES = {
    "24 fps": ("24", 24, ()),
    "25 fps": ("25", 27, ()),
    "29.97 fps": ("30000/1001", 32, ()),
    "60 fps": ("60", 63, ()),
    "5.04 s": ("24", 121, ()),
    "10.04 s": ("25", 251, ()),
    "a frame short": ("30", 45, ()),
    "one frame": ("30", 1, ()),
    "a varying rate": ("60,select='not(mod(n,3))+eq(mod(n,7),0)'", 40, ("-fps_mode", "vfr")),
    "odd sizes": ("30,format=yuv444p,scale=201:113", 40, ("-pix_fmt", "yuv444p")),
    "4:4:4": ("30,format=yuv444p", 40, ("-pix_fmt", "yuv444p")),
    "10 bits": ("30,format=yuv420p10", 40, ("-pix_fmt", "yuv420p10le")),
    "upright": ("24,scale=72:128", 30, ()),
    "turned": ("30", 40, ()),
    "with sound": ("25", 30, ()),
    "a still": ("", 0, ()),
}


@dataclass(frozen=True)
class Shot:
    scene: SceneCut
    source: str


@dataclass(frozen=True)
class Wish:
    """A film to be made: its groups of music are the lengths of neighbouring scenes, a missing one is silent."""

    fps: int
    shots: tuple[Shot, ...]
    groups: tuple[tuple[int, ...], ...]


@st.composite
def wishes(draw: st.DrawFn, most: int) -> Wish:
    count = draw(st.integers(1, most))
    ids = draw(st.permutations(range(1, count + 1)))
    shots = tuple(
        Shot(
            SceneCut(
                scene_id,
                draw(st.integers(1, 2)),
                draw(st.sampled_from(KINDS)),
                draw(st.sampled_from((0, 0, 250, 399, 420, 1_000, 1_700, 2_500))),
            ),
            draw(st.sampled_from(sorted(SOURCES))),
        )
        for scene_id in ids
    )
    borders = sorted({0, count, *draw(st.lists(st.integers(0, count), max_size=3))})
    groups = tuple(tuple(ids[begin:end]) for begin, end in pairwise(borders) if draw(st.booleans()))
    return Wish(draw(st.sampled_from((10, 15, 30))), shots, groups)


@pytest.fixture(scope="module")
def shelf(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder where sources are kept from film to film."""
    return tmp_path_factory.mktemp("sources")


@pytest.mark.crash
@settings(max_examples=4)
@given(wish=wishes(4))
def test_any_film_is_exact(shelf: Path, wish: Wish) -> None:
    check(shelf, wish)


@pytest.mark.crash
@settings(max_examples=12)
@given(wish=wishes(60))
def test_any_long_film_is_exact(shelf: Path, wish: Wish) -> None:
    check(shelf, wish)


def check(shelf: Path, wish: Wish) -> None:
    folder = Path(tempfile.mkdtemp(dir=shelf))
    try:
        timeline = lay_out([shot.scene for shot in wish.shots], fps=wish.fps)
        film = asyncio.run(_make(shelf, folder, wish, timeline))
        picture, heard = media.decode(film), media.listen(film)
        assert picture.times == [Fraction(frame, wish.fps) for frame in range(timeline.frames)]
        assert len(heard) == timeline.frames * RATE // wish.fps
        _check_scenes([_colour(shot.source, place) for place, shot in enumerate(wish.shots)], timeline, picture)
        _check_narrations(wish, timeline, heard)
        _check_loudness(wish, film)
        _check_one_configuration(film)
    finally:
        shutil.rmtree(folder)


def _check_scenes(colours: Sequence[np.ndarray], timeline: Timeline, picture: media.Picture) -> None:
    half = timeline.transition_frames // 2
    for colour, slot in zip(colours, timeline.slots, strict=True):
        inner = picture.means[slot.start + half * slot.inner_left : slot.end - half * slot.inner_right]
        assert len(inner)
        assert np.abs(inner - colour).max() < 6, slot
    for (left, right), after in zip(pairwise(colours), timeline.slots[1:], strict=True):
        if after.transition == "none":
            assert np.abs(picture.means[after.start - 1] - left).max() < 6
            assert np.abs(picture.means[after.start] - right).max() < 6


def _colour(source: str, place: int) -> np.ndarray:
    return np.array((YUV_OF_A_STILL if source == "a still" else YUV)[COLOURS[place % len(COLOURS)]])


YUV = {
    "red": (81, 90, 240),
    "blue": (41, 240, 110),
    "lime": (145, 54, 34),
    "magenta": (107, 202, 222),
    "yellow": (210, 16, 146),
}
"""As ffmpeg's `color` draws them."""
YUV_OF_A_STILL = {
    "red": (63, 102, 240),
    "blue": (32, 240, 118),
    "lime": (173, 42, 26),
    "magenta": (78, 214, 230),
    "yellow": (219, 16, 138),
}
"""As BT.709 writes RGB."""


def _check_narrations(wish: Wish, timeline: Timeline, heard: media.Sound) -> None:
    """Each begins within 20 ms of its place and ends when it should; in a silent scene nobody speaks."""
    speaks = _level_of(heard[:, 0], VOICE_HZ)
    loud = speaks > max(0.02, 0.2 * float(speaks.max()))
    for shot, slot in zip(wish.shots, timeline.slots, strict=True):
        begin, end = (frame * RATE // wish.fps for frame in (slot.start, slot.end))
        spoken = np.flatnonzero(loud[begin:end])
        if not shot.scene.narration_ms:
            assert not len(spoken)
            continue
        starts_s = (slot.narration_start - slot.start) / wish.fps
        assert abs(spoken[0] / RATE - starts_s) < 0.020
        assert abs(spoken[-1] / RATE - starts_s - shot.scene.narration_ms / 1000 / slot.tempo) < 0.040


def _level_of(sound: np.ndarray, hertz: int) -> np.ndarray:
    turning = sound * np.exp(-2j * np.pi * hertz * np.arange(len(sound)) / RATE)
    window = round(HEARD_S * RATE)
    return np.asarray(np.abs(np.convolve(turning, np.full(window, 2 / window), mode="same")))


def _check_loudness(wish: Wish, film: Path) -> None:
    lufs, peak = media.loudness(film)
    assert peak <= -1.0
    if wish.groups or any(shot.scene.narration_ms >= 1_000 for shot in wish.shots):
        assert lufs == pytest.approx(-14, abs=0.5)


def _check_one_configuration(film: Path) -> None:
    with av.open(str(film)) as container:
        assert [stream.type for stream in container.streams] == ["video", "audio"]
        assert not any(packet.has_sidedata("new_extradata") for packet in container.demux(video=0))


async def _make(shelf: Path, folder: Path, wish: Wish, timeline: Timeline) -> Path:
    clips = [_source(shelf, shot.source, COLOURS[place % len(COLOURS)]) for place, shot in enumerate(wish.shots)]
    canvas, cores = Canvas((128, 72), wish.fps), asyncio.Semaphore(len(os.sched_getaffinity(0)))

    async def on_a_core(work: Awaitable[object]) -> None:
        async with cores:
            await work

    def works(names: list[Path]) -> Iterator[Awaitable[object]]:
        slots = timeline.slots
        for place, slot in enumerate(slots):
            if place:
                names.append(folder / f"transition_{place}.mp4")
                yield _transition(clips[place - 1 : place + 1], names[-1], slots[place - 1 : place + 1], canvas)
            names.append(folder / f"body_{place}.mp4")
            yield cutting.cut_body(clips[place], names[-1], slot=slot, canvas=canvas)

    names: list[Path] = []
    await asyncio.gather(*map(on_a_core, works(names)))
    narrations = {
        shot.scene.id: _voice(shelf, shot.scene.narration_ms) for shot in wish.shots if shot.scene.narration_ms
    }
    music = [GroupMusic(group, _tune(shelf)) for group in wish.groups]
    sound, film = folder / "sound.m4a", folder / "film.mp4"
    await mix_soundtrack(plan_sound(timeline, narrations=narrations, music=music), sound, workdir=folder)
    await cutting.join(names, sound, None, film, title="", language="en", frames=timeline.frames, fps=wish.fps)
    return film


async def _transition(clips: list[Path], out: Path, slots: tuple[Slot, ...], canvas: Canvas) -> None:
    (left, right), (before, after) = clips, slots
    await cutting.cut_transition(left, right, out, before_slot=before, after_slot=after, canvas=canvas)


def _source(shelf: Path, kind: str, colour: str) -> Path:
    fps, frames, options = SOURCES[kind]
    path = shelf / f"{kind.replace(' ', '_').replace(':', '')}_{colour}{'.mp4' if frames else '.png'}"
    if path.exists():
        return path
    if not frames:
        Image.new("RGB", (160, 90), colour).save(path)
        return path
    rate, _, more = fps.partition(",")
    source = media.colour(colour, fps=rate) + (f",{more}" if more else "")
    made = media.clip(path.with_name(f"new_{path.name}"), source, *options, frames=frames)
    if kind == "turned":
        made = _changed(made, ("-display_rotation", 90), ("-c", "copy"))
    if kind == "with sound":
        made = _changed(made, (), ("-f", "lavfi", "-i", "sine=f=3000", "-c:v", "copy", "-c:a", "aac", "-shortest"))
    return made.rename(path)


def _changed(clip: Path, before: tuple[object, ...], after: tuple[object, ...]) -> Path:
    out = clip.with_name(f"again_{clip.name}")
    media.run(*before, "-i", clip, *after, out)
    return out


def _voice(shelf: Path, milliseconds: int) -> Path:
    path = shelf / f"voice_{milliseconds}.wav"
    return path if path.exists() else media.tone(path, milliseconds / 1000, hertz=VOICE_HZ)


def _tune(shelf: Path) -> Path:
    path = shelf / "tune.wav"
    return path if path.exists() else media.tone(path, 3.0, hertz=MUSIC_HZ, level=0.2)
