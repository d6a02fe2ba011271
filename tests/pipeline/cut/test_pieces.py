from __future__ import annotations

import asyncio
import time
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest

from pipeline.cut import cutting, ffmpeg
from pipeline.cut.picture import filter_graph
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.picture.transitions import KINDS
from pipeline.cut.timeline import SceneCut, Slot, lay_out
from pixora.foundation.errors import BadMedia, ProcessTimeout
from tests.pipeline.cut import media

CANVAS = Canvas(media.SIZE, 30)
TWO = lay_out([SceneCut(1, 1), SceneCut(2, 1, "fade")])


def body(clip: Path, tmp_path: Path, slot: Slot = TWO.slots[0]) -> media.Picture:
    out = tmp_path / "body.mp4"
    asyncio.run(cutting.cut_body(clip, out, slot=slot, canvas=CANVAS))
    return media.decode(out)


def over(before: Path, after: Path, tmp_path: Path, kind: str) -> media.Picture:
    timeline = lay_out([SceneCut(1, 1), SceneCut(2, 1, kind)])
    out = tmp_path / f"{kind}.mp4"
    left, right = timeline.slots
    asyncio.run(cutting.cut_transition(before, after, out, before_slot=left, after_slot=right, canvas=CANVAS))
    return media.decode(out)


SOURCES = {
    "24 fps": (media.ramp(fps=24), 25, ()),
    "25 fps": (media.ramp(fps=25), 26, ()),
    "29.97 fps": (media.ramp(fps="30000/1001"), 31, ()),
    "60 fps": (media.ramp(fps=60), 61, ()),
    "a varying rate": (media.ramp(fps=60) + ",select='not(mod(n,3))+eq(mod(n,7),0)'", 30, ("-fps_mode", "vfr")),
    "a frame short": (media.ramp(), 45, ()),
    "much too short": (media.ramp(), 10, ()),
    "a single frame": (media.ramp(), 1, ()),
    "too long": (media.ramp(), 90, ()),
    "4:4:4": (media.ramp() + ",format=yuv444p", 31, ("-pix_fmt", "yuv444p")),
    "odd width and height": (media.ramp() + ",scale=201:113,format=yuv444p", 31, ("-pix_fmt", "yuv444p")),
    "10 bits": (media.ramp() + ",format=yuv420p10", 31, ("-pix_fmt", "yuv420p10le")),
    "upright": (media.ramp() + ",scale=72:128", 31, ()),
    "long pixels": (media.ramp() + ",setsar=4/3", 31, ()),
}


@pytest.mark.parametrize("kind", SOURCES)
def test_any_source_becomes_a_body_of_exactly_its_frames(kind, tmp_path):
    source, frames, options = SOURCES[kind]
    clip = media.clip(tmp_path / "clip.mp4", source, *options, frames=frames)
    picture = body(clip, tmp_path)
    assert len(picture.times) == TWO.slots[0].body_frames == 22
    assert picture.times == [n * picture.times[1] for n in range(22)]
    assert picture.frames[0].shape == (108, 128)
    brightness = picture.means[:, 0]
    assert all(after >= before - 0.6 for before, after in pairwise(brightness))


def test_a_source_with_sound_in_another_container_gives_a_silent_body(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(), frames=31)
    sounding = tmp_path / "clip.mkv"
    media.run("-i", clip, "-f", "lavfi", "-i", "sine", "-c:v", "copy", "-shortest", sounding)
    assert len(body(sounding, tmp_path).times) == 22


def test_a_source_turned_by_its_metadata_is_shown_upright(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", "color=c=red:s=72x64:r=30,pad=72:128:0:0:blue", frames=31)
    turned = tmp_path / "turned.mp4"
    media.run("-display_rotation", 90, "-i", clip, "-c", "copy", turned)
    frame = body(turned, tmp_path).frames[5]
    red_difference = frame[90:].reshape(36, 64)
    assert red_difference[:, 5].mean() > 200
    assert red_difference[:, 60].mean() < 130


def test_a_clip_is_slowed_until_its_last_frame_is_the_last_conformed_one(tmp_path):
    slot = lay_out([SceneCut(1, 2), SceneCut(2, 2)]).slots[0]
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(step=2), frames=65)
    brightness = body(clip, tmp_path, slot).means[:, 0]
    expected = 40 + 2 * np.arange(8, 60) * 64 / 75
    assert np.abs(brightness - expected).max() < 1.0


