"""Speaks the narration of one scene, or a line of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any, cast

from pipeline.film.dialogue import said_in
from pipeline.film.pronunciation import asked_entries, asked_pieces
from pipeline.film.spoken import as_written, spoken
from pipeline.planning import take_warnings
from pipeline.planning.graph import said_key
from pipeline.providers.base import Made, Sound, VoiceMaker, VoiceRequest
from pipeline.providers.models_and_prices import VoiceModel
from pipeline.providers.sound import to_mp3
from pipeline.steps.job import Input, Job


async def make(job: Job) -> Made:
    """The text is given to the voice as it is spoken, and its words' times are led back to what was written. The
    neighbours' words are context for the voice's flow; they are not in the fingerprint."""
    asks = job.component.asks
    parts = asked_pieces(asks)
    request = _request(job, spoken(parts))
    if sample := _heard(job):
        request = await _as_sample(job, sample, request)
    made = await cast(VoiceMaker, job.provider).make(request, job.call)
    facts = {**made.facts, **_instead(job, sample)}
    if words := made.facts.get("words"):
        facts["words"] = as_written(parts, words)
    return replace(made, facts=facts)


def _request(job: Job, text: str) -> VoiceRequest:
    asks = job.component.asks
    before, after = _neighbours(job)
    return VoiceRequest(
        text=text,
        language=asks["language"],
        voice=asks["voice"],
        seed=job.seed,
        previous_text=before,
        next_text=after,
        instructions=job.instructions,
        sounds=tuple(Sound(each.spoken, each.said, each.ipa) for each in asked_entries(asks)),
    )


def _neighbours(job: Job) -> tuple[str, str]:
    """The words heard before and behind these: in the scene, else the narrations of the scenes beside it."""
    scene, scenes = job.scene, job.script.scenes
    before = scenes[scene.index - 2].script if scene.index > 1 else ""
    after = scenes[scene.index].script if scene.index < len(scenes) else ""
    texts = {said_key(scene, said): said.text for said in said_in(scene)}
    place = list(texts).index(job.component.key)
    around = [before, *texts.values(), after]
    return around[place], around[place + 2]


def _heard(job: Job) -> Input | None:
    """The sample that the model speaks from; None where it speaks by a voice's name."""
    entry = job.call.model
    return job.sample if isinstance(entry, VoiceModel) and entry.supports_voice_sample else None


async def _as_sample(job: Job, sample: Input, request: VoiceRequest) -> VoiceRequest:
    """Send the sample as MP3 whatever it was recorded as, without what a phone wrote into it."""
    path = job.call.workdir / "sample.mp3"
    if not job.call.ticket:
        await to_mp3(sample.path, path)
    return replace(request, sample=path, sample_text=str(sample.facts.get("said", "")))


def _instead(job: Job, sample: Input | None) -> dict[str, Any]:
    """Tell whose voice it is, and that it is another one than was chosen."""
    chosen, voice = job.component.asks.get("sample", ""), job.component.asks["voice"]
    if not chosen:
        return {}
    return {"own_voice": chosen} if sample else {"warnings": [take_warnings.another_voice(voice)]}
