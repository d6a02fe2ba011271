"""Delivers what is due. Any number of processes may do so at once: each film's turn at an address is one's alone."""

from __future__ import annotations

import asyncio
import logging
import math
import time
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db import InterfaceError, OperationalError, transaction
from django.db.models.functions import Now
from django.utils import timezone

from pipeline.event_delivery import addresses, cursors, sender, signing
from pipeline.event_delivery.cursors import Claimed
from pipeline.event_delivery.sender import Answer
from pipeline.events import history
from pipeline.models import Event, WebhookAddress, WebhookDelivery

P = ParamSpec("P")
T = TypeVar("T")

log = logging.getLogger(__name__)

AT_ONCE = 200
QUICK_S, PAUSE_SHARE = 0.1, 4
"""After a look that is not quick, none follows for so many times as long: who has 100,000 films makes looks long."""
TEST_WORDS = "This is a test. Nothing has happened."


class Database(Protocol):
    def __call__(self, query: Callable[P, T], *args: P.args, **named: P.kwargs) -> Awaitable[T]: ...


class Deliverer:
    """Begins what is due. Each film's turn at an address goes on by itself, and no slow one holds up another.

    `bell` is rung where it is worth looking again: a turn has ended.
    """

    def __init__(self, database: Database, bell: asyncio.Event) -> None:
        self._database, self._bell = database, bell
        self._turns: set[asyncio.Task[None]] = set()
        self._next_look_at = 0.0
        self.sent = 0

    @property
    def is_busy(self) -> bool:
        return bool(self._turns)

    async def look(self) -> None:
        """Begin all that is due, as far as there is room."""
        await asyncio.sleep(max(self._next_look_at - time.monotonic(), 0))
        began = time.monotonic()
        for asked in await self._database(_take_asked, self._room):
            self._begin(_send_asked(self._database, asked))
        for claimed in await self._database(cursors.claim, self._room):
            self._begin(_go_on(self._database, claimed))
        took = time.monotonic() - began
        self._next_look_at = time.monotonic() + (PAUSE_SHARE * took if took > QUICK_S else 0)

    @property
    def _room(self) -> int:
        return AT_ONCE - len(self._turns)

    def _begin(self, turn: Coroutine[Any, Any, int]) -> None:
        task = asyncio.create_task(self._carry_out(turn))
        self._turns.add(task)
        task.add_done_callback(self._turns.discard)
        task.add_done_callback(lambda _: self._bell.set())

    async def _carry_out(self, turn: Coroutine[Any, Any, int]) -> None:
        """One that fails leaves its film to the next one, when its lease is over."""
        try:
            sent = await turn
            self.sent += sent
        except (OperationalError, InterfaceError) as error:
            log.warning("events could not be delivered (%s)", type(error).__name__)
        except Exception:
            log.exception("delivering failed")


async def deliver_due(database: Database, *, within_s: float = math.inf) -> int:
    """Deliver until nothing is due, and return how many requests that took. After `within_s` nothing is begun."""
    ends_at, bell = time.monotonic() + within_s, asyncio.Event()
    deliverer = Deliverer(database, bell)
    while True:
        bell.clear()
        if time.monotonic() < ends_at:
            await deliverer.look()
        if not deliverer.is_busy and (not bell.is_set() or time.monotonic() >= ends_at):
            return deliverer.sent
        await bell.wait()


async def _go_on(database: Database, claimed: Claimed) -> int:
    """Send the events of one film, one after the other, until one is not taken or none is left."""
    sent, seq, is_new = 0, claimed.seq, True
    while events := await database(cursors.events_after, claimed, seq):
        for event in events:
            address = await database(_address, claimed)
            if address is None:
                return sent
            if _is_wanted(address, event):
                answer = await _sent(address, event)
                sent += 1
                if not await database(_note, address, event, answer, claimed, claimed.tries if is_new else 0):
                    return sent
                is_new = False
        seq = events[-1].seq
        if not await database(cursors.advance, claimed, seq):
            return sent
    if seq > claimed.seq:
        await database(cursors.release, claimed)
    return sent


def _is_wanted(address: WebhookAddress, event: Event) -> bool:
    return addresses.EVERYTHING in address.types or event.type in address.types


async def _sent(address: WebhookAddress, event: Event) -> Answer:
    body = signing.body_of(history.as_message(event), event.created_at)
    return await _posted(address, f"{event.task_id}:{event.seq}", body)


async def _posted(address: WebhookAddress, message_id: str, body: str) -> Answer:
    secrets = addresses.secrets_of(address)
    return await sender.post(address.url, body, signing.headers(message_id, timezone.now(), body, secrets))


def _note(address: WebhookAddress, event: Event, answer: Answer, claimed: Claimed, failed_before: int) -> bool:
    """Write down what came of it; whether this film may go on here. What was removed meanwhile stays removed."""
    if answer.status == sender.GONE:
        addresses.remove_gone(address)
        return False
    with transaction.atomic():
        if not cursors.hold(claimed):
            return False
        WebhookDelivery.objects.create(
            address=address, task_id=event.task_id, seq=event.seq, type=event.type, sent_at=timezone.now(),
            **_told(answer),
        )  # fmt: skip
        if answer.is_taken:
            return cursors.advance(claimed, event.seq)
        if cursors.put_off(claimed, failed_before + 1):
            addresses.pause(address)
    return False


def _told(answer: Answer) -> dict[str, Any]:
    return {
        "status": answer.status,
        "problem": answer.problem,
        "answer": answer.text,
        "took_ms": answer.took_ms,
    }


def _address(claimed: Claimed) -> WebhookAddress | None:
    """The address as it is by now, for one more event. None where it is gone or paused, or somebody else is at it."""
    if not cursors.renew(claimed):
        return None
    return WebhookAddress.objects.select_related("user").filter(id=claimed.address_id).first()


def _take_asked(most: int) -> list[WebhookDelivery]:
    """Take the deliveries that users asked for; whoever takes one sends it."""
    waiting = WebhookDelivery.objects.filter(asked_at__isnull=False).order_by("asked_at").values("id")[:most]
    found = list(WebhookDelivery.objects.filter(id__in=waiting).select_related("address"))
    return [each for each in found if _is_taken(each)]


def _is_taken(asked: WebhookDelivery) -> bool:
    untaken = WebhookDelivery.objects.filter(id=asked.id, asked_at=asked.asked_at)
    return bool(untaken.update(asked_at=None, sent_at=Now()))


async def _send_asked(database: Database, delivery: WebhookDelivery) -> int:
    event = await database(_event, delivery)
    if event:
        answer = await _sent(delivery.address, event)
    else:
        body = signing.body_of({"type": delivery.type, "content": TEST_WORDS}, delivery.created_at)
        answer = await _posted(delivery.address, f"{addresses.TEST}:{delivery.id}", body)
    await database(_note_asked, delivery, answer)
    return 1


def _event(delivery: WebhookDelivery) -> Event | None:
    return Event.objects.filter(task_id=delivery.task_id, seq=delivery.seq).first()


def _note_asked(delivery: WebhookDelivery, answer: Answer) -> None:
    if answer.status == sender.GONE:
        addresses.remove_gone(delivery.address)
    WebhookDelivery.objects.filter(id=delivery.id).update(**_told(answer))
