"""Which input of a step is damaged, said so that its owner knows what to do; looked for when a step refused one."""

from __future__ import annotations

import asyncio

from media_assets.probe import Kind as Medium
from media_assets.probe import probe
from pipeline.planning.graph import Kind, kind_of
from pipeline.steps.job import Input, Job
from pixora.foundation.errors import BadMedia

MEDIA: dict[Kind, tuple[str, Medium]] = {
    Kind.SCENE: ("still", "image"),
    Kind.AUDIO: ("narration", "audio"),
    Kind.MUSIC: ("music", "audio"),
    Kind.VIDEO: ("clip", "video"),
}


async def named(job: Job, refused: BadMedia) -> BadMedia:
    """The refusal with the scene and a way forward; as it was when no generated input is the cause."""
    for key, read in job.inputs.items():
        medium = MEDIA.get(kind_of(key))
        fault = await asyncio.to_thread(_fault, read, medium[1]) if medium else None
        if medium and fault:
            return BadMedia(f"{_owner(job, key)}: {fault} Make its {medium[0]} ({key}) again or choose another take.")
    return refused


def _fault(read: Input, expected: Medium) -> str:
    """Empty when the file is whole."""
    try:
        probe(read.path, expect=expected)
    except BadMedia as fault:
        return fault.message
    return ""


def _owner(job: Job, key: str) -> str:
    kind, _, ids = key.partition("/")
    if kind == Kind.MUSIC:
        return f"Music of scenes {ids.replace('_', ', ')}"
    scene = job.script.scene_by_id(int(ids))
    return f"Scene {scene.index} ({scene.title})"
