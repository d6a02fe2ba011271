"""The referee on ten kinds of defects and on what is as it should be: what it misses, whom it accuses, its cost."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from statistics import median

import av

from media_assets import first_frame_match
from media_assets.probe import Probe, probe
from media_assets.storage import content_hash
from media_assets.video_checks import Watch
from pipeline.engine.refereeing import delivered
from pipeline.planning import referee
from tests.bench.figures import Figure
from tests.bench.referee import faulty, good
from tests.bench.referee.piece import Piece
from tests.crash.site import Site

MISSED, ACCUSED, SHARE = 0.02, 0.005, 0.05
ROUNDS = 5


def measure(site: Site) -> Iterator[Figure]:
    folder = site.home / "referee"
    folder.mkdir()
    wrong = list(faulty.pieces(folder))
    right = list(good.pieces(folder))
    missed = Counter(piece.defect for piece in wrong if piece.defect not in codes(piece))
    accused = [(piece, found) for piece in right if (found := codes(piece))]
    for piece, found in accused:
        print(f"accused: {piece.name}: {', '.join(found)}", flush=True)
    for defect, count in sorted(Counter(piece.defect for piece in wrong).items()):
        yield Figure(f"referee: {defect}, missed of {count}", missed[defect] / count)
    yield Figure(f"referee: share of {len(wrong)} defects that is missed", sum(missed.values()) / len(wrong), MISSED)
    yield Figure(f"referee: share of {len(right)} good pieces that is accused", len(accused) / len(right), ACCUSED)
    yield Figure("referee: share of the processor time of landing a clip in 720p", _share(folder), SHARE)


def codes(piece: Piece) -> list[str]:
    """The defects that the referee finds in a piece."""
    found = look(piece.path)
    seen = delivered(
        piece.path, found, first_frame_match.look_of(probe(piece.still).watched.first) if piece.still else ""
    )
    return [fault.code for fault in referee.faults(piece.wanted, seen)]


def look(path: Path) -> Probe:
    return probe(path, every_frame=path.suffix == ".mp4")


def _share(folder: Path) -> float:
    """The referee's share of all that is computed of a clip between its arrival and its storage, storing itself left
    out."""
    piece = good.clip_in_720p(folder)
    assert piece.still
    still = first_frame_match.look_of(probe(piece.still).watched.first)
    with av.open(str(piece.path)) as container:
        frames = list(container.decode(video=0))
    shares = []
    for _ in range(ROUNDS):
        began = time.process_time()
        found = look(piece.path)
        content_hash(piece.path)
        seen = delivered(piece.path, found, still)
        referee.faults(piece.wanted, seen)
        whole, began = time.process_time() - began, time.process_time()
        watch = Watch()
        watch.add(*frames)
        referee.faults(piece.wanted, delivered(piece.path, found, still))
        watch.seen(24)
        shares.append((time.process_time() - began) / whole)
    return median(shares)
