"""The credit ledger: append-only lines, a balance that is their sum, and holds that can never overdraw it.

A hold and its release are told by their keys, `hold:<run>` and `release:<run>`, each written once. What is held is
the sum of the holds that have no release yet (`meaning.py`).
"""

from __future__ import annotations

import time
from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import timedelta
from functools import partial
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models import BooleanField, ExpressionWrapper, Q
from django.db.models.functions import Now

from pixora.accounts import key_caps, statement
from pixora.accounts.ledger_sql import select, total
from pixora.accounts.models import ApiKey, Credit, CreditReason, User
from pixora.accounts.scopes import Scope, allows
from pixora.foundation import broadcast
from pixora.foundation.errors import InsufficientCredits, Invalid


@dataclass(frozen=True)
class Account:
    """An account's state, in credits; `held` is already taken off `balance`."""

    balance: int
    held: int


@dataclass(frozen=True)
class Change:
    """A line of the ledger, and the account after it."""

    line: Credit
    account: Account

    def as_message(self) -> dict[str, Any]:
        """Build the message that the sockets of the account get."""
        of_task = {"task_id": self.line.task_id} if self.line.task_id else {}
        data = {**asdict(self.account), **statement.told(self.line)}
        return {"type": "credits_updated", **of_task, "timestamp": int(time.time()), "data": data}


_ACCOUNTS = select(f"user_id, sum(amount), -{total('held')}", of="user_id = ANY(%s)", then="GROUP BY user_id")
_HOLDS = select("*", of="user_id = %s", then="WHERE meaning = 'held' ORDER BY created_at")
_RUNS_WITH_HOLDS = select("of_run", of="TRUE", then="WHERE meaning = 'held'")


def account(user: User) -> Account:
    return accounts([user])[user.pk]


def accounts(users: Collection[User]) -> dict[UUID, Account]:
    """Return the users' accounts by the users' ids, in one query."""
    return _accounts({user.pk for user in users})


def changes(user_ids: Collection[UUID], *, within: timedelta, older_than: timedelta) -> list[Change]:
    """Return the newest line of each of these accounts where it is of this span, with the account as it is now."""
    is_settled = ExpressionWrapper(Q(created_at__lte=Now() - older_than), BooleanField())
    lines = Credit.objects.filter(user_id__in=user_ids, created_at__gt=Now() - within).annotate(is_settled=is_settled)
    newest = {line.user_id: line for line in lines.order_by("created_at", "id")}
    settled = {user_id for user_id, line in newest.items() if line.is_settled}
    return [Change(newest[user_id], account) for user_id, account in _accounts(settled).items()]


def _accounts(user_ids: Collection[UUID]) -> dict[UUID, Account]:
    found = {user_id: Account(0, 0) for user_id in user_ids}
    if not found:
        return found
    with connection.cursor() as cursor:
        cursor.execute(_ACCOUNTS, [list(found)])
        for user_id, balance, held in cursor.fetchall():
            found[user_id] = Account(int(balance), int(held))
    return found


def open_holds(user: User) -> list[Credit]:
    return list(Credit.objects.raw(_HOLDS, [user.pk]))


def runs_with_open_holds() -> list[str]:
    """The ids of the runs that have a hold and no release, of all users."""
    with connection.cursor() as cursor:
        cursor.execute(_RUNS_WITH_HOLDS)
        return [run_id for (run_id,) in cursor.fetchall()]


def hold(*, user: User, run_id: str, task_id: str, amount: int, api_key: ApiKey | None = None) -> None:
    """Set credits aside for a run, in the caller's transaction. Raises InsufficientCredits, and KeyCap where a key
    that spends them may not spend so much.

    The user's row is locked, so of any number of holds at once none sees a balance that another is about to lower.
    """
    if amount == 0:
        return
    locked = User.objects.select_for_update().get(id=user.id)
    balance = account(locked).balance
    if balance < amount:
        tells = allows(api_key, Scope.CREDITS_READ)
        raise InsufficientCredits(missing=amount - balance, balance=balance, tells=tells)
    if api_key:
        key_caps.check(api_key, amount)
    of = {"user": locked, "task_id": task_id, "api_key": api_key}
    line = Credit(amount=-amount, reason=CreditReason.HOLD, key=f"hold:{run_id}", **of)
    line.save(force_insert=True)
    _tell(line)


def was_held(*, run_id: str) -> bool:
    return Credit.objects.filter(key=f"hold:{run_id}").exists()


def release(*, run_id: str, charged: int) -> int:
    """Give back what a run did not use, and return how much that is. A run without a hold, or one released already,
    changes nothing."""
    with transaction.atomic():
        held = Credit.objects.select_for_update().filter(key=f"hold:{run_id}").first()
        if held is None:
            return 0
        line, is_new = Credit.objects.get_or_create(
            key=_release_key(run_id),
            defaults={
                "user_id": held.user_id,
                "amount": -held.amount - charged,
                "reason": CreditReason.RELEASE,
                "task_id": held.task_id,
                "api_key_id": held.api_key_id,
            },
        )
        if is_new:
            _tell(line)
    return line.amount


def give(
    *,
    user: User,
    amount: int,
    reason: CreditReason,
    key: str,
    task_id: str | None = None,
    component: str = "",
    actor: User | None = None,
    note: str = "",
) -> Credit:
    """A grant, purchase or refund. The same key again is the same line. Raises Invalid for an amount below 1.

    `actor` is the member of staff who gives it, `note` why.
    """
    if amount < 1:
        raise Invalid("amount: must be at least 1 credit.", field="amount")
    given = {"user": user, "amount": amount, "reason": reason, "task_id": task_id, "component": component}
    line, is_new = Credit.objects.get_or_create(key=key, defaults={**given, "actor": actor, "note": note})
    if is_new:
        _tell(line)
    return line


def _tell(line: Credit) -> None:
    """All who look at this account hear of the line once it is committed; that nobody hears of it undoes nothing."""
    transaction.on_commit(partial(_broadcast, line), robust=True)


def _broadcast(line: Credit) -> None:
    change = Change(line, _accounts([line.user_id])[line.user_id])
    broadcast.tell_account(line.user_id, change.as_message())


def _release_key(run_id: str) -> str:
    return f"release:{run_id}"
