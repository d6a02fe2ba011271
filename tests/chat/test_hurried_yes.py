"""A yes that was written before the answer to another wish is a yes to nothing."""

from __future__ import annotations

import asyncio
from uuid import uuid4

import pytest

from chat import services
from chat.agent import loop, turns
from chat.llm.local.model import LocalModel
from chat.models import Message, Role
from chat.protocol import Say
from pipeline.models import Run, Script, Task
from pipeline.services import films
from pixora.accounts.models import User
from pixora.foundation.async_database import Database
from tests.chat.test_agent import answer
from tests.pipeline.scripts import TINY, script

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def task(alice: User, home: object) -> Task:
    made = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    Script.objects.create(task=made, version=1, content=script(3).model_dump(mode="json"))
    return made


def answered(task: Task, *said: str) -> list[str]:
    """Return what the agent says to messages that are all written before it says anything."""
    for content in said:
        services.accept(task.user, Say(type="message", content=content, task_id=task.id), message_id=uuid4())

    async def run(claim: turns.Claim) -> None:
        async with Database() as database:
            await loop.answer(claim, database, model=LocalModel())

    for _ in said:
        claim = turns.claim()
        assert claim
        asyncio.run(run(claim))
    newest = Message.objects.filter(task=task, role=Role.AGENT).order_by("-created_at")[: len(said)]
    return [message.content for message in newest][::-1]


def test_a_yes_behind_a_wish_that_has_no_answer_yet_spends_nothing(task: Task) -> None:
    assert "Shall I?" in answer(task, "make scene 2 darker").content
    asked, priced = answered(task, "make it 45 seconds", "yes")
    assert "45 seconds" in asked
    assert asked.endswith("Shall I?")
    assert priced.endswith("Shall I?")
    assert not Run.objects.exists()
    assert "credits are set aside" in answer(task, "yes").content


def test_a_yes_behind_an_answer_still_starts_it(task: Task) -> None:
    answer(task, "how much will it cost?")
    answer(task, "thanks")
    assert "credits are set aside" in answer(task, "yes").content


def test_who_says_that_the_film_be_made_is_not_asked_again_how_it_should_be(task: Task) -> None:
    answer(task, "how much will it cost?")
    question = answer(task, "make it longer").content
    assert question.startswith("How long should it be?")
    assert answer(task, "yes").content == question
    assert "credits are set aside" in answer(task, "looks good, generate the video").content
