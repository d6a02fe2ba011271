"""The damaged input of a step, named so that its owner knows what to do; looked for when a step refused one."""

from __future__ import annotations

import asyncio

from media_assets.probe import probe
from pipeline.planning.kinds import OF_NO_SCENE, Medium, kind_of, scene_and_line
from pipeline.planning.piece_names import PieceNames
from pipeline.steps.job import Input, Job
from pixora.foundation.errors import BadMedia


async def named(job: Job, refused: BadMedia) -> BadMedia:
    """The refusal with the scene and a way forward; as it was when no generated input is the cause."""
    for key, read in job.inputs.items():
        kind = kind_of(key)
        fault = "" if kind.is_derived else await asyncio.to_thread(_fault, read, kind.about.medium)
        if fault:
            again = f"Make its {kind.about.label.lower()} again or choose another take."
            return BadMedia(f"{_owner(job, key)}: {fault} {again}")
    return refused


def _fault(read: Input, expected: Medium) -> str:
    """Empty when the file is whole."""
    if expected == "text":
        return ""
    try:
        probe(read.path, expect=expected)
    except BadMedia as fault:
        return fault.message
    return ""


def _owner(job: Job, key: str) -> str:
    kind, _, ids = key.partition("/")
    if kind in OF_NO_SCENE:
        return PieceNames.of(job.script).name(key)
    scene = job.script.scene_by_id(int(scene_and_line(ids)[0]))
    return f"Scene {scene.index} ({scene.title})"
