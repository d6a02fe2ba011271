"""Mixes the film's whole sound from narrations, music and the clips' own sound."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from pipeline.cut.sound.sound_plan import ClipSound, GroupMusic, SoundPlan, clip_sound, plan_sound
from pipeline.cut.sound.soundtrack import mix_soundtrack
from pipeline.planning.graph import audio_key, line_key, music_key
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Made
from pipeline.steps.job import Job


async def make(job: Job) -> Made:
    """The film's whole sound: narrations at their places, each group's music fitted and ducked, mastered."""
    call, earlier = job.call, job.earlier.path if job.earlier else None
    facts = await mix_soundtrack(_plan(job), call.out, workdir=call.workdir, earlier=earlier, report=call.report)
    return Made(job.call.out, facts=facts)


def _plan(job: Job) -> SoundPlan:
    """Plan the sound of the voices and the music that the component reads: either may be switched off."""
    return plan_sound(
        job.timeline(),
        narrations=_narrations(job),
        lines=_lines(job),
        music=list(_music(job)),
        clips=dict(_clips(job)),
        music_level_db=job.settings.music_level_db,
    )


def _narrations(job: Job) -> dict[int, Path]:
    heard = {scene.id: job.inputs.get(audio_key(scene)) for scene in job.script.scenes}
    return {scene_id: voice.path for scene_id, voice in heard.items() if voice}


def _lines(job: Job) -> dict[tuple[int, int], Path]:
    keys = {
        (scene.id, number): line_key(scene, number)
        for scene in job.script.scenes
        for number in range(1, len(scene.lines) + 1)
    }
    return {line: job.inputs[key].path for line, key in keys.items() if key in job.inputs}


def _clips(job: Job) -> Iterator[tuple[int, ClipSound]]:
    """Another take of a clip may have no sound."""
    for scene in job.script.scenes:
        clip = job.inputs.get(f"{Kind.CLIP}/{scene.id}")
        if clip and (found := clip_sound(clip.path, clip.facts)):
            yield scene.id, found


def _music(job: Job) -> Iterator[GroupMusic]:
    for group in job.script.audible_music:
        scene_ids = job.script.group_scene_ids(group)
        music = job.inputs.get(music_key(scene_ids))
        if music:
            seamless = bool(music.facts.get("loop"))
            yield GroupMusic(scene_ids, music.path, seamless, group.fade_in, group.fade_out)
