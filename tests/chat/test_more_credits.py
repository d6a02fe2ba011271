"""Tests of what who wants more credits is told."""

from __future__ import annotations

import pytest

from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from chat.llm.local.wording import SPOKEN, say
from pipeline.models import Task
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import answer, task  # noqa: F401 (a fixture)

RENEWED = {"balance": 894, "held": 0, "renewed": True}


def told(language: str, renewed: bool) -> str:
    found = facts("film")
    credits = RENEWED if renewed else {**RENEWED, "renewed": False}
    return understand("how do I get more credits?", Film({**found, "credits": credits}, language)).words


@pytest.mark.parametrize("language", SPOKEN)
def test_credits_that_are_filled_up_by_themselves_need_not_be_asked_for(language: str) -> None:
    assert told(language, renewed=True) == say(language, "cannot.credits_renewed")
    assert told(language, renewed=False) == say(language, "cannot.credits")


def test_the_local_user_is_told_that_they_are_filled_up(task: Task) -> None:  # noqa: F811
    assert "Whoever runs Pixora can add some" in answer(task, "how do I get more credits?").content
    User.objects.filter(id=task.user_id).update(is_local=True)
    task.user.refresh_from_db()
    assert "filled up by themselves" in answer(task, "how do I get more credits?").content
