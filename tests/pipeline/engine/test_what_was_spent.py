"""One ledger, read in many ways: of the account, its statement, its films, a film and its runs; they all agree."""

from __future__ import annotations

import random
from collections import Counter
from dataclasses import dataclass, field

import pytest

from pipeline.models import RUN_ENDED, Run, RunStatus, Task
from pipeline.queries import film_costs, user_costs
from pipeline.services import films
from pixora.accounts import ledger, statement
from pixora.accounts.ledger import Account
from pixora.accounts.models import CreditReason, User
from tests.pipeline.scripts import TINY

pytestmark = pytest.mark.django_db
ACTS = 60


@dataclass
class Books:
    """The record of what has been done to an account, counted apart."""

    user: User
    staff: User
    dice: random.Random
    films: list[Task]
    given: Counter[str] = field(default_factory=Counter)
    spent: Counter[str] = field(default_factory=Counter)
    refunded: Counter[str] = field(default_factory=Counter)
    held: dict[str, tuple[str, int]] = field(default_factory=dict)
    """The film and the credits of each run that has not ended."""

    def act(self, number: int) -> None:
        act = self.dice.choice([self.give, self.hold, self.hold, self.end, self.end, self.refund])
        act(f"{number}")

    def give(self, name: str) -> None:
        """Give credits: by Pixora, by support, for money."""
        reason, actor = self.dice.choice(
            [(CreditReason.GRANT, None), (CreditReason.GRANT, self.staff), (CreditReason.PURCHASE, None)]
        )
        amount = self.dice.randint(1, 90)
        ledger.give(user=self.user, amount=amount, reason=reason, key=f"gift:{name}", actor=actor)
        self.given["support" if actor else reason] += amount

    def hold(self, name: str) -> None:
        film, amount = self.dice.choice(self.films), self.dice.randint(0, 40)
        if ledger.account(self.user).balance < amount:
            return
        run = Run.objects.create(task=film, status=RunStatus.QUEUED)
        ledger.hold(user=self.user, run_id=run.id, task_id=film.id, amount=amount)
        self.held[run.id] = (film.id, amount)

    def end(self, name: str) -> None:
        """End a run as it was planned, in parts, or failed, which costs nothing; told twice, it counts once."""
        if not self.held:
            return
        run_id = self.dice.choice([*self.held])
        film, amount = self.held.pop(run_id)
        charged = self.dice.choice([0, amount, self.dice.randint(0, amount)])
        Run.objects.filter(id=run_id).update(status=self.dice.choice(RUN_ENDED))
        for _ in range(self.dice.randint(1, 2)):
            ledger.release(run_id=run_id, charged=charged)
        self.spent[film] += charged

    def refund(self, name: str) -> None:
        film, amount = self.dice.choice(self.films), self.dice.randint(1, 20)
        key = f"refund:{name}"
        ledger.give(
            user=self.user, amount=amount, reason=CreditReason.REFUND, key=key, task_id=film.id, actor=self.staff
        )
        self.refunded[film.id] += amount

    def held_for(self, film: Task) -> int:
        return sum(amount for of, amount in self.held.values() if of == film.id)


@pytest.fixture
def books(seed: int, home: object) -> Books:
    alice, staff = (User.objects.create_user(f"{name}@example.org") for name in ("alice", "staff"))
    made = [films.order_film(user=alice, prompt=f"Film {number}", settings=TINY, writes=False) for number in range(3)]
    return Books(alice, staff, random.Random(seed), made)


@pytest.mark.parametrize("seed", range(12))
def test_all_readings_of_a_ledger_agree(books: Books, seed: int) -> None:
    for number in range(ACTS):
        books.act(number)
        held = sum(amount for _, amount in books.held.values())
        balance = books.given.total() + books.refunded.total() - books.spent.total() - held
        assert ledger.account(books.user) == Account(balance, held)
    found = statement.totals(books.user)
    told = {"grant": found.welcome, "support": found.support, "purchase": found.bought}
    assert told == {name: books.given[name] for name in told}
    assert (found.spent, found.refunded) == (books.spent.total(), books.refunded.total())
    for film, seen in zip(books.films, user_costs.of_films(books.films), strict=True):
        wanted = (books.spent[film.id], books.held_for(film), books.refunded[film.id])
        assert (seen.spent, seen.held, seen.refunded) == wanted
        one = film_costs.of_film(film)
        assert (one["spent"], one["held"], one["given_back"]) == wanted
        assert sum(run["credits"] for run in one["runs"]) == one["spent"]
    open_runs = {run_id for run_id, (_, amount) in books.held.items() if amount}
    assert {line.key.removeprefix("hold:") for line in ledger.open_holds(books.user)} == open_runs
    assert set(ledger.runs_with_open_holds()) == open_runs


@pytest.mark.parametrize("seed", range(3))
def test_what_was_spent_on_removed_films_stays_spent(books: Books, seed: int) -> None:
    for number in range(ACTS):
        books.act(number)
    while books.held:
        books.end("")
    [gone, *left] = books.films
    gone_id = gone.id
    gone.delete()
    found = statement.totals(books.user)
    assert found.spent == books.spent.total()
    assert found.spent_on_removed_films == books.spent[gone_id]
    assert found.spent == found.spent_on_removed_films + sum(each.spent for each in user_costs.of_films(left))
