from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Iterator
from fractions import Fraction
from itertools import pairwise
from pathlib import Path

import av
import numpy as np
import pytest

from pipeline.cut import cutting, ffmpeg
from pipeline.cut.picture import captions, filter_graph
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.cut.sound import sound_plan
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.cut.timeline import SceneCut, lay_out
from tests.pipeline.cut import media

CANVAS = Canvas(media.SIZE, 30)
SCENES = [
    SceneCut(3, 1, "fade", 300),
    SceneCut(1, 2, "none", 1_500),
    SceneCut(2, 1, "slide_left", 0),
    SceneCut(7, 1, "none", 450),
    SceneCut(5, 1, "fade_black", 1_300),
    SceneCut(6, 2, "circle_open", 700),
]
TIMELINE = lay_out(SCENES)
COLOURS = {3: "red", 1: "blue", 2: "lime", 7: "yellow", 5: "magenta", 6: "cyan"}
RATES = {3: 24, 1: 30, 2: 25, 7: "30000/1001", 5: 60, 6: 30}


async def pieces(clips: dict[int, Path], folder: Path) -> list[Path]:
    """All pieces of the film in its order, two at a time."""
    slots = TIMELINE.slots
    names: list[Path] = []
    makers: list[Awaitable[object]] = []
    for before, slot in zip([None, *slots], slots, strict=False):
        if before:
            names.append(folder / f"transition_{slot.scene_id}.mp4")
            left, right = clips[before.scene_id], clips[slot.scene_id]
            makers.append(
                cutting.cut_transition(left, right, names[-1], before_slot=before, after_slot=slot, canvas=CANVAS)
            )
        names.append(folder / f"body_{slot.scene_id}.mp4")
        makers.append(cutting.cut_body(clips[slot.scene_id], names[-1], slot=slot, canvas=CANVAS))
    await asyncio.gather(*makers)
    return names


async def film(clips: dict[int, Path], narrations: dict[int, Path], folder: Path) -> Path:
    made = await pieces(clips, folder)
    plan = sound_plan.plan_sound(TIMELINE, narrations=narrations)
    await mix_soundtrack(plan, folder / "sound.m4a", workdir=folder)
    spoken = [captions.Speech("Hello & <you>", 0, 300), captions.Speech("Good bye.", 4_000, 900)]
    (folder / "captions.srt").write_text(captions.to_srt(captions.cues(spoken)), encoding="utf-8")
    out = folder / "it's a film.mp4"
    await cutting.join(
        made, folder / "sound.m4a", folder / "captions.srt", out,
        title="It's $5: \"Ünder\" = ;", language="de", frames=TIMELINE.frames, fps=30,
    )  # fmt: skip
    return out


SPS, PPS = 7, 8


def unit_types(sample: bytes) -> Iterator[int]:
    """The types of the H.264 units in one sample of an MP4 file, where each follows its length."""
    at = 0
    while at < len(sample):
        yield sample[at + 4] & 31
        at += 4 + int.from_bytes(sample[at : at + 4], "big")


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("a film's pieces")


@pytest.fixture(scope="module")
def made(folder):
    clips = {
        scene.id: media.clip(
            folder / f"clip_{scene.id}.mp4",
            media.colour(COLOURS[scene.id], fps=RATES[scene.id]),
            "-t",
            scene.duration_s + 0.04,
        )
        for scene in SCENES
    }
    narrations = {
        scene.id: media.tone(folder / f"voice_{scene.id}.wav", scene.narration_ms / 1000, hertz=300 + 100 * scene.id)
        for scene in SCENES
        if scene.narration_ms
    }
    return asyncio.run(film(clips, narrations, folder))


@pytest.fixture(scope="module")
def picture(made):
    return media.decode(made)


@pytest.fixture(scope="module")
def heard(made):
    return media.listen(made)


def test_the_film_has_the_frames_of_its_slots_each_at_its_time(picture):
    assert len(picture.times) == TIMELINE.frames
    assert picture.times == [Fraction(n, 30) for n in range(TIMELINE.frames)]


def test_sound_and_picture_are_equally_long(made, heard):
    assert len(heard) == TIMELINE.frames * 1_600
    with av.open(str(made)) as container:
        lengths = [
            float((stream.duration or 0) * (stream.time_base or 0))
            for stream in container.streams
            if stream.type != "subtitle"
        ]
    assert max(lengths) - min(lengths) <= 1 / 30


