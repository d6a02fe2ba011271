"""The amounts that providers were paid: by day, provider and model, out of attempts and calls outside of runs."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet, Sum
from django.db.models.functions import TruncDate
from django.utils import timezone

from pipeline.models import Attempt, AttemptStatus, ModelCall
from pixora.accounts.models import Credit, CreditReason

DAYS = (7, 30, 90)
OURS = frozenset({"pixora"})
"""Computed by ourselves, for nothing: cutting, captions, joining."""


@dataclass(frozen=True)
class Day:
    day: date
    paid_micros: int
    tries: int
    height: str
    """Percent of the dearest day, as CSS writes it."""


def spend_page(asked: str) -> dict[str, Any]:
    """`asked` is a number of days; anything but one of `DAYS` counts as the first of them."""
    days = int(asked) if asked in map(str, DAYS) else DAYS[0]
    since = midnight() - timedelta(days=days - 1)
    lines = _lines(since)
    return {
        "days": days,
        "choices": DAYS,
        "per_day": _per_day(lines, since.date(), days),
        "per_model": _per_model(lines),
        "lines": [line for line in lines if line["paid_micros"]],
        "total_micros": sum(line["paid_micros"] for line in lines),
        "twice_micros": sum(line["twice_micros"] or 0 for line in lines),
        "charged": charged_since(since),
    }


def midnight() -> datetime:
    return timezone.now().replace(hour=0, minute=0, second=0, microsecond=0)


def spent_since(since: datetime) -> int:
    """Sum up what providers were paid since then, in millionths of a US dollar."""
    made = (rows.filter(started_at__gte=since) for rows in _all_tries())
    return sum(rows.aggregate(total=Sum("cost_micros"))["total"] or 0 for rows in made)


def charged_since(since: datetime) -> int:
    """Credits set aside for runs less what they gave back."""
    lines = Credit.objects.filter(created_at__gte=since, reason__in=[CreditReason.HOLD, CreditReason.RELEASE])
    total: int | None = lines.aggregate(total=Sum("amount"))["total"]
    return -(total or 0)


def _all_tries() -> tuple[QuerySet[Any], ...]:
    return Attempt.objects.all(), ModelCall.objects.all()


def _lines(since: datetime) -> list[dict[str, Any]]:
    """`{day, provider, model, paid_micros, tries, failed, twice_micros}`, newest day first, the dearest first.

    A model that both writes scripts and speaks for the agent has two lines a day.
    """
    found = [line for rows in _all_tries() for line in _lines_of(rows.filter(started_at__gte=since))]
    return sorted(
        found, key=lambda line: (-line["day"].toordinal(), -line["paid_micros"], line["provider"], line["model"])
    )


def _lines_of(tries: QuerySet[Any]) -> Iterable[dict[str, Any]]:
    grouped = tries.exclude(provider__in=OURS).annotate(day=TruncDate("started_at")).values("day", "provider", "model")
    found: Iterable[dict[str, Any]] = grouped.order_by().annotate(
        paid_micros=Sum("cost_micros"),
        tries=Count("id"),
        failed=Count("id", filter=Q(status=AttemptStatus.FAILED)),
        twice_micros=Sum("cost_micros", filter=Q(status=AttemptStatus.UNKNOWN)),
    )
    return found


def _per_day(lines: Sequence[Mapping[str, Any]], first: date, days: int) -> list[Day]:
    dates = [first + timedelta(days=number) for number in range(days)]
    cost = {day: sum(line["paid_micros"] for line in lines if line["day"] == day) for day in dates}
    tries = {day: sum(line["tries"] for line in lines if line["day"] == day) for day in dates}
    most = max(cost.values()) or 1
    return [Day(day, cost[day], tries[day], f"{100 * cost[day] / most:.1f}%") for day in dates]


def _per_model(lines: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """`{provider, model, paid_micros, tries, failed}` over all days, the dearest first."""
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for line in lines:
        key = line["provider"], line["model"]
        total = found.setdefault(key, {"provider": key[0], "model": key[1], "paid_micros": 0, "tries": 0, "failed": 0})
        for name in ("paid_micros", "tries", "failed"):
            total[name] += line[name]
    return sorted(found.values(), key=lambda total: (-total["paid_micros"], -total["tries"]))
