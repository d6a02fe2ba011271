"""A picture that comes with a message becomes the still of the scene it names, else the reference for characters."""

from __future__ import annotations

import asyncio
from pathlib import Path
from uuid import uuid4

import pytest

from chat import services
from chat.agent import loop, turns
from chat.llm.local.attached_pictures import is_for_a_scene
from chat.llm.local.model import LocalModel
from chat.models import Message, Role
from chat.protocol import Say, Wishes
from media_assets.models import Upload
from pipeline.models import Run, Script, Task
from pipeline.planning.film_plan import settings_of
from pipeline.services import films
from pixora.accounts.models import User
from pixora.foundation.async_database import Database
from tests.pipeline import user_files
from tests.pipeline.scripts import TINY, script


@pytest.fixture
def task(alice: User, home: object) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    Script.objects.create(task=made, version=1, content=script(3).model_dump(mode="json"))
    return made


@pytest.fixture
def photo(alice: User, home: object, tmp_path: Path) -> Upload:
    return user_files.upload(alice, user_files.picture(tmp_path / "photo.png"))


def answer(task: Task, content: str, photo: Upload) -> str:
    told = Say(type="message", content=content, task_id=task.id, metadata=Wishes(reference_upload=photo.id))
    services.accept(task.user, told, message_id=uuid4())
    claim = turns.claim()
    assert claim

    async def run() -> None:
        async with Database() as database:
            await loop.answer(claim, database, model=LocalModel())

    asyncio.run(run())
    return Message.objects.filter(task=task, role=Role.AGENT).latest("created_at").content


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("nimm dieses foto für szene 1", "Ihr Bild kommt in Szene 1."),
        ("use this photo for scene 1", "Your picture goes into scene 1."),
        ("usa esta foto para la escena 1", "Tu imagen va en la escena 1."),
    ],
)
def test_a_picture_for_a_scene_becomes_its_still(task: Task, photo: Upload, said: str, told: str) -> None:
    assert answer(task, said, photo).startswith(told)
    run = Run.objects.get()
    assert (run.forced, run.own) == ({"scene/1": ""}, {"scene/1": photo.id})
    task.refresh_from_db()
    assert not settings_of(task).reference


def test_a_picture_for_no_scene_is_a_reference_and_that_is_said(task: Task, photo: Upload) -> None:
    assert answer(task, "this is our dog", photo).startswith("From now on the characters are made after your picture.")
    task.refresh_from_db()
    assert settings_of(task).reference
    assert not Run.objects.exists()


@pytest.mark.parametrize(
    ("said", "is_for_one"),
    [("put it in scene 2", True), ("das kommt in die zweite szene", True), ("das ist mein Hund", False), ("", False)],
)
def test_whether_a_message_names_a_scene(said: str, is_for_one: bool) -> None:
    assert is_for_a_scene(said) is is_for_one