def test_each_scene_is_seen_from_its_slots_first_frame_to_its_last(picture):
    """Each frame is nearest to the colour of its own scene; two mixed alike are half of each."""
    colours = {slot.scene_id: picture.means[slot.start + slot.frames // 2] for slot in TIMELINE.slots}
    for slot in TIMELINE.slots:
        inner = range(slot.start + 8 * slot.inner_left, slot.end - 8 * slot.inner_right)
        for frame in inner:
            assert np.abs(picture.means[frame] - colours[slot.scene_id]).max() < 3
    for before, after in pairwise(TIMELINE.slots):
        if after.transition == "none":
            assert np.abs(picture.means[after.start - 1] - colours[before.scene_id]).max() < 3
            assert np.abs(picture.means[after.start] - colours[after.scene_id]).max() < 3
        if after.transition in ("fade", "slide_left"):
            half = (colours[before.scene_id] + colours[after.scene_id]) / 2
            assert np.abs(picture.means[after.start] - half).max() < 4


def test_each_narration_is_heard_at_its_place(heard):
    loud = np.abs(heard[:, 0]) > 0.05
    for scene, slot in zip(SCENES, TIMELINE.slots, strict=True):
        stretch = loud[slot.start * 1_600 : slot.end * 1_600]
        if not scene.narration_ms:
            assert not stretch.any()
            continue
        onset, end = np.flatnonzero(stretch)[[0, -1]] / media.RATE
        assert abs(onset - 8 / 30) < 0.020
        assert abs(end - 8 / 30 - scene.narration_ms / 1000 / slot.tempo) < 0.030


def test_between_the_narrations_is_silence(heard):
    for slot in TIMELINE.slots:
        before = heard[slot.start * 1_600 + 480 : (slot.start + 8) * 1_600 - 1_500]
        after = heard[(slot.narration_start + slot.narration_frames + 2) * 1_600 : slot.end * 1_600 - 480]
        assert media.level_db(before) < -80
        assert media.level_db(after) < -80


def test_a_narration_that_does_not_fit_lengthens_its_slot_and_one_that_nearly_fits_is_sped_up():
    assert {slot.scene_id: (slot.frames, slot.tempo) for slot in TIMELINE.slots} == {
        3: (30, 1.0), 1: (60, pytest.approx(1.0715, abs=1e-3)), 2: (30, 1.0), 7: (30, 1.125), 5: (57, 1.0), 6: (60, 1.0)
    }  # fmt: skip


def test_pieces_share_one_decoder_configuration_and_the_film_has_no_other(made, folder):
    files = [made, *folder.glob("body_*.mp4"), *folder.glob("transition_*.mp4")]
    assert len(files) == 12
    settings = set()
    for file in files:
        with av.open(str(file)) as container:
            stream = container.streams.video[0]
            settings.add(stream.codec_context.extradata)
            assert not {SPS, PPS} & {kind for packet in container.demux(stream) for kind in unit_types(bytes(packet))}
            assert stream.codec_context.profile == "High"
            assert stream.codec_context.pix_fmt == "yuv420p"
    assert len(settings) == 1


def test_frames_are_coded_in_another_order_than_shown(made):
    with av.open(str(made)) as container:
        packets = [packet for packet in container.demux(video=0) if packet.size]
    shown = [packet.pts or 0 for packet in packets]
    assert shown != sorted(shown)
    assert all((before.dts or 0) < (after.dts or 0) for before, after in pairwise(packets))


def test_seeking_finds_the_right_frame_around_every_boundary(made, picture):
    boundaries = [slot.start for slot in TIMELINE.slots[1:]]
    with av.open(str(made)) as container:
        stream = container.streams.video[0]
        for frame in (at + offset for at in boundaries for offset in (-9, -8, -1, 0, 7, 8)):
            wanted = int(Fraction(frame, 30) / (stream.time_base or 1))
            container.seek(wanted, stream=stream)
            found = next(each for each in container.decode(stream) if (each.pts or 0) >= wanted)
            assert found.pts == wanted
            assert np.array_equal(found.to_ndarray(format="yuv420p"), picture.frames[frame])


def test_the_file_starts_with_its_index_and_says_what_it_is(made):
    data = made.read_bytes()
    assert data.index(b"moov") < data.index(b"mdat")
    with av.open(str(made)) as container:
        assert container.metadata["title"] == 'It\'s $5: "Ünder" = ;'
        video, audio, text = container.streams.video[0], container.streams.audio[0], container.streams.subtitles[0]
        assert (video.codec_context.color_primaries, video.codec_context.color_trc, video.codec_context.colorspace) == (
            1,
            1,
            1,
        )
        assert video.codec_context.color_range == 1
        assert (audio.codec_context.name, audio.codec_context.sample_rate, audio.codec_context.channels) == (
            "aac",
            48_000,
            2,
        )
        assert text.codec_context.name == "mov_text"
        assert {track.language for track in container.streams} == {"deu"}


def test_a_film_with_another_sound_says_its_language_too(made, tmp_path):
    media.run("-f", "lavfi", "-i", "anullsrc=r=48000", "-t", 3, "-c:a", "aac", tmp_path / "voice.m4a")
    argv = filter_graph.with_sound(made, tmp_path / "voice.m4a", tmp_path / "quiet.mp4", language="de")
    asyncio.run(ffmpeg.run(argv, length_s=3))
    with av.open(str(tmp_path / "quiet.mp4")) as container:
        assert [track.language for track in container.streams] == ["deu", "deu", "deu"]


def test_the_soft_track_shows_the_captions_text(made, tmp_path):
    media.run("-i", made, "-map", "0:s", tmp_path / "back.vtt")
    assert "Good bye." in (tmp_path / "back.vtt").read_text()


def test_a_film_of_one_scene_without_sound_or_words_is_joined_too(tmp_path):
    timeline = lay_out([SceneCut(1, 1, "fade")])
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(), frames=31)

    async def make() -> None:
        body = tmp_path / "body.mp4"
        await cutting.cut_body(clip, body, slot=timeline.slots[0], canvas=CANVAS)
        (tmp_path / "none.vtt").write_text(captions.to_vtt([]))
        await cutting.join(
            [body], None, tmp_path / "none.vtt", tmp_path / "film.mp4", title="", language="xx", frames=30, fps=30
        )

    asyncio.run(make())
    assert len(media.decode(tmp_path / "film.mp4").times) == 30


def test_the_joined_film_looks_like_one_made_in_a_single_graph(tmp_path):
    """The reference knows nothing of pieces: whole clips, conformed and cross-faded in one graph."""
    timeline = lay_out([SceneCut(1, 1), SceneCut(2, 1, "fade"), SceneCut(3, 1, "wipe_left")])
    source = "mandelbrot=s=128x72:r=30:start_scale={}"
    clips = [
        media.clip(tmp_path / f"c{n}.mp4", source.format(scale), "-g", 10, frames=40)
        for n, scale in enumerate((3, 1, 0.4))
    ]
    conform = "settb=1/90000,setpts=round(PTS*45/39),framerate=fps=30:flags=0,tpad=stop_mode=clone:stop=46"
    reference = tmp_path / "reference.mkv"
    graph = (
        f"[0]{conform},trim=start_frame=8:end_frame=46,setpts=PTS-STARTPTS,settb=1/30[a];"
        f"[1]{conform},trim=end_frame=46,setpts=PTS-STARTPTS,settb=1/30[b];"
        f"[2]{conform},trim=end_frame=38,setpts=PTS-STARTPTS,settb=1/30[c];"
        f"[a][b]xfade=fade:duration={16 / 30:.6f}:offset={22 / 30:.6f}[ab];"
        f"[ab][c]xfade=wipeleft:duration={16 / 30:.6f}:offset={52 / 30:.6f},format=yuv420p"
    )
    inputs = [argument for clip in clips for argument in ("-i", clip)]
    media.run(*inputs, "-filter_complex", graph, "-frames:v", 90, "-c:v", "ffv1", reference)

    async def make() -> None:
        a, b, c = timeline.slots
        names = [tmp_path / f"p{n}.mp4" for n in range(5)]
        await cutting.cut_body(clips[0], names[0], slot=a, canvas=CANVAS)
        await cutting.cut_transition(clips[0], clips[1], names[1], before_slot=a, after_slot=b, canvas=CANVAS)
        await cutting.cut_body(clips[1], names[2], slot=b, canvas=CANVAS)
        await cutting.cut_transition(clips[1], clips[2], names[3], before_slot=b, after_slot=c, canvas=CANVAS)
        await cutting.cut_body(clips[2], names[4], slot=c, canvas=CANVAS)
        await cutting.join(names, None, None, tmp_path / "film.mp4", title="", language="en", frames=90, fps=30)

    asyncio.run(make())
    ours, wanted = media.decode(tmp_path / "film.mp4").frames, media.decode(reference).frames
    assert len(ours) == len(wanted) == 90
    errors = [np.mean((a.astype(float) - b) ** 2) for a, b in zip(ours, wanted, strict=True)]
    assert 10 * np.log10(255**2 / max(errors)) > 30
