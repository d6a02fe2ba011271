"""The ledger in words and sums, as its owner reads it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.db import connection

from pixora.accounts.ledger_sql import REFILL, select, total
from pixora.accounts.models import Credit, CreditReason, User


def sentence(line: Credit) -> str:
    """Say in one sentence what this line did to the balance."""
    credits = f"{abs(line.amount):,} {'credit' if abs(line.amount) == 1 else 'credits'}"
    match line.reason:
        case CreditReason.HOLD:
            return f"{credits} were set aside for what is being made."
        case CreditReason.RELEASE:
            return f"{credits} were not used and came back." if line.amount else "All that was set aside was used."
        case CreditReason.REFUND:
            return f"Support gave you {credits} back."
        case CreditReason.PURCHASE:
            return f"You bought {credits}."
        case _ if line.key.startswith(REFILL):
            return f"Your account was filled up by {credits}."
        case _:
            return f"Support gave you {credits}." if line.actor_id else f"You got {credits} from Pixora."


def told(line: Credit) -> dict[str, Any]:
    """Tell why the balance changed, as clients get it beside the new balance."""
    return {"entry_id": str(line.id), "amount": line.amount, "reason": str(line.reason), "text": sentence(line)}


@dataclass(frozen=True)
class Totals:
    """The sums of an account since it was opened, in credits: balance = welcome + refilled + support + bought +
    refunded - spent - held, where what is held is told by the account."""

    welcome: int
    """Given by itself, such as to a new user."""
    refilled: int
    """Filled up by itself, as the local user's credits are."""
    support: int
    """Given by members of staff."""
    bought: int
    refunded: int
    spent: int
    """Charged for what was made."""
    spent_on_removed_films: int


_IS_REFILL = f"starts_with(key, '{REFILL}')"
_SUMS = (
    total("grant", more=f"actor_id IS NULL AND NOT {_IS_REFILL}"),
    total("grant", more=_IS_REFILL),
    total("grant", more="actor_id IS NOT NULL"),
    total("purchase"),
    total("refund"),
    f"-{total('spent')}",
    f"-{total('spent', more='task_id IS NULL')}",
)
_TOTALS = select(", ".join(_SUMS), of="user_id = %s")


def totals(user: User) -> Totals:
    with connection.cursor() as cursor:
        cursor.execute(_TOTALS, [user.pk])
        return Totals(*map(int, cursor.fetchone()))
