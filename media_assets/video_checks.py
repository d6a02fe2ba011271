"""The look at a video while it is decoded: where it stands still, flickers, has bars, and how it begins.

Nothing is decoded for it, and hardly anything scaled: of each frame's brightness every so-manieth sample is taken.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from av.video.frame import VideoFrame
from av.video.reformatter import Interpolation
from numpy.typing import NDArray

Luma = NDArray[np.uint8]
Means = NDArray[np.float32]

WIDTH, HEIGHT = 64, 72
"""About so many samples are taken of each frame, less than twice as many each way."""
COLUMNS, ROWS = 16, 9
"""Fields, in each of which brightness is averaged: what a codec adds to single samples is not taken for motion."""
ANY_MATRIX = 1
PLAIN = frozenset({"yuv420p", "yuvj420p", "yuv422p", "yuvj422p", "yuv444p", "yuvj444p", "yuva420p", "nv12", "gray"})
"""Formats whose first plane is brightness in 8 bits."""
FULL, FULL_RANGE = frozenset({"yuvj420p", "yuvj422p", "yuvj444p", "gray"}), 2
FROM_STUDIO: Luma = np.clip(np.round((np.arange(256) - 16) * 255 / 219), 0, 255).astype(np.uint8)
"""Brightness from 16 to 235, as videos have it, to one from 0 to 255."""
EVERY, BLACK = 5, 24
"""Of so many frames one is looked at, and a video is black where hardly a sample of those is brighter, of 255."""
MOVED, LEAST_MOVED, OF_TEXTURE = 1.1, 0.15, 0.1
"""Of 255: a field whose mean has changed by more shows that something moved; by less where fields differ by little."""
TEXTURE = 1.0
"""Of 255, between the fields of a frame: where there is less to see, nobody can tell whether it stands still."""
FLASH, BACK = 16.0, 0.5
"""A flash is so much on average, and the frame after it is like the one before: within this part of the flash."""
SWING = 28.0
"""Of 255: so far the whole picture goes up or down in a flash that lasts for some frames."""
DARK, LIT = 14, 28
"""Of 255: a bar is nowhere brighter, and beside it most is lit at some time."""
MOSTLY = 0.35
THINNEST = 0.03
"""Of the height or width: a bar is at least so thick."""
SMALL = (64, 36)
"""The size in pixels at which a beginning is kept, and compared."""


@dataclass(frozen=True)
class Bars:
    """The parts of a picture's height and width that black bars at its edges take, from 0 to 1."""

    height: float = 0.0
    width: float = 0.0


@dataclass(frozen=True)
class Watched:
    """The things seen in a video or a picture.

    `still_part` is its longest stretch without any motion, from 0 to 1; `flashes` are the most in a second; `first` is
    its first frame, as `SMALL` pixels of RGB.
    """

    still_part: float = 0.0
    flashes: int = 0
    bars: Bars = Bars()
    black: bool = False
    interlaced: bool = False
    """Any of its frames is."""
    first: bytes = field(default=b"", repr=False)


