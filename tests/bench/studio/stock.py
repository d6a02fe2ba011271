"""A film of twelve scenes with its pictures, and a small one that is finished; prints their ids and a token as JSON."""

from __future__ import annotations

import asyncio
import json

from pipeline.engine.shift import Shift
from pipeline.film.settings import TaskSettings
from pipeline.models import Script, Task
from pipeline.services import films
from pixora.accounts import sessions, tokens
from pixora.accounts.services import local_owner
from tests.pipeline.scripts import TINY, scene, script

SCENES = 12
PLACES = ("a lighthouse by the sea", "a city street in the rain", "a forest in autumn", "a kitchen with bread")


def main() -> None:
    user = local_owner()
    told = [
        scene(number, image_prompt=f"{PLACES[number % len(PLACES)]}, at {number} o'clock") for number in range(1, 13)
    ]
    large = _film("Twelve scenes", TaskSettings(duration=60, resolution="720p"), script(told).model_dump(mode="json"))
    _work(large, approved=[f"scene/{number}" for number in range(1, SCENES + 1)])
    small = _film("A finished film", TINY, script(3).model_dump(mode="json"))
    _work(small, approved=None)
    token = tokens.issue(sessions.open_session(user), life=tokens.SESSION_LIFE).token
    print(json.dumps({"large": large.id, "small": small.id, "token": token}))


def _film(title: str, settings: TaskSettings, content: dict[str, object]) -> Task:
    task = films.order_film(user=local_owner(), prompt=title, settings=settings, writes=False)
    Task.objects.filter(id=task.id).update(title=title, status="scripted")
    Script.objects.create(task=task, version=1, content=content)
    return task


def _work(task: Task, *, approved: list[str] | None) -> None:
    run = films.start_run(task=task, approved=approved)
    asyncio.run(Shift(only=run.id).work())
    run.refresh_from_db()
    assert run.status == "succeeded", run.error_message
