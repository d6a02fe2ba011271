"""A child process: finds the window through which a frame of another shape shows a clip.

Reads one JSON object from stdin: `clip` (a path), `ratio` ("9:16"), `fill` ("auto", "crop", "blur", "bars"), `focus`
(two parts, or null) and `out`, where the window is written as JSON.
"""

from __future__ import annotations

from bisect import insort
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from fractions import Fraction
from pathlib import Path
from typing import Any

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from media_assets.shapes import pixel_ratio
from pipeline.cut.framing import attention, path
from pipeline.cut.framing.attention import FACE_SIDE, FLOW_SIDE, SIDE, Map, Picture
from pipeline.cut.framing.face_boxes import Box, faces_along, span, steady
from pipeline.cut.framing.window import ALL, Axis, Fill, Shot, Window, part_shown, standing
from pixora.foundation.child_answer import Question, Report, serve

SAMPLES_A_SECOND = 8
FACES_EVERY = 4
"""Samples between two looks for faces."""
COLUMNS = 96
CUT = 0.1
"""Of the brightness range: a mean difference between two frames that is a cut, where the frames around differ less."""
LOOKS_LIKE_A_CUT = 4.0
SKIPPED = 16
"""Every so many pixels of a frame are compared."""


STANDING_OUT, MOVING, LIKE_WHAT_MOVES, FACES = 0.5, 6.0, 2.0, 6.0
"""How much each counts where it is found."""


