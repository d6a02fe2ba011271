"""The page of the queue: runs that wait, those being made, the workers, and runs that nobody seems to drive."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q, QuerySet
from django.utils import timezone
from django_q.models import Failure, OrmQ
from django_q.status import Stat
from redis.exceptions import RedisError

from pipeline.models import Run, RunStatus

UNATTENDED = timedelta(minutes=1)
"""A lease that ran out is taken over within a minute, where there are workers."""
WAITS_TOO_LONG = timedelta(minutes=10)
RUNS_TOO_LONG = timedelta(hours=1)
MOST = 100
FAILURES = 10


@dataclass(frozen=True)
class Worker:
    host: str
    status: str
    processes: int
    up_s: float
    restarts: int


def queue_page() -> dict[str, Any]:
    now = timezone.now()
    active = list(unfinished().select_related("task__user").order_by("created_at")[:MOST])
    return {
        "stuck": [(run, why_stuck(run, now)) for run in active if why_stuck(run, now)],
        "running": [run for run in active if run.status == RunStatus.RUNNING],
        "queued": [run for run in active if run.status == RunStatus.QUEUED],
        "most": MOST if len(active) == MOST else 0,
        "workers": list(workers()),
        "bells": OrmQ.objects.count(),
        "failures": list(Failure.objects.order_by("-stopped")[:FAILURES]),
        "now": now,
    }


def unfinished() -> QuerySet[Run]:
    return Run.objects.filter(status__in=[RunStatus.QUEUED, RunStatus.RUNNING])


def stuck(now: datetime) -> QuerySet[Run]:
    """Return the runs that `why_stuck` finds a reason for."""
    return Run.objects.filter(
        Q(status=RunStatus.RUNNING, lease_expires_at__lt=now - UNATTENDED)
        | Q(status=RunStatus.RUNNING, started_at__lt=now - RUNS_TOO_LONG)
        | Q(status=RunStatus.QUEUED, created_at__lt=now - WAITS_TOO_LONG)
    )


def why_stuck(run: Run, now: datetime) -> str:
    if run.status == RunStatus.QUEUED:
        return "has waited for more than 10 minutes" if run.created_at < now - WAITS_TOO_LONG else ""
    if run.lease_expires_at and run.lease_expires_at < now - UNATTENDED:
        return "its worker has gone, and none has taken it over"
    return "has been at work for more than an hour" if run.started_at and run.started_at < now - RUNS_TOO_LONG else ""


def workers() -> Iterator[Worker]:
    """Yield the workers; none where no cluster has left word in the last seconds, or its cache cannot be reached."""
    try:
        found = Stat.get_all()
    except RedisError:
        return
    for stat in found:
        yield Worker(stat.host, str(stat.status), len(stat.workers), stat.uptime(), stat.reincarnations)
