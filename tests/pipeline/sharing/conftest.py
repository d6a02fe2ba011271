from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pipeline.models import Task
from pixora.accounts.models import User
from tests.pipeline.api.caller import Caller
from tests.pipeline.api.conftest import alice, bob, caller, counted_anew, home
from tests.pipeline.sharing.films import finished_film

__all__ = ["alice", "bob", "caller", "counted_anew", "home"]


@pytest.fixture
def film(alice: User, home: Any) -> Task:
    return finished_film(alice)


@pytest.fixture
def guest() -> Client:
    """Somebody without an account."""
    return Client()


def link(caller: Caller, film: Task, **wish: Any) -> str:
    """The path of a new link to the film."""
    url: str = caller.post(f"tasks/{film.id}/shares", {"can": "view", **wish}, status=201)["url"]
    return url[url.index("/s/") :]
