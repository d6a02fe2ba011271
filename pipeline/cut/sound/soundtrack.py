"""Makes a film's sound from its plan: the tracks are laid out, mixed and measured, mastered, and encoded once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from pathlib import Path
from typing import Any

from pipeline.cut import ffmpeg
from pipeline.cut.ffmpeg import Report, no_report
from pipeline.cut.sound.sound_plan import UNREADABLE, SoundPlan
from pixora.foundation import processes
from pixora.foundation.errors import BadMedia, ProcessFailed


async def mix_soundtrack(
    plan: SoundPlan, out: Path, *, workdir: Path, earlier: Path | None = None, report: Report = no_report
) -> Mapping[str, float | None]:
    """Writes an AAC track of exactly `plan.samples`. Returns `lufs` (None for silence) and `gain_db` of the master.

    What `earlier`, a track made here before, has of it is copied instead of encoded; the result is the same without.
    """
    with ffmpeg.temporary_name(out) as temporary, ffmpeg.scratch_folder(workdir) as folder:
        request = {**_request(plan), "folder": folder, "out": temporary, "earlier": earlier}
        found = await _child("make_track", plan, request, report)
    return {"lufs": found["lufs"], "gain_db": found["gain_db"]}


async def lay_tracks(plan: SoundPlan, voice: Path, music: Path, report: Report) -> float:
    """Returns the loudness of the voice."""
    if not plan.narrations and not plan.music:
        return float("-inf")
    found = await _child("lay_tracks", plan, {**_request(plan), "voice": voice, "music": music}, report)
    return float("-inf") if found["voice_lufs"] is None else float(found["voice_lufs"])


def _request(plan: SoundPlan) -> dict[str, Any]:
    """Ask for what nothing is taken out of as ever, so that earlier tracks know its pieces."""
    described = asdict(plan)
    told = [{name: value for name, value in one.items() if name != "cuts" or value} for one in described["narrations"]]
    return {**described, "narrations": told, "pieces": described["music"]}


async def _child(module: str, plan: SoundPlan, request: Mapping[str, Any], report: Report) -> dict[str, Any]:
    """Return what it answers. Raises BadMedia for a sound that cannot be heard."""
    deadline_s = ffmpeg.deadline_s(plan.seconds)
    try:
        module = f"pipeline.cut.sound.{module}"
        found: dict[str, Any] = await processes.ask(module, request, deadline_s=deadline_s, report=report)
    except ProcessFailed as error:
        _, unreadable, path = error.tail.rpartition(UNREADABLE)
        if unreadable:
            raise BadMedia(f"{Path(path).name} cannot be heard: it is damaged or holds no sound.") from error
        raise
    return found
