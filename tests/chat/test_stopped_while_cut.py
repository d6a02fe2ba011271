"""A film that was stopped when all its pieces were there: it can be cut, by whatever words people say, for nothing."""

from __future__ import annotations

import asyncio

import pytest
from django.db import connection

from chat.agent.facts import facts_of
from chat.llm.base import TextDelta
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.understanding import understand
from pipeline import steps
from pipeline.models import Run, RunStatus, Task, TaskStatus
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Made
from pipeline.services import films, quotes
from pipeline.steps.job import Job
from pixora.accounts import ledger
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import Scripted, answer, call, results
from tests.chat.test_waiting import drive
from tests.pipeline.doubles import Studio
from tests.pipeline.scripts import TINY


@pytest.fixture
def stopped(alice: User, studio: Studio, monkeypatch: pytest.MonkeyPatch) -> Task:
    """All of it is made and paid for; it was stopped while it was being joined."""
    task = films.order_film(user=alice, prompt="A film about a thing", settings=TINY, writes=False)
    drive(films.write_script(task=task))
    answer(task, "how much will it cost?")
    answer(task, "yes")
    made = steps.make

    async def stop(job: Job) -> Made:
        if job.component.kind is Kind.FILM:
            await asyncio.to_thread(cancel, task)
            await asyncio.sleep(30)
        return await made(job)

    with monkeypatch.context() as patched:
        patched.setattr(steps, "make", stop)
        assert drive(task.runs.get(status=RunStatus.QUEUED)).status == RunStatus.CANCELLED
    return Task.objects.get(id=task.id)


def cancel(task: Task) -> None:
    """Cancel in a thread of its own."""
    films.cancel(task=task)
    connection.close()


def waiting(task: Task) -> Run:
    return task.runs.get(status=RunStatus.QUEUED)


@pytest.mark.parametrize(
    "said",
    ["mach den film", "make it", "continue", "resume please", "ok go on then", "yes", "mach weiter", "weiter",
     "try again", "cut the film", "finish it", "update it", "schneide den film", "sigue", "continuer"],
)  # fmt: skip
def test_to_go_on_is_to_cut_where_only_that_is_left(said: str) -> None:
    film = Film({**facts("film"), "cut_is_due": True}, language_of(said, "en"))
    assert [one.tool for one in understand(said, film).calls] == ["cut_film"]


@pytest.mark.parametrize("said", ["mach den film", "ok go on then"])
def test_whoever_wants_to_go_on_is_given_the_cut(stopped: Task, said: str) -> None:
    before = ledger.account(stopped.user)
    told = answer(stopped, said).content
    assert told.startswith(("I am cutting the film", "Ich schneide den Film"))
    assert drive(waiting(stopped)).status == RunStatus.SUCCEEDED
    assert stopped.videos.exists()
    assert Task.objects.get(id=stopped.id).status == TaskStatus.COMPLETE
    assert ledger.account(stopped.user) == before


@pytest.mark.parametrize("said", ["how far is it?", "how much will it cost?"])
def test_it_is_said_that_only_the_cut_is_left(stopped: Task, said: str) -> None:
    assert "only the film has still to be cut, which costs nothing" in answer(stopped, said).content


def test_a_price_without_credits_is_a_yes_to_the_cut(stopped: Task) -> None:
    """The test sends what the button of Production sends."""
    found = quotes.quote(task=stopped)
    assert found.credits == 0
    assert drive(quotes.use(task=stopped, quote_id=found.id)).status == RunStatus.SUCCEEDED
    assert stopped.videos.exists()


def test_a_model_that_starts_the_used_price_again_has_the_film_cut(stopped: Task) -> None:
    used = stopped.quotes.exclude(run=None).get()
    model = Scripted([call("start_film", quote_id=used.id)])
    answer(stopped, "yes", model)
    assert results(model)[0].result["cuts"]
    assert waiting(stopped)


def test_once_it_is_cut_there_is_nothing_left_to_do(stopped: Task) -> None:
    answer(stopped, "continue")
    assert not facts_of(stopped, stopped.messages.latest("created_at"))["cut_is_due"]
    assert films.cut(task=stopped) is None, "it is under way"
    model = Scripted([call("cut_film")], [TextDelta("It is being cut.")])
    answer(stopped, "hm", model)
    assert results(model)[0].result == {"is_being_made": True}
    drive(waiting(stopped))
    assert films.cut(task=stopped) is None
    assert "nothing has to be made" in answer(stopped, "continue").content.lower()
