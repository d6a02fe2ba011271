"""PURE: the filters that bring a clip's colours to the film's: BT.709 in studio range, one consistent set of tags.

What the file says counts. Where it says nothing, a small picture is taken for standard definition, as players do. Wide
gamuts (P3, BT.2020) are converted; HDR (PQ, HLG) is tone-mapped so that reference white is white and colours keep
their hue (ITU-R BT.2408: 203 cd/m²).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

UNSAID, RGB, BT709, BT470BG, SMPTE170M, BT2020 = 2, 0, 1, 5, 6, 9
PQ, HLG = 16, 18
MATRICES = frozenset({1, 4, 5, 6, 7, 8, 9, 10})
PRIMARIES = frozenset({1, 4, 5, 6, 7, 8, 9, 10, 11, 12, 22})
WIDE = frozenset({9, 11, 12})
"""BT.2020 and P3."""
SD_LONG, SD_SHORT = 1280, 576
"""With a long side below, and a short one up to this, a picture that says nothing of its colours is taken for SD."""
PRIMARIES_OF_LINES: Mapping[int, int] = {576: BT470BG, 480: SMPTE170M, 486: SMPTE170M, 488: SMPTE170M}
REFERENCE_WHITE, BRIGHTEST = 203, 1000
"""In cd/m². What is brighter than the brightest becomes white."""
KEPT = 0.7
"""Of white: so far brightness stays as it is; above, highlights are drawn together."""

TAGS = {"range": "tv", "color_primaries": "bt709", "color_trc": "bt709", "colorspace": "bt709"}


@dataclass(frozen=True)
class Colour:
    """A picture's colours in the numbers of ITU-T H.273, each as it is to be read."""

    matrix: int
    primaries: int
    transfer: int
    full_range: bool = False

    @property
    def is_hdr(self) -> bool:
        return self.transfer in (PQ, HLG)

    @property
    def is_wide(self) -> bool:
        """True for HDR, or a gamut wider than the film's: shown as it is, it would look washed out."""
        return self.is_hdr or self.primaries in WIDE


FILM = Colour(BT709, BT709, BT709)


def meant(said: Mapping[str, Any], width: int, height: int) -> Colour:
    """Tell what a file's tags (`matrix`, `primaries`, `transfer`, `full_range`) mean in a picture of this size."""
    hdr = said.get("transfer") in (PQ, HLG)
    small = max(width, height) < SD_LONG and min(width, height) <= SD_SHORT
    matrix, primaries = said.get("matrix", UNSAID), said.get("primaries", UNSAID)
    if matrix not in MATRICES and matrix != RGB:
        matrix = BT2020 if hdr else SMPTE170M if small else BT709
    if hdr and matrix == BT2020 + 1:
        matrix = BT2020
    if primaries not in PRIMARIES:
        primaries = BT2020 if hdr else _usual_primaries(matrix, min(width, height))
    return Colour(matrix, primaries, said["transfer"] if hdr else BT709, bool(said.get("full_range")))


def to_film(picture: Any, colour: Colour) -> Any:
    """The picture, a stream of ffmpeg's, with the film's colours and tags."""
    if colour.matrix == RGB:
        picture = picture.filter("scale", out_color_matrix="bt709", out_range="tv").filter("format", "yuv444p")
        colour = Colour(BT709, colour.primaries, colour.transfer)
    if colour != FILM:
        for name, options in _tone_mapping(colour) if colour.is_hdr else [_conversion(colour)]:
            picture = picture.filter(name, *options.pop("", ()), **options)
    return picture.filter("setparams", **TAGS)


def _usual_primaries(matrix: int, lines: int) -> int:
    if matrix in (BT470BG, SMPTE170M):
        return PRIMARIES_OF_LINES.get(lines, BT709)
    return BT2020 if matrix in (BT2020, BT2020 + 1) else BT709


def _conversion(colour: Colour) -> tuple[str, dict[str, Any]]:
    return "zscale", {**_read_as(colour), "p": "bt709", "t": "bt709", "m": "bt709", "r": "tv"}


def _tone_mapping(colour: Colour) -> Iterator[tuple[str, dict[str, Any]]]:
    """Each filter goes by what the one before it says, the first by what is meant, whatever the picture says."""
    said = {"colorspace": colour.matrix, "color_primaries": colour.primaries, "color_trc": colour.transfer}
    yield "setparams", said
    yield "zscale", {**_read_as(colour), "t": "linear", "npl": REFERENCE_WHITE}
    yield "format", {"": ("gbrpf32le",)}
    yield "zscale", {"p": "bt709"}
    yield "tonemap", {"": ("mobius",), "param": KEPT, "desat": 0, "peak": f"{BRIGHTEST / REFERENCE_WHITE:.4f}"}
    yield "zscale", {"t": "bt709", "m": "bt709", "r": "tv"}


def _read_as(colour: Colour) -> dict[str, Any]:
    read = {"min": colour.matrix, "pin": colour.primaries, "tin": colour.transfer}
    return {**read, "rin": "pc" if colour.full_range else "tv"}
