from __future__ import annotations

import pytest

from pipeline.cut.narration_fit import FPS, slot_frames
from pipeline.film.script import Scene
from pipeline.providers.local.speech import pico
from pipeline.providers.local.speech.neural.cast import delivery_of
from pipeline.providers.local.speech.neural.reading import speak
from pipeline.providers.local.writing.timing import spoken_seconds
from tests.pipeline.providers.test_local_script import film

SUBJECTS = ("the history of space flight", "trains", "football 2024", "the 1980s")


@pytest.mark.parametrize("voice", ["Rachel", "Bill"])
def test_what_is_written_is_spoken_in_the_time_it_was_given(voice: str) -> None:
    """The test speaks the scenes with the least room, of all scripts."""
    scenes = [scene for subject in SUBJECTS for scene in film(subject, 20, voice=voice).scenes]
    for scene in sorted(scenes, key=_fullness)[-2:]:
        speech = speak(scene.script, delivery_of(voice=voice, seed=0, instructions=""))
        spoken_ms = len(speech.samples) * 1000 // speech.rate
        assert slot_frames(scene.duration, spoken_ms)[0] == scene.duration * FPS, scene.script


@pytest.mark.parametrize("language", sorted(pico.LANGUAGES))
@pytest.mark.parametrize("voice", ["Rachel", "Bill"])
def test_what_is_written_in_other_languages_fits_too(language: str, voice: str) -> None:
    scenes = [scene for subject in SUBJECTS for scene in film(subject, 20, language=language, voice=voice).scenes]
    for scene in (scene for scene in scenes if scene.script):
        speech = pico.speak(scene.script, language, delivery_of(voice=voice, seed=0, instructions=""))
        spoken_ms = len(speech.samples) * 1000 // speech.rate
        assert slot_frames(scene.duration, spoken_ms)[0] == scene.duration * FPS, scene.script


def _fullness(scene: Scene) -> float:
    return spoken_seconds(scene.script, "en") / scene.duration
