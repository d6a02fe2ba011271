"""A thousand people with a film each, and two films with a long history; prints their tokens and films as JSON."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

from django.utils import timezone

from pipeline.models import Event, Script, Task
from pixora.accounts import tokens
from pixora.accounts.models import Session, User
from tests.pipeline.scripts import TINY, script

HISTORIES = (1_000, 10_000)
SAID = 8_000 * "a"
LONG_TALK = 115
"""Messages of 8,000 letters: a history of 0.9 MB."""


def main(count: int) -> None:
    people = [User(email=f"socket{number}@example.org", password="!") for number in range(count)]
    User.objects.bulk_create(people)
    ends_at = timezone.now() + timedelta(hours=2)
    sessions = Session.objects.bulk_create(Session(user=user, expires_at=ends_at) for user in people)
    films = [_film(user) for user in people]
    Task.objects.bulk_create(films)
    content = script(6).model_dump(mode="json")
    Script.objects.bulk_create(Script(task=film, version=1, content=content) for film in films)
    found: list[dict[str, Any]] = [
        {"token": tokens.issue(session).token, "film": film.id} for session, film in zip(sessions, films, strict=True)
    ]
    histories = [_history(people[0], length) for length in HISTORIES]
    print(json.dumps({"people": found, "histories": histories, "talk": _talk(people[0])}))


def _film(user: User, **more: Any) -> Task:
    return Task(user=user, prompt="A film", settings=TINY.model_dump(), status="scripted", request_key="x", **more)


def _history(user: User, length: int) -> str:
    film = _film(user, last_seq=length)
    film.save()
    payload = {"component": "scene/1", "take": 1, "status": "ready", "stale": False, "url": "/media/asset_x/image.png"}
    Event.objects.bulk_create(
        Event(task=film, seq=number, type="component_updated", payload=payload) for number in range(1, length + 1)
    )
    return film.id


def _talk(user: User) -> str:
    film = _film(user, last_seq=LONG_TALK)
    film.save()
    Event.objects.bulk_create(
        Event(task=film, seq=number, type="agent_message", payload={"content": SAID, "actions": []})
        for number in range(1, LONG_TALK + 1)
    )
    return film.id
