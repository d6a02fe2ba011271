"""Claiming a run, keeping it, giving it back. The clock is the database's.

Each claim raises `runs.lease`; every write about a run says `WHERE lease = mine`. So of two workers that both think
a run is theirs, only the one that claimed it last can write, submit or charge.
"""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from django.db import Error, IntegrityError, close_old_connections, connection, transaction
from django.db.models import Q
from django.db.models.functions import Now

from pipeline.models import Run, RunStatus
from pixora.foundation.errors import LeaseLost

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Claim:
    run_id: str
    task_id: str
    lease: int
    cancelled: bool = False
    """It was asked to end before it was claimed."""


_CLAIM = """
UPDATE runs SET status = 'running', lease = lease + 1, worker = %(worker)s,
       lease_expires_at = clock_timestamp() + make_interval(secs => %(lease_s)s),
       started_at = coalesce(started_at, clock_timestamp())
 WHERE id = (
    SELECT id FROM runs
     WHERE (%(only)s = '' OR id = %(only)s)
       AND ((status = 'running' AND lease_expires_at < clock_timestamp())
         OR (status = 'queued' AND NOT EXISTS (
                SELECT 1 FROM runs other WHERE other.task_id = runs.task_id AND other.status = 'running'
                   OR other.task_id = runs.task_id AND other.status = 'queued' AND other.created_at < runs.created_at)))
     ORDER BY created_at LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, task_id, lease, cancel_requested_at IS NOT NULL
"""


def claim_run(*, worker: str, lease_s: float, only: str = "") -> Claim | None:
    """Take the oldest run that is nobody's; a task's runs go one after the other."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(_CLAIM, {"worker": worker, "lease_s": lease_s, "only": only})
            row = cursor.fetchone()
    except IntegrityError:
        return None  # another worker has just started another run of the same task
    return Claim(*row) if row else None


def unfinished_runs(*, only: str = "") -> int:
    runs = Run.objects.filter(status__in=[RunStatus.QUEUED, RunStatus.RUNNING])
    return (runs.filter(id=only) if only else runs).count()


def unclaimed_runs() -> int:
    """Count the runs that are queued, or left behind by a worker whose lease ran out."""
    return Run.objects.filter(
        Q(status=RunStatus.QUEUED) | Q(status=RunStatus.RUNNING, lease_expires_at__lt=Now())
    ).count()


@contextmanager
def under(claim: Claim) -> Iterator[Run]:
    """A transaction that holds the run's row while the claim is still good. Raises LeaseLost."""
    with transaction.atomic():
        mine = Run.objects.select_for_update().filter(lease=claim.lease, status=RunStatus.RUNNING)
        try:
            run = mine.get(id=claim.run_id)
        except Run.DoesNotExist:
            raise LeaseLost(f"{claim.run_id} is another worker's now.") from None
        yield run


def give_back(claim: Claim) -> None:
    """Let go of a run that is not finished, so that any worker may go on with it at once."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE runs SET lease_expires_at = clock_timestamp() WHERE id = %s AND lease = %s AND status = 'running'",
            [claim.run_id, claim.lease],
        )


def extend(claims: list[Claim], lease_s: float) -> set[str]:
    """Extend every claim; return the ids of the runs that are still ours."""
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE runs SET lease_expires_at = clock_timestamp() + make_interval(secs => %s)"
            " FROM unnest(%s::text[], %s::bigint[]) AS mine(id, lease)"
            " WHERE runs.id = mine.id AND runs.lease = mine.lease AND runs.status = 'running' RETURNING runs.id",
            [lease_s, [claim.run_id for claim in claims], [claim.lease for claim in claims]],
        )
        return {row[0] for row in cursor.fetchall()}


class Heart:
    """Extends the leases from a thread of its own, so that a busy event loop cannot let them run out."""

    def __init__(self, *, lease_s: float, on_lost: Callable[[Claim], object]) -> None:
        self._lease_s = lease_s
        self._on_lost = on_lost
        self._claims: dict[str, Claim] = {}
        self._lock = threading.Lock()
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._beat_until_stopped, name="pixora-heart", daemon=True)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        self._stop.set()
        self._thread.join()

    def hold(self, claim: Claim) -> None:
        with self._lock:
            self._claims[claim.run_id] = claim

    def let_go(self, claim: Claim) -> None:
        with self._lock:
            self._claims.pop(claim.run_id, None)

    def _beat_until_stopped(self) -> None:
        while not self._stop.wait(self._lease_s / 6):
            try:
                self._beat()
            except Error as error:
                log.warning("a heartbeat was missed: %s", type(error).__name__)
        connection.close()

    def _beat(self) -> None:
        with self._lock:
            claims = list(self._claims.values())
        if not claims:
            return
        close_old_connections()
        ours = extend(claims, self._lease_s)
        for claim in claims:
            if claim.run_id not in ours and self._still_held(claim):
                self.let_go(claim)
                self._on_lost(claim)

    def _still_held(self, claim: Claim) -> bool:
        with self._lock:
            return self._claims.get(claim.run_id) == claim
