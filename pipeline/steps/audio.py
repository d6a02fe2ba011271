from __future__ import annotations

from pipeline.providers.base import Made, VoiceRequest
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The neighbours' words are context for the voice's flow; they are not in the fingerprint."""
    scene, scenes = job.scene, job.script.scenes
    request = VoiceRequest(
        text=scene.script.strip(),
        language=job.script.language,
        voice=job.script.voice,
        seed=job.seed,
        previous_text=scenes[scene.index - 2].script if scene.index > 1 else "",
        next_text=scenes[scene.index].script if scene.index < len(scenes) else "",
        instructions=job.instructions,
    )
    made: Made = await job.provider.make(request, job.call)
    return made
