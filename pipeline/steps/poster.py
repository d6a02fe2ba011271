"""Takes the film's poster from its first clip."""

from __future__ import annotations

from pipeline.cut import cutting, ffmpeg
from pipeline.cut.picture import stills
from pipeline.providers.base import Made
from pipeline.steps.job import Job

ONE_FRAME_S = 1.0


async def make(job: Job) -> Made:
    """A frame of the first clip, as a JPEG: for lists of films."""
    (clip,) = job.component.inputs
    source = await cutting.read_clip(job.input(clip).path)
    await ffmpeg.run(stills.poster(source, job.size, job.call.out), length_s=ONE_FRAME_S, report=job.call.report)
    return Made(job.call.out)
