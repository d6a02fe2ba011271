"""The amounts that a program's key has spent, and the caps that its owner set."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.db import connection
from django.utils import timezone

from pixora.accounts.models import ApiKey
from pixora.foundation.errors import PixoraError

SPENT = """
SELECT coalesce(sum(-held.amount - coalesce(given_back.amount, 0)), 0),
       coalesce(sum(-held.amount - coalesce(given_back.amount, 0)) FILTER (WHERE held.created_at >= %s), 0)
FROM credits held
LEFT JOIN credits given_back ON given_back.key = 'release:' || substr(held.key, length('hold:') + 1)
WHERE held.reason = 'hold' AND held.api_key_id = %s
"""


@dataclass(frozen=True)
class Spent:
    """The credits spent since midnight (UTC), and in all. What is set aside counts."""

    today: int
    in_all: int


@dataclass(frozen=True)
class Cap:
    field: str
    limit: int
    spent: int
    span: str

    @property
    def left(self) -> int:
        return max(self.limit - self.spent, 0)


class KeyCap(PixoraError):
    code = "key_cap"


def spent(key: ApiKey) -> Spent:
    midnight = timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)
    with connection.cursor() as cursor:
        cursor.execute(SPENT, [midnight, key.id])
        in_all, today = cursor.fetchone()
    return Spent(int(today), int(in_all))


def check(key: ApiKey, amount: int) -> None:
    """Raises KeyCap where this key may not spend so much more. Call it under the lock of the account."""
    for cap in _caps(ApiKey.objects.get(id=key.id)):
        if amount > cap.left:
            raise KeyCap(
                f"The key “{key.name}” may spend {cap.left} more credits {cap.span}, and this costs {amount}: "
                f"raise its cap.",
                details={"cap": cap.field, "limit": cap.limit, "spent": cap.spent, "left": cap.left},
            )


def _caps(key: ApiKey) -> Iterator[Cap]:
    so_far = spent(key)
    if key.credits_per_day is not None:
        yield Cap("credits_per_day", key.credits_per_day, so_far.today, "today")
    if key.credits_total is not None:
        yield Cap("credits_total", key.credits_total, so_far.in_all, "in all")
