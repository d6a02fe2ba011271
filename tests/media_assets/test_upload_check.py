"""Tests of what users may upload, and what is refused with which sentence."""

from __future__ import annotations

import io
import json
import struct
import subprocess
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from PIL import Image

from media_assets import upload_check
from media_assets.format_by_bytes import sniff
from media_assets.probe import MAX_FPS
from media_assets.upload_check import take
from pixora.foundation.errors import BadMedia
from tests.pipeline.cut import media


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("given")


@pytest.fixture(scope="module")
def clip(folder: Path) -> Path:
    """Two seconds with sound, and where it was filmed."""
    media.run(
        "-f", "lavfi", "-i", media.ramp(fps=25), "-f", "lavfi", "-i", "sine=r=44100", "-t", 2, "-c:v", "libx264",
        "-metadata", "location=+48.1+11.5/", folder / "clip.mp4",
    )  # fmt: skip
    return folder / "clip.mp4"


def jpeg(size: tuple[int, int] = (120, 80), **options: object) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", size, (200, 80, 40)).save(written, "JPEG", **options)
    return written.getvalue()


def given(tmp_path: Path, content: bytes, name: str = "upload") -> Path:
    (tmp_path / name).write_bytes(content)
    return tmp_path / name


def test_a_picture_is_turned_upright_and_loses_what_the_camera_wrote(tmp_path: Path) -> None:
    exif = Image.Exif()
    exif[0x0112], exif[0x010E] = 6, "taken at home"
    exif.get_ifd(0x8825)[1] = "N"

    taken = take(given(tmp_path, jpeg(exif=exif)), tmp_path)

    assert (taken.kind, taken.suffix, taken.facts) == ("picture", ".png", {"width": 80, "height": 120})
    with Image.open(taken.path) as kept:
        assert not kept.getexif()
    assert b"taken at home" not in Path(taken.path).read_bytes()


def test_what_is_hidden_behind_a_picture_is_not_kept(tmp_path: Path) -> None:
    taken = take(given(tmp_path, jpeg() + b"PK\x03\x04<script>alert(1)</script>"), tmp_path)
    assert b"script" not in Path(taken.path).read_bytes()


def test_a_clip_is_measured(tmp_path: Path, clip: Path) -> None:
    taken = take(clip, tmp_path)
    assert (taken.kind, taken.suffix, taken.path) == ("clip", ".mp4", str(clip))
    assert taken.facts == {
        "format": "mov", "width": 128, "height": 72, "fps": 25.0, "frames": 50, "duration_ms": 2000,
        "has_audio": True,
        "colour": {"matrix": 2, "primaries": 2, "transfer": 2, "full_range": False},
    }  # fmt: skip


@pytest.mark.parametrize(
    ("suffix", "format"),
    [("wav", "wav"), ("mp3", "mp3"), ("flac", "flac"), ("ogg", "ogg"), ("m4a", "mov"), ("aac", "aac"),
     ("webm", "matroska")],
)  # fmt: skip
def test_a_sound_is_found_from_its_bytes_whatever_its_name(tmp_path: Path, suffix: str, format: str) -> None:
    media.run("-i", media.tone(tmp_path / "tone.wav", 1.0), tmp_path / f"sound.{suffix}")
    file = (tmp_path / f"sound.{suffix}").rename(tmp_path / "holiday.png")

    taken = take(file, tmp_path)

    assert (taken.kind, taken.facts["format"]) == ("sound", format)
    assert taken.facts["duration_ms"] == pytest.approx(1_000, abs=60)


def bomb() -> bytes:
    """A PNG of a few hundred bytes that says it has 900 megapixels."""

    def chunk(name: bytes, data: bytes) -> bytes:
        return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 1, 0, 0, 0, 0)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", zlib.compress(bytes(1_000)))
        + chunk(b"IEND", b"")
    )


