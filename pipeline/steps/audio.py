"""Speaks the narration of one scene."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from pipeline.film.pronunciation import asked_entries, asked_pieces
from pipeline.film.spoken import as_written, spoken
from pipeline.providers.base import Made, Sound, VoiceMaker, VoiceRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The text is given to the voice as it is spoken, and its words' times are led back to what was written. The
    neighbours' words are context for the voice's flow; they are not in the fingerprint."""
    scene, scenes = job.scene, job.script.scenes
    parts = asked_pieces(job.component.asks)
    request = VoiceRequest(
        text=spoken(parts),
        language=job.script.language,
        voice=job.script.voice,
        seed=job.seed,
        previous_text=scenes[scene.index - 2].script if scene.index > 1 else "",
        next_text=scenes[scene.index].script if scene.index < len(scenes) else "",
        instructions=job.instructions,
        sounds=tuple(Sound(each.spoken, each.said, each.ipa) for each in asked_entries(job.component.asks)),
    )
    made = await cast(VoiceMaker, job.provider).make(request, job.call)
    if words := made.facts.get("words"):
        return replace(made, facts={**made.facts, "words": as_written(parts, words)})
    return made
