"""Has the script written."""

from __future__ import annotations

from typing import cast

from pipeline.film.script_rules import DURATIONS
from pipeline.film.settings import DEFAULT_DURATION_S, TaskSettings
from pipeline.providers import registry
from pipeline.providers.base import Machines, Made, ScriptRequest, ScriptWriter
from pipeline.providers.catalogue import ImageModel, Model, MotionModel
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
        machines=machines(settings),
    )
    return await cast(ScriptWriter, job.provider).make(request, job.call)


def machines(settings: TaskSettings) -> Machines:
    """Return what the generators can do that will make this film."""
    clip, still = (_entry(role, settings) for role in ("motion", "image_edit"))
    lengths = tuple(sorted(clip.durations)) if isinstance(clip, MotionModel) else ()
    references = still.max_references if isinstance(still, ImageModel) else 0
    return Machines(tuple(length for length in lengths if length in DURATIONS) or DURATIONS, references)


def _entry(role: str, settings: TaskSettings) -> Model | None:
    return registry.find_model(role, registry.chosen_vendor(role), settings.tier)
