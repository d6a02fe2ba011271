"""Speaks the narration of one scene."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from pipeline.film.spoken import as_written, pieces, spoken
from pipeline.providers.base import Made, VoiceMaker, VoiceRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The text is given to the voice as it is spoken, and its words' times are led back to what was written. The
    neighbours' words are context for the voice's flow; they are not in the fingerprint."""
    scene, scenes = job.scene, job.script.scenes
    parts = pieces(scene.script.strip(), job.script.language)
    request = VoiceRequest(
        text=spoken(parts),
        language=job.script.language,
        voice=job.script.voice,
        seed=job.seed,
        previous_text=scenes[scene.index - 2].script if scene.index > 1 else "",
        next_text=scenes[scene.index].script if scene.index < len(scenes) else "",
        instructions=job.instructions,
    )
    made = await cast(VoiceMaker, job.provider).make(request, job.call)
    if words := made.facts.get("words"):
        return replace(made, facts={**made.facts, "words": as_written(parts, words)})
    return made
