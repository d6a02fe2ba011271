"""One's own material looks and sounds in the film as it did, whatever it is stored as."""

from __future__ import annotations

import asyncio
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import numpy as np
import pytest
from numpy.typing import NDArray
from PIL import Image

from media_assets import upload_check
from pipeline.cut import conversions, cutting, ffmpeg
from pipeline.cut.picture import stills
from pipeline.cut.picture.filter_graph import Canvas, span_s
from pipeline.cut.timeline import SceneCut, lay_out
from tests.pipeline.cut import media

SIZE = (320, 180)
BARS = [(180, 40, 40), (40, 160, 60), (50, 60, 190), (128, 128, 128), (180, 160, 40), (235, 235, 235)]
SEEN_THROUGH = {
    "libvpx-vp9": ("-pix_fmt", "yuva420p"),
    "qtrle": ("-pix_fmt", "argb"),
    "png": ("-pix_fmt", "rgba"),
    "prores_ks": ("-pix_fmt", "yuva444p10le", "-color_primaries", "bt2020", "-colorspace", "bt2020nc"),
}
"""Encoders of clips with transparency, in RGB and not, and of a wide gamut too."""
Pixels = NDArray[np.int32]


def bars(path: Path, size: tuple[int, int] = SIZE, colours: list[tuple[int, int, int]] = BARS) -> Path:
    """Upright stripes, so many of them."""
    row = np.repeat(np.array(colours, np.uint8), -(-size[0] // len(colours)), axis=0)[: size[0]]
    Image.fromarray(np.broadcast_to(row, (size[1], size[0], 3)).copy()).save(path)
    return path


def encoded(folder: Path, filters: str, *options: object, source: Path | None = None, name: str = "given.mp4") -> Path:
    """A second of the bars, brought into a colour space by ffmpeg."""
    made, out = source or bars(folder / "bars.png"), folder / name
    codec = ("-c:v", "libx265", "-crf", 8, "-x265-params", "log-level=none") if "10le" in filters else (
        "-c:v", "libx264", "-crf", 6)  # fmt: skip
    still = ("-loop", 1, "-framerate", 30) if made.suffix == ".png" else ()
    media.run(*still, "-i", made, "-t", 1, "-vf", filters, *codec, "-tag:v", "hvc1" if "10le" in filters else "avc1",
              *options, out)  # fmt: skip
    return out


def converted(path: Path, size: tuple[int, int] = SIZE, **chosen: Any) -> Path:
    """Convert it as an upload that becomes a take: through the intake, then ffmpeg."""
    taken, out = upload_check.take(path, path.parent), path.with_name("take.mp4")
    argv = conversions.clip(Path(taken.path), out, size, facts=taken.facts, **chosen)
    asyncio.run(ffmpeg.run(argv, length_s=taken.facts["duration_ms"] / 1000))
    return out


def seen(path: Path, at: int = 10) -> Pixels:
    """One frame of a take in RGB; its tags are the one set that all takes have."""
    with av.open(str(path)) as container:
        frames = list(container.decode(video=0))
        frame = frames[min(at, len(frames) - 1)]
        context = container.streams.video[0].codec_context
        tags = (context.colorspace, context.color_primaries, context.color_trc, context.color_range)
        assert tags == (1, 1, 1, 1)
        assert context.pix_fmt == "yuv420p"
        picture = frame.reformat(format="rgb24", src_colorspace="ITU709").to_ndarray()
        return np.asarray(picture, np.int32)


def stripes(picture: Pixels, count: int = len(BARS)) -> list[list[int]]:
    width = picture.shape[1] // count
    middle = picture.shape[0] // 2
    return [picture[middle - 5 : middle + 5, width * n + width // 3 : width * n + width // 2].mean(axis=(0, 1)).tolist()
            for n in range(count)]  # fmt: skip


def test_what_is_the_films_already_stays_as_it_is(tmp_path: Path) -> None:
    given = encoded(tmp_path, "scale=out_color_matrix=bt709:out_range=tv,format=yuv420p", "-colorspace", "bt709")
    assert np.abs(np.subtract(stripes(seen(converted(given))), BARS)).max() <= 4


LINEAR = "zscale=tin=bt709:pin=bt709:min=gbr:p=bt709:m=gbr:t=linear:npl=203,format=gbrpf32le"


@pytest.mark.parametrize("transfer", ["smpte2084", "arib-std-b67"])
def test_hdr_is_tone_mapped_and_keeps_its_colours(tmp_path: Path, transfer: str) -> None:
    """Reference white, 203 cd/m², is white; what is darker keeps its brightness, all keep their hue."""
    white = [*BARS[:-1], (255, 255, 255)]
    filters = f"format=gbrp,{LINEAR},zscale=p=bt2020:t={transfer}:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    tags = ("-color_primaries", "bt2020", "-color_trc", transfer, "-colorspace", "bt2020nc", "-color_range", "tv")
    given = encoded(tmp_path, filters, *tags, source=bars(tmp_path / "bars.png", colours=white))
    found = stripes(seen(converted(given)))
    assert min(found[-1]) >= 230
    assert np.ptp(found[-1]) <= 4
    assert np.abs(np.subtract(found[:-1], white[:-1])).max() <= 8


@pytest.mark.parametrize("matrix", ["unknown", "bt2020c"])
def test_a_clip_that_says_little_more_than_that_it_is_hdr_is_read_as_hdr_usually_is(
    tmp_path: Path, matrix: str
) -> None:
    white = [*BARS[:-1], (255, 255, 255)]
    filters = f"format=gbrp,{LINEAR},zscale=p=bt2020:t=smpte2084:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    said = f",setparams=color_primaries=unknown:colorspace={matrix}"
    given = encoded(tmp_path, filters + said, source=bars(tmp_path / "bars.png", colours=white))
    assert upload_check.take(given, tmp_path).facts["colour"]["primaries"] == 2
    found = stripes(seen(converted(given)))
    assert min(found[-1]) >= 230
    assert np.abs(np.subtract(found[:-1], white[:-1])).max() <= 8


@pytest.mark.parametrize(
    "said",
    [
        "colorspace=fcc:color_primaries=film:color_trc=log100",
        "colorspace=bt2020c:color_primaries=bt709:color_trc=bt2020-10",
        "colorspace=ycgco:color_primaries=bt709:color_trc=linear",
    ],
)
def test_a_clip_with_colours_that_hardly_any_file_has_is_used_too(tmp_path: Path, said: str) -> None:
    grey = bars(tmp_path / "bars.png", colours=[(128, 128, 128)] * 6)
    given = encoded(tmp_path, f"scale=out_color_matrix=bt709:out_range=tv,format=yuv420p,setparams={said}", source=grey)
    found = stripes(seen(converted(given)))
    assert np.ptp([sum(stripe) for stripe in found]) <= 4


def test_a_clip_whose_colours_are_in_ycgco_keeps_them(tmp_path: Path) -> None:
    given = encoded(tmp_path, "format=gbrp,zscale=m=ycgco:r=tv,format=yuv420p")
    assert upload_check.take(given, tmp_path).facts["colour"]["matrix"] == 8
    assert np.abs(np.subtract(stripes(seen(converted(given))), BARS)).max() <= 6


def test_a_clip_in_hdr_that_a_generator_made_looks_in_its_piece_as_it_does(tmp_path: Path) -> None:
    """Nothing converts it before the cut does."""
    white = [*BARS[:-1], (255, 255, 255)]
    filters = f"format=gbrp,{LINEAR},zscale=p=bt2020:t=smpte2084:m=bt2020nc:r=tv:npl=203,format=yuv420p10le"
    tags = ("-color_primaries", "bt2020", "-color_trc", "smpte2084", "-colorspace", "bt2020nc", "-color_range", "tv")
    given = encoded(tmp_path, filters, *tags, source=bars(tmp_path / "bars.png", colours=white))
    (slot,) = lay_out([SceneCut(1, 1)]).slots
    asyncio.run(cutting.cut_body(given, tmp_path / "body.mp4", slot=slot, canvas=Canvas(SIZE, 30)))
    found = stripes(seen(tmp_path / "body.mp4"))
    assert min(found[-1]) >= 230
    assert np.abs(np.subtract(found[:-1], white[:-1])).max() <= 8
    poster = stills.poster(asyncio.run(cutting.read_clip(given)), SIZE, tmp_path / "poster.jpg", frames=30)
    asyncio.run(ffmpeg.run(poster, length_s=1))
    with Image.open(tmp_path / "poster.jpg") as opened:
        assert min(stripes(np.asarray(opened, np.int32))[-1]) >= 230


@pytest.mark.parametrize("ratio", ["500/1", "1/500"])
def test_pixels_that_say_they_are_lines_are_square(tmp_path: Path, ratio: str) -> None:
    """They are square in the facts too. Scaled as they say, a picture would be a hundred times larger before it is
    cut."""
    given = encoded(tmp_path, f"setsar={ratio},scale=out_color_matrix=bt709,format=yuv420p", "-colorspace", "bt709")
    assert upload_check.take(given, tmp_path).facts["width"] == SIZE[0]
    assert np.abs(np.subtract(stripes(seen(converted(given))), BARS)).max() <= 6
    (slot,) = lay_out([SceneCut(1, 1)]).slots
    asyncio.run(cutting.cut_body(given, tmp_path / "body.mp4", slot=slot, canvas=Canvas(SIZE, 30)))
    assert np.abs(np.subtract(stripes(seen(tmp_path / "body.mp4")), BARS)).max() <= 6


@pytest.mark.parametrize("primaries", ["smpte432", "bt2020"])
def test_a_wide_gamut_is_converted(tmp_path: Path, primaries: str) -> None:
    matrix = "bt2020nc" if primaries == "bt2020" else "bt709"
    filters = f"format=gbrp,zscale=tin=bt709:pin=bt709:min=gbr:t=bt709:p={primaries}:m={matrix}:r=tv,format=yuv420p10le"
    tags = ("-color_primaries", primaries, "-color_trc", "bt709", "-colorspace", matrix, "-color_range", "tv")
    found = stripes(seen(converted(encoded(tmp_path, filters, *tags))))
    assert np.abs(np.subtract(found, BARS)).max() <= 6


@pytest.mark.parametrize(("size", "space"), [((640, 480), "smpte170m"), ((1280, 720), "bt709")])
def test_a_clip_that_says_nothing_of_its_colours_is_read_by_its_size(
    tmp_path: Path, size: tuple[int, int], space: str
) -> None:
    transfer = "601" if space == "smpte170m" else "bt709"
    into = f"format=gbrp,zscale=tin=bt709:pin=bt709:min=gbr:t={transfer}:p={space}:m={space}:r=tv,format=yuv420p"
    filters = f"{into},setparams=colorspace=unknown:color_primaries=unknown:color_trc=unknown"
    found = stripes(seen(converted(encoded(tmp_path, filters, source=bars(tmp_path / "b.png", size)))))
    assert np.abs(np.subtract(found, BARS)).max() <= (8 if space == "smpte170m" else 4)


def test_full_range_becomes_studio_range(tmp_path: Path) -> None:
    filters = "scale=out_color_matrix=bt709:out_range=pc,format=yuvj420p"
    given = encoded(tmp_path, filters, "-colorspace", "bt709", "-color_range", "pc")
    assert np.abs(np.subtract(stripes(seen(converted(given))), BARS)).max() <= 4


def test_an_rgb_clip_keeps_its_colours(tmp_path: Path) -> None:
    media.run(
        "-loop", 1, "-i", bars(tmp_path / "b.png"), "-t", 1, "-c:v", "qtrle", "-pix_fmt", "rgb24", tmp_path / "a.mov"
    )
    assert np.abs(np.subtract(stripes(seen(converted(tmp_path / "a.mov"))), BARS)).max() <= 4


@pytest.mark.parametrize(("ink", "below"), [("black", 255), ("white", 24)])
@pytest.mark.parametrize("kind", SEEN_THROUGH)
def test_a_transparent_clip_stands_on_a_ground_it_is_seen_on(tmp_path: Path, ink: str, below: int, kind: str) -> None:
    """A square of ink on nothing, which is not taken for a black clip."""
    graph = f"color=c=black@0:s=320x180,format=rgba,drawbox=x=120:y=50:w=80:h=80:c={ink}@1:t=fill:replace=1"
    path = tmp_path / ("a.webm" if kind == "libvpx-vp9" else "a.mov")
    media.run("-f", "lavfi", "-i", graph, "-t", 0.5, "-c:v", kind, *SEEN_THROUGH[kind], path)
    assert "black" not in upload_check.take(path, tmp_path).facts
    picture = seen(converted(path), 3)
    assert abs(picture[90, 160].mean() - (0 if ink == "black" else 255)) <= 6
    assert abs(picture[20, 20].mean() - below) <= 6


def test_interlaced_pictures_lose_their_combs(tmp_path: Path) -> None:
    """A bar that moves is torn into lines where two moments are in one frame."""
    graph = "color=c=black:s=320x288:r=50,drawbox=x=0:y=0:w=60:h=288:c=white:t=fill,scroll=h=-0.02,tinterlace=mode=4"
    media.run("-f", "lavfi", "-i", graph, "-t", 1, "-c:v", "libx264", "-crf", 6, "-flags", "+ilme+ildct",
              "-x264-params", "tff=1", tmp_path / "tv.mp4")  # fmt: skip
    taken = upload_check.take(tmp_path / "tv.mp4", tmp_path)
    assert taken.facts["interlaced"] is True
    raw = media.decode(tmp_path / "tv.mp4").frames[12][:288].astype(int)
    picture = media.decode(converted(tmp_path / "tv.mp4", (320, 288))).frames[12][:288].astype(int)
    assert combs(raw) > 10 * combs(picture)


def combs(luma: NDArray[np.int_]) -> float:
    """Measure how much lines differ from both their neighbours."""
    inner = luma[1:-1]
    return float(np.abs(2 * inner - luma[:-2] - luma[2:]).mean())


def test_a_turned_clip_is_upright(tmp_path: Path) -> None:
    flat = encoded(tmp_path, "format=yuv420p", "-colorspace", "bt709")
    media.run("-display_rotation", 90, "-i", flat, "-c", "copy", tmp_path / "turned.mp4")
    picture = seen(converted(tmp_path / "turned.mp4", (180, 320)))
    assert picture.shape[:2] == (320, 180)
    assert np.ptp(picture[:, 90].mean(axis=1)) > 60
    assert np.ptp(picture[100].mean(axis=1)) < 20


def test_a_clip_with_wide_pixels_has_its_shape(tmp_path: Path) -> None:
    given = encoded(tmp_path, "scale=160:180,setsar=2,format=yuv420p")
    facts = upload_check.take(given, tmp_path).facts
    assert (facts["width"], facts["height"]) == (320, 180)
    assert seen(converted(given)).shape == (180, 320, 3)


@pytest.mark.parametrize("size", [(320, 180), (180, 320), (200, 200)])
def test_a_picture_of_another_shape_is_whole_on_its_own_blurred_ground(tmp_path: Path, size: tuple[int, int]) -> None:
    given = encoded(tmp_path, "format=yuv420p", source=bars(tmp_path / "b.png", (120, 240)))
    picture = seen(converted(given, size, fit="blur"))
    assert picture.shape == (size[1], size[0], 3)
    wide = round(size[1] / 2) if size[1] / 2 <= size[0] else size[0]
    left = (size[0] - wide) // 2
    inner = picture[:, left : left + wide]
    assert [np.argmax(stripe) for stripe in stripes(inner)[:3]] == [0, 1, 2]
    if left > 10:
        ground = picture[:, : left - 2]
        assert ground.mean() > 15
        assert np.abs(np.diff(ground, axis=1)).max() < 30


def test_a_still_can_be_whole_on_a_blurred_ground(tmp_path: Path) -> None:
    upright = bars(tmp_path / "b.png", (120, 240))
    fits: list[tuple[conversions.Fit, int]] = [("cover", 320), ("blur", 90)]
    for fit, count in fits:
        out = tmp_path / f"{fit}.png"
        asyncio.run(ffmpeg.run(conversions.still(upright, out, SIZE, fit=fit), length_s=1))
        with Image.open(out) as opened:
            row = np.asarray(opened.convert("RGB"), int)[90]
        middle = row[160 - count // 2 : 160 + count // 2]
        assert np.argmax(middle[count // 12]) == 0
        assert middle[-count // 12].min() > 200


@pytest.mark.parametrize(("kept", "has_audio"), [(True, True), (False, False)])
def test_the_sound_of_a_clip_is_kept_where_that_is_asked(tmp_path: Path, kept: bool, has_audio: bool) -> None:
    media.run("-f", "lavfi", "-i", media.colour("red"), "-f", "lavfi", "-i", "sine=300", "-t", 1, tmp_path / "a.mp4")
    out = converted(tmp_path / "a.mp4", keep_sound=kept)
    with av.open(str(out)) as container:
        assert bool(container.streams.audio) is has_audio
    if has_audio:
        assert media.level_db(media.listen(out)) > -30


def test_a_clip_without_sound_can_be_asked_to_keep_it(tmp_path: Path) -> None:
    given = encoded(tmp_path, "format=yuv420p")
    with av.open(str(converted(given, keep_sound=True))) as container:
        assert not container.streams.audio


@pytest.mark.parametrize("second", [1.0, -1.0, -0.9])
def test_two_channels_that_cancel_each_other_out_are_heard_as_one(tmp_path: Path, second: float) -> None:
    tone = (0.3 * np.sin(2 * np.pi * 440 * np.arange(media.RATE) / media.RATE)).astype(np.float32)
    path = media.write_wav(tmp_path / "voice.wav", np.stack([tone, second * tone], axis=1))
    facts = upload_check.take(path, tmp_path).facts
    assert facts.get("out_of_phase", False) is (second < 0)
    turned = facts.get("out_of_phase", False)
    argv = conversions.sound(path, tmp_path / "a.mp3", format="wav", channels=1, out_of_phase=turned)
    asyncio.run(ffmpeg.run(argv, length_s=1))
    alone = media.level_db(media.listen(media.write_wav(tmp_path / "mono.wav", tone)))
    assert media.level_db(media.listen(tmp_path / "a.mp3")) == pytest.approx(alone, abs=1.5)


def test_black_and_silence_are_noticed(tmp_path: Path) -> None:
    media.run("-f", "lavfi", "-i", media.colour("black"), "-f", "lavfi", "-i", "anullsrc", "-t", 1, tmp_path / "a.mp4")
    media.write_wav(tmp_path / "a.wav", np.zeros(media.RATE, np.float32))
    clip, sound = (
        upload_check.take(tmp_path / "a.mp4", tmp_path).facts,
        upload_check.take(tmp_path / "a.wav", tmp_path).facts,
    )
    assert (clip["black"], clip["silent"], sound["silent"]) == (True, True, True)
    media.run("-f", "lavfi", "-i", media.ramp(), "-f", "lavfi", "-i", "sine", "-t", 1, tmp_path / "b.mp4")
    assert {"black", "silent"}.isdisjoint(upload_check.take(tmp_path / "b.mp4", tmp_path).facts)


def test_a_level_that_never_changes_is_silence(tmp_path: Path) -> None:
    media.write_wav(tmp_path / "a.wav", np.full(media.RATE, 0.25, np.float32))
    assert upload_check.take(tmp_path / "a.wav", tmp_path).facts["silent"] is True


def test_a_sound_that_is_kept_stays_with_its_picture_that_begins_later(tmp_path: Path) -> None:
    """The cut lays both from the first picture on."""
    media.run("-f", "lavfi", "-i", media.ramp(), "-t", 1, "-c:v", "libx264", tmp_path / "picture.mp4")
    media.run("-itsoffset", 0.5, "-i", tmp_path / "picture.mp4", "-f", "lavfi", "-i", "sine", "-t", 1.5, "-c:v", "copy",
              tmp_path / "late.mp4")  # fmt: skip
    found = asyncio.run(cutting.read_clip(converted(tmp_path / "late.mp4", keep_sound=True)))
    assert found.start_s == 0
    assert float(found.span_s) == pytest.approx(0.5 + 29 / 30, abs=0.01)


def test_a_clip_whose_rate_varies_spans_its_length() -> None:
    assert span_s({"frames": 32, "fps": 30.0, "duration_ms": 4_000}) == pytest.approx(4 - 1 / 30)
    assert span_s({"frames": 60, "fps": 29.97, "duration_ms": 2_002}) == Fraction(5_900, 2_997)
