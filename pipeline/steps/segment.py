"""Cuts the body of one scene from its clip."""

from __future__ import annotations

import asyncio
from dataclasses import replace

from pipeline.cut import cutting
from pipeline.cut.picture import lettering
from pipeline.planning import take_warnings
from pipeline.providers.base import Made
from pipeline.steps import drawn_text
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """A scene's body: its clip, conformed to its slot, less what belongs to the pieces over its boundaries.

    Where captions are drawn into the picture, the scene's are on it, and so is the label of what was generated.

    Facts: `warnings`, if letters have no font or the clip ends long before its scene.
    """
    timeline = job.timeline()
    slot = replace(timeline.slot(job.scene.id), clip_from_s=job.component.asks.get("clip_from", 0.0))
    clip, *_ = job.component.inputs
    finished = await cutting.cut_body(
        job.input(clip).path,
        job.call.out,
        slot=slot,
        canvas=job.canvas,
        window=await asyncio.to_thread(job.window, job.scene),
        text=await drawn_text.of_body(job),
        report=job.call.report,
    )
    missing = lettering.letters_without_a_font(finished.stderr)
    found = [take_warnings.without_a_font(missing)] if missing else []
    found += take_warnings.stands_still(job.input(clip).facts, slot, timeline.fps)
    return Made(job.call.out, facts={"warnings": [take_warnings.of_scene(job.scene.index, text) for text in found]})
