from __future__ import annotations

from typing import cast

from pipeline.providers.base import Made, ScriptRequest, ScriptWriter
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    settings = job.settings
    request = ScriptRequest(
        prompt=job.prompt,
        source=job.source,
        source_mode=settings.source,
        duration_s=settings.duration,
        aspect_ratio=settings.aspect_ratio,
        style=settings.style,
        language=settings.language,
        voice=settings.voice,
        character_consistency=settings.character_consistency or bool(settings.reference),
        seed=job.seed,
        instructions=job.instructions,
    )
    return await cast(ScriptWriter, job.provider).make(request, job.call)
