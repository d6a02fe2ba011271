"""Run inside an installation: orders films as a user who pays for them does."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from uuid import uuid4

from chat import services as chat
from chat.protocol import Say
from pipeline.engine.shift import Shift
from pipeline.film.settings import TaskSettings
from pipeline.services import films, quotes
from pixora.accounts.services import local_user, renew_local_credits


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


def write(prompt: str, seconds: int) -> None:
    """A film whose script is there; prints its id."""
    settings = TaskSettings(duration=seconds, resolution="72p")
    task = films.order_film(user=local_user(), prompt=prompt, settings=settings, writes=False)
    asyncio.run(Shift(only=films.write_script(task=task).id).work())
    print(task.id)


def say(task_id: str, *sentences: str) -> None:
    """As the socket does: the web server answers."""
    for sentence in sentences:
        chat.accept(local_user(), Say(type="message", content=sentence, task_id=task_id), message_id=uuid4())
