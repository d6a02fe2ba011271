"""Makes the clip of one scene from its still."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from pipeline.cut.narration_fit import FPS
from pipeline.providers.base import Made, MotionMaker, MotionRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    scene = job.scene
    request = MotionRequest(
        image=job.input(f"scene/{scene.id}").path,
        prompt=scene.video_prompt,
        duration_s=scene.duration,
        size=job.size,
        fps=FPS,
        seed=job.seed,
        instructions=job.instructions,
        seen=job.seen,
    )
    made = await cast(MotionMaker, job.provider).make(request, job.call)
    return replace(made, facts={**made.facts, "seen": job.seen}) if job.seen else made
