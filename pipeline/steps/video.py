from __future__ import annotations

from pipeline.cut.timeline import FPS
from pipeline.providers.base import Made, MotionRequest
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
    )
    made: Made = await job.provider.make(request, job.call)
    return made
