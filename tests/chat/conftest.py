from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from pytest_django import Settings
from redis import Redis

from pipeline.providers.registry import serving
from pixora.accounts import ledger, sessions, tokens
from pixora.accounts.models import CreditReason, Session, User
from tests.chat import server as servers
from tests.chat.server import Server
from tests.pipeline.doubles import Studio, doubles
from tests.worker import working


@pytest.fixture(scope="session")
def _stopped(django_db_setup: None) -> Iterator[None]:
    """Stop the threads before the database is dropped."""
    yield
    servers.stop()


@pytest.fixture
def server(_stopped: None) -> Server:
    """One for all tests; it sees what transactional tests commit. It is stopped before a test that does not ask."""
    return servers.running()


@pytest.fixture
def alice(transactional_db: None) -> User:
    user = User.objects.create_user("alice@example.org")
    ledger.give(user=user, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return user


@pytest.fixture
def session(alice: User) -> Session:
    return sessions.open_session(alice)


@pytest.fixture
def token(session: Session) -> str:
    return tokens.issue(session).token


@pytest.fixture
def home(settings: Settings, tmp_path: Path) -> Path:
    settings.PIXORA_HOME = tmp_path
    settings.MEDIA_ROOT = tmp_path / "media" / "pixora"
    return tmp_path


@pytest.fixture
def studio(home: Path) -> Iterator[Studio]:
    studio = Studio()
    with serving(doubles(studio)):
        yield studio


@pytest.fixture
def worker(studio: Studio, transactional_db: None) -> Iterator[None]:
    with working():
        yield


@pytest.fixture
def redis(services: None, settings: Settings) -> Iterator[Redis]:
    with Redis.from_url(settings.REDIS_URL) as client:
        yield client
