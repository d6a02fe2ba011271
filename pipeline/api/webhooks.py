"""The operations on addresses that get events, and on what was delivered to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Annotated, Any, Literal, get_args
from uuid import UUID

from django.http import HttpRequest
from ninja import Router, Status
from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from pipeline.api import examples
from pipeline.api.examples import example
from pipeline.event_delivery import addresses
from pipeline.events import history
from pipeline.models import WebhookAddress, WebhookDelivery
from pixora.accounts.auth import key_of, needs, signed_in_user
from pixora.accounts.scopes import Scope, allows, check_key
from pixora.foundation.error_responses import refusals
from pixora.foundation.pagination import Cursor, Listing, Page, PageSize
from pixora.foundation.request_limits import Limit

NEWEST_FIRST = Listing("webhooks", ("created_at", "id"), descending=True)
DELIVERIES = Listing("deliveries", ("created_at", "id"), descending=True)
CHANGES = Limit("webhooks", times=60)
TESTS = Limit("webhook-tests", times=20)
READING = (401, 403, 404, 422, 503)
CHANGING = (401, 403, 404, 422, 429, 503)

Type = Literal[
    "*", "message_accepted", "task_updated", "run_started", "agent_message", "script_generated", "script_updated",
    "component_updated", "credits_updated", "video_complete", "run_failed", "run_cancelled", "note_added",
    "note_resolved", "approval",
]  # fmt: skip
Url = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=2_000)]
Words = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=r"^[^\x00]*$")]
Types = Annotated[list[Type], Field(min_length=1, max_length=20, description='["*"] for all.')]

ID = "9f3c1b1e-5d0a-4c39-8a58-0b6c7f6f9d11"
WEBHOOK: dict[str, Any] = {
    "id": ID,
    "url": "https://example.org/pixora",
    "types": ["video_complete"],
    "description": "Our film shelf",
    "paused": False,
    "created_at": "2026-11-30T10:00:00Z",
}
DELIVERY: dict[str, Any] = {
    "id": ID,
    "type": "video_complete",
    "task_id": examples.TASK_ID,
    "seq": 41,
    "status": 204,
    "problem": "",
    "answer": "",
    "took_ms": 84,
    "taken": True,
    "created_at": "2026-11-30T10:03:12Z",
}

router = Router(tags=["webhooks"])


class NewWebhook(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"url": WEBHOOK["url"], "types": WEBHOOK["types"]}))

    url: Url
    types: Types
    description: Words = ""


class WebhookChanges(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"paused": False}))

    url: Url | None = None
    types: Types | None = None
    description: Words | None = None
    paused: bool | None = Field(None, description="False goes on with all that waits.")


class Overlap(BaseModel):
    model_config = ConfigDict(extra="forbid", **example({"overlap_s": 3600}))

    overlap_s: int = Field(
        0,
        ge=0,
        le=int(addresses.LONGEST_OVERLAP.total_seconds()),
        description="How long what is sent has a signature of the old secret too.",
    )


class Webhook(BaseModel):
    """An address that gets the events of its owner's films."""

    model_config = example(WEBHOOK)

    id: UUID
    url: str
    types: list[str]
    description: str
    paused: bool = Field(description="Nothing is sent: by its owner, or because it took nothing for three days.")
    created_at: datetime

    @classmethod
    def of(cls, address: WebhookAddress, **more: Any) -> Any:
        kept = {name: getattr(address, name) for name in ("id", "url", "types", "description", "created_at")}
        return cls(**kept, paused=address.paused_at is not None, **more)


class ShownWebhook(Webhook):
    """An address with its secret."""

    model_config = example({**WEBHOOK, "secret": "whsec_C2FVsBQIhrscChlQIMV+b5sSYspob7oD"})

    secret: str = Field(description="Check signatures with it, as Standard Webhooks says. It is shown this once.")


class Delivery(BaseModel):
    """A try to deliver an event."""

    model_config = example(DELIVERY)

    id: UUID
    type: str
    task_id: str | None
    seq: int
    status: int | None = Field(description="What the receiver answered; null where nothing came, or not yet.")
    problem: str = Field(description="Why there was no answer.")
    answer: str = Field(description="The beginning of its text.")
    took_ms: int | None
    taken: bool
    created_at: datetime

    @classmethod
    def of(cls, found: WebhookDelivery) -> Delivery:
        names = ("id", "type", "task_id", "seq", "status", "problem", "answer", "took_ms", "created_at")
        taken = found.status is not None and 200 <= found.status < 300
        return cls(**{name: getattr(found, name) for name in names}, taken=taken)


class WebhookPage(Page[Webhook]):
    model_config = examples.page(WEBHOOK)


class DeliveryPage(Page[Delivery]):
    model_config = examples.page(DELIVERY)


def _visible(request: HttpRequest, types: Sequence[str]) -> list[str]:
    """Return the types, as far as the key that asks may see such events: all of them without the account's.

    Raises Forbidden where it names those itself.
    """
    key = key_of(request)
    if history.ACCOUNT in types:
        check_key(key, Scope.CREDITS_READ)
    if "*" not in types or allows(key, Scope.CREDITS_READ):
        return list(types)
    return [each for each in get_args(Type) if each not in ("*", history.ACCOUNT)]


