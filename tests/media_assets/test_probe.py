from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest
from PIL import Image

from media_assets.examine import examine
from media_assets.probe import probe
from pixora.foundation.errors import BadMedia
from tests.pipeline.cut import media


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("probed")


@pytest.fixture(scope="module")
def video(folder):
    return media.clip(folder / "video.mp4", media.ramp(fps=24), "-movflags", "+faststart", frames=49)


def test_a_video_tells_its_exact_frames_and_times(video):
    found = probe(video, expect="video")
    assert (found.kind, found.codec, found.width, found.height) == ("video", "h264", 128, 72)
    assert (found.fps, found.frames, found.duration_ms) == (Fraction(24), 49, 2_042)
    assert (found.start_s, found.span_s, found.longest_gap_s) == (Fraction(0), Fraction(2), Fraction(1, 24))
    assert not found.has_audio


def test_a_video_with_sound_says_so(video, folder):
    with_sound = folder / "sounding.mp4"
    media.run("-i", video, "-f", "lavfi", "-i", "sine=r=44100", "-c:v", "copy", "-shortest", with_sound)
    found = probe(with_sound)
    assert (found.kind, found.has_audio, found.sample_rate, found.channels) == ("video", True, 44_100, 1)


def test_a_turned_video_has_the_size_it_is_shown_at(video, folder):
    turned = folder / "turned.mp4"
    media.run("-display_rotation", 90, "-i", video, "-c", "copy", turned)
    found = probe(turned)
    assert (found.width, found.height, abs(found.rotation)) == (72, 128, 90)


def test_a_varying_rate_shows_in_the_longest_gap(folder):
    clip = media.clip(
        folder / "vfr.mp4", media.ramp(fps=30) + ",select='lt(n,10)+gt(n,20)'", "-fps_mode", "vfr", "-t", 1
    )
    assert probe(clip).longest_gap_s == pytest.approx(12 / 30, abs=0.001)


@pytest.mark.parametrize("suffix", ["wav", "mp3", "flac", "ogg"])
def test_sound_tells_its_length(folder, suffix):
    sound = folder / f"sound.{suffix}"
    media.run("-i", media.tone(folder / "tone.wav", 1.25), sound)
    found = probe(sound, expect="audio")
    assert (found.kind, found.has_audio, found.sample_rate) == ("audio", True, 48_000)
    assert found.duration_ms == pytest.approx(1_250, abs=30)


MANIFEST = (
    b'<MPD xmlns="urn:mpeg:dash:schema:mpd:2011" profiles="urn:mpeg:dash:profile:isoff-on-demand:2011">'
    b"<Period><AdaptationSet><Representation><BaseURL>tone.wav</BaseURL></Representation></AdaptationSet></Period></MPD>"
)


@pytest.mark.parametrize(
    "content",
    [
        b"#EXTM3U\n#EXTINF:1,\ntone.wav\n#EXT-X-ENDLIST\n",
        b"ffconcat version 1.0\nfile 'tone.wav'\n",
        b"v=0\no=- 0 0 IN IP4 127.0.0.1\ns=-\nm=audio 9 RTP/AVP 0\n",
        MANIFEST,
        b"ID3\x04\x00\x00\x00\x00\x00\x00" + MANIFEST,
        b"\0\0\0\x18ftypisom" + MANIFEST,
    ],
    ids=["play list", "concat", "SDP", "DASH", "DASH as MP3", "DASH as MP4"],
)
@pytest.mark.parametrize("suffix", ["mp3", "mp4", "png", "m3u8", "mpd", "txt"])
def test_nothing_that_names_other_files_is_read_whatever_its_name(tmp_path, content, suffix):
    """Vendors' files are looked at here too."""
    media.tone(tmp_path / "tone.wav", 1.0)
    path = tmp_path / f"given.{suffix}"
    path.write_bytes(content)
    with pytest.raises(BadMedia):
        probe(path)


def test_no_more_is_decoded_than_asked_for(folder):
    sound = media.tone(folder / "three.wav", 3.0)
    assert probe(sound, longest_s=3).duration_ms == 3_000
    with pytest.raises(BadMedia, match="lasts more than 2 s"):
        probe(sound, longest_s=2)


