"""Run inside an installation: orders films as a user who pays for them does."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, ParamSpec, TypeVar
from uuid import uuid4

from asgiref.sync import sync_to_async
from django.db import connections

from chat import services as chat
from chat.protocol import Say
from media_assets import own_voices
from pipeline.engine.shift import Shift
from pipeline.event_delivery import addresses
from pipeline.event_delivery.deliverer import deliver_due
from pipeline.events import history
from pipeline.film.settings import TaskSettings, parse_settings
from pipeline.models import Task
from pipeline.services import films, quotes, upgrades
from pixora.accounts.models import User
from pixora.accounts.services import local_user, renew_local_credits
from tests.pipeline.user_files import upload

P = ParamSpec("P")
T = TypeVar("T")


def work() -> None:
    """One worker process until there is nothing left to do."""
    asyncio.run(Shift().work())


def order(prompts: Sequence[str], seconds: int) -> None:
    """Prints the tasks' ids."""
    settings = TaskSettings(duration=seconds, resolution="72p")
    user = local_user()
    for prompt in prompts:
        renew_local_credits(user)
        task = films.order_film(user=user, prompt=prompt, settings=settings, writes=False)
        asyncio.run(Shift(only=films.write_script(task=task).id).work())
        quotes.use(task=task, quote_id=quotes.quote(task=task).id)
        print(task.id)


def buy(prompt: str, settings: Mapping[str, Any], sample: str = "") -> None:
    """Have a film written and begin it at its price; prints its id. `sample`: a recording that it is spoken from."""
    user = local_user()
    renew_local_credits(user)
    own = {"voice_character": _own_voice(user, Path(sample))} if sample else {}
    chosen = parse_settings({"duration": 10, "resolution": "72p", **settings, **own})
    task = films.order_film(user=user, prompt=prompt, settings=chosen, writes=False)
    asyncio.run(Shift(only=films.write_script(task=task).id).work())
    quotes.use(task=task, quote_id=quotes.quote(task=task).id)
    print(task.id)


def _own_voice(user: User, sample: Path) -> str:
    return own_voices.keep(user, upload(user, sample), name="Me", said="Hello.", may_use=True).id


def upgrade(task_id: str, scenes: Sequence[int], tier: str) -> None:
    """Prints the pieces of the quote that is used, and its credits."""
    task = Task.objects.get(id=task_id)
    renew_local_credits(task.user)
    found = upgrades.quote(task=task, scenes=scenes, tier=tier)
    quotes.use(task=task, quote_id=found.id)
    print(*sorted(item["component"] for item in found.items), found.credits)


def write(prompt: str, seconds: int) -> None:
    """A film whose script is there; prints its id."""
    settings = TaskSettings(duration=seconds, resolution="72p")
    task = films.order_film(user=local_user(), prompt=prompt, settings=settings, writes=False)
    asyncio.run(Shift(only=films.write_script(task=task).id).work())
    print(task.id)


def say(task_id: str, *sentences: str) -> None:
    """Say it as the socket does: the web server answers."""
    for sentence in sentences:
        chat.accept(local_user(), Say(type="message", content=sentence, task_id=task_id), message_id=uuid4())


def listen(url: str, films_count: int) -> None:
    """Name an address for events, and open films; prints the secret and the films' ids."""
    user = local_user()
    print(addresses.create(user, url=url, types=["*"]).secret)
    for number in range(films_count):
        print(Task.objects.create(user=user, prompt=f"Film {number}", settings={}, request_key="x").id)


def tell(task_ids: Sequence[str], count: int) -> None:
    """Publish so many events of each film, a little apart."""
    for number in range(count):
        for task_id in task_ids:
            history.publish(task_id, "run_started", {"run_id": f"run_{number}", "quote_id": None, "credits": number})
        time.sleep(0.05)


def deliver(pid_file: str) -> None:
    """Deliver events in a child process whose id is in this file, and in another one as soon as that is killed."""
    while True:
        connections.close_all()
        child = os.fork()
        if child == 0:
            _deliver_for_ever()
        Path(pid_file).write_text(str(child))
        os.waitpid(child, 0)


def _deliver_for_ever() -> None:
    while True:
        asyncio.run(deliver_due(_in_a_thread))
        time.sleep(0.02)


async def _in_a_thread(query: Callable[P, T], *args: P.args, **named: P.kwargs) -> T:
    return await sync_to_async(query)(*args, **named)
