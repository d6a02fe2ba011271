from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from pytest_django import Settings

from pipeline.engine.shift import Shift
from pipeline.models import Run, Task
from pipeline.providers.registry import serving
from pipeline.services import films
from pixora.accounts.models import User
from tests.pipeline.doubles import Studio, doubles
from tests.pipeline.scripts import TINY

Drive = Callable[[Run], Run]


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    """Files of this test alone."""
    settings.PIXORA_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media"
    settings.PIXORA_LEASE_S = 2.0
    return tmp_path


@pytest.fixture
def studio(home: Path) -> Iterator[Studio]:
    studio = Studio()
    with serving(doubles(studio)):
        yield studio


@pytest.fixture
def alice(transactional_db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def task(alice: User, home: Path) -> Task:
    return films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)


@pytest.fixture
def drive() -> Drive:
    def to_its_end(run: Run) -> Run:
        asyncio.run(Shift(only=run.id).work())
        run.refresh_from_db()
        return run

    return to_its_end


@pytest.fixture
def scripted(task: Task, studio: Studio, drive: Drive) -> Task:
    drive(films.write_script(task=task))
    task.refresh_from_db()
    return task
