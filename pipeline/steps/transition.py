"""Cuts the transition between two scenes from their clips."""

from __future__ import annotations

from pipeline.cut import cutting
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The piece over the boundary into a scene, from its clip and the one before it."""
    timeline, scene = job.timeline(), job.scene
    before = job.script.scenes[scene.index - 2]
    left, right = job.component.inputs
    await cutting.cut_transition(
        job.input(left).path,
        job.input(right).path,
        job.call.out,
        before_slot=timeline.slot(before.id),
        after_slot=timeline.slot(scene.id),
        canvas=Canvas(job.size, timeline.fps),
        report=job.call.report,
    )
    return Made(job.call.out)
