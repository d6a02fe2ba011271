from __future__ import annotations

import asyncio
from pathlib import Path

import numpy as np
import pysubs2
import pytest

from pipeline.cut import cutting
from pipeline.cut.picture import caption_file, fonts, lettering
from pipeline.cut.picture.captions import Cue, Speech, cues
from pipeline.cut.picture.filter_graph import Canvas, Text
from pipeline.cut.timeline import SceneCut, lay_out
from pipeline.film.settings import RATIOS, frame_size
from tests.pipeline.cut import media

LINE = "In the silence of space, a small probe drifts past the rings of Saturn and looks for a friend."
TIMELINE = lay_out([SceneCut(1, 2, "none", 1_000), SceneCut(2, 2, "fade", 1_000), SceneCut(3, 2, "fade", 1_000)])


def lettered(folder: Path, found: list[Cue], *, style: str = "clean", size=media.SIZE, scene: int = 1):
    """A grey body with these cues on it, and what ffmpeg said."""
    folder.mkdir(exist_ok=True)
    clip = media.clip(folder / "clip.mp4", media.colour("gray", size=size), frames=30)
    slot = TIMELINE.slot(scene)
    text = folder / "captions.ass"
    text.write_text(caption_file.script(lettering.on_body(found, slot, 30), style, size=size, fps=30), "utf-8")
    out = folder / "body.mp4"
    families = {lettering.family_of(line) for cue in found for line in cue.lines}
    drawn = Text(text, fonts.gathered(families, folder / "fonts"))
    finished = asyncio.run(cutting.cut_body(clip, out, slot=slot, canvas=Canvas(size, 30), text=drawn))
    return media.decode(out), finished.stderr


def where_written(frame, size) -> tuple[int, int, int, int]:
    """Left, top, right and bottom of what differs from the grey."""
    luma = frame[: size[1]].astype(int)
    rows, columns = np.nonzero(np.abs(luma - np.median(luma)) > 25)
    return columns.min(), rows.min(), columns.max(), rows.max()


