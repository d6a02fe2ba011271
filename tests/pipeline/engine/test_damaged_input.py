"""Takes that are damaged after they were made: named before anything is cut, and the film that is there stays."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest

from media_assets.models import Asset
from media_assets.storage import local_path
from pipeline.models import RunStatus, StepStatus, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Call
from pipeline.services import films
from pipeline.steps import damaged_input
from pipeline.steps.job import Input, Job
from pixora.foundation.errors import BadMedia
from tests.pipeline.cut import media
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import TINY, scene, script

WAYS: dict[str, Callable[[Path], object]] = {
    "truncated": lambda path: path.write_bytes(path.read_bytes()[: path.stat().st_size * 2 // 3]),
    "empty": lambda path: path.write_bytes(b""),
    "sound alone": lambda path: media.run("-f", "lavfi", "-i", "sine=d=1", path),
    "no media": lambda path: path.write_bytes(b"an error page" * 200),
}


@pytest.fixture
def filmed(scripted: Task, drive: Drive) -> Task:
    drive(films.start_run(task=scripted))
    return scripted


def path_of(task: Task, key: str) -> Path:
    return local_path(Asset.objects.get(task=task, component=key, selected=True).storage_path)


@pytest.mark.parametrize("way", WAYS)
def test_a_damaged_clip_is_named_with_its_scene_and_the_film_stays(filmed: Task, drive: Drive, way: str) -> None:
    film = path_of(filmed, "fullvideo").read_bytes()
    WAYS[way](path_of(filmed, "video/2"))
    run = drive(films.start_run(task=filmed, forced={"segment/2": "", "transition/3": ""}))
    assert run.status == RunStatus.FAILED
    for key in ("segment/2", "transition/3"):
        step = run.steps.get(component=key)
        assert step.status == StepStatus.FAILED
        assert step.error_message.startswith("Scene 2 (")
        assert "Make its clip again or choose another take." in step.error_message
    assert path_of(filmed, "fullvideo").read_bytes() == film
    assert filmed.videos.count() == 1


def test_a_damaged_narration_is_named_with_its_scene(filmed: Task, drive: Drive) -> None:
    WAYS["empty"](path_of(filmed, "audio/3"))
    run = drive(films.start_run(task=filmed, forced={"soundtrack": ""}))
    assert run.steps.get(component="soundtrack").error_message.startswith("Scene 3 (")
    assert run.status == RunStatus.FAILED


def test_a_damaged_portrait_is_named_by_its_character(tmp_path: Path) -> None:
    (tmp_path / "mia.png").write_bytes(b"")
    job = Job(
        component=Component("scene/1", Kind.STILL, {}, ("character/mia-stone",), scene_id=1),
        prompt="",
        source="",
        title="",
        settings=TINY,
        seed=1,
        instructions="",
        call=Call(tmp_path, tmp_path / "out.png"),
        provider=None,
        inputs={"character/mia-stone": Input(tmp_path / "mia.png", {})},
        spoken_ms={},
        written=script([scene(1)], character_profiles=[{"name": "Mia Stone", "image_prompt": "a girl"}]),
    )
    told = asyncio.run(damaged_input.named(job, BadMedia("It cannot be read."))).message
    assert told.startswith("Character Mia Stone: ")
    assert told.endswith("Make its character again or choose another take.")
