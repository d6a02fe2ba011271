from __future__ import annotations

from pathlib import Path

from pipeline.cut.sound import GroupMusic, SoundPlan, plan_sound
from pipeline.cut.soundtrack import mix_soundtrack
from pipeline.graph import audio_key, music_key, narrated
from pipeline.providers.base import Made
from pipeline.script import MusicGroup
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The film's whole sound: narrations at their places, each group's music fitted and ducked, mastered."""
    facts = await mix_soundtrack(_plan(job), job.call.out, workdir=job.call.workdir, report=job.call.report)
    return Made(job.call.out, facts=facts)


def _plan(job: Job) -> SoundPlan:
    return plan_sound(
        job.timeline(), narrations=_narrations(job), music=[_music(job, group) for group in job.script.music]
    )


def _narrations(job: Job) -> dict[int, Path]:
    return {scene.id: job.input(audio_key(scene)).path for scene in job.script.scenes if narrated(scene)}


def _music(job: Job, group: MusicGroup) -> GroupMusic:
    scene_ids = job.script.group_scene_ids(group)
    music = job.input(music_key(scene_ids))
    return GroupMusic(scene_ids, music.path, seamless=bool(music.facts.get("loop")))
