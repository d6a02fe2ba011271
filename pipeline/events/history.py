"""The durable, numbered history of a task: what clients replay, over the WebSocket and over REST."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from django.conf import settings
from django.db import InterfaceError, OperationalError, connection, transaction
from django.utils import timezone

from media_assets.models import Asset
from media_assets.signing import signed
from pipeline.models import Event, Task, WebhookAddress
from pipeline.planning import referee, take_warnings
from pixora.accounts import ledger, statement
from pixora.accounts.models import Credit, User
from pixora.foundation import broadcast
from pixora.foundation.errors import NotFound

LIFTED: Mapping[str, frozenset[str]] = {
    "agent_message": frozenset({"content", "message_id", "actions"}),
    "script_generated": frozenset({"content"}),
    "script_updated": frozenset({"content"}),
    "video_complete": frozenset({"content"}),
}
"""What clients find beside `data` and not in it."""
ACCOUNT = "credits_updated"
"""The event that tells what an account has."""
PAGE = 500
KNOWN_FOR_S = 5.0


def publish(task_id: str, type_: str, payload: Mapping[str, Any]) -> int:
    """Write one event and return its number.

    Call it as the last statement of the transaction that caused it: the number is taken by an UPDATE of the task's
    row, which holds until the commit, so numbers become visible in their order.
    """
    return write(task_id, [(type_, payload)])[-1].seq


def publish_all(task_id: str, told: Sequence[tuple[str, Mapping[str, Any]]]) -> None:
    """Publish several events at once, with consecutive numbers; or none."""
    if told:
        write(task_id, told)


def write(task_id: str, told: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Event]:
    """Write several events at once, with consecutive numbers, and return them; `told` must not be empty."""
    with transaction.atomic(savepoint=False):
        last = _take_numbers(task_id, len(told))
        now = timezone.now()
        events = Event.objects.bulk_create(
            Event(task_id=task_id, seq=seq, type=type_, payload=dict(payload), created_at=now)
            for seq, (type_, payload) in enumerate(told, start=last - len(told) + 1)
        )
        transaction.on_commit(partial(_broadcast, events))
    return events


def _take_numbers(task_id: str, count: int) -> int:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE tasks SET last_seq = last_seq + %s WHERE id = %s RETURNING last_seq", [count, task_id])
        row = cursor.fetchone()
    if row is None:
        raise NotFound(f"There is no task {task_id}.")
    return int(row[0])


def _broadcast(events: Iterable[Event]) -> None:
    for event in events:
        broadcast.tell(event.task_id, as_message(event))
    if _are_sent_outside(int(time.monotonic() / KNOWN_FOR_S)):
        broadcast.ring_deliverers()


@lru_cache(maxsize=1)
def _are_sent_outside(_moment: int) -> bool:
    """True where anybody has named an address for events, as known a moment ago: each event would ask otherwise. What
    is told is committed by then, and does not fail where the database is away."""
    try:
        return WebhookAddress.objects.filter(paused_at=None).exists()
    except (OperationalError, InterfaceError):
        return True


def as_message(event: Event) -> dict[str, Any]:
    """The event as clients get it."""
    payload = _with_open_addresses(event.payload)
    lifted = LIFTED.get(event.type, frozenset())
    data = {name: value for name, value in payload.items() if name not in lifted}
    return {
        "type": event.type,
        "task_id": event.task_id,
        "seq": event.seq,
        "timestamp": int(event.created_at.timestamp()),
        **{name: value for name, value in payload.items() if name in lifted},
        **({"data": data} if data else {}),
    }


def without_account(message: Mapping[str, Any]) -> dict[str, Any]:
    """Leave out of an event what it says of its user's credits, for keys that may not see them. Its number stays."""
    hidden = "data" if message["type"] == ACCOUNT else None
    return {name: value for name, value in message.items() if name != hidden}


def _with_open_addresses(payload: Mapping[str, Any]) -> dict[str, Any]:
    """`url` gets its `signed_url`, and the thumbnail's too; the film's addresses are whole and signed, for players on
    other sites."""
    opened = dict(payload)
    for name in ("url", "thumbnail_url"):
        if url := payload.get(name):
            opened[f"{name.removesuffix('url')}signed_url"] = signed(url)
    for name in ("video_url", "captions_url"):
        if url := payload.get(name):
            opened[name] = f"{settings.PUBLIC_URL}{signed(url)}"
    return opened


def tick(task_id: str, type_: str, **fields: Any) -> None:
    """Tell those who are listening, and nobody else: not stored, and at most four times a second."""
    broadcast.tick(task_id, {"type": type_, "task_id": task_id, "timestamp": int(time.time()), **fields})


def tell(task_id: str, type_: str, **fields: Any) -> None:
    """Tell those who are listening, like `tick`, but send each one."""
    broadcast.tell(task_id, {"type": type_, "task_id": task_id, "timestamp": int(time.time()), **fields})


def component(key: str, *, status: str, stale: bool = False, asset: Asset | None = None, **more: Any) -> dict[str, Any]:
    """Build the payload of `component_updated`, a component's state; `asset` is its selected take."""
    found: dict[str, Any] = {"take": asset.take, "url": asset.url} if asset else {"take": None, "url": None}
    if asset:
        found["warnings"] = take_warnings.told(asset.metadata)
        found |= {"verdict": told} if (told := referee.verdict(asset.metadata)) else {}
    if asset and asset.is_picture:
        found["thumbnail_url"] = asset.thumbnail_url
    own_file = asset.own_file if asset else None
    return {"component": key, "status": status, **found, "stale": stale, "own_file": own_file, **more}


def components_updated(task_id: str, assets: Sequence[Asset]) -> None:
    """Publish the takes of a task that are now the selected ones."""
    told = [component(asset.component, status="ready", asset=asset) for asset in assets]
    publish_all(task_id, [("component_updated", each) for each in told])


def credits_updated(task_id: str, user: User, line: Credit | None = None) -> int:
    """Publish the user's account. `line` is the one that changed it, where the film's chat is to say so."""
    account = ledger.account(user)
    why = statement.told(line) if line else {}
    return publish(task_id, ACCOUNT, {"balance": account.balance, "held": account.held, **why})


def task_updated(task_id: str, *, run_id: str | None = None, **more: Any) -> int:
    """Publish the task as it stands in the database now, and return the event's number."""
    task = Task.objects.get(id=task_id)
    payload = {"status": task.status, "title": task.title, "settings": task.settings, "run_id": run_id, **more}
    return publish(task_id, "task_updated", {**payload, **family_of(task)})


def family_of(task: Task) -> dict[str, Any]:
    """Tell which film of a family this is: whose, made from what, and what it differs in; null for a film alone."""
    origin = {"task_id": task.origin_id, "kind": task.origin_kind} if task.origin_kind else None
    differs = {name: task.settings.get(name) for name in ("language", "aspect_ratio")}
    return {"family": task.family or None, "origin": origin, **differs}


def page(task_id: str, *, after: int = 0, limit: int = PAGE) -> list[Event]:
    return list(Event.objects.filter(task_id=task_id, seq__gt=after).order_by("seq")[:limit])


def last_numbers(task_ids: Iterable[str]) -> dict[str, int]:
    """Return the number of each task's last event, by task id, in one query."""
    return dict(Task.objects.filter(id__in=list(task_ids)).values_list("id", "last_seq"))
