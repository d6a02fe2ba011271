from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from pixora.accounts import ledger
from pixora.accounts.models import CreditReason, User
from tests.pixora.accounts.doors import bearer

pytestmark = pytest.mark.django_db


@pytest.fixture
def alice(settings: Any) -> User:
    settings.PIXORA_NEW_USER_CREDITS = 0
    return User.objects.create_user("alice@example.org")


def credits(user: User, query: str = "") -> Any:
    return Client().get(f"/api/v1/credits{query}", headers=bearer(user)).json()


def test_the_balance_is_explained_line_by_line(alice: User) -> None:
    ledger.give(user=alice, amount=100, reason=CreditReason.GRANT, key="a")
    ledger.give(user=User.objects.create_user("bob@example.org"), amount=7, reason=CreditReason.GRANT, key="b")
    ledger.hold(user=alice, run_id="run_1", task_id=None, amount=30)  # type: ignore[arg-type]
    shown = credits(alice)
    assert (shown["balance"], shown["held"]) == (70, 30)
    assert [(line["reason"], line["amount"]) for line in shown["entries"]] == [("hold", -30), ("grant", 100)]
    ledger.release(run_id="run_1", charged=20)
    shown = credits(alice)
    assert (shown["balance"], shown["held"], shown["entries"][0]["amount"]) == (80, 0, 10)


def test_lines_come_in_pages(alice: User) -> None:
    for number in range(1, 6):
        ledger.give(user=alice, amount=number, reason=CreditReason.GRANT, key=f"{number}")
    first = credits(alice, "?limit=3")
    second = credits(alice, f"?limit=3&cursor={first['next']}")
    assert [line["amount"] for page in (first, second) for line in page["entries"]] == [5, 4, 3, 2, 1]
    assert (first["previous"], second["next"]) == (None, None)
    assert credits(alice, f"?limit=3&cursor={second['previous']}")["entries"] == first["entries"]
    assert first["balance"] == second["balance"] == 15
