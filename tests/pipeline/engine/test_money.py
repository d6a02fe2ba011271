"""Money when many ask at once and when processes die."""

from __future__ import annotations

import itertools
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import pytest
from django.db import connection
from django_q.models import OrmQ

from pipeline import jobs
from pipeline.engine import leases
from pipeline.engine.ending import settle_leftovers
from pipeline.models import Run, RunStatus, Script, StepStatus, Task
from pipeline.queries import credit_audit
from pipeline.services import films, quotes, takes
from pixora.accounts import ledger
from pixora.accounts.ledger import Account
from pixora.accounts.models import CreditReason, User
from pixora.foundation.errors import Conflict, InsufficientCredits
from tests.pipeline.doubles import Studio, lasting_fault
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import TINY, script

ONE_SCENE = 4 + 2 + 5 + 10


@pytest.fixture
def rich(alice: User) -> User:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    return alice


@pytest.fixture
def studio(studio: Studio) -> Studio:
    studio.script = script(1)
    return studio


def written(user: User) -> Task:
    task = films.order_film(user=user, prompt="A film", settings=TINY, writes=False)
    Script.objects.create(task=task, version=1, content=script(1).model_dump(mode="json"))
    return task


def at_once(*calls: Callable[[], Run | None]) -> list[Run]:
    """Return what succeeded, each call in a thread with a connection of its own."""

    def try_it(call: Callable[[], Run | None]) -> Run | None:
        try:
            return call()
        except InsufficientCredits:
            return None
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as threads:
        return [run for run in threads.map(try_it, calls) if run]


def explain(user: User) -> Account:
    """The balance and what is held, told line by line in the order of the lines."""
    balance, open_holds = 0, dict[str, int]()
    for line in user.credits.order_by("created_at"):
        balance += line.amount
        assert balance >= 0
        run = line.key.partition(":")[2]
        if line.reason == CreditReason.HOLD:
            open_holds[run] = -line.amount
        elif line.reason == CreditReason.RELEASE:
            del open_holds[run]
    return Account(balance, sum(open_holds.values()))


@pytest.mark.crash
def test_two_hundred_approvals_at_once_never_spend_more_than_there_is(rich: User, studio: Studio) -> None:
    tasks = [written(rich) for _ in range(200)]
    found = [(task, quotes.quote(task=task).id) for task in tasks]
    runs = at_once(*(lambda task=task, id=id: quotes.use(task=task, quote_id=id) for task, id in found))
    fitting = 1_000 // ONE_SCENE
    assert len(runs) == len({run.id for run in runs}) == Run.objects.count() == fitting
    assert ledger.account(rich) == Account(balance=1_000 - fitting * ONE_SCENE, held=fitting * ONE_SCENE)
    assert ledger.account(rich) == explain(rich)
    for task in tasks:
        films.cancel(task=task)
    assert ledger.account(rich) == explain(rich) == Account(balance=1_000, held=0)
    assert list(credit_audit.findings()) == []


def test_twenty_quotes_of_one_film_approved_at_once_buy_it_once(rich: User, studio: Studio) -> None:
    """What the first of them has ordered is no more to be bought, so the others are for another film by then."""
    task = written(rich)
    found = [quotes.quote(task=task).id for _ in range(20)]

    def use(quote_id: str) -> Run | None:
        with suppress(Conflict):
            return quotes.use(task=task, quote_id=quote_id)
        return None

    runs = at_once(*(lambda id=id: use(id) for id in found))
    assert len(runs) == Run.objects.count() == 1
    assert ledger.account(rich) == Account(balance=1_000 - ONE_SCENE, held=ONE_SCENE)


def test_one_quote_approved_twenty_times_at_once_is_one_run(rich: User, studio: Studio) -> None:
    task = written(rich)
    found = quotes.quote(task=task)
    runs = at_once(*itertools.repeat(lambda: quotes.use(task=task, quote_id=found.id), 20))
    assert len(runs) == 20
    assert len({run.id for run in runs}) == Run.objects.count() == 1
    assert ledger.account(rich) == Account(balance=1_000 - ONE_SCENE, held=ONE_SCENE)


def test_a_worker_that_dies_between_the_hold_and_the_work_loses_nothing(
    rich: User, studio: Studio, drive: Drive
) -> None:
    task = written(rich)
    run = quotes.use(task=task, quote_id=quotes.quote(task=task).id)
    OrmQ.objects.all().delete()
    assert leases.claim_run(worker="one that dies", lease_s=-1.0)
    jobs.sweep()
    assert OrmQ.objects.count() == 1, "the sweep asks for another worker"
    assert ledger.account(rich) == Account(balance=1_000 - ONE_SCENE, held=ONE_SCENE), "still agreed, still held"
    assert drive(run).status == RunStatus.SUCCEEDED
    assert ledger.account(rich) == explain(rich) == Account(balance=1_000 - ONE_SCENE, held=0)
    assert list(credit_audit.findings()) == []


def test_a_hold_that_an_ended_run_left_open_is_closed_by_the_sweep(rich: User, studio: Studio) -> None:
    task = written(rich)
    run = quotes.use(task=task, quote_id=quotes.quote(task=task).id)
    Run.objects.filter(id=run.id).update(status=RunStatus.FAILED)
    assert [found.what for found in credit_audit.findings()] == ["ended, but not released"]
    jobs.sweep()
    assert settle_leftovers() == 0
    assert ledger.account(rich) == explain(rich) == Account(balance=1_000, held=0)
    assert list(credit_audit.findings()) == []


@pytest.mark.crash
def test_what_fails_and_what_is_there_already_costs_nothing(rich: User, studio: Studio, drive: Drive) -> None:
    studio.always["voice"] = lasting_fault()
    task = written(rich)
    drive(quotes.use(task=task, quote_id=quotes.quote(task=task).id))
    assert ledger.account(rich).balance == 1_000 - ONE_SCENE + 2, "the voice failed"
    studio.always.clear()
    drive(quotes.use(task=task, quote_id=quotes.quote(task=task).id))
    assert ledger.account(rich).balance == 1_000 - ONE_SCENE
    twin = {**script(1).model_dump(mode="json"), "expected_duration": 10}
    clip = twin["clips"][0]["scene"]
    twin["clips"] = [{"scene": clip}, {"scene": {**clip, "id": 2, "index": 2}}]
    twin["music"][0]["scene_indexes"] = [1, 2]
    Script.objects.create(task=task, version=2, content=twin)
    drive(films.start_run(task=task, approved=()))
    adopted = {asset.component for asset in task.assets.all() if "adopted_from" in asset.metadata}
    assert {"scene/2", "audio/2", "video/2", "music/1_2"} <= adopted
    run = drive(quotes.use(task=task, quote_id=takes.quote_regeneration(task=task, component="scene/1").id))
    charged = dict(run.steps.filter(charged__gt=0).values_list("component", "charged"))
    assert charged == {"scene/1": 4}
    assert not run.steps.exclude(status=StepStatus.SUCCEEDED).filter(charged__gt=0).exists()
    assert ledger.account(rich) == explain(rich) == Account(balance=1_000 - ONE_SCENE - 4, held=0)
    assert list(credit_audit.findings()) == []