@router.get(
    "webhooks",
    response={200: WebhookPage, **refusals(401, 403, 422, 503)},
    summary="Where events are sent, newest first",
    auth=needs(Scope.WEBHOOKS),
)
def list_webhooks(request: HttpRequest, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    found = NEWEST_FIRST.page(addresses.of_user(signed_in_user(request)), cursor, limit)
    return found.page([Webhook.of(each) for each in found.rows])


@router.post(
    "webhooks",
    response={201: ShownWebhook, **refusals(401, 403, 422, 429, 503)},
    summary="Send events to an address",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.WEBHOOKS),
)
def create_webhook(request: HttpRequest, body: NewWebhook) -> Status[ShownWebhook]:
    """Send the events of all my films, from now on, to an address. The secret is in this answer and nowhere else.

    Each event is posted as the WebSocket tells it, with `webhook-id`, `webhook-timestamp` and `webhook-signature`.
    A status of 2xx within 10 s takes it; anything else is tried again, with growing pauses, for three days, and
    nothing later of the same film is sent before. 410 removes the address. An event may come twice: then its
    `webhook-id` is the same.
    """
    CHANGES.count_request(request)
    wanted = {**body.model_dump(), "types": _visible(request, body.types)}
    address = addresses.create(signed_in_user(request), **wanted)
    return Status(201, ShownWebhook.of(address, secret=address.secret))


@router.get(
    "webhooks/{uuid:webhook_id}",
    response={200: Webhook, **refusals(*READING)},
    summary="One address",
    auth=needs(Scope.WEBHOOKS),
)
def get_webhook(request: HttpRequest, webhook_id: UUID) -> Webhook:
    shown: Webhook = Webhook.of(addresses.find(signed_in_user(request), webhook_id))
    return shown


@router.patch(
    "webhooks/{uuid:webhook_id}",
    response={200: Webhook, **refusals(*CHANGING)},
    summary="Change an address, pause it, or go on",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.WEBHOOKS),
)
def change_webhook(request: HttpRequest, webhook_id: UUID, body: WebhookChanges) -> Webhook:
    CHANGES.count_request(request)
    address, wanted = addresses.find(signed_in_user(request), webhook_id), body.model_dump(exclude_unset=True)
    if body.types or body.url:
        wanted["types"] = _visible(request, body.types or address.types)
    shown: Webhook = Webhook.of(addresses.change(address, wanted))
    return shown


@router.delete(
    "webhooks/{uuid:webhook_id}",
    response={204: None, **refusals(*CHANGING)},
    summary="Send nothing more to an address",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.WEBHOOKS),
)
def remove_webhook(request: HttpRequest, webhook_id: UUID) -> Status[None]:
    CHANGES.count_request(request)
    addresses.find(signed_in_user(request), webhook_id).delete()
    return Status(204, None)


@router.post(
    "webhooks/{uuid:webhook_id}/rotate",
    response={200: ShownWebhook, **refusals(*CHANGING)},
    summary="Give an address a new secret",
    openapi_extra=CHANGES.told,
    auth=needs(Scope.WEBHOOKS),
)
def rotate_webhook(request: HttpRequest, webhook_id: UUID, body: Overlap) -> ShownWebhook:
    CHANGES.count_request(request)
    address = addresses.find(signed_in_user(request), webhook_id)
    secret = addresses.rotate(address, overlap=timedelta(seconds=body.overlap_s))
    shown: ShownWebhook = ShownWebhook.of(address, secret=secret)
    return shown


@router.post(
    "webhooks/{uuid:webhook_id}/test",
    response={202: Delivery, **refusals(*CHANGING)},
    summary="Send a test event",
    openapi_extra=TESTS.told,
    auth=needs(Scope.WEBHOOKS),
)
def test_webhook(request: HttpRequest, webhook_id: UUID) -> Status[Delivery]:
    """Send an event of the type `test`, whatever types were chosen; the deliveries tell what came of it."""
    TESTS.count_request(request)
    return Status(202, Delivery.of(addresses.ask_for_a_test(addresses.find(signed_in_user(request), webhook_id))))


@router.get(
    "webhooks/{uuid:webhook_id}/deliveries",
    response={200: DeliveryPage, **refusals(*READING)},
    summary="What was delivered, newest first",
    auth=needs(Scope.WEBHOOKS),
)
def list_deliveries(request: HttpRequest, webhook_id: UUID, cursor: Cursor, limit: PageSize) -> dict[str, Any]:
    """Each try of the last 30 days."""
    found = DELIVERIES.page(addresses.find(signed_in_user(request), webhook_id).deliveries.all(), cursor, limit)
    return found.page([Delivery.of(each) for each in found.rows])


@router.post(
    "webhooks/{uuid:webhook_id}/deliveries/{uuid:delivery_id}/retry",
    response={202: Delivery, **refusals(*CHANGING)},
    summary="Send an event again",
    openapi_extra=TESTS.told,
    auth=needs(Scope.WEBHOOKS),
)
def retry_delivery(request: HttpRequest, webhook_id: UUID, delivery_id: UUID) -> Status[Delivery]:
    TESTS.count_request(request)
    address = addresses.find(signed_in_user(request), webhook_id)
    return Status(202, Delivery.of(addresses.ask_again(address, delivery_id)))