class Watch:
    """Looks at a video's frames as they are decoded, in their order; what it keeps of each is half a kilobyte."""

    def __init__(self) -> None:
        self._fields: list[Means] = []
        self._lit: Luma | None = None
        self._brightest, self._interlaced = 0, False
        self._first = b""

    def add(self, *frames: VideoFrame) -> None:
        for frame in frames:
            self._look(frame)

    def _look(self, frame: VideoFrame) -> None:
        luma = _luma(frame)
        if self._lit is None or self._lit.shape != luma.shape:
            self._first, self._lit, self._fields = self._first or _small(frame), luma.copy(), []
        np.maximum(self._lit, luma, out=self._lit)
        if len(self._fields) % EVERY == 0:
            self._brightest = max(self._brightest, _hardly_exceeded(luma))
        self._interlaced = self._interlaced or bool(frame.interlaced_frame)
        self._fields.append(_fields(luma))

    def seen(self, fps: float) -> Watched:
        """Return what was seen; `fps` is the video's rate, at which frames are counted into seconds."""
        if self._lit is None:
            return Watched()
        fields = np.stack(self._fields)
        swings = max(_most_within(_flashes(fields), fps), _most_within(_swings(fields.mean(axis=1).tolist()), fps) // 2)
        black = self._brightest < BLACK
        return Watched(_still_part(fields), swings, bars_of(self._lit), black, self._interlaced, self._first)


def _still_part(fields: Means) -> float:
    """The longest stretch of frames in which nothing has moved since its first, as a part of all."""
    textures = fields.std(axis=1)
    begin = longest = 0
    for number in range(1, len(fields)):
        texture = float(textures[number])
        moved = min(MOVED, max(LEAST_MOVED, OF_TEXTURE * texture))
        if float(np.abs(fields[number] - fields[begin]).max()) > moved:
            begin = number
        elif texture > TEXTURE:
            longest = max(longest, number - begin + 1)
    return round(longest / len(fields), 3)


def _flashes(fields: Means) -> list[int]:
    """The frames that are unlike the one before them, which is unlike the one before that, as which they are again."""
    change = np.abs(fields[2:] - fields[1:-1]).mean(axis=1)
    back = np.abs(fields[2:] - fields[:-2]).mean(axis=1)
    found: list[int] = np.flatnonzero((change > FLASH) & (back < BACK * change)).tolist()
    return found


def bars_of(brightest: Luma) -> Bars:
    """Tell the bars of a picture, or of a video by the brightest that each of its points ever is."""
    return Bars(_both_ends(brightest), _both_ends(brightest.T))


def _both_ends(brightest: Luma) -> float:
    """Bars are as thick at one end as at the other, and what they border is a picture all along."""
    lines = len(brightest)
    dark = np.percentile(brightest, 98, axis=1) <= DARK
    if dark.all():
        return 0.0
    first, last = int(np.argmin(dark)), int(np.argmin(dark[::-1]))
    alike = abs(first - last) <= max(1, round(0.02 * lines))
    if min(first, last) < THINNEST * lines or not alike:
        return 0.0
    inner = brightest[first : lines - last]
    depth = min(2, len(inner) - 1)
    bordered = min(float((inner[depth] > LIT).mean()), float((inner[-1 - depth] > LIT).mean())) > MOSTLY
    return round((first + last) / lines, 3) if bordered else 0.0


def _luma(frame: VideoFrame) -> Luma:
    if frame.format.name not in PLAIN:
        gray = frame.reformat(WIDTH, HEIGHT, format="gray", src_colorspace=ANY_MATRIX).to_ndarray()
        return np.asarray(gray, np.uint8)
    plane = frame.planes[0]
    rows = np.frombuffer(memoryview(plane), np.uint8).reshape(-1, plane.line_size)
    down, right = max(frame.height // HEIGHT, 1), max(frame.width // WIDTH, 1)
    taken: Luma = rows[down // 2 : frame.height : down, right // 2 : frame.width : right]
    is_full = frame.color_range == FULL_RANGE or frame.format.name in FULL
    return taken if is_full else FROM_STUDIO[taken]


def _hardly_exceeded(luma: Luma) -> int:
    """The brightness that a hundredth of the samples is above."""
    place = luma.size * 99 // 100
    return int(np.partition(luma, place, axis=None)[place])


def _fields(luma: Luma) -> Means:
    """The mean brightness of each field."""
    height, width = (max(side // parts, 1) for side, parts in zip(luma.shape, (ROWS, COLUMNS), strict=True))
    rows, columns = min(ROWS, luma.shape[0]), min(COLUMNS, luma.shape[1])
    cut = luma[: rows * height, : columns * width]
    lines = cut.reshape(rows, height, columns * width).sum(axis=1, dtype=np.uint16)
    sums = lines.reshape(rows, columns, width).sum(axis=2, dtype=np.uint32)
    means: Means = (sums.ravel() / np.float32(height * width)).astype(np.float32)
    return means


def _small(frame: VideoFrame) -> bytes:
    small = frame.reformat(*SMALL, format="rgb24", src_colorspace=ANY_MATRIX, interpolation=Interpolation.AREA)
    return small.to_ndarray().tobytes()


def _swings(brightness: list[float]) -> list[int]:
    """The frames at which the whole picture has become much brighter, or darker, since it last turned."""
    found: list[int] = []
    low = high = brightness[0]
    way = 0
    for number, value in enumerate(brightness):
        low, high = min(low, value), max(high, value)
        if way >= 0 and value < high - SWING:
            found, way, low, high = [*found, number], -1, value, value
        elif way <= 0 and value > low + SWING:
            found, way, low, high = [*found, number], 1, value, value
    return found


def _most_within(frames: list[int], fps: float) -> int:
    """The most of these that lie within one second."""
    second = max(round(fps), 1)
    return max((sum(begin <= other < begin + second for other in frames) for begin in frames), default=0)
