"""Makes a film's sound from its plan: the tracks are laid out, mixed and measured, mastered, and encoded once."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import asdict
from pathlib import Path

from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.sound import aac, sound_graph, sound_plan
from pipeline.cut.sound.sound_plan import UNREADABLE, SoundPlan
from pixora.foundation import processes
from pixora.foundation.errors import BadMedia, ProcessFailed

LAID_OUT, MIXED = 0.3, 0.45
"""The parts of the whole that are done after the first two steps."""


async def mix_soundtrack(
    plan: SoundPlan, out: Path, *, workdir: Path, report: Report = no_report
) -> Mapping[str, float | None]:
    """Writes an AAC track of exactly `plan.samples`. Returns `lufs` (None for silence) and `gain_db` of the master."""
    names = ("voice.f32", "music.f32", "mixed.f32", "master.f32")
    voice, music, mixed, master = (workdir / name for name in names)
    try:
        voice_lufs = await lay_tracks(plan, voice, music, _part(report, 0.0, LAID_OUT))
        argv = sound_graph.mix(
            voice if plan.narrations else None,
            music if plan.music else None,
            mixed,
            voice_gain_db=sound_plan.voice_gain_db(voice_lufs),
            samples=plan.samples,
        )
        finished = await ffmpeg.run(argv, length_s=plan.seconds, report=_part(report, LAID_OUT, MIXED))
        gain_db = sound_plan.master_gain_db(sound_graph.measured_lufs(finished.stderr))
        facts = await _limit(plan, mixed, master, gain_db)
        await aac.encode(master, out, samples=plan.samples, report=_part(report, MIXED, 1.0))
        return facts
    finally:
        for track in (voice, music, mixed, master):
            track.unlink(missing_ok=True)


async def lay_tracks(plan: SoundPlan, voice: Path, music: Path, report: Report) -> float:
    """Returns the loudness of the voice."""
    if not plan.narrations and not plan.music:
        return float("-inf")
    described = asdict(plan)
    request = {**described, "pieces": described["music"], "voice": voice, "music": music}
    try:
        finished = await processes.run(
            processes.python_module("pipeline.cut.sound.lay_tracks"),
            deadline_s=ffmpeg.deadline_s(plan.seconds),
            stdin=json.dumps(request, default=str).encode(),
            on_line=lambda line: _tell(line, report),
            env=processes.lean_environment(),
        )
    except ProcessFailed as error:
        _, unreadable, path = error.tail.rpartition(UNREADABLE)
        if unreadable:
            raise BadMedia(f"{Path(path).name} cannot be heard: it is damaged or holds no sound.") from error
        raise
    measured = json.loads(finished.stdout.splitlines()[-1])["voice_lufs"]
    return float("-inf") if measured is None else float(measured)


async def _limit(plan: SoundPlan, mixed: Path, master: Path, gain_db: float) -> dict[str, float | None]:
    """What the limiter takes away is given back once, where it is worth hearing."""
    lufs = await _limit_at(plan, mixed, master, gain_db)
    missing = sound_plan.TARGET_LUFS - lufs
    if sound_plan.CLOSE_ENOUGH_LU < missing < sound_plan.MAX_CORRECTION_LU:
        gain_db += missing
        lufs = await _limit_at(plan, mixed, master, gain_db)
    return {"lufs": lufs if lufs > sound_plan.SILENCE_LUFS else None, "gain_db": round(gain_db, 2)}


async def _limit_at(plan: SoundPlan, mixed: Path, master: Path, gain_db: float) -> float:
    argv = sound_graph.limit(mixed, master, gain_db=gain_db, samples=plan.samples)
    finished = await ffmpeg.run(argv, length_s=plan.seconds)
    return sound_graph.measured_lufs(finished.stderr)


def _part(report: Report, begin: float, end: float) -> Callable[[float], None]:
    return lambda fraction: report(begin + (end - begin) * fraction)


def _tell(line: str, report: Report) -> None:
    if line.startswith("progress "):
        report(float(line.removeprefix("progress ")))