HTML = b"<!doctype html><script>alert(1)</script>"
SVG = b'<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>'
PLAYLIST = b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nfile:///etc/passwd\n#EXT-X-ENDLIST\n"
CONCAT = b"ffconcat version 1.0\nfile '/etc/passwd'\n"
ID3 = b"ID3\x04\x00\x00\x00\x00\x00\x00"


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        (b"", "is empty"),
        (b"This is text.", "none of the kinds"),
        (HTML, "none of the kinds"),
        (SVG, "none of the kinds"),
        (PLAYLIST, "none of the kinds"),
        (CONCAT, "none of the kinds"),
        (b"PK\x03\x04" + bytes(200), "none of the kinds"),
        (b"MZ" + bytes(200), "none of the kinds"),
        (b"\0\0\0\x18ftypheic" + bytes(200), "not a readable"),
        (b"\0\0\0\x18ftypavif" + bytes(200), "not a readable"),
        (b"GIF89a" + bytes(200), "not a readable"),
        (b"\x89PNG\r\n\x1a\n" + HTML, "not a readable PNG"),
        (jpeg()[:400], "not a readable PNG"),
        (jpeg((20, 20)), "at least 64 pixels"),
        (bomb(), "more than 40 megapixels"),
        (ID3 + PLAYLIST, "cannot be read"),
        (b"\0\0\0\x18ftypisom" + PLAYLIST, "cannot be read"),
        (b"\x1aE\xdf\xa3" + bytes(500), "cannot be read"),
        (b"RIFF\x24\0\0\0WAVE" + bytes(20), "cannot be read|holds no sound"),
        (b"\xff\xfb" + HTML * 40, "cannot be read|holds no sound"),
    ],
)
def test_what_it_cannot_use_is_refused_with_a_sentence(tmp_path: Path, content: bytes, reason: str) -> None:
    with pytest.raises(BadMedia, match=rf"file: the file .*({reason})"):
        take(given(tmp_path, content, "picture.png"), tmp_path)


@pytest.mark.parametrize("kept", [0.3, 0.6, 0.8])
def test_a_clip_cut_short_is_refused(tmp_path: Path, clip: Path, kept: float) -> None:
    data = clip.read_bytes()
    with pytest.raises(BadMedia, match="file: the file"):
        take(given(tmp_path, data[: int(len(data) * kept)]), tmp_path)


def test_a_clip_with_a_hole_in_it_is_refused(tmp_path: Path) -> None:
    data = bytearray(media.clip(tmp_path / "clip.mp4", "testsrc=s=320x180:r=30", frames=60).read_bytes())
    middle = data.index(b"mdat") + (len(data) - data.index(b"mdat")) // 3
    data[middle : middle + 3_000] = bytes(3_000)
    with pytest.raises(BadMedia, match="damaged"):
        take(given(tmp_path, bytes(data)), tmp_path)


def test_a_clip_of_which_only_the_sound_is_cut_short_is_refused(tmp_path: Path, clip: Path) -> None:
    media.run("-i", clip, "-c", "copy", "-movflags", "frag_keyframe+empty_moov", tmp_path / "parts.mp4")
    data = (tmp_path / "parts.mp4").read_bytes()
    with pytest.raises(BadMedia, match="cut short"):
        take(given(tmp_path, data[: len(data) - 200]), tmp_path)


def test_what_an_edit_leaves_out_is_no_part_of_a_clip(tmp_path: Path) -> None:
    """Telephones trim a film without touching it: its file says from where on it is shown."""
    media.run("-f", "lavfi", "-i", media.ramp(fps=25), "-t", 2, "-c:v", "libx264", "-g", 50, tmp_path / "whole.mp4")
    media.run("-ss", 1.2, "-i", tmp_path / "whole.mp4", "-c", "copy", tmp_path / "trimmed.mp4")
    facts = take(tmp_path / "trimmed.mp4", tmp_path).facts
    assert facts["duration_ms"] == pytest.approx(800, abs=90)
    assert facts["frames"] == pytest.approx(20, abs=2)


def test_what_cannot_be_decoded_for_want_of_a_beginning_is_no_part_of_a_clip(tmp_path: Path) -> None:
    coded = ("-t", 2, "-c:v", "libx264", "-g", 25, "-bf", 3, "-f", "mpegts")
    media.run("-f", "lavfi", "-i", media.ramp(fps=25), *coded, tmp_path / "whole.ts")
    media.run("-ss", 0.5, "-i", tmp_path / "whole.ts", "-c", "copy", "-copyinkf", tmp_path / "late.mkv")
    facts = take(tmp_path / "late.mkv", tmp_path).facts
    media.run("-i", tmp_path / "late.mkv", "-c:v", "libx264", tmp_path / "shown.mp4")
    assert facts["frames"] == take(tmp_path / "shown.mp4", tmp_path).facts["frames"] < 50


@pytest.mark.parametrize("samples", [1, 480])
def test_a_sound_that_nobody_could_hear_is_refused(tmp_path: Path, samples: int) -> None:
    media.write_wav(tmp_path / "click.wav", np.full(samples, 0.5, np.float32))
    with pytest.raises(BadMedia, match=r"file: the file lasts 0.0.. s; a sound must last 0.1 s at least"):
        take(tmp_path / "click.wav", tmp_path)


