"""Speaks the narration of one scene, or a line of it."""

from __future__ import annotations

from dataclasses import replace
from typing import cast

from pipeline.film.dialogue import said_in
from pipeline.film.pronunciation import asked_entries, asked_pieces
from pipeline.film.spoken import as_written, spoken
from pipeline.planning.graph import said_key
from pipeline.providers.base import Made, Sound, VoiceMaker, VoiceRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The text is given to the voice as it is spoken, and its words' times are led back to what was written. The
    neighbours' words are context for the voice's flow; they are not in the fingerprint."""
    asked = job.component.asks
    parts = asked_pieces(asked)
    before, after = _neighbours(job)
    request = VoiceRequest(
        text=spoken(parts),
        language=asked["language"],
        voice=asked["voice"],
        seed=job.seed,
        previous_text=before,
        next_text=after,
        instructions=job.instructions,
        sounds=tuple(Sound(each.spoken, each.said, each.ipa) for each in asked_entries(asked)),
    )
    made = await cast(VoiceMaker, job.provider).make(request, job.call)
    if words := made.facts.get("words"):
        return replace(made, facts={**made.facts, "words": as_written(parts, words)})
    return made


def _neighbours(job: Job) -> tuple[str, str]:
    """The words heard before and behind these: in the scene, else the narrations of the scenes beside it."""
    scene, scenes = job.scene, job.script.scenes
    before = scenes[scene.index - 2].script if scene.index > 1 else ""
    after = scenes[scene.index].script if scene.index < len(scenes) else ""
    texts = {said_key(scene, said): said.text for said in said_in(scene)}
    place = list(texts).index(job.component.key)
    around = [before, *texts.values(), after]
    return around[place], around[place + 2]
