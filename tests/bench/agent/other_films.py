"""The other films that sentences speak of: one about space in several states, and one about a dog with its script."""

from __future__ import annotations

from collections.abc import Iterator

from chat.agent import offers
from chat.models import Message, Role
from pipeline.film.script import Script
from pipeline.film.settings import TaskSettings
from pipeline.models import Script as StoredScript
from pipeline.models import Task
from pipeline.services import films, quotes
from pixora.accounts.models import User
from tests.chat.films import SPACE
from tests.chat.test_sentences import FILM as DOG
from tests.pipeline.doubles import Studio, lasting_fault


def about_a_dog(user: User) -> Task:
    settings = TaskSettings(aspect_ratio="9:16", duration=DOG.expected_duration)
    return _with(user, "A film about a dog", DOG, settings)


def about_space(user: User) -> Task:
    return _with(user, "A film about space", SPACE, TaskSettings(duration=SPACE.expected_duration))


def begun(task: Task) -> None:
    """Approve the film; nobody makes it yet."""
    quotes.use(task=task, quote_id=quotes.quote(task=task).id)


def studios() -> Iterator[tuple[str, Studio]]:
    """Yield the states of a film that has been begun, each with the studio that brings it there."""
    yield "finished", Studio()
    yield "failed", Studio(always={SPACE.clips[1].scene.video_prompt: lasting_fault()})


def _with(user: User, prompt: str, content: Script, settings: TaskSettings) -> Task:
    task = films.order_film(user=user, prompt=prompt, settings=settings, writes=False)
    StoredScript.objects.create(task=task, version=1, content=content.model_dump(mode="json"))
    Task.objects.filter(id=task.id).update(title=content.user_prompt, status="scripted")
    price = offers.told(quotes.as_dict(quotes.quote(task=task)))
    Message.objects.create(user=user, task=task, role=Role.AGENT, content="The script is there.", metadata=price)
    return Task.objects.get(id=task.id)
