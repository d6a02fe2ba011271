"""Makes a still stand for a clip that is not there yet, in the draft of a film."""

from __future__ import annotations

from media_assets.file_format import format_of
from pipeline.cut import ffmpeg
from pipeline.cut.picture import fonts, stills
from pipeline.cut.picture.filter_graph import Canvas
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """Make what stands in for a clip: the still, gently moving, as long as the clip is needed, marked as a draft."""
    timeline, asks = job.timeline(), job.component.asks
    frames = timeline.slot(job.scene.id).clip_frames
    (still,) = job.component.inputs
    canvas = Canvas(job.size, timeline.fps)
    image, font = job.input(still).path, fonts.bold()
    format, towards = format_of(image), asks["towards"]
    argv = stills.moving_still(
        image, job.call.out, format=format, frames=frames, canvas=canvas, font=font, towards=towards
    )
    await ffmpeg.run(argv, length_s=frames / timeline.fps, report=job.call.report)
    return Made(job.call.out)
