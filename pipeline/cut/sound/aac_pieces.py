"""Encodes raw sound as AAC in pieces, side by side, and takes those that have not changed from an earlier track.

A piece is encoded from its own samples and some before and behind, nothing else: so it is the same wherever and
whenever it is made, and what is heard where two meet is as near to the source as anywhere else. Each piece's mark, the
hash of those samples, is kept in the track. As a child process it reads `master`, `out` and `samples` from stdin.
"""

from __future__ import annotations

import hashlib
import itertools
import json
import os
import sys
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from fractions import Fraction
from pathlib import Path

import av
import numpy as np
from av.audio.codeccontext import AudioCodecContext
from av.audio.frame import AudioFrame
from av.container import OutputContainer

from pipeline.cut import profile
from pipeline.cut.sound.earlier_track import Earlier, Packets
from pipeline.cut.sound.sound_plan import RATE

FRAME = 1024
"""Samples in each AAC packet; the first packet of an encoding holds none that are heard."""
PIECE_FRAMES = 5 * RATE // FRAME
BEFORE, BEHIND = 16, 4
"""Frames that are encoded twice and kept once: the encoder is settled where a piece begins, and knows what comes."""
CHANNELS = profile.AUDIO.channels
SAMPLE_BYTES = 4 * CHANNELS
CORES = len(os.sched_getaffinity(0))

Tell = Callable[[float], None]


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


def pieces(samples: int) -> list[Piece]:
    """Return pieces of one length, counted from the sound's beginning; the last is what is left."""
    frames = -(-samples // FRAME)
    borders = [*range(0, frames, PIECE_FRAMES), frames]
    return [
        Piece(begin, end, max(begin - BEFORE, 0), min(end + BEHIND, frames))
        for begin, end in itertools.pairwise(borders)
    ]


def encode(master: Path, out: Path, *, samples: int, tell: Tell, earlier: Path | None = None) -> None:
    """Write `out`, an AAC track of exactly `samples` in an MP4 file. `earlier` is a track that may have some of it."""
    cut = pieces(samples)
    marks = [_mark(piece, _read(master, piece, samples)) for piece in cut]
    with Earlier.opened(earlier, PIECE_FRAMES) as known, _new_track(out, marks) as joined:
        stream = joined.add_stream("aac", rate=RATE)
        _set_up(stream.codec_context)
        for done, packets in enumerate(_made(master, samples, cut, marks, known), 1):
            for place, packet in zip(cut[done - 1].places, packets, strict=True):
                packet.stream, packet.pts, packet.dts = stream, (place - 1) * FRAME, (place - 1) * FRAME
                joined.mux(packet)
            tell(done / len(cut))


def _made(master: Path, samples: int, cut: Sequence[Piece], marks: Sequence[str], known: Earlier) -> Iterator[Packets]:
    """Each piece's packets, and no more at once than are made side by side: memory does not grow with the film."""

    def encoded(piece: Piece, found: Packets | None) -> Packets:
        return found or _encoded(master, piece, samples)

    with ThreadPoolExecutor(CORES) as threads:
        for first in range(0, len(cut), 2 * CORES):
            some = slice(first, first + 2 * CORES)
            found = [known.packets(mark, len(piece.places)) for piece, mark in zip(cut[some], marks[some], strict=True)]
            yield from threads.map(encoded, cut[some], found)


def _read(master: Path, piece: Piece, samples: int) -> bytes:
    with master.open("rb") as raw:
        raw.seek(piece.read_from * FRAME * SAMPLE_BYTES)
        return raw.read((min(piece.read_to * FRAME, samples) - piece.read_from * FRAME) * SAMPLE_BYTES)


def _mark(piece: Piece, heard: bytes) -> str:
    """The same for pieces that are encoded alike."""
    shape = [piece.end - piece.begin, piece.begin - piece.read_from, asdict(profile.AUDIO), av.__version__]
    return Earlier.mark(hashlib.sha256(json.dumps(shape).encode() + heard))


def _encoded(master: Path, piece: Piece, samples: int) -> Packets:
    heard = np.frombuffer(_read(master, piece, samples), np.float32).reshape(-1, CHANNELS).T
    encoder = AudioCodecContext.create(profile.AUDIO.codec, "w")
    assert isinstance(encoder, AudioCodecContext)
    _set_up(encoder)
    packets = [packet for frame in _frames(heard) for packet in encoder.encode(frame)] + encoder.encode(None)
    return packets[piece.places.start - piece.read_from : piece.places.stop - piece.read_from]


def _frames(heard: np.ndarray[tuple[int, ...], np.dtype[np.float32]]) -> Iterator[AudioFrame]:
    for at in range(0, heard.shape[1], FRAME):
        frame = AudioFrame.from_ndarray(np.ascontiguousarray(heard[:, at : at + FRAME]), format="fltp", layout="stereo")
        frame.sample_rate, frame.pts, frame.time_base = RATE, at, Fraction(1, RATE)
        yield frame


def _set_up(encoder: AudioCodecContext) -> None:
    encoder.sample_rate, encoder.layout, encoder.format = RATE, "stereo", "fltp"
    encoder.bit_rate, encoder.time_base = profile.AUDIO.bit_rate, Fraction(1, RATE)
    encoder.options = {"aac_coder": profile.AUDIO.coder, "aac_ms": str(int(profile.AUDIO.mid_side))}


def _new_track(out: Path, marks: Sequence[str]) -> OutputContainer:
    joined = av.open(str(out), "w", format="mp4", options={"movie_timescale": str(RATE), "fflags": "+bitexact"})
    joined.metadata["comment"] = Earlier.comment(marks)
    return joined


def main() -> None:
    asked = json.load(sys.stdin)
    out = Path(asked["out"])
    encode(
        Path(asked["master"]),
        out,
        samples=asked["samples"],
        tell=lambda done: print(f"progress {done:.4f}", flush=True),
    )


if __name__ == "__main__":
    main()
