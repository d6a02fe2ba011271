"""Composes the music of one group of scenes."""

from __future__ import annotations

from typing import cast

from pipeline.film.script import MusicGroup
from pipeline.planning.graph import music_key
from pipeline.providers.base import Made, MusicMaker, MusicRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The length asked for is a wish: the soundtrack loops, trims and fades whatever comes."""
    group = _group(job)
    request = MusicRequest(
        prompt=group.prompt,
        length_s=length_s(job),
        seed=job.seed,
        instructions=job.instructions,
        parts=job.script.music_parts(group),
    )
    return await cast(MusicMaker, job.provider).make(request, job.call)


def length_s(job: Job) -> float:
    """Return the seconds of the scenes that share this music."""
    wanted = set(_group(job).scene_indexes)
    return float(sum(scene.duration for scene in job.script.scenes if scene.index in wanted))


def _group(job: Job) -> MusicGroup:
    script = job.script
    return next(group for group in script.music if music_key(script.group_scene_ids(group)) == job.component.key)
