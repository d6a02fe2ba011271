from __future__ import annotations

from pipeline.providers.base import Made, ScriptRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    settings = job.settings
    request = ScriptRequest(
        prompt=job.prompt,
        duration_s=settings.duration,
        aspect_ratio=settings.aspect_ratio,
        style=settings.style,
        language=settings.language,
        voice=settings.voice,
        character_consistency=settings.character_consistency or bool(settings.reference),
        seed=job.seed,
        instructions=job.instructions,
    )
    made: Made = await job.provider.make(request, job.call)
    return made
