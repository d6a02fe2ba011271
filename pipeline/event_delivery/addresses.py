"""Addresses that somebody wants events at: made, changed, tried, paused and taken up again."""

from __future__ import annotations

import secrets
from base64 import b64encode
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any
from uuid import UUID

import httpx
from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from pipeline.event_delivery import cursors
from pipeline.models import WebhookAddress, WebhookDelivery
from pixora.accounts import mail
from pixora.accounts.models import User
from pixora.foundation.broadcast import ring_deliverers
from pixora.foundation.errors import Invalid, NotFound

EVERYTHING = "*"
TYPES = (
    "message_accepted", "task_updated", "run_started", "agent_message", "script_generated", "script_updated",
    "component_updated", "credits_updated", "video_complete", "run_failed", "run_cancelled",
)  # fmt: skip
"""Those of events that are kept; what is not (progress) is not sent either."""
TEST = "test"
MOST_ADDRESSES = 20
LONGEST_URL = 2_000
PORTS = range(1, 1 << 16)
LONGEST_OVERLAP = timedelta(days=7)
KEPT_FOR = timedelta(days=30)


def create(user: User, *, url: str, types: Sequence[str], description: str = "") -> WebhookAddress:
    """Send what happens from now on to this address. Raises Invalid."""
    checked = checked_url(url)
    with transaction.atomic():
        User.objects.select_for_update().get(id=user.id)
        if of_user(user).count() >= MOST_ADDRESSES:
            raise Invalid(f"url: you have {MOST_ADDRESSES} addresses; remove one that is not needed.", field="url")
        of = {"user": user, "types": sorted(set(types)), "description": description, "secret": _new_secret()}
        address = WebhookAddress.objects.create(url=checked, **of)
        cursors.start_from_now(address)
    return address


def of_user(user: User) -> QuerySet[WebhookAddress]:
    return WebhookAddress.objects.filter(user=user)


def find(user: User, address_id: UUID) -> WebhookAddress:
    """Raises NotFound, for other people's addresses too."""
    found = of_user(user).filter(id=address_id).first()
    if found is None:
        raise NotFound("There is no such address: it was removed, or it is somebody else's.")
    return found


def change(address: WebhookAddress, wished: Mapping[str, Any]) -> WebhookAddress:
    """Change its url, types or description; `paused` off takes up again what waits. Raises Invalid."""
    changes = {name: value for name, value in wished.items() if value is not None}
    if "url" in changes:
        changes["url"] = checked_url(changes["url"])
    if "types" in changes:
        changes["types"] = sorted(set(changes["types"]))
    if (paused := changes.pop("paused", None)) is not None:
        changes["paused_at"] = timezone.now() if paused else None
    with transaction.atomic():
        WebhookAddress.objects.filter(id=address.id).update(**changes) if changes else None
        if paused is False:
            address.cursors.update(due_at=timezone.now(), tries=0, failing_since=None)
        transaction.on_commit(ring_deliverers)
    address.refresh_from_db()
    return address


def rotate(address: WebhookAddress, *, overlap: timedelta) -> str:
    """Give it a new secret; for this long what is sent has a signature of the old one too. Returns the new one."""
    until = timezone.now() + min(overlap, LONGEST_OVERLAP)
    old = {"old_secret": address.secret, "old_secret_until": until}
    WebhookAddress.objects.filter(id=address.id).update(secret=(new := _new_secret()), **old)
    return new


def secrets_of(address: WebhookAddress) -> list[str]:
    until = address.old_secret_until
    return [address.secret, *([address.old_secret] if until and until > timezone.now() else [])]


def ask_for_a_test(address: WebhookAddress) -> WebhookDelivery:
    return _asked(WebhookDelivery(address=address, type=TEST))


def ask_again(address: WebhookAddress, delivery_id: UUID) -> WebhookDelivery:
    """Send the event of an earlier delivery once more. Raises NotFound."""
    found = address.deliveries.filter(id=delivery_id).first()
    if found is None:
        raise NotFound("There is no such delivery: it is older than 30 days, or it went to another address.")
    return _asked(WebhookDelivery(address=address, task_id=found.task_id, seq=found.seq, type=found.type))


def pause(address: WebhookAddress) -> None:
    """Stop sending to it, and tell its owner."""
    changed = WebhookAddress.objects.filter(id=address.id, paused_at=None).update(paused_at=timezone.now())
    if changed and mail.can_reach(address.user):
        mail.queue(
            address.user,
            key=f"webhook-paused:{address.id}:{timezone.now():%Y%m%d%H%M}",
            subject="Pixora stopped sending events to an address of yours",
            text=f"{address.url} has not taken any for three days. Go on at {settings.PUBLIC_URL}/account/#webhooks",
        )


def remove_gone(address: WebhookAddress) -> None:
    """Remove it as its receiver asks, unless it leads elsewhere by now."""
    WebhookAddress.objects.filter(id=address.id, url=address.url).delete()


def forget_old_deliveries() -> None:
    WebhookDelivery.objects.filter(created_at__lt=timezone.now() - KEPT_FOR).delete()


def checked_url(text: str) -> str:
    """Return the address as it is kept. Where it leads is judged at each try. Raises Invalid."""
    url = _read(text)
    schemes = ("https", "http") if settings.PIXORA_PRIVATE_ADDRESSES else ("https",)
    if url.scheme not in schemes or not url.host or url.userinfo or url.fragment:
        raise Invalid("url: give the address of a server, https://… for instance.", field="url")
    if len(str(url)) > LONGEST_URL:
        raise Invalid(f"url: it may have at most {LONGEST_URL} characters.", field="url")
    return str(url)


def _read(text: str) -> httpx.URL:
    """An empty one where it cannot be read, as a name or a port that cannot be."""
    try:
        url = httpx.URL(text.strip())
        return url if url.host and (url.port is None or url.port in PORTS) else httpx.URL("")
    except (httpx.InvalidURL, UnicodeError):
        return httpx.URL("")


def _asked(delivery: WebhookDelivery) -> WebhookDelivery:
    delivery.asked_at = timezone.now()
    delivery.save(force_insert=True)
    transaction.on_commit(ring_deliverers)
    return delivery


def _new_secret() -> str:
    return f"whsec_{b64encode(secrets.token_bytes(24)).decode()}"
