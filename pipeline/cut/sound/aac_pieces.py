"""Encodes sound as AAC in pieces, side by side, and joins them into one track.

A piece is encoded from its own samples and some before and behind, nothing else: so it is the same wherever and
whenever it is made, and what is heard where two meet is as near to the source as anywhere else. As a child process it
reads `master`, a raw sound, `out` and `samples` from stdin.
"""

from __future__ import annotations

import itertools
import math
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import TypeVar

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame

from pipeline.cut import profile
from pipeline.cut.sound.earlier_track import Packets
from pipeline.cut.sound.loudness import STEP_S, Samples
from pipeline.cut.sound.sound_plan import RATE
from pixora.foundation.child_answer import Question, Report, serve

FRAME = 1024
"""Samples in each AAC packet; the first packet of an encoding holds none that are heard."""
PIECE_FRAMES = 3 * math.lcm(FRAME, round(STEP_S * RATE)) // FRAME
"""4.8 s, in which frames and the steps of the loudness both are whole."""
BEFORE, BEHIND = 16, 4
"""Frames that are encoded twice and kept once: the encoder is settled where a piece begins, and knows what comes."""
CHANNELS = profile.AUDIO.channels
SAMPLE_BYTES = 4 * CHANNELS
AT_ONCE = min(len(os.sched_getaffinity(0)), 8)
"""More cores than that would need more memory than they are worth."""

Tell = Callable[[float], None]
T = TypeVar("T")


@dataclass(frozen=True)
class Piece:
    """Frames of the sound that are kept, and those that are encoded."""

    begin: int
    end: int
    read_from: int
    read_to: int

    @property
    def places(self) -> range:
        """Its packets' places in the track. The first piece has the priming before the beginning too."""
        return range(self.begin + bool(self.begin), self.end + 1)

    def heard_in(self, samples: int) -> tuple[int, int]:
        """Return the first of the samples that it is encoded from, and that after the last."""
        return self.read_from * FRAME, min(self.read_to * FRAME, samples)

    def kept_in(self, samples: int) -> tuple[int, int]:
        """Return those of its own."""
        return self.begin * FRAME, min(self.end * FRAME, samples)


def pieces(samples: int) -> list[Piece]:
    """Return pieces of one length, counted from the sound's beginning; the last is what is left."""
    frames = -(-samples // FRAME)
    borders = [*range(0, frames, PIECE_FRAMES), frames]
    return [
        Piece(begin, end, max(begin - BEFORE, 0), min(end + BEHIND, frames))
        for begin, end in itertools.pairwise(borders)
    ]


def encode(master: Path, out: Path, *, samples: int, tell: Tell) -> None:
    """Write `out`, an AAC track of exactly `samples` in an MP4 file."""
    cut = pieces(samples)

    def encoded_piece(piece: Piece) -> Packets:
        begin, end = piece.heard_in(samples)
        heard = np.fromfile(master, np.float32, (end - begin) * CHANNELS, offset=begin * SAMPLE_BYTES)
        return encoded(piece, heard.reshape(-1, CHANNELS))

    join(out, zip(cut, side_by_side(encoded_piece, cut), strict=True), tell=lambda done: tell(done / len(cut)))


def side_by_side(work: Callable[[Piece], T], cut: Sequence[Piece]) -> Iterator[T]:
    """Yield what comes of each, and do no more at once than there are cores: memory does not grow with the film."""
    with ThreadPoolExecutor(AT_ONCE) as threads:
        for first in range(0, len(cut), 2 * AT_ONCE):
            yield from threads.map(work, cut[first : first + 2 * AT_ONCE])


def join(
    out: Path, made: Iterable[tuple[Piece, Packets]], *, tell: Callable[[int], None], comment: str | None = None
) -> None:
    """Write all pieces into one track; `tell` is told how many are done."""
    with av.open(str(out), "w", format="mp4", options={"movie_timescale": str(RATE), "fflags": "+bitexact"}) as joined:
        if comment is not None:
            joined.metadata["comment"] = comment
        stream = joined.add_stream("aac", rate=RATE)
        _set_up(stream.codec_context)
        for done, (piece, packets) in enumerate(made, 1):
            for place, packet in zip(piece.places, packets, strict=True):
                packet.stream, packet.pts, packet.dts = stream, (place - 1) * FRAME, (place - 1) * FRAME
                joined.mux(packet)
            tell(done)


def encoded(piece: Piece, sound: Samples) -> Packets:
    """Return the piece's packets. `sound` is what `heard_in` names."""
    encoder = AudioCodecContext.create(profile.AUDIO.codec, "w")
    assert isinstance(encoder, AudioCodecContext)
    _set_up(encoder)
    packets = [packet for frame in _frames(sound.T) for packet in encoder.encode(frame)] + encoder.encode(None)
    return packets[piece.places.start - piece.read_from : piece.places.stop - piece.read_from]


def _frames(heard: Samples) -> Iterator[AudioFrame]:
    for at in range(0, heard.shape[1], FRAME):
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(heard[:, at : at + FRAME]), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        yield frame


def _set_up(encoder: AudioCodecContext) -> None:
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base = profile.AUDIO.bit_rate, Fraction(1, RATE)
    encoder.options = {"aac_coder": profile.AUDIO.coder, "aac_ms": str(int(profile.AUDIO.mid_side))}


def answer(asked: Question, report: Report) -> None:
    encode(Path(asked["master"]), Path(asked["out"]), samples=asked["samples"], tell=report)


if __name__ == "__main__":
    serve(answer)
