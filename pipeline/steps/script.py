"""Has the script written."""

from __future__ import annotations

from typing import cast

from pipeline.film.settings import DEFAULT_DURATION_S
from pipeline.providers.base import Made, ScriptRequest, ScriptWriter
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    settings = job.settings
    request = ScriptRequest(
        prompt=job.prompt,
        source=job.source,
        source_mode=settings.source,
        duration_s=DEFAULT_DURATION_S if settings.length_is_open else settings.duration,
        aspect_ratio=settings.aspect_ratio,
        style=settings.style,
        language=settings.language,
        voice=settings.voice,
        character_consistency=settings.character_consistency or bool(settings.reference),
        seed=job.seed,
        instructions=job.instructions,
        length_is_open=settings.length_is_open,
    )
    return await cast(ScriptWriter, job.provider).make(request, job.call)