def long_clip(tmp_path: Path) -> Path:
    return media.clip(tmp_path / "long.mp4", "color=c=red:s=16x16:r=1", frames=70)


def long_sound(tmp_path: Path) -> Path:
    """Hours of silence in a few kilobytes."""
    media.run("-f", "lavfi", "-i", "anullsrc=r=8000:cl=mono", "-t", 1_000, tmp_path / "long.flac")
    return tmp_path / "long.flac"


def wide_clip(tmp_path: Path) -> Path:
    return media.clip(tmp_path / "wide.mp4", "color=c=red:s=4400x16:r=1", frames=1)


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (long_clip, "lasts 70 s; a clip may last 60 s"),
        (long_sound, "lasts 1000 s; a sound may last 900 s"),
        (wide_clip, "larger than 4096 pixels a side"),
    ],
)
def test_what_is_longer_or_larger_than_a_film_needs_is_refused_before_it_is_decoded(
    tmp_path: Path, make: Callable[[Path], Path], reason: str
) -> None:
    with pytest.raises(BadMedia, match=reason):
        take(make(tmp_path), tmp_path)


def lying_flac(tmp_path: Path) -> Path:
    """The header says one second."""
    data = bytearray(long_sound(tmp_path).read_bytes())
    data[21] &= 0xF0
    data[22:26] = (8_000).to_bytes(4, "big")
    return given(tmp_path, bytes(data))


def silent_flac(tmp_path: Path) -> Path:
    """The header does not say how long it is."""
    data = bytearray(long_sound(tmp_path).read_bytes())
    data[21] &= 0xF0
    data[22:26] = bytes(4)
    return given(tmp_path, bytes(data))


def lying_ogg(tmp_path: Path) -> Path:
    """The last page says that one second has passed; its checksum is right."""
    media.run("-i", long_sound(tmp_path), "-c:a", "libvorbis", tmp_path / "long.ogg")
    data = bytearray((tmp_path / "long.ogg").read_bytes())
    last = data.rindex(b"OggS")
    data[last + 6 : last + 14] = (8_000).to_bytes(8, "little")
    data[last + 22 : last + 26] = bytes(4)
    data[last + 22 : last + 26] = ogg_checksum(bytes(data[last:])).to_bytes(4, "little")
    return given(tmp_path, bytes(data))


def ogg_checksum(page: bytes) -> int:
    """RFC 3533, section 6."""
    found = 0
    for byte in page:
        found ^= byte << 24
        for _ in range(8):
            found = (found << 1) ^ (0x104C11DB7 if found & 0x80000000 else 0)
    return found


def lying_m4a(tmp_path: Path) -> Path:
    """All of its boxes that tell a length say one second."""
    media.run("-i", long_sound(tmp_path), "-c:a", "aac", "-b:a", "16k", tmp_path / "long.m4a")
    data = bytearray((tmp_path / "long.m4a").read_bytes())
    for name, scale, length in ((b"mvhd", 16, 20), (b"mdhd", 16, 20), (b"tkhd", None, 24)):
        box = data.index(name)
        per_second = data[box + scale : box + scale + 4] if scale else (1_000).to_bytes(4, "big")
        data[box + length : box + length + 4] = per_second
    return given(tmp_path, bytes(data))


def lying_matroska(tmp_path: Path) -> Path:
    """The duration element says three seconds."""
    media.run("-i", long_sound(tmp_path), "-c:a", "libvorbis", tmp_path / "long.mka")
    data = bytearray((tmp_path / "long.mka").read_bytes())
    place = data.index(b"\x44\x89\x88") + 3
    data[place : place + 8] = struct.pack(">d", 3_000.0)
    return given(tmp_path, bytes(data))


LIARS = [lying_flac, silent_flac, lying_ogg, lying_m4a, lying_matroska]


@pytest.mark.parametrize("make", LIARS)
def test_a_sound_is_as_long_as_it_is_whatever_it_says(tmp_path: Path, make: Callable[[Path], Path]) -> None:
    """And no more of it is decoded than a sound may last."""
    with pytest.raises(BadMedia, match=r"file: the file lasts .*(900|901) s"):
        take(make(tmp_path), tmp_path)


