"""Makes the clip of one scene from its still, and from the next scene's where it ends on that."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from pipeline.cut.narration_fit import FPS
from pipeline.planning import take_warnings
from pipeline.providers.base import Made, MotionMaker, MotionRequest
from pipeline.providers.models_and_prices import MotionModel
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    scene = job.scene
    first, *last = (job.input(key).path for key in job.component.inputs)
    request = MotionRequest(
        image=first,
        prompt=scene.video_prompt,
        duration_s=scene.duration,
        size=job.filmed_size,
        fps=FPS,
        seed=job.seed,
        instructions=job.instructions,
        seen=job.seen,
        end_image=next(iter(last), None),
    )
    made = await cast(MotionMaker, job.provider).make(request, job.call)
    told = {"seen": job.seen} if job.seen else {}
    return replace(made, facts={**made.facts, **told, **_ends(job, request)})


def _ends(job: Job, request: MotionRequest) -> dict[str, Any]:
    """Tell of a clip that was to end on a picture and could not."""
    entry = job.call.model
    is_told = isinstance(entry, MotionModel) and entry.takes_end
    return {"warnings": [take_warnings.ENDS_ELSEWHERE]} if request.end_image and not is_told else {}
