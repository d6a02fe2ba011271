"""Films in which more people than the narrator speak, from the script to the sound and the captions."""

from __future__ import annotations

from itertools import pairwise

import pytest
from django.core.files.storage import default_storage

from media_assets.models import Asset
from pipeline.models import RunStatus, Task
from pipeline.services import films
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import scene, script

MIA = {"name": "Mia", "image_prompt": "A young woman in a red coat", "voice": "Laura"}
SAID = [{"speaker": "Mia", "text": "Is anybody there?"}, {"speaker": "Tom", "text": "Nobody but the sea, and me."}]


@pytest.fixture
def two_speak(studio: Studio) -> Studio:
    """The narrator, Mia with a voice of her own and Tom without one, in the second of two scenes."""
    talk = scene(2, script="They meet at last.", duration=10, lines=SAID)
    studio.script = script([scene(1), talk], character_profiles=[MIA])
    return studio


def take(task: Task, component: str) -> Asset:
    return Asset.objects.get(task=task, component=component, selected=True)


def text(name: str) -> str:
    with default_storage.open(name) as file:
        return str(file.read(), "utf-8")


def test_a_scene_with_two_lines_becomes_a_film(two_speak: Studio, scripted: Task, drive: Drive) -> None:
    run = drive(films.start_run(task=scripted))
    assert run.status == RunStatus.SUCCEEDED
    said = [(request.text, request.voice) for request in two_speak.spoken]
    voices = dict(said)
    assert voices["Is anybody there?"] == "Laura"
    assert voices["Nobody but the sea, and me."] not in ("Laura", "Rachel")
    slot = take(scripted, "fullvideo").metadata["timeline"]["slots"][1]
    places = [(slot["narration_start"], slot["narration_frames"])]
    places += [(line["start"], line["frames"]) for line in slot["lines"]]
    assert len(places) == 3
    assert all(start + frames + 10 == following for (start, frames), (following, _) in pairwise(places))
    captions = text(take(scripted, "captions").storage_path)
    at = [captions.index(words) for words in ("They meet", "MIA: Is anybody there?", "TOM: Nobody but the sea")]
    assert at == sorted(at)
    assert take(scripted, "line/2/1").asset_type == "line"