def test_a_sound_of_one_sample_a_second_is_refused(tmp_path: Path) -> None:
    media.run("-i", media.tone(tmp_path / "tone.wav", 1.0), "-c:a", "pcm_u8", tmp_path / "slow.wav")
    data = bytearray((tmp_path / "slow.wav").read_bytes())
    data[24:28], data[28:32] = (1).to_bytes(4, "little"), (1).to_bytes(4, "little")
    with pytest.raises(BadMedia, match=r"file: the file (has 1 samples a second|lasts)"):
        take(given(tmp_path, bytes(data[:600])), tmp_path)


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 1e9])
def test_a_sound_of_numbers_that_are_no_level_is_refused(tmp_path: Path, value: float) -> None:
    """One of them is enough for an encoder to fail."""
    media.run("-i", media.tone(tmp_path / "tone.wav", 1.0), "-c:a", "pcm_f32le", tmp_path / "float.wav")
    data = bytearray((tmp_path / "float.wav").read_bytes())
    data[-80_000:-79_996] = struct.pack("<f", value)
    with pytest.raises(BadMedia, match="file: the file holds numbers that are no sound"):
        take(given(tmp_path, bytes(data)), tmp_path)


def test_a_sound_of_more_channels_than_have_a_place_is_refused(tmp_path: Path) -> None:
    media.write_wav(tmp_path / "many.wav", np.full((4_800, 17), 0.2, np.float32))
    with pytest.raises(BadMedia, match="file: the file has 17 channels; at most 16 can be used"):
        take(tmp_path / "many.wav", tmp_path)


@pytest.mark.parametrize("size", ["16x256", "2x2", "512x16"])
def test_a_clip_that_is_a_line_or_a_dot_is_refused(tmp_path: Path, size: str) -> None:
    media.run("-f", "lavfi", "-i", f"color=c=red:s={size}", "-t", 0.2, "-c:v", "libx264", tmp_path / "line.mp4")
    with pytest.raises(BadMedia, match=f"file: the file is {size}; it must be at least 16 pixels a side"):
        take(tmp_path / "line.mp4", tmp_path)


def test_a_clip_that_does_not_begin_at_zero_is_as_long_as_it_is(tmp_path: Path, clip: Path) -> None:
    """A part of a broadcast, for instance."""
    media.run("-i", clip, "-c", "copy", "-output_ts_offset", 1_000, tmp_path / "late.mkv")
    assert take(tmp_path / "late.mkv", tmp_path).facts["duration_ms"] == 2_000


def test_a_clip_of_more_pictures_than_its_length_can_show_is_refused(tmp_path: Path) -> None:
    """All of them in one second, whatever rate its header tells."""
    many = (upload_check.MAX_CLIP_S + 1) * MAX_FPS + 2
    media.run(
        "-f", "lavfi", "-i", "color=c=red:s=16x16:r=30000", "-frames:v", many, "-c:v", "libx264", "-preset",
        "ultrafast", "-video_track_timescale", 30_000, tmp_path / "many.mp4",
    )  # fmt: skip
    with pytest.raises(BadMedia, match="file: the file"):
        take(tmp_path / "many.mp4", tmp_path)


def test_a_file_of_very_many_streams_is_refused(tmp_path: Path) -> None:
    maps = [argument for _ in range(upload_check.MAX_STREAMS + 1) for argument in ("-map", "0:a")]
    media.run("-i", media.tone(tmp_path / "tone.wav", 0.1), *maps, tmp_path / "many.mka")
    with pytest.raises(BadMedia, match="holds 17 streams"):
        take(tmp_path / "many.mka", tmp_path)


def test_a_picture_and_a_text_get_less_time_than_a_clip(tmp_path: Path, clip: Path) -> None:
    program = "import resource; from media_assets import upload_check; upload_check.main();"
    program += "print(resource.getrlimit(resource.RLIMIT_CPU)[0])"
    for file, limit_s in (
        (given(tmp_path, jpeg(), "picture"), upload_check.QUICK_CPU_S),
        (given(tmp_path, b"A text.", "text"), upload_check.QUICK_CPU_S),
        (clip, upload_check.CPU_S),
    ):
        asked = json.dumps({"file": str(file), "workdir": str(tmp_path), "wanted": None, "is_text": True})
        said = subprocess.run([sys.executable, "-c", program], input=asked, capture_output=True, text=True, check=True)
        assert int(said.stdout.split()[-1]) == limit_s


def test_text_is_never_taken_for_an_mp3() -> None:
    assert [sniff(text) for text in (b"", b"\xff", b"\xff\xfe<html>", b"ID", b"\0\0\0 ftyp"[:6])] == [None] * 5
