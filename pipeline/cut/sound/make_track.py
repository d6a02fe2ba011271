"""A child process: makes a film's whole sound track. It is laid out, mixed, brought to its loudness and encoded.

Reads one JSON object from stdin: what `lay_tracks` reads, `out`, `folder` for what lies between, and `earlier`, a track
of this film that may have some of it, or null. Writes `progress <fraction>` lines and last `{"lufs": …, "gain_db": …}`.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from pathlib import Path

from pipeline.cut.sound import aac_pieces, lay_tracks, mixing, sound_plan

LAID_OUT, MIXED = 0.4, 0.6
"""The parts of the whole that are done after the first two steps."""


def main() -> None:
    asked = json.load(sys.stdin)
    folder, samples = Path(asked["folder"]), asked["samples"]
    voice, music, mixed, master = (folder / f"{name}.f32" for name in ("voice", "music", "mixed", "master"))
    voice_lufs = lay_tracks.lay(asked, voice, music, lambda done: _tell(done * LAID_OUT))
    gain_db = sound_plan.voice_gain_db(voice_lufs)
    heard = (voice if asked["narrations"] else None, music if asked["pieces"] else None)
    lufs = mixing.mix(*heard, mixed, voice_gain_db=gain_db, samples=samples)
    _tell(MIXED)
    facts = master_of(mixed, master, sound_plan.master_gain_db(lufs), samples)
    earlier = Path(asked["earlier"]) if asked["earlier"] else None
    encoding = {"samples": samples, "earlier": earlier, "tell": lambda done: _tell(MIXED + (1 - MIXED) * done)}
    aac_pieces.encode(master, Path(asked["out"]), **encoding)
    print(json.dumps(facts), flush=True)


def master_of(mixed: Path, master: Path, gain_db: float, samples: int) -> Mapping[str, float | None]:
    """Limit the mix; what the limiter takes away is given back once, where it is worth hearing."""
    lufs = mixing.limit(mixed, master, gain_db=gain_db, samples=samples)
    missing = sound_plan.TARGET_LUFS - lufs
    if sound_plan.CLOSE_ENOUGH_LU < missing < sound_plan.MAX_CORRECTION_LU:
        gain_db += sound_plan.in_steps(missing)
        lufs = mixing.limit(mixed, master, gain_db=gain_db, samples=samples)
    return {"lufs": round(lufs, 1) if lufs > sound_plan.SILENCE_LUFS else None, "gain_db": round(gain_db, 2)}


def _tell(done: float) -> None:
    print(f"progress {done:.4f}", flush=True)


if __name__ == "__main__":
    main()
