from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection

from pixora.accounts import ledger
from pixora.accounts.ledger import Account
from pixora.accounts.models import Credit, CreditReason, User
from pixora.foundation.errors import InsufficientCredits, Invalid


@pytest.fixture
def alice(transactional_db: None) -> User:
    return User.objects.create_user("alice@example.org")


def grant(user: User, amount: int, key: str = "grant:test") -> Credit:
    return ledger.give(user=user, amount=amount, reason=CreditReason.GRANT, key=key)


def hold(user: User, run: str, amount: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        ledger.hold(user=user, run_id=run, task_id=None, amount=amount)  # type: ignore[arg-type]


def test_what_is_held_is_taken_off_the_balance_and_comes_back_less_what_was_charged(alice: User) -> None:
    grant(alice, 100)
    hold(alice, "run_1", 60)
    assert ledger.account(alice) == Account(balance=40, held=60)
    ledger.release(run_id="run_1", charged=25)
    assert ledger.account(alice) == Account(balance=75, held=0)


def test_a_release_is_written_once(alice: User) -> None:
    grant(alice, 100)
    hold(alice, "run_1", 60)
    for _ in range(3):
        ledger.release(run_id="run_1", charged=25)
    assert ledger.account(alice).balance == 75


def test_a_run_without_a_hold_releases_nothing(alice: User) -> None:
    ledger.release(run_id="run_none", charged=0)
    assert not Credit.objects.exists()


def test_what_is_missing_is_said(alice: User) -> None:
    grant(alice, 10)
    with pytest.raises(InsufficientCredits, match="15 credits are missing") as refused:
        hold(alice, "run_1", 25)
    assert refused.value.details == {"missing": 15, "balance": 10}
    assert ledger.account(alice) == Account(balance=10, held=0)


def test_the_same_key_is_the_same_line(alice: User) -> None:
    assert grant(alice, 10) == grant(alice, 10)
    assert ledger.account(alice).balance == 10


@pytest.mark.parametrize("amount", [0, -5])
def test_nothing_less_than_one_credit_is_given(alice: User, amount: int) -> None:
    with pytest.raises(Invalid, match="at least 1"):
        grant(alice, amount)


def test_two_hundred_holds_at_once_never_overdraw(alice: User) -> None:
    grant(alice, 100)

    def try_to_hold(number: int) -> bool:
        try:
            hold(alice, f"run_{number}", 7)
        except InsufficientCredits:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(20) as threads:
        granted = sum(threads.map(try_to_hold, range(200)))
    assert granted == 14
    assert ledger.account(alice) == Account(balance=2, held=98)