@dataclass
class Seen:
    """A shot as it was seen: when it begins, and of its samples the times, the colours, what moves and what matters
    besides."""

    from_s: float
    times: list[float] = field(default_factory=list)
    colours: list[NDArray[np.int64]] = field(default_factory=list)
    moving: list[Map] = field(default_factory=list)
    matters: list[Map] = field(default_factory=list)
    looks: list[list[Box]] = field(default_factory=list)
    """The faces of every fourth sample."""

    def profiles(self, axis: Axis) -> NDArray[np.float64]:
        """Return what matters along an axis, a row for each sample."""
        alike = attention.likeness(self.colours, self.moving)
        maps = [
            matters + MOVING * moving + LIKE_WHAT_MOVES * like
            for matters, moving, like in zip(self.matters, self.moving, alike, strict=True)
        ]
        faces = [FACES * faces_along(boxes, axis, COLUMNS) for boxes in steady(self.looks)]
        seen = [_profile(each.sum(axis=0 if axis == "x" else 1)) for each in maps]
        return np.array([each + faces[number // FACES_EVERY] for number, each in enumerate(seen)])


def answer(request: Question, _report: Report) -> None:
    cv2.setNumThreads(1)
    ratio = tuple(map(int, request["ratio"].split(":")))
    found = find(Path(request["clip"]), (ratio[0], ratio[1]), fill=request["fill"], focus=request["focus"])
    Path(request["out"]).write_text(found.as_json(), "utf-8")


def find(clip: Path, ratio: tuple[int, int], *, fill: str, focus: Sequence[float] | None) -> Window:
    """Find the window of a clip, or of a picture."""
    with av.open(str(clip)) as container:
        stream = container.streams.video[0]
        stream.thread_type = "NONE"
        stream.codec_context.options = {"skip_loop_filter": "all"}
        size = _size(stream)
        axis, part = part_shown(size, ratio)
        if not axis:
            return ALL
        if fill in ("blur", "bars"):
            return standing(axis, 1.0, 0.0, fill=_fill(fill))
        if focus is not None:
            return standing(axis, part, focus[axis == "y"] - part / 2)
        return framed(list(watch(container.decode(stream), stream, size)), axis, part, fits=fill == "crop")


def _fill(said: str) -> Fill:
    return "bars" if said == "bars" else "blur"


def _size(stream: Any) -> tuple[int, int]:
    ratio = pixel_ratio(stream.sample_aspect_ratio)
    return round(stream.width * ratio), stream.height


def framed(shots: Sequence[Seen], axis: Axis, part: float, *, fits: bool) -> Window:
    """Return the window over shots as they were seen. Where what matters is wider than the window and may be shown on
    a ground (`fits` is false), it is."""
    if not fits and (span := _needed(shots, axis)) and span[1] - span[0] > part + SPARE:
        shown = min(span[1] - span[0], 1.0)
        return standing(axis, shown, span[0], fill="blur")
    found = tuple(_shot(seen, axis, part) for seen in shots if seen.times) or (Shot(0.0, (1 - part) / 2),)
    times = [at_s for seen in shots for at_s in seen.times] or [0.0]
    whole = Window(axis, part, (replace(found[0], from_s=min(found[0].from_s, 0.0)), *found[1:]))
    places = [whole.place_at(at_s) for start in times for at_s in np.arange(start, start + 1 / SAMPLES_A_SECOND, 0.02)]
    return replace(whole, low=round(min(places), 6), high=round(max(places), 6))


SPARE = 0.04
AROUND_FACES = 0.06
OFTEN = 0.5


def _needed(shots: Sequence[Seen], axis: Axis) -> tuple[float, float] | None:
    """The stretch of the axis that faces need which are seen together; None where there are none, or seldom."""
    looks = [boxes for seen in shots for boxes in steady(seen.looks)]
    ends = [span(boxes, axis) for boxes in looks if boxes]
    if not ends or len(ends) < OFTEN * len(looks):
        return None
    low, high = np.median(ends, axis=0)
    return max(float(low) - AROUND_FACES, 0.0), min(float(high) + AROUND_FACES, 1.0)


def _shot(seen: Seen, axis: Axis, part: float) -> Shot:
    """Follow what matters in a shot, whose samples are as near to equal intervals as its frames are."""
    times = np.array(seen.times)
    even = np.arange(times[0], times[-1] + 1e-6, 1 / SAMPLES_A_SECOND)
    nearest = np.abs(even[:, None] - times[None, :]).argmin(axis=1)
    return replace(path.follow(even, seen.profiles(axis)[nearest], part), from_s=seen.from_s)


def watch(frames: Iterator[Any], stream: Any, size: tuple[int, int]) -> Iterator[Seen]:
    """Look at all frames for cuts, and at some of each shot for what matters. Yield the shots."""
    begins: Fraction | None = None
    seen, before, earlier = Seen(0.0), None, None
    differences: list[float] = []
    for frame in frames:
        at = Fraction(frame.pts or 0) * stream.time_base
        begins = at if begins is None else begins
        at_s, small = float(at - begins), _thinned(frame)
        if before is not None and _is_cut(_difference(small, before), differences):
            yield seen
            seen, earlier, differences = Seen(round(at_s, 6)), None, []
        before = small
        if not seen.times or at_s >= seen.times[-1] + (1 - EARLY) / SAMPLES_A_SECOND:
            earlier = _look(frame, at_s, seen, earlier, size)
    yield seen


EARLY = 0.1
SHORT_SIDE = 2


def _difference(small: NDArray[np.int16], before: NDArray[np.int16]) -> float:
    """Measure how much two frames differ beside their brightness, which a flash changes, from 0 to 1."""
    change = small.astype(np.float32) - before
    return float(np.abs(change - change.mean()).mean()) / 255


def _is_cut(difference: float, differences: list[float]) -> bool:
    """`differences` are those of the shot so far, the smallest first; this one is added to them."""
    middle = len(differences) // 2
    usual = (differences[middle] + differences[-middle - 1]) / 2 if differences else 0.0
    insort(differences, difference)
    return difference > CUT and difference > LOOKS_LIKE_A_CUT * usual


def _thinned(frame: Any) -> NDArray[np.int16]:
    plane = frame.planes[0]
    if plane.width != frame.width or frame.format.components[0].bits > BYTE:
        return np.asarray(frame.reformat(width=64, height=64, format="gray").to_ndarray(), np.int16)
    rows = np.frombuffer(plane, np.uint8).reshape(-1, plane.line_size)
    return np.asarray(rows[: frame.height : SKIPPED, : frame.width : SKIPPED], np.int16)


BYTE = 8


def _look(frame: Any, at_s: float, seen: Seen, earlier: Picture | None, size: tuple[int, int]) -> Picture:
    """Add what matters in a frame to its shot; return the frame in grey."""
    shape = _within(size, SIDE)
    looks_for_faces = len(seen.times) % FACES_EVERY == 0
    large = _small(frame, size, FACE_SIDE if looks_for_faces else FLOW_SIDE)
    picture = _resized(large, shape)
    grey = np.asarray(cv2.cvtColor(_resized(large, _within(size, FLOW_SIDE)), cv2.COLOR_RGB2GRAY), np.uint8)
    if looks_for_faces:
        seen.looks.append(attention.faces(large))
    seen.times.append(at_s)
    seen.matters.append(_standing_out(picture, seen))
    seen.colours.append(attention.colours_of(picture))
    seen.moving.append(_moving(earlier, grey, shape))
    return grey


def _standing_out(picture: Picture, seen: Seen) -> Map:
    """Looked for in every second sample: what stands out moves little in an eighth of a second."""
    if seen.matters and len(seen.matters) % STANDS_OUT_EVERY:
        return seen.matters[-1]
    return np.asarray(STANDING_OUT * attention.standing_out(picture), np.float32)


STANDS_OUT_EVERY = 2


def _moving(earlier: Picture | None, grey: Picture, shape: tuple[int, int]) -> Map:
    if earlier is None:
        return np.zeros(shape[::-1], np.float32)
    found, says = attention.moving(earlier, grey)
    small = cv2.resize(found, shape, interpolation=cv2.INTER_AREA)
    return np.asarray(says * small / max(float(small.sum()), 1e-6), np.float32)


def _resized(picture: Picture, size: tuple[int, int]) -> Picture:
    return np.asarray(cv2.resize(picture, size, interpolation=cv2.INTER_AREA), np.uint8)


def _profile(line: NDArray[Any]) -> NDArray[np.float64]:
    bins = np.linspace(0, len(line), COLUMNS + 1)
    summed = np.interp(bins, np.arange(len(line) + 1), np.concatenate([[0.0], np.cumsum(line)]))
    return np.asarray(np.diff(summed))


def _small(frame: Any, size: tuple[int, int], side: int) -> Picture:
    width, height = _within(size, side)
    return np.asarray(
        frame.reformat(width=width, height=height, format="rgb24", interpolation="FAST_BILINEAR").to_ndarray()
    )


def _within(size: tuple[int, int], side: int) -> tuple[int, int]:
    scale = side / max(size)
    width, height = (max(round(each * scale), SHORT_SIDE) for each in size)
    return width, height


if __name__ == "__main__":
    serve(answer)
