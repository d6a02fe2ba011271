from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import expect
from pytest_django import Settings

from chat import bundle
from pipeline.models import Task
from pipeline.providers.base import Capability
from pipeline.providers.local.script import LocalScript
from pipeline.providers.registry import serving
from pixora.accounts import ledger, sessions, tokens
from pixora.accounts.models import CreditReason, User
from tests.e2e.made import Gate, finish
from tests.e2e.site import Site
from tests.pipeline.api.conftest import scripted as scripted_task
from tests.pipeline.doubles import Studio, doubles
from tests.web_server import web_server
from tests.worker import working

PASSWORD = "a lantern in the fog"

expect.set_options(timeout=20_000)


@pytest.fixture(scope="session")
def server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[str, Path]]:
    """Its address and its home; one for all tests, it sees what they commit."""
    home = tmp_path_factory.mktemp("studio")
    assert bundle.make(), "users are given the bundle, so it is what is tried"
    with web_server(home) as running:
        yield running.url, home


@pytest.fixture
def home(settings: Settings, server: tuple[str, Path]) -> Path:
    settings.PIXORA_HOME = server[1]
    settings.MEDIA_ROOT = server[1] / "media" / "pixora"
    return server[1]


@pytest.fixture
def users(transactional_db: None) -> dict[str, User]:
    made = {name: User.objects.create_user(f"{name}@example.org", PASSWORD) for name in ("alice", "bob")}
    for name, user in made.items():
        ledger.give(user=user, amount=1_000, reason=CreditReason.GRANT, key=f"grant:{name}")
    return made


@pytest.fixture
def scripted(users: dict[str, User], home: Path) -> Task:
    """A film of Alice's with a script, and nothing made yet."""
    return scripted_task(users["alice"])


@pytest.fixture
def making(home: Path, transactional_db: None) -> Iterator[Studio]:
    """Scripts are written by the local rules, everything else is made by doubles."""
    studio = Studio()
    with serving({**doubles(studio), Capability.SCRIPT: LocalScript()}), working():
        yield studio


@pytest.fixture
def site(users: dict[str, User], server: tuple[str, Path]) -> Site:
    life = tokens.SESSION_LIFE
    found = {name: tokens.issue(sessions.open_session(user), life=life).token for name, user in users.items()}
    return Site(server[0], found)


@pytest.fixture
def gate(making: Studio) -> Iterator[Gate]:
    """Open; what it shuts is not made until it is opened again."""
    making.hold = gate = Gate()
    yield gate
    gate.open()


@pytest.fixture
def finished(scripted: Task, making: Studio) -> Task:
    """All of it is made: three scenes of 5 seconds, for 53 credits."""
    return finish(scripted)