def test_frames_of_a_varying_rate_are_shown_at_their_own_times(tmp_path):
    source = media.ramp(fps=60) + ",select='not(mod(n,3))+eq(mod(n,7),0)'"
    clip = media.clip(tmp_path / "clip.mp4", source, "-fps_mode", "vfr", frames=50)
    slot = lay_out([SceneCut(1, 1), SceneCut(2, 1)]).slots[0]
    brightness = body(clip, tmp_path, slot).means[:, 0]
    assert np.abs(brightness - (40 + 2 * np.arange(8, 30))).max() < 1.6


def test_a_clip_is_slowed_at_most_by_a_quarter_and_then_holds(tmp_path):
    slot = lay_out([SceneCut(1, 2), SceneCut(2, 2)]).slots[0]
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(step=4), frames=31)
    brightness = body(clip, tmp_path, slot).means[:, 0]
    expected = np.minimum(40 + 4 * np.arange(8, 60) / 1.25, 40 + 4 * 30)
    assert np.abs(brightness - expected).max() < 1.0


def test_colours_survive_whether_the_source_says_its_matrix_or_not(tmp_path):
    plain = media.clip(tmp_path / "plain.mp4", media.colour("orange"), frames=31)
    original = media.decode(plain).means[0]
    assert np.abs(body(plain, tmp_path).means - original).max() < 2.0
    tagged = media.clip(
        tmp_path / "tagged.mp4", media.colour("orange"), "-colorspace", "smpte170m", "-color_primaries", "smpte170m",
        frames=31,
    )  # fmt: skip
    assert np.abs(body(tagged, tmp_path).means - original).max() > 3.0


