"""Has the script written."""

from __future__ import annotations

from typing import cast

from pipeline.film.script_rules import SCENE_SECONDS, USUAL_SECONDS
from pipeline.film.settings import DEFAULT_DURATION_S, Choice, TaskSettings, frame_size
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers import registry
from pipeline.providers.base import Machines, Made, ScriptRequest, ScriptWriter
from pipeline.providers.models_and_prices import ImageModel, Model, MotionModel, MusicModel
from pipeline.steps import translation
from pipeline.steps.job import Job
from pixora.foundation.errors import NoPrice, PixoraError

SOURCE_GONE = (
    "The film that this one was to be translated from was removed for good: delete this one, and make a version of"
    " another film."
)


async def make(job: Job) -> Made:
    if job.translating:
        return await translation.make(job, job.translating)
    if job.source_is_gone:
        raise PixoraError(SOURCE_GONE, code="source_gone")
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
    size = frame_size(settings.aspect_ratio, settings.resolution)
    clip = Component(Kind.CLIP.value, Kind.CLIP, {"size": size, "duration": min(USUAL_SECONDS)})
    still = Component(Kind.STILL.value, Kind.STILL, {"reference": "a character"})
    motion, picture = (_entry(each, settings.choice) for each in (clip, still))
    lengths = tuple(sorted(motion.durations)) if isinstance(motion, MotionModel) else ()
    references = picture.max_references if isinstance(picture, ImageModel) else 0
    ends = isinstance(motion, MotionModel) and motion.takes_end
    music = _entry(Component(Kind.MUSIC.value, Kind.MUSIC, {}), settings.choice) if settings.music else None
    parts = isinstance(music, MusicModel) and music.takes_parts
    made = tuple(length for length in lengths if length in SCENE_SECONDS) or USUAL_SECONDS
    return Machines(made, references, ends_on_next=ends, music_parts=parts)


def _entry(component: Component, choice: Choice) -> Model | None:
    """None for one without a price too: it is told of when something is to be made with it."""
    try:
        return registry.model_of(component, choice=choice)
    except NoPrice:
        return None
