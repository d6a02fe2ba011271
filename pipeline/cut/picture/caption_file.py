"""The file from which libass draws captions into the picture, written by pysubs2."""

from __future__ import annotations

import re
from collections.abc import Sequence

from pysubs2 import Alignment, Color, SSAEvent, SSAFile, SSAStyle
from pysubs2.formats.substation import rgba_to_color

from pipeline.cut.picture import ai_label
from pipeline.cut.picture.captions import JOINER, Cue
from pipeline.cut.picture.lettering import MIN_FONT_PX, STYLES, Size, em_px, family_of, fitting_em_px, safe_area

FONT, LABEL = "Lato", "label"
LINE_HEIGHT = 1.2
"""Of this font, in ems: libass takes a font's size for the height of its lines."""
WHITE, OUTLINE = Color(255, 255, 255), "&H20000000"
DIRECTION_BY_TEXT = -1
"""libass's own value: each line is set from right to left where its first letters are."""
LARGER = {"Noto Sans Arabic": 125}
"""In per cent: libass makes a font's lines equally high, and the letters of these families fill less of theirs."""
FRAME_EARLIER = 0.25
"""Times are given this much of a frame early, so that rounding never costs a frame."""


def script(
    placed: Sequence[tuple[int, int, Cue]],
    style: str,
    *,
    size: Size,
    fps: int,
    label: tuple[str, int] | None = None,
) -> str:
    """The whole file for cues that are placed by their first frame and the one after their last.

    `label` is a text for the corner, and the frames it stands for.
    """
    file = SSAFile()
    file.info = {
        "PlayResX": str(size[0]), "PlayResY": str(size[1]), "WrapStyle": "2", "ScaledBorderAndShadow": "yes",
        "YCbCr Matrix": "None",
    }  # fmt: skip
    file.styles = {style: _style(style, size)}
    file.events = [
        SSAEvent(_clock_ms(first, fps), _clock_ms(end, fps), _text(cue, size), style=style)
        for first, end, cue in placed
    ]
    if label:
        file.styles[LABEL] = _label_style(size)
        file.events.append(SSAEvent(0, _clock_ms(label[1] + 1, fps), _label_text(label[0]), style=LABEL))
    return file.to_string("ass", header_notice="")


def _style(name: str, size: Size) -> SSAStyle:
    style, em, safe = STYLES[name], em_px(size), safe_area(size)
    side = round(size[0] * safe.side)
    return SSAStyle(
        FONT, round(em * LINE_HEIGHT, 1),
        primarycolor=WHITE, secondarycolor=WHITE, outlinecolor=rgba_to_color(OUTLINE),
        backcolor=rgba_to_color(style.back),
        bold=True, borderstyle=style.border, outline=round(em * style.outline_em, 2),
        shadow=round(em * style.shadow_em, 2), marginl=side, marginr=side, marginv=round(size[1] * safe.bottom),
        encoding=DIRECTION_BY_TEXT,
    )  # fmt: skip


def _label_style(size: Size) -> SSAStyle:
    """The style of a label in a corner of the safe area: at the top, where no captions are, and on the left, where no
    draft's mark is."""
    em, safe, boxed = max(min(size) * ai_label.EM, MIN_FONT_PX), safe_area(size), STYLES["boxed"]
    side, top = round(size[0] * safe.side / 2), round(size[1] * safe.bottom / 2)
    return SSAStyle(
        FONT, round(em * LINE_HEIGHT, 1),
        primarycolor=WHITE, secondarycolor=WHITE, outlinecolor=rgba_to_color(OUTLINE),
        backcolor=rgba_to_color(boxed.back), bold=True, borderstyle=boxed.border, outline=0.0,
        shadow=round(em * boxed.shadow_em, 2), marginl=side, marginr=side, marginv=top,
        alignment=Alignment.TOP_LEFT, encoding=DIRECTION_BY_TEXT,
    )  # fmt: skip


def _label_text(text: str) -> str:
    family = family_of(text)
    return (rf"{{\fn{family}}}" if family else "") + _escaped(text)


def _text(cue: Cue, size: Size) -> str:
    return _family(cue) + _smaller(cue, size) + r"\N".join(map(_escaped, map(_drawable, cue.lines)))


def _family(cue: Cue) -> str:
    """An override for letters that the usual font lacks."""
    family = family_of("".join(cue.lines))
    larger = LARGER.get(family, 100)
    scaled = rf"\fscx{larger}\fscy{larger}" if larger != 100 else ""
    return rf"{{\fn{family}{scaled}}}" if family else ""


def _smaller(cue: Cue, size: Size) -> str:
    """An override for lines that would be too wide."""
    fitting = fitting_em_px(cue, size)
    return rf"{{\fs{fitting * LINE_HEIGHT:.1f}}}" if fitting < em_px(size) else ""


_EMOJI = re.compile("[\U0001f000-\U0001fbff\u200d\ufe0f\u20e3\U000e0020-\U000e007f]+ ?")


def _drawable(line: str) -> str:
    """Leave out emoji, which are pictures in colour: libass draws letters."""
    return _EMOJI.sub("", line).rstrip()


def _escaped(line: str) -> str:
    """Keep it as written, whatever it is: libass would obey backslashes and braces."""
    return line.replace("\\", f"\\{JOINER}").replace("{", r"\{").replace("}", r"\}")


def _clock_ms(frame: int, fps: int) -> int:
    """Whole hundredths of a second, which is what the file can say."""
    return max(int((frame - FRAME_EARLIER) * 100 / fps), 0) * 10
