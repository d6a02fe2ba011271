"""Takes the film's poster from its first scene, as the film shows it."""

from __future__ import annotations

import asyncio

from pipeline.cut import cutting, ffmpeg
from pipeline.cut.narration_fit import FPS
from pipeline.cut.picture import stills
from pipeline.providers.base import Made
from pipeline.steps.job import Job

ONE_FRAME_S = 1.0


async def make(job: Job) -> Made:
    """A frame of the first scene, as a JPEG: for lists of films."""
    clip, *_ = job.component.inputs
    asks, scene = job.component.asks, job.script.scenes[0]
    window = await asyncio.to_thread(job.window, scene)
    source = await cutting.read_clip(job.input(clip).path, window, begins_s=asks.get("clip_from", 0.0))
    argv = stills.poster(source, job.size, job.call.out, frames=asks.get("frames") or scene.duration * FPS)
    await ffmpeg.run(argv, length_s=ONE_FRAME_S, report=job.call.report)
    return Made(job.call.out)
