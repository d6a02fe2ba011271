"""A question where no film is yet is answered, and leaves no film in any list; a subject makes one of the same chat."""

from __future__ import annotations

import pytest
from django.test import Client

from chat.llm.base import TextDelta
from pipeline.film.own_words.ordered_settings import settings_for
from pipeline.services import films
from pixora.accounts.models import User
from tests.chat.test_agent import Scripted, answer
from tests.chat.test_one_question import opened

pytestmark = pytest.mark.django_db(transaction=True)


def listed(user: User, token: str) -> list[str]:
    """Return the ids of the films that the user is shown."""
    found = Client().get("/api/v1/tasks", headers={"Authorization": f"Bearer {token}"}).json()["results"]
    assert [one["id"] for one in found] == [task.id for task in films.shown_films_of(user).order_by("-created_at")]
    return [one["id"] for one in found]


@pytest.mark.parametrize(
    "asked", ["what can you do?", "how much does it cost?", "kannst du Deutsch?", "make the music quieter"]
)
def test_talk_is_answered_and_leaves_no_film(alice: User, token: str, asked: str) -> None:
    task = opened(alice, asked)
    assert answer(task, asked).content
    assert not task.runs.exists()
    assert listed(alice, token) == []
    assert films.task_of(alice, task.id) == task


def test_a_subject_makes_a_film_of_the_chat_in_its_own_language(alice: User, token: str) -> None:
    task = opened(alice, "kannst du Deutsch?")
    answer(task, "kannst du Deutsch?")
    answer(task, "a 20 second film about the old tractor of my grandpa, a red Deutz from 1962")
    task.refresh_from_db()
    assert (task.prompt[:22], task.settings["language"]) == ("a 20 second film about", "en")
    assert listed(alice, token) == [task.id]


def test_a_subject_that_is_asked_about_is_a_film(alice: User, token: str) -> None:
    task = opened(alice, "my bakery")
    assert answer(task, "my bakery").actions
    assert listed(alice, token) == [task.id]


@pytest.mark.parametrize(("said", "shown"), [("can you do anime?", 0), ("an anime about my cat", 1)])
def test_a_language_model_that_only_answers_a_question_begins_no_film(
    alice: User, token: str, said: str, shown: int
) -> None:
    answer(opened(alice, said), said, Scripted([TextDelta("What should it be about?")]))
    assert len(listed(alice, token)) == shown


def test_a_film_that_was_ordered_elsewhere_is_no_talk(alice: User, token: str) -> None:
    task = films.order_film(user=alice, prompt="what can you do?", settings=settings_for("what can you do?", {}))
    films.note_talk(task=task, is_only_talk=True)
    assert listed(alice, token) == [task.id]
