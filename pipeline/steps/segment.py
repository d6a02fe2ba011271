from __future__ import annotations

from pipeline.cut import ffmpeg
from pipeline.cut.filtergraph import Canvas
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """A scene's body: its clip, conformed to its slot, less what belongs to the pieces over its boundaries."""
    timeline = job.timeline()
    await ffmpeg.cut_body(
        job.input(f"video/{job.scene.id}").path,
        job.call.out,
        slot=timeline.slot(job.scene.id),
        canvas=Canvas(job.size, timeline.fps),
        report=job.call.report,
    )
    return Made(job.call.out)
