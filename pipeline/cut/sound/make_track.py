"""A child process: makes a film's whole sound in pieces, and takes those that have not changed from an earlier track.

Reads one JSON object from stdin: what `lay_tracks` reads, `out`, `folder` for what lies between, and `earlier`, a track
of this film that may have some of it, or null. Writes `progress <fraction>` lines and last `{"lufs": …, "gain_db": …}`.
The track is the same, to the byte, without an earlier one.
"""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pipeline.cut.sound import aac_pieces, earlier_track, sound_plan
from pipeline.cut.sound.aac_pieces import PIECE_FRAMES
from pipeline.cut.sound.earlier_track import Earlier
from pipeline.cut.sound.lay_tracks import Steps
from pipeline.cut.sound.sound_pieces import SoundPieces
from pipeline.cut.sound.sources import Sources
from pixora.foundation.child_answer import Question, Report, serve

MEASURED, MIXED = 0.4, 0.6
"""The parts of the whole that are done after the first two steps."""


def answer(asked: Question, report: Report) -> Mapping[str, float | None]:
    with Earlier.opened(Path(asked["earlier"]) if asked["earlier"] else None, PIECE_FRAMES) as earlier:
        return _make(asked, earlier, report)


def _make(asked: Mapping[str, Any], earlier: Earlier, report: Report) -> Mapping[str, float | None]:
    folder = Path(asked["folder"])
    sources = Sources(asked, folder, earlier.levels)
    sources.measure(Steps(len(asked["narrations"]) + len(asked["pieces"]), lambda done: report(done * MEASURED)))
    pieces = SoundPieces(sources, asked["samples"], folder, earlier)
    lufs = pieces.mix()
    report(MIXED)
    facts = _mastered(pieces, sound_plan.master_gain_db(lufs))
    kept = earlier_track.comment(pieces.marks, {**sources.levels, **pieces.levels})
    count = len(pieces.cut)
    aac_pieces.join(
        Path(asked["out"]),
        pieces.encoded(),
        tell=lambda done: report(MIXED + (1 - MIXED) * done / count),
        comment=kept,
    )
    return facts


def _mastered(pieces: SoundPieces, gain_db: float) -> Mapping[str, float | None]:
    """Limit the mix; what the limiter takes away is given back once, where it is worth hearing."""
    lufs = pieces.limit(gain_db)
    missing = sound_plan.TARGET_LUFS - lufs
    if sound_plan.CLOSE_ENOUGH_LU < missing < sound_plan.MAX_CORRECTION_LU:
        gain_db += sound_plan.in_steps(missing)
        lufs = pieces.limit(gain_db)
    return {"lufs": round(lufs, 1) if lufs > sound_plan.SILENCE_LUFS else None, "gain_db": round(gain_db, 2)}


if __name__ == "__main__":
    serve(answer)