@pytest.mark.parametrize("suffix", ["png", "jpg", "webp"])
def test_a_picture_is_an_image(folder, suffix):
    path = folder / f"still.{suffix}"
    Image.new("RGB", (40, 30), "red").save(path)
    found = probe(path, expect="image")
    assert (found.kind, found.width, found.height, found.duration_ms) == ("image", 40, 30, 0)


def test_sound_with_a_cover_picture_is_sound(folder):
    covered = folder / "covered.mp3"
    Image.new("RGB", (40, 30), "red").save(folder / "cover.png")
    media.run(
        "-i", media.tone(folder / "song.wav", 1.0), "-i", folder / "cover.png",
        "-map", 0, "-map", 1, "-disposition:v", "attached_pic", covered,
    )  # fmt: skip
    assert probe(covered).kind == "audio"


def test_sound_is_refused_where_a_video_is_wanted(folder):
    with pytest.raises(BadMedia, match=r"only\.wav holds sound where a video is needed"):
        probe(media.tone(folder / "only.wav", 0.5), expect="video")


def test_a_picture_is_refused_where_sound_is_wanted(video):
    with pytest.raises(BadMedia, match="holds a video where sound is needed"):
        probe(video, expect="audio")


def test_an_empty_file_is_refused(tmp_path):
    (tmp_path / "empty.mp4").touch()
    with pytest.raises(BadMedia, match=r"empty\.mp4 is empty"):
        probe(tmp_path / "empty.mp4")


def test_a_missing_file_is_refused(tmp_path):
    with pytest.raises(BadMedia, match=r"missing\.mp4 does not exist"):
        probe(tmp_path / "missing.mp4")


@pytest.mark.parametrize(
    "content", [b"hello, I am no video", bytes(range(256)) * 40, b"\x00" * 5_000, b"<html></html>"]
)
def test_garbage_is_refused(tmp_path, content):
    path = tmp_path / "garbage.mp4"
    path.write_bytes(content)
    with pytest.raises(BadMedia):
        probe(path, expect="video")


@pytest.mark.parametrize("kept", [0.2, 0.5, 0.8, 0.95])
@pytest.mark.parametrize("index_first", [True, False])
def test_a_video_cut_short_is_refused(folder, video, tmp_path, kept, index_first):
    whole = video
    if not index_first:
        whole = tmp_path / "late.mp4"
        media.run("-i", video, "-c", "copy", whole)
    data = whole.read_bytes()
    (tmp_path / "short.mp4").write_bytes(data[: int(len(data) * kept)])
    with pytest.raises(BadMedia, match=r"short\.mp4"):
        probe(tmp_path / "short.mp4", expect="video")


def test_a_video_whose_pictures_are_noise_is_refused(video, tmp_path):
    data = bytearray(video.read_bytes())
    begin = data.index(b"mdat") + 4
    data[begin:] = np.random.default_rng(0).bytes(len(data) - begin)
    (tmp_path / "noise.mp4").write_bytes(data)
    with pytest.raises(BadMedia):
        probe(tmp_path / "noise.mp4", expect="video")


def test_a_clip_with_damage_in_its_middle_is_found_by_looking_at_every_frame(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", "testsrc=s=320x180:r=30", frames=60)
    assert probe(clip, every_frame=True) == probe(clip)
    data = bytearray(clip.read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 3
    data[middle : middle + 3_000] = bytes(3_000)
    (tmp_path / "hole.mp4").write_bytes(data)
    assert probe(tmp_path / "hole.mp4").frames == 60
    with pytest.raises(BadMedia, match="not every frame"):
        probe(tmp_path / "hole.mp4", every_frame=True)


def test_what_was_looked_at_already_is_not_looked_at_again(tmp_path):
    clip = media.clip(tmp_path / "clip.mp4", "testsrc=s=320x180:r=30", frames=60)
    found, seen = probe(clip, every_frame=True), examine(clip, "video", every_frame=True)
    (tmp_path / "gone.mp4").write_bytes(bytes(clip.stat().st_size))
    assert examine(tmp_path / "gone.mp4", "video", found) == seen
    assert (seen["frames"], seen["width"], seen["duration_ms"]) == (60, 320, 2000)
