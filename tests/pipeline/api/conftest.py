from __future__ import annotations

from pathlib import Path

import pytest
from django.core.cache import cache
from pytest_django import Settings

from pipeline.models import Script, Task, TaskStatus
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pipeline.api.caller import Caller
from tests.pipeline.scripts import TINY, script


@pytest.fixture(autouse=True)
def counted_anew(services: None) -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def home(settings: Settings, tmp_path: Path) -> Path:
    """Files of this test alone; nobody gets credits by signing in."""
    settings.PIXORA_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media" / "pixora"
    settings.PIXORA_LEASE_S = 2.0
    settings.PIXORA_NEW_USER_CREDITS = 0
    return tmp_path


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def rich(alice: User) -> User:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return alice


@pytest.fixture
def caller(alice: User) -> Caller:
    return Caller(alice)


@pytest.fixture
def bob(db: None) -> Caller:
    return Caller(User.objects.create_user("bob@example.org"))


@pytest.fixture
def task(alice: User) -> Task:
    """Its script has been written; nothing has been made."""
    return scripted(alice)


def scripted(user: User, scenes: int = 3) -> Task:
    task = Task.objects.create(
        user=user,
        prompt="A film about a thing",
        title="The thing",
        status=TaskStatus.SCRIPTED,
        settings=TINY.model_dump(),
        request_key="x",
    )
    Script.objects.create(task=task, version=1, content=script(scenes).model_dump(mode="json"))
    return task
