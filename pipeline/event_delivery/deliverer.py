"""Delivers what is due. Any number of processes may do so at once: each film's turn at an address is one's alone."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, ParamSpec, Protocol, TypeVar

from django.db.models.functions import Now
from django.utils import timezone

from pipeline.event_delivery import addresses, cursors, sender, signing
from pipeline.event_delivery.cursors import Claimed
from pipeline.event_delivery.sender import Answer
from pipeline.events import history
from pipeline.models import Event, WebhookAddress, WebhookDelivery

P = ParamSpec("P")
T = TypeVar("T")

AT_ONCE = 20
TEST_WORDS = "This is a test. Nothing has happened."


class Database(Protocol):
    def __call__(self, query: Callable[P, T], *args: P.args, **named: P.kwargs) -> Awaitable[T]: ...


async def deliver_due(database: Database) -> int:
    """Deliver until nothing is due, and return how many requests that took."""
    sent = 0
    while True:
        asked = await database(_take_asked, AT_ONCE)
        claimed = await database(cursors.claim, AT_ONCE)
        if not asked and not claimed:
            return sent
        turns = [_send_asked(database, each) for each in asked] + [_go_on(database, each) for each in claimed]
        sent += sum(await asyncio.gather(*turns))


async def _go_on(database: Database, claimed: Claimed) -> int:
    """Send the events of one film, one after the other, until one is not taken."""
    address = await database(_address, claimed)
    sent = 0
    if address is None:
        return sent
    for event in await database(cursors.events_after, claimed):
        if addresses.EVERYTHING in address.types or event.type in address.types:
            if not await database(cursors.renew, claimed):
                return sent
            answer = await _sent(address, event)
            sent += 1
            if not await database(_note, address, event, answer, claimed):
                return sent
        elif not await database(cursors.advance, claimed, event.seq):
            return sent
    await database(cursors.release, claimed)
    return sent


async def _sent(address: WebhookAddress, event: Event) -> Answer:
    body = signing.body_of(history.as_message(event), event.created_at)
    return await _posted(address, f"{event.task_id}:{event.seq}", body)


async def _posted(address: WebhookAddress, message_id: str, body: str) -> Answer:
    secrets = addresses.secrets_of(address)
    return await sender.post(address.url, body, signing.headers(message_id, timezone.now(), body, secrets))


def _note(address: WebhookAddress, event: Event, answer: Answer, claimed: Claimed) -> bool:
    """Write down what came of it; whether this film may go on here."""
    if answer.status == sender.GONE:
        address.delete()
        return False
    WebhookDelivery.objects.create(
        address=address, task_id=event.task_id, seq=event.seq, type=event.type, sent_at=timezone.now(), **_told(answer)
    )
    if answer.is_taken:
        return cursors.advance(claimed, event.seq)
    failed_before = claimed.tries if event.seq == claimed.seq + 1 else 0
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
    return WebhookAddress.objects.select_related("user").filter(id=claimed.address_id).first()


def _take_asked(most: int) -> list[WebhookDelivery]:
    """Those that users asked for; whoever takes one sends it."""
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
    WebhookDelivery.objects.filter(id=delivery.id).update(**_told(answer))
