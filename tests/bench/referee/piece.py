"""A piece that is judged, and small films of pictures that somebody computes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

import av
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from pipeline.planning.referee import Wanted

Picture = NDArray[np.uint8]
FPS, SECONDS = 24, 5
SIZE = (192, 108)


@dataclass(frozen=True)
class Piece:
    name: str
    path: Path
    wanted: Wanted
    still: Path | None = None
    defect: str = ""
    """Empty: it is as it should be."""


def film(path: Path, frames: Iterable[Picture], *, crf: int = 26, fps: int = FPS) -> Path:
    with av.open(str(path), "w", format="mp4") as container:
        stream = None
        for frame in frames:
            if stream is None:
                stream = container.add_stream("libx264", rate=fps, options={"preset": "ultrafast", "crf": str(crf)})
                stream.width, stream.height, stream.pix_fmt = frame.shape[1], frame.shape[0], "yuv420p"
            container.mux(stream.encode(av.VideoFrame.from_ndarray(np.ascontiguousarray(frame), format="rgb24")))
        assert stream is not None
        container.mux(stream.encode(None))
    return path


def moments(at: Callable[[float], Picture], seconds: float = SECONDS) -> Iterable[Picture]:
    """The frames of so many seconds; `at` is given how far the film is, from 0 to 1."""
    count = round(seconds * FPS)
    return (at(number / (count - 1)) for number in range(count))


def zoomed(picture: Picture, far: float, *, by: float = 0.2, drift: float = 0.0) -> Picture:
    """The picture as a camera sees it that has come nearer by this part of the way, and gone to the right."""
    height, width = picture.shape[:2]
    wide, high = width * (1 - by * far), height * (1 - by * far)
    left, top = (width - wide) / 2 + drift * far * width, (height - high) / 2
    box = (left, top, left + wide, top + high)
    return np.asarray(
        Image.fromarray(picture).resize(SIZE if width > height else SIZE[::-1], Image.Resampling.BILINEAR, box=box)
    )


def kept(path: Path, picture: Picture) -> Path:
    Image.fromarray(picture).save(path)
    return path
