"""The durable, numbered history of a task: what clients replay."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db import connection, transaction

from media_assets.models import Asset
from pipeline.models import Event
from pixora.errors import NotFound


def publish(task_id: str, type_: str, payload: Mapping[str, Any]) -> int:
    """Write one event and return its number.

    Call it as the last statement of the transaction that caused it: the number is taken by an UPDATE of the task's
    row, which holds until the commit, so numbers become visible in their order.
    """
    with transaction.atomic(savepoint=False):
        seq = _next_number(task_id)
        Event.objects.create(task_id=task_id, seq=seq, type=type_, payload=dict(payload))
    return seq


def _next_number(task_id: str) -> int:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks SET last_seq = last_seq + 1 WHERE id = %s RETURNING last_seq", [task_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(f"There is no task {task_id}.")
    return int(row[0])


def component_updated(asset: Asset) -> int:
    """A take that is now the selected one."""
    payload = {"component": asset.component, "take": asset.take, "status": "ready", "url": asset.url, "stale": False}
    return publish(asset.task_id, "component_updated", payload)


def replay(task_id: str, *, after: int = 0) -> list[Event]:
    return list(Event.objects.filter(task_id=task_id, seq__gt=after).order_by("seq"))
