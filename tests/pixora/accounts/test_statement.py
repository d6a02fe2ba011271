"""The account in sums: whatever happened, they add up to the balance."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from pipeline.models import Run, Task
from pixora.accounts import ledger, statement
from pixora.accounts.models import Credit, CreditReason, User
from tests.pipeline.api.caller import Caller

pytestmark = pytest.mark.django_db

GIVEN = st.tuples(st.sampled_from(["grant", "refund", "purchase"]), st.integers(1, 500), st.booleans())
RUNS = st.tuples(st.integers(1, 100), st.none() | st.floats(0, 1))


@pytest.fixture
def alice(settings: Any) -> User:
    settings.PIXORA_NEW_USER_CREDITS = 0
    return User.objects.create_user("alice@example.org")


def film(user: User, title: str = "") -> Task:
    return Task.objects.create(user=user, title=title, prompt="A film about tea", request_key="x")


def ran(task: Task, held: int, charged: int | None) -> None:
    """Its hold is open where `charged` is None."""
    run = Run.objects.create(task=task)
    ledger.hold(user=task.user, run_id=run.id, task_id=task.id, amount=held)
    if charged is not None:
        ledger.release(run_id=run.id, charged=charged)


@examples(max_examples=20, suppress_health_check=list(HealthCheck))
@given(st.lists(GIVEN, max_size=6), st.lists(RUNS, max_size=6))
def test_the_sums_are_the_balance(alice: User, given: list[Any], runs: list[Any]) -> None:
    Credit.objects.filter(user=alice).delete()
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="welcome")
    for number, (reason, amount, by_staff) in enumerate(given):
        actor = alice if by_staff else None
        ledger.give(user=alice, amount=amount, reason=CreditReason(reason), key=f"{number}", actor=actor)
    tasks = [film(alice) for _ in runs]
    for task, (held, share) in zip(tasks, runs, strict=True):
        ran(task, held, None if share is None else round(share * held))
    for task in tasks[::2]:
        Credit.objects.filter(task=task, key__startswith="release").update(task=None)
    account, sums = ledger.account(alice), statement.totals(alice)
    assert account.held == sum(held for held, share in runs if share is None)
    given_ = sums.welcome + sums.refilled + sums.support + sums.bought + sums.refunded
    assert account.balance == given_ - sums.spent - account.held


def test_what_each_film_cost_is_told_newest_first(alice: User) -> None:
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="welcome")
    tea, coffee, gone = film(alice, "Tea"), film(alice, "Coffee"), film(alice, "Gone")
    film(alice, "Free")
    ran(tea, 60, 53)
    ran(tea, 14, 14)
    ran(coffee, 40, None)
    ran(gone, 9, 9)
    ledger.give(user=alice, amount=4, reason=CreditReason.REFUND, key="refund", task_id=tea.id)
    gone.delete()
    caller = Caller(alice)
    first = caller.get("credits/films?limit=1")
    rest = caller.get(f"credits/films?cursor={first['next']}")
    sums = [[each[name] for name in ("title", "spent", "held", "refunded", "deleted")] for each in
            (*first["results"], *rest["results"])]  # fmt: skip
    assert sums == [["Coffee", 0, 40, 0, False], ["Tea", 67, 0, 4, False]]
    assert Caller(User.objects.create_user("bob@example.org")).get("credits/films")["results"] == []
    told = caller.get("credits")
    assert (told["totals"]["spent"], told["totals"]["spent_on_removed_films"]) == (76, 9)
    assert (told["balance"], told["held"]) == (888, 40)


def test_the_lines_of_one_film_and_kind_are_found(alice: User) -> None:
    tea, coffee = film(alice), film(alice)
    for task, key in ((tea, "a"), (coffee, "b")):
        ledger.give(user=alice, amount=1, reason=CreditReason.REFUND, key=key, task_id=task.id)
        ledger.give(user=alice, amount=2, reason=CreditReason.GRANT, key=f"{key}2", task_id=task.id)
    found = Caller(alice).get(f"credits?reason=refund&task_id={tea.id}")["entries"]
    assert [(each["task_id"], each["text"]) for each in found] == [(tea.id, "Support gave you 1 credit back.")]


@pytest.mark.parametrize(
    ("contact", "sentence"),
    [
        ("", "For more credits, ask those who run this service."),
        ("help@example.org", "For more credits, ask help@example.org."),
    ],
)
def test_the_way_to_more_credits_is_told(alice: User, settings: Any, contact: str, sentence: str) -> None:
    settings.PIXORA_CONTACT = contact
    assert Caller(alice).get("credits")["how_to_get_more"] == sentence