@pytest.fixture(scope="module")
def sides(tmp_path_factory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("sides")
    return (
        media.clip(folder / "red.mp4", media.colour("red"), frames=46),
        media.clip(folder / "blue.mp4", media.colour("blue"), frames=46),
    )


@pytest.mark.parametrize("kind", [kind for kind in KINDS if kind != "none"])
def test_a_transition_goes_from_the_first_clip_to_the_second_in_sixteen_frames(kind, sides, tmp_path):
    picture = over(sides[0], sides[1], tmp_path, kind)
    blue = picture.means[:, 1]
    assert len(blue) == 16
    assert blue[0] < 100
    assert blue[-1] > 195
    assert not np.allclose(blue[4:12], blue[4], atol=5)


def test_a_clip_of_one_key_frame_shows_the_same_where_less_of_it_is_decoded(tmp_path):
    coded = ("-preset", "medium", "-bf", 3, "-x264-params", "keyint=250:b-pyramid=normal:weightp=2")
    moving = f"testsrc2=s={media.SIZE[0]}x{media.SIZE[1]}:r=25,noise=alls=9:allf=t"
    clip = asyncio.run(cutting.read_clip(media.clip(tmp_path / "clip.mp4", moving, *coded, frames=90)))
    timeline = lay_out([SceneCut(1, 4), SceneCut(2, 2, "fade")])
    made = []
    for number, source in enumerate((clip, replace(clip, codec="", unreferenced={}))):
        out = tmp_path / f"{number}.mp4"
        argv = filter_graph.transition(source, timeline.slots[0], source, timeline.slots[1], CANVAS, out)
        asyncio.run(ffmpeg.run(argv, length_s=1))
        made.append((out.read_bytes(), [argument.count("eq(pts,") for argument in argv if "noise=" in argument]))
    (less, left_out), (whole, nothing) = made
    assert less == whole
    assert left_out[0] > 30
    assert not nothing


def test_no_transition_is_a_hard_cut_in_the_middle(sides, tmp_path):
    blue = over(sides[0], sides[1], tmp_path, "none").means[:, 1]
    assert (blue[:8] < 100).all()
    assert (blue[8:] > 230).all()


def test_a_fade_over_black_is_black_for_a_single_frame(tmp_path):
    white = media.clip(tmp_path / "white.mp4", media.colour("white"), frames=46)
    brightness = over(white, white, tmp_path, "fade_black").means[:, 0]
    assert [frame for frame, luma in enumerate(brightness) if luma < 20] == [8]


def test_transitions_all_look_different(tmp_path):
    bars = media.clip(tmp_path / "bars.mp4", "smptebars=s=128x72:r=30", frames=46)
    card = media.clip(tmp_path / "card.mp4", "testsrc=s=128x72:r=30", frames=46)
    middles = [over(bars, card, tmp_path, kind).frames[9] for kind in KINDS]
    differing = [np.abs(a.astype(int) - b).mean() for at, a in enumerate(middles) for b in middles[at + 1 :]]
    assert min(differing) > 1.0


def test_transitions_join_sources_of_different_rates_and_sizes(tmp_path):
    before = media.clip(tmp_path / "a.mp4", media.colour("red", fps=24, size=(96, 96)), frames=25)
    after = media.clip(tmp_path / "b.mp4", media.colour("blue", fps="60000/1001", size=(256, 100)), frames=60)
    assert len(over(before, after, tmp_path, "slide_left").times) == 16


def test_a_broken_clip_is_refused_before_anything_is_written(tmp_path, sides):
    broken = tmp_path / "broken.mp4"
    broken.write_bytes(sides[0].read_bytes()[:900])
    with pytest.raises(BadMedia, match=r"broken\.mp4"):
        body(broken, tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["broken.mp4"]


def test_a_long_clip_is_read_from_just_before_what_is_shown(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(), frames=150)
    found = asyncio.run(cutting.read_clip(clip))
    timeline = lay_out([SceneCut(1, 5), SceneCut(2, 5, "fade")])
    left, right = timeline.slots
    argv = filter_graph.transition(found, left, found, right, CANVAS, tmp_path / "out.mp4")
    assert float(argv[argv.index("-ss") + 1]) > 4
    assert argv.count("-ss") == 1, "the second clip is read from its beginning"


def test_a_clip_is_looked_at_once_until_its_file_is_another(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(), frames=30)
    found = asyncio.run(cutting.read_clip(clip))
    cutting._as_it_was.cache_clear()
    assert [asyncio.run(cutting.read_clip(clip)) for _ in range(3)] == [found] * 3
    assert cutting._as_it_was.cache_info().misses == 1
    media.clip(clip, media.ramp(), frames=45)
    assert asyncio.run(cutting.read_clip(clip)).span_s > found.span_s


def test_progress_goes_up_to_one(tmp_path, sides):
    seen: list[float] = []
    asyncio.run(cutting.cut_body(sides[0], tmp_path / "b.mp4", slot=TWO.slots[0], canvas=CANVAS, report=seen.append))
    assert seen == sorted(seen)
    assert seen[-1] == 1.0


LONG = lay_out([SceneCut(1, 20)]).slots[0]
LARGE = Canvas((1920, 1080), 30)


@pytest.fixture(scope="module")
def long_clip(tmp_path_factory) -> Path:
    return media.clip(tmp_path_factory.mktemp("long") / "clip.mp4", "testsrc=s=320x180:r=30", frames=600)


def children() -> set[int]:
    """The children of this process, over all its threads."""
    found = Path("/proc/self/task").glob("*/children")
    return {int(child) for path in found for child in path.read_text().split()}


def test_a_long_piece_tells_its_progress_on_the_way_and_cancelling_ends_it_within_a_second(tmp_path, long_clip):
    async def cancelled() -> float:
        seen, before = asyncio.Queue[float](), children()
        work = asyncio.create_task(
            cutting.cut_body(long_clip, tmp_path / "b.mp4", slot=LONG, canvas=LARGE, report=seen.put_nowait)
        )
        while not 0 < await asyncio.wait_for(seen.get(), 60) < 1:
            pass
        assert children() - before
        began = time.monotonic()
        work.cancel()
        with pytest.raises(asyncio.CancelledError):
            await work
        assert not children() - before
        return time.monotonic() - began

    assert asyncio.run(cancelled()) < 1.0
    assert not list(tmp_path.iterdir())


def test_a_piece_that_takes_too_long_for_its_length_is_ended_and_leaves_no_file(tmp_path, long_clip, monkeypatch):
    monkeypatch.setattr(ffmpeg, "START_UP_S", 0.2)
    monkeypatch.setattr(ffmpeg, "SECONDS_PER_SECOND", 0.005)
    with pytest.raises(ProcessTimeout, match=r"within 0 s"):
        asyncio.run(cutting.cut_body(long_clip, tmp_path / "b.mp4", slot=LONG, canvas=LARGE))
    assert not list(tmp_path.iterdir())


def test_a_longer_piece_is_given_more_time(tmp_path):
    """Twenty times its length and half a minute: a body of five seconds has two minutes."""
    assert ffmpeg.deadline_s(5.0) == 130.0
    assert ffmpeg.deadline_s(300.0) == 6_030.0
