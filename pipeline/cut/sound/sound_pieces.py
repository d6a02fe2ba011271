"""The pieces of a film's sound track: each is mixed, mastered and encoded apart from the others.

A piece's mark says all that has a part in it. Where an earlier track has a piece of that mark, it and its levels are
taken from there, and nothing of it is decoded or mixed again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from functools import partial
from hashlib import sha256
from pathlib import Path
from threading import Lock

import av
import numpy as np

from pipeline.cut import profile
from pipeline.cut.sound import aac_pieces, loudness, mixing, sound_graph
from pipeline.cut.sound.aac_pieces import CHANNELS, Piece
from pipeline.cut.sound.earlier_track import Earlier, Level, Packets, mark
from pipeline.cut.sound.loudness import Samples
from pipeline.cut.sound.sound_plan import RATE, voice_gain_db
from pipeline.cut.sound.sources import Sources

CHANGES = 1
"""Raised when pieces are mixed or mastered in another way."""
WAY = [CHANGES, av.__version__, sound_graph.KEY_GAIN_DB, sound_graph.DUCK, sound_graph.LIMITER, asdict(profile.AUDIO)]


class SoundPieces:
    """First `mix`, then `limit`, once or more often, then `encoded`."""

    def __init__(self, sources: Sources, samples: int, folder: Path, earlier: Earlier) -> None:
        self.sources, self.samples, self.folder, self.earlier = sources, samples, folder, earlier
        self.voice_gain_db, self.gain_db = voice_gain_db(sources.voice_lufs), 0.0
        self.cut = aac_pieces.pieces(samples)
        self._mix_marks = {piece: self._mark_of_mix(piece) for piece in self.cut}
        self._levels: dict[str, Level] = {}
        self._reading = Lock()

    @property
    def marks(self) -> list[tuple[str, str]]:
        """Each piece's mark, and that of its sound."""
        return list(zip(map(self._mark, self.cut), aac_pieces.side_by_side(self._sound, self.cut), strict=True))

    @property
    def levels(self) -> Mapping[str, Level]:
        """The levels of all pieces by their marks, as they were mixed and as they were limited."""
        return self._levels

    def mix(self) -> float:
        """Return the loudness of the mix."""
        return self._loudness(self._mix_marks.__getitem__, self._mixed)

    def limit(self, gain_db: float) -> float:
        """Return the loudness of the master, which is the mix with this gain."""
        self.gain_db = gain_db
        return self._loudness(self._mark, self._master)

    def encoded(self) -> Iterator[tuple[Piece, Packets]]:
        return zip(self.cut, aac_pieces.side_by_side(self._packets, self.cut), strict=True)

    def _packets(self, piece: Piece) -> Packets:
        with self._reading:
            found = self.earlier.packets(self._sound(piece), len(piece.places))
        return found or aac_pieces.encoded(piece, self._heard(piece))

    def _sound(self, piece: Piece) -> str:
        """The mark of what is heard: the same, often, where something else has a part in it."""
        known = self.earlier.sounds.get(self._mark(piece))
        return known or mark(sha256(self._heard(piece).tobytes()).hexdigest(), *self._shape(piece), WAY)

    def _heard(self, piece: Piece) -> Samples:
        return self._part(piece, self._master(piece), *piece.heard_in(self.samples))

    def _loudness(self, mark_of: Callable[[Piece], str], sound_of: Callable[[Piece], Samples]) -> float:
        found = aac_pieces.side_by_side(partial(self._level, mark_of, sound_of), self.cut)
        marked = {mark_of(piece): level for piece, level in zip(self.cut, found, strict=True)}
        self._levels |= marked
        steps = [marked[mark_of(piece)].energies for piece in self.cut]
        return loudness.integrated(loudness.blocks_of(np.concatenate(steps)))

    def _level(self, mark_of: Callable[[Piece], str], sound_of: Callable[[Piece], Samples], piece: Piece) -> Level:
        if known := self.earlier.levels.get(mark_of(piece)):
            return known
        kept = self._part(piece, sound_of(piece), *piece.kept_in(self.samples))
        return Level.of(len(kept), loudness.step_energies(kept, RATE))

    def _mixed(self, piece: Piece) -> Samples:
        """The piece and what has a part in it, at the mix's own level."""

        def mix() -> Samples:
            span = self._span(piece)
            sounds = self.sources.voice(*span), self.sources.music(*span)
            return mixing.mix(*sounds, voice_gain_db=self.voice_gain_db, samples=span[1] - span[0])

        return self._kept(f"mixed {piece.begin}", mix)

    def _master(self, piece: Piece) -> Samples:
        limited = partial(mixing.limit, gain_db=self.gain_db)
        return self._kept(f"master {piece.begin} {self.gain_db}", lambda: limited(self._mixed(piece)))

    def _kept(self, name: str, make: Callable[[], Samples]) -> Samples:
        """Made once, and read from the disk after that."""
        path = self.folder / f"{name}.f32"
        if not path.exists():
            make().tofile(path)
        return np.fromfile(path, np.float32).reshape(-1, CHANNELS)

    def _span(self, piece: Piece) -> tuple[int, int]:
        begin, end = piece.heard_in(self.samples)
        return max(begin - mixing.WARM_UP, 0), min(end + mixing.AHEAD, self.samples)

    def _part(self, piece: Piece, sound: Samples, begin: int, end: int) -> Samples:
        first = self._span(piece)[0]
        return sound[begin - first : end - first]

    def _mark(self, piece: Piece) -> str:
        return mark(self._mix_marks[piece], self.gain_db)

    def _mark_of_mix(self, piece: Piece) -> str:
        begin, end = self._span(piece)
        heard = [(source.key, source.start - begin) for source in self.sources.heard(begin, end)]
        kinds = [bool(self.sources.spoken), bool(self.sources.played)]
        return mark(WAY, kinds, end - begin, self._shape(piece), self.voice_gain_db, heard)

    def _shape(self, piece: Piece) -> list[int]:
        return [piece.begin - piece.read_from, piece.end - piece.begin]
