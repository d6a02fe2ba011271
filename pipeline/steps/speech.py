"""The words said in scenes, and their times: from the voice where it knows, otherwise from listening to it."""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping, Sequence

from pipeline.cut.picture.captions import Speech, Word
from pipeline.cut.timeline import Slot, Timeline
from pipeline.film.narration import narration_length, pace
from pipeline.film.script import Scene
from pipeline.planning.graph import audio_key, narrated
from pipeline.steps.job import Input, Job
from pixora.foundation import processes
from pixora.foundation.errors import ProcessFailed

log = logging.getLogger(__name__)

START_UP_S, PER_NARRATION_S = 30.0, 10.0


async def speeches(job: Job, scenes: Sequence[Scene]) -> list[Speech]:
    """Return the speeches of those scenes that have words, in their order. `job` reads the voices that are heard."""
    timeline = job.timeline()
    said = list(filter(narrated, scenes))
    heard = {scene.id: job.inputs[audio_key(scene)] for scene in said if audio_key(scene) in job.inputs}
    times = await _word_times(said, heard)
    return [
        _spoken(scene, timeline, heard[scene.id], times[scene.id]) if scene.id in heard else _read(job, scene, timeline)
        for scene in said
    ]


def _spoken(scene: Scene, timeline: Timeline, voice: Input, words: tuple[Word, ...]) -> Speech:
    slot = timeline.slot(scene.id)
    return Speech(scene.script.strip(), _begin_ms(slot, timeline), int(voice.facts["duration_ms"]), slot.tempo, words)


def _read(job: Job, scene: Scene, timeline: Timeline) -> Speech:
    """Nobody speaks: the words are shown as fast as they would be spoken, or as the slot asks."""
    slot, text = timeline.slot(scene.id), scene.script.strip()
    language = job.script.language
    room_ms = (slot.end - slot.narration_start) * 1000 // timeline.fps
    needed_ms = 10_000 * narration_length(text, language) // pace(language)
    return Speech(text, _begin_ms(slot, timeline), min(needed_ms, room_ms))


def _begin_ms(slot: Slot, timeline: Timeline) -> int:
    return round(slot.narration_start * 1000 / timeline.fps)


async def _word_times(scenes: Sequence[Scene], heard: Mapping[int, Input]) -> dict[int, tuple[Word, ...]]:
    """By scene id; no words where listening did not help either."""
    known = {scene_id: _told(voice) for scene_id, voice in heard.items()}
    unknown = [scene for scene in scenes if scene.id in heard and not known[scene.id]]
    if unknown:
        listened = await _listen([(heard[scene.id], scene.script.strip()) for scene in unknown])
        known.update((scene.id, words) for scene, words in zip(unknown, listened, strict=True))
    return known


def _told(voice: Input) -> tuple[Word, ...]:
    return _as_words(voice.facts.get("words", ()))


def _as_words(listed: Sequence[tuple[str, int, int]]) -> tuple[Word, ...]:
    return tuple(Word(text, start, end) for text, start, end in listed)


async def _listen(narrations: Sequence[tuple[Input, str]]) -> list[tuple[Word, ...]]:
    asked = [{"path": str(voice.path), "text": text} for voice, text in narrations]
    try:
        finished = await processes.run(
            processes.python_module("pipeline.cut.sound.word_times"),
            deadline_s=START_UP_S + PER_NARRATION_S * len(asked),
            stdin=json.dumps(asked).encode(),
            env=processes.lean_environment(),
        )
    except ProcessFailed as error:
        log.warning("The words' times are guessed: %s %s", error.message, error.tail)
        return [()] * len(asked)
    return [_as_words(words) for words in json.loads(finished.stdout.splitlines()[-1])]