@pytest.mark.parametrize("style", ["clean", "boxed"])
@pytest.mark.parametrize("ratio", RATIOS)
def test_text_stays_in_the_safe_area_and_can_be_read(ratio, style, tmp_path):
    large = frame_size(ratio, "720p")
    width, height = size = (large[0] // 6 * 2, large[1] // 6 * 2)
    safe = lettering.safe_area(size)
    found = cues([Speech(LINE, 300, 1_500)], max_chars=lettering.burned_chars(size))
    picture, _ = lettered(tmp_path / "it's a film", found, style=style, size=size)
    left, top, right, bottom = where_written(picture.frames[15], size)
    slack = 0.03 * height
    assert left >= safe.side * width - slack
    assert right <= (1 - safe.side) * width + slack
    assert bottom <= (1 - safe.bottom) * height + slack
    assert (bottom - top) / len(found[0].lines) > 0.03 * min(size)
    assert max(len(cue.lines) for cue in found) <= 2


def test_a_caption_is_on_exactly_its_frames(tmp_path):
    slot = TIMELINE.slot(2)
    begin = slot.start + 8
    found = [Cue(round((begin + 5) * 1000 / 30), round((begin + 20) * 1000 / 30), ("Here",))]
    picture, _ = lettered(tmp_path, found, scene=2, size=(320, 180))
    written = [int(frame[:180].max()) > 200 for frame in picture.frames]
    assert written == [5 <= number < 20 for number in range(slot.body_frames)]


def test_text_never_reaches_into_the_pieces_over_the_boundaries():
    slot = TIMELINE.slot(2)
    found = [Cue(0, 1_000, ("before",)), Cue(2_100, 60_000, ("during",)), Cue(90_000, 99_000, ("after",))]
    ((first, end, cue),) = lettering.on_body(found, slot, 30)
    assert (cue.lines, end) == (("during",), slot.body_frames)
    assert 0 <= first < end


def test_a_line_that_is_too_wide_is_written_smaller(tmp_path):
    size = (640, 360)
    found = [Cue(0, 1_900, ("WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",))]
    picture, _ = lettered(tmp_path, found, size=size)
    left, _, right, _ = where_written(picture.frames[15], size)
    assert left > 0.05 * size[0]
    assert right < 0.95 * size[0]


def test_what_a_user_writes_is_never_obeyed(tmp_path):
    size = (640, 360)
    strange = [Cue(0, 1_900, (r"{\an8\fs200}C:\Neu {b}", r"\h\n"))]
    picture, _ = lettered(tmp_path, strange, size=size)
    _, top, _, bottom = where_written(picture.frames[15], size)
    assert top > size[1] * 0.7
    assert bottom < size[1]


def test_the_file_says_what_is_drawn_and_when():
    placed = [(0, 10, Cue(0, 1, ("A, b", "two"))), (3_600 * 30, 3_660 * 30, Cue(0, 1, ("end",)))]
    written = caption_file.script(placed, "boxed", size=(1280, 720), fps=30)
    said = pysubs2.SSAFile.from_string(written)
    assert [(event.start, event.end, event.text) for event in said] == [
        (0, 320, r"A, b\Ntwo"),
        (3_599_990, 3_659_990, "end"),
    ]
    style = said.styles["boxed"]
    assert (style.fontname, style.fontsize, style.bold, style.borderstyle) == ("Lato", 50.8, True, 4)
    assert (style.primarycolor, style.backcolor) == (pysubs2.Color(255, 255, 255), pysubs2.Color(0, 0, 0, 0x50))
    assert said.info["PlayResX"] == "1280"


def test_letters_without_a_font_are_named(tmp_path):
    _, said = lettered(tmp_path, [Cue(0, 1_900, ("plain \ue123",))])
    assert lettering.letters_without_a_font(said) == "\ue123"
    _, said = lettered(tmp_path, [Cue(0, 1_900, ("Fünf für ça: “€5” – ñ",))])
    assert lettering.letters_without_a_font(said) == ""


CJK, NOTO = "NotoSansCJKtc-Bold.otf", "NotoSans[wdth,wght].ttf"
OTHER_WRITINGS = {
    **dict.fromkeys(("海の灯台は夜に", "바다의 등대", "海上灯塔"), CJK),
    **dict.fromkeys(("समुद्र का", "Маяк и море", "Ο φάρος", "Ngọn hải đăng"), NOTO),
    "منارة البحر": "NotoSansArabic[wdth,wght].ttf",
    "המגדלור": "Heebo[wght].ttf",
    "ประภาคาร": "NotoSansThai[wdth,wght].ttf",
    "সমুদ্রের": "HindSiliguri-Bold.ttf",
}


def test_letters_of_other_writings_are_drawn_from_packaged_fonts(tmp_path):
    for number, (text, file) in enumerate(OTHER_WRITINGS.items()):
        gathered = fonts.gathered([lettering.family_of(text)], tmp_path / f"of {number}")
        assert {"Lato-Bold.ttf", file} <= {path.name for path in gathered.iterdir()}
    found = [Cue(150 * number, 150 * number + 140, (text,)) for number, text in enumerate(OTHER_WRITINGS)]
    _, said = lettered(tmp_path, found)
    assert lettering.letters_without_a_font(said) == ""


def test_pieces_in_latin_letters_are_lettered_as_ever():
    assert lettering.lettering_hash(["Fünf für ça"]) == lettering.lettering_hash()
    assert lettering.lettering_hash(["海の灯台"]) != lettering.lettering_hash()


@pytest.mark.parametrize(("words", "end"), [("שלום עולם ———", "left"), ("Hello world ———", "right")])
def test_a_line_runs_in_the_direction_of_its_letters(words, end, tmp_path):
    """The dashes at its end are flatter than its letters."""
    size = (640, 360)
    picture, _ = lettered(tmp_path, [Cue(0, 1_900, (words,))], size=size)
    luma = picture.frames[15][: size[1]].astype(int)
    left, top, right, bottom = where_written(picture.frames[15], size)
    ink = np.abs(luma[top : bottom + 1, left : right + 1] - np.median(luma)) > 25
    tall = [np.count_nonzero(part.any(axis=1)) for part in np.array_split(ink, 6, axis=1)]
    assert (tall[0] < tall[-1]) == (end == "left")
    assert min(tall[0], tall[-1]) < 0.6 * max(tall)


def test_emoji_are_not_drawn_as_boxes(tmp_path):
    _, said = lettered(tmp_path, [Cue(0, 1_900, ("Hello 👋🏽 there ❤️",))])
    assert not set(lettering.letters_without_a_font(said)) - {"❤"}
