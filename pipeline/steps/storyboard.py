"""Lays the stills out as one picture, the storyboard."""

from __future__ import annotations

from pipeline.cut.picture import fonts
from pipeline.providers.base import Made
from pipeline.steps.job import Job
from pixora.foundation import processes

START_UP_S, PER_PICTURE_S = 30.0, 5.0


async def make(job: Job) -> Made:
    """All stills on one sheet, as a JPEG."""
    pictures = [str(job.input(key).path) for key in job.component.inputs]
    request = {"pictures": pictures, "size": job.filmed_size, "font": str(fonts.bold()), "out": str(job.call.out)}
    deadline_s = START_UP_S + PER_PICTURE_S * len(pictures)
    await processes.ask("pipeline.cut.picture.contact_sheet", request, deadline_s=deadline_s)
    return Made(job.call.out)
