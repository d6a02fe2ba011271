from __future__ import annotations

from pipeline.cut import ffmpeg, fonts, stills
from pipeline.cut.filtergraph import Canvas
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """What stands in for a clip: the still, gently moving, as long as the clip is needed, marked as a draft."""
    timeline, asks = job.timeline(), job.component.asks
    frames = timeline.slot(job.scene.id).clip_frames
    (still,) = job.component.inputs
    canvas = Canvas(job.size, timeline.fps)
    argv = stills.moving_still(
        job.input(still).path, job.call.out, frames=frames, canvas=canvas, font=fonts.bold(), towards=asks["towards"]
    )
    await ffmpeg.run(argv, length_s=frames / timeline.fps, report=job.call.report)
    return Made(job.call.out)
