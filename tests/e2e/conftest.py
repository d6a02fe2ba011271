from __future__ import annotations

from collections.abc import Iterator

import pytest
from pytest_django import Settings

from pipeline.models import Task
from pipeline.providers.registry import serving
from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.e2e import studio
from tests.e2e.studio import Gate, Site
from tests.pipeline.doubles import Studio as Doubles
from tests.pipeline.doubles import doubles
from tests.pipeline.scripts import TINY, scene, script
from tests.web_server import WebServer, web_server

FILM = script(
    [scene(1, title="Dawn", characters=["Ada"]), scene(2, title="Storm", duration=10)],
    character_profiles=[{"name": "Ada", "image_prompt": "Ada, a keeper in a yellow coat"}],
)


@pytest.fixture
def user(transactional_db: None) -> User:
    alice = User.objects.create_user("alice@example.org")
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return alice


@pytest.fixture(scope="session")
def studio_server(django_db_setup: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[WebServer]:
    """One for all tests; it sees what transactional tests commit."""
    with web_server(tmp_path_factory.mktemp("studio")) as server:
        yield server


@pytest.fixture
def site(user: User, settings: Settings, studio_server: WebServer) -> Iterator[Site]:
    home = studio_server.log.parent
    settings.PIXORA_HOME = home
    settings.MEDIA_ROOT = home / "media" / "pixora"
    settings.PIXORA_NEW_USER_CREDITS = 0
    gate = Gate()
    told = Doubles(script=FILM, hold=gate)
    with serving(doubles(told)):
        yield Site(studio_server.url, user, told, gate)
        gate.shuts.clear()


@pytest.fixture
def worker(site: Site) -> Iterator[None]:
    with studio.working():
        yield


@pytest.fixture
def scripted(site: Site) -> Task:
    """Its script of two scenes is written; nothing else is made."""
    return studio.scripted(site.user, prompt="A lighthouse in a storm", settings=TINY)


@pytest.fixture
def finished(scripted: Task) -> Task:
    """All of it is made, and it lasts 15 seconds."""
    return studio.finish(scripted)
