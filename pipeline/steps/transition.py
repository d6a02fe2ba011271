"""Cuts the transition between two scenes from their clips."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from pipeline.cut import cutting
from pipeline.providers.base import Made
from pipeline.steps import drawn_text
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The piece over the boundary into a scene, from its clip and the one before it."""
    timeline, scene = job.timeline(), job.scene
    before = job.script.scenes[scene.index - 2]
    left, right, *_ = job.component.inputs
    windows = await asyncio.to_thread(lambda: (job.window(before), job.window(scene)))
    begins = job.component.asks.get("clip_from", (0.0, 0.0))
    await cutting.cut_transition(
        job.input(left).path,
        job.input(right).path,
        job.call.out,
        before_slot=replace(timeline.slot(before.id), clip_from_s=begins[0]),
        after_slot=replace(timeline.slot(scene.id), clip_from_s=begins[1]),
        canvas=job.canvas,
        windows=windows,
        text=await drawn_text.of_transition(job),
        report=job.call.report,
    )
    return Made(job.call.out)
