"""A cursor says how far a film has come at an address. It is claimed under a lease: who dies leaves it to the next."""

from __future__ import annotations

import random
import uuid
from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import IntegrityError, connection, transaction
from django.db.models import F
from django.db.models.functions import Coalesce, Now
from django.utils import timezone

from pipeline.models import Event, WebhookAddress, WebhookCursor

PAUSES_S = (5, 30, 120, 600, 1_800, 3_600, 7_200, 14_400, 28_800)
GIVEN_UP_AFTER = timedelta(days=3)
PAGE, TRIES = 100, 3
AT_ONE_ADDRESS = 8
"""Films at once: whoever answers slowly holds up nobody but themselves."""
CLAIM = """
WITH due AS (
    SELECT address.id AS address_id, found.task_id
    FROM webhook_addresses address
    JOIN users owner ON owner.id = address.user_id AND owner.is_active
    CROSS JOIN LATERAL (
        SELECT task.id AS task_id, place.due_at
        FROM tasks task
        LEFT JOIN webhook_cursors place ON place.address_id = address.id AND place.task_id = task.id
        WHERE task.user_id = address.user_id AND task.last_seq > coalesce(place.seq, 0)
          AND coalesce(place.due_at, '-infinity') <= now()
        ORDER BY place.due_at NULLS FIRST, task.id
        LIMIT greatest(0, %(at_one)s - (
            SELECT count(*) FROM webhook_cursors held
            WHERE held.address_id = address.id AND held.holder IS NOT NULL AND held.due_at > now()
        ))
    ) found
    WHERE address.paused_at IS NULL
    ORDER BY found.due_at NULLS FIRST, address.id, found.task_id LIMIT %(most)s
)
INSERT INTO webhook_cursors AS place (address_id, task_id, due_at, holder)
SELECT address_id, task_id, now() + %(lease)s::interval, %(holder)s FROM due
ON CONFLICT (address_id, task_id) DO UPDATE SET due_at = now() + %(lease)s::interval, holder = %(holder)s
WHERE place.due_at <= now()
RETURNING place.id, place.address_id, place.task_id, place.seq, place.tries
"""
"""Of several who ask at once each gets others: the second finds the first one's lease."""


@dataclass(frozen=True)
class Claimed:
    """A film's turn at an address."""

    id: int
    address_id: UUID
    task_id: str
    seq: int
    tries: int
    holder: UUID


def claim(most: int) -> list[Claimed]:
    """Claim what is due. An address or a film that is deleted in this very moment is left out by the next try, so that
    nobody's deliveries wait for it."""
    for _ in range(TRIES):
        try:
            return _claimed(most)
        except IntegrityError:
            continue
    return []


def _claimed(most: int) -> list[Claimed]:
    holder = uuid.uuid4()
    with transaction.atomic(), connection.cursor() as cursor:
        lease = f"{settings.PIXORA_LEASE_S} s"
        cursor.execute(CLAIM, {"most": most, "lease": lease, "holder": holder, "at_one": AT_ONE_ADDRESS})
        rows: list[tuple[int, UUID, str, int, int]] = cursor.fetchall()
    return [Claimed(*row, holder=holder) for row in rows]


def events_after(claimed: Claimed, seq: int) -> list[Event]:
    found = Event.objects.filter(task_id=claimed.task_id, seq__gt=seq)
    return list(found.order_by("seq")[:PAGE])


def renew(claimed: Claimed) -> bool:
    """Hold it a while longer. False where somebody else holds it by now, or the address is gone or paused."""
    return bool(_mine(claimed).filter(address__paused_at=None).update(due_at=Now() + _lease()))


def hold(claimed: Claimed) -> bool:
    """Lock it for the transaction, so that its address and film stay as long. False where it is no longer one's own."""
    return _mine(claimed).select_for_update().first() is not None


def advance(claimed: Claimed, seq: int) -> bool:
    """All up to this event is done with."""
    return bool(_mine(claimed).update(seq=seq, tries=0, failing_since=None, due_at=Now() + _lease()))


def release(claimed: Claimed) -> None:
    _mine(claimed).update(due_at=Now(), holder=None)


def put_off(claimed: Claimed, tries: int) -> bool:
    """Try again after a pause that grows. Returns whether it has failed for so long that it is given up."""
    pause = timedelta(seconds=PAUSES_S[min(tries, len(PAUSES_S)) - 1] * random.uniform(1.0, 1.2))  # noqa: S311
    changes: dict[str, Any] = {"tries": tries, "due_at": Now() + pause, "holder": None}
    _mine(claimed).update(**changes, failing_since=Coalesce(F("failing_since"), Now()))
    since = WebhookCursor.objects.filter(id=claimed.id).values_list("failing_since", flat=True).first()
    return since is not None and timezone.now() - since > GIVEN_UP_AFTER


def start_from_now(address: WebhookAddress) -> None:
    """Place an address's cursors at this moment: what happened before it was there is not sent to it."""
    with connection.cursor() as cursor:
        cursor.execute(
            "INSERT INTO webhook_cursors (address_id, task_id, seq) "
            "SELECT %s, id, last_seq FROM tasks WHERE user_id = %s ON CONFLICT DO NOTHING",
            [address.id, address.user_id],
        )


def _lease() -> timedelta:
    return timedelta(seconds=settings.PIXORA_LEASE_S)


def _mine(claimed: Claimed) -> Any:
    return WebhookCursor.objects.filter(id=claimed.id, holder=claimed.holder)
