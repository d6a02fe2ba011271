"""Has a film's script translated: the words of its scenes, and nothing that is seen."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from pipeline.film.script import parse_script
from pipeline.film.translation import SceneText, Translating, Translation, people_of, remarks_on, translated
from pipeline.providers.base import Made, TranslationRequest, Translator
from pipeline.steps.job import Job
from pixora.foundation.errors import PixoraError


async def make(job: Job, wanted: Translating) -> Made:
    """The script in the film's language. Raises PixoraError where its writer cannot translate."""
    made, cost = await _translated(job, wanted)
    script = parse_script(translated(wanted, made, job.settings.language))
    await asyncio.to_thread(job.call.out.write_text, script.as_json(), encoding="utf-8")
    return Made(job.call.out, _facts(job, wanted, made), cost_micros=cost)


async def _translated(job: Job, wanted: Translating) -> tuple[Translation, int | None]:
    if not wanted.scenes:
        return Translation({}), 0
    if not isinstance(job.provider, Translator):
        raise PixoraError(
            "What writes scripts here cannot translate: give your own translation as a table.", code="cannot_translate"
        )
    made, cost = await job.provider.translate(_request(job, wanted), job.call)
    return replace(made, texts={scene_id: _asked(text, wanted) for scene_id, text in made.texts.items()}), cost


def _asked(text: SceneText, wanted: Translating) -> SceneText:
    """Leave out what a model says in a scene of which it was asked for the title alone."""
    return replace(text, script="", lines=()) if text.id in wanted.title_ids else text


def _request(job: Job, wanted: Translating) -> TranslationRequest:
    return TranslationRequest(
        scenes=wanted.asked,
        title=wanted.source_title,
        source_language=wanted.source.language,
        language=job.settings.language,
        keep=wanted.keep,
        people=people_of(wanted.source),
        instructions=job.instructions,
    )


def _facts(job: Job, wanted: Translating, made: Translation) -> Mapping[str, Any]:
    """Scenes without words are told too: they stay to be translated."""
    missing = [f"Scene {scene.index} was not translated." for scene in wanted.scenes if scene.id not in made.texts]
    warnings = [*missing, *remarks_on(wanted, made, job.settings.language), *made.remarks]
    return {"scenes": len(wanted.scenes), "title": made.title, "translated": True, "warnings": warnings}
