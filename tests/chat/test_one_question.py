"""The one question before a film is written, and the facts told afterwards, over the agent and the database."""

from __future__ import annotations

import pytest

from pipeline.film.own_words.ordered_settings import settings_for
from pipeline.models import Task
from pipeline.services import films
from pixora.accounts.models import User
from tests.chat.test_agent import answer

pytestmark = pytest.mark.django_db(transaction=True)


def opened(user: User, prompt: str) -> Task:
    return films.order_film(
        user=user, prompt=prompt, settings=settings_for(prompt, {"resolution": "72p"}), writes=False
    )


def test_a_click_answers_the_question(alice: User) -> None:
    task = opened(alice, "my bakery")
    asked = answer(task, "my bakery")
    assert [action["label"] for action in asked.actions] == [
        "An ad for customers", "An explanation for beginners", "A story for children", "Just write it",
    ]  # fmt: skip
    assert not task.runs.exists()
    click = asked.actions[0]["send"]
    assert click["type"] == "message"
    said = answer(task, click["content"])
    assert not said.content.endswith("?")
    task.refresh_from_db()
    assert task.prompt == "my bakery (An ad for customers)"
    assert task.runs.count() == 1


def test_who_asks_back_is_asked_again_and_keeps_the_subject(alice: User) -> None:
    task = opened(alice, "my bakery")
    asked = answer(task, "my bakery")
    again = answer(task, "what do you need to know?")
    assert asked.content in again.content
    assert [action["label"] for action in again.actions] == [action["label"] for action in asked.actions]
    answer(task, "It's called Crumb, in Leeds, and opens at six.")
    task.refresh_from_db()
    assert task.prompt == "my bakery. It's called Crumb, in Leeds, and opens at six."
    assert task.runs.count() == 1


def test_a_skip_writes_at_once(alice: User) -> None:
    task = opened(alice, "my bakery")
    answer(task, "my bakery")
    answer(task, "Just write it")
    task.refresh_from_db()
    assert task.prompt == "my bakery"
    assert task.runs.count() == 1


def test_rest_never_asks(alice: User) -> None:
    task = films.order_film(user=alice, prompt="my bakery", settings=settings_for("my bakery", {}))
    assert task.runs.count() == 1
