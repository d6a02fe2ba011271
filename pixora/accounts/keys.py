"""Keys for programs: made, changed, rotated and revoked by their owner.

Each secret of a key is a session, so whatever ends sessions ends it: a key that is revoked loses its open sockets too.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import transaction
from django.db.models import Q, QuerySet
from django.utils import timezone

from pixora.accounts import key_secrets, sessions
from pixora.accounts.models import ApiKey, Session, User
from pixora.foundation.errors import Invalid, NotFound

MOST_KEYS = 50
LONGEST_OVERLAP = timedelta(days=7)
WITHOUT_END = timedelta(days=36_500)


@dataclass(frozen=True)
class Wish:
    """A key as its owner wishes it; caps in credits, None for none."""

    name: str
    scopes: Sequence[str]
    credits_per_day: int | None = None
    credits_total: int | None = None
    expires_at: datetime | None = None


def create(user: User, wish: Wish) -> tuple[ApiKey, str]:
    """Make a key; return it with its secret, which nobody can read again. Raises Invalid."""
    _check_end(wish.expires_at)
    with transaction.atomic():
        User.objects.select_for_update().get(id=user.id)
        if live(user).count() >= MOST_KEYS:
            raise Invalid(f"name: you have {MOST_KEYS} keys; revoke one that is not needed.", field="name")
        key = ApiKey.objects.create(user=user, **{**vars(wish), "scopes": sorted(set(wish.scopes))})
        return key, _add_secret(key)


def _check_end(ends: datetime | None) -> None:
    """Raises Invalid where it is no time to come, or later than anybody counts."""
    if ends and ends <= timezone.now():
        raise Invalid("expires_at: it is over already; choose a time to come.", field="expires_at")
    if ends and ends > timezone.now() + WITHOUT_END:
        raise Invalid("expires_at: choose a time within 100 years, or leave it out for none.", field="expires_at")


def live(user: User) -> QuerySet[ApiKey]:
    """Return the user's keys that open something."""
    return user.api_keys.filter(Q(expires_at=None) | Q(expires_at__gt=timezone.now()), revoked_at=None)


def kept(user: User) -> QuerySet[ApiKey]:
    """Return the user's keys that were not revoked; some may have expired."""
    return user.api_keys.filter(revoked_at=None)


def find(user: User, key_id: UUID) -> ApiKey:
    """Raises NotFound, for other people's keys and for those that were revoked too."""
    found = kept(user).filter(id=key_id).first()
    if found is None:
        raise NotFound("There is no such key: it was revoked, or it is somebody else's.")
    return found


def change(key: ApiKey, wished: Mapping[str, Any]) -> ApiKey:
    """Change its name or caps. Raises Invalid where a name is asked to be none."""
    if wished.get("name", "") is None:
        raise Invalid("name: a key has one; say another, or leave it out.", field="name")
    for name, value in wished.items():
        setattr(key, name, value)
    key.save(update_fields=list(wished))
    return key


def rotate(key: ApiKey, *, overlap: timedelta) -> str:
    """Give the key a new secret; those before hold for this long yet. Returns the new one. Raises NotFound where it
    was revoked meanwhile, Invalid where it has expired."""
    with transaction.atomic():
        locked = kept(key.user).select_for_update().filter(id=key.id).first()
        if locked is None:
            raise NotFound("There is no such key: it was revoked, or it is somebody else's.")
        if locked.expires_at and locked.expires_at <= timezone.now():
            raise Invalid("expires_at: this key has expired; make another one.", field="expires_at")
        until = timezone.now() + min(overlap, LONGEST_OVERLAP)
        key.secrets.filter(revoked_at=None, expires_at__gt=until).update(expires_at=until)
        return _add_secret(key)


def revoke(key: ApiKey) -> None:
    """End it at once, with its open sockets."""
    with transaction.atomic():
        ApiKey.objects.filter(id=key.id, revoked_at=None).update(revoked_at=timezone.now())
        sessions.end(Session.objects.filter(key=key))


def _add_secret(key: ApiKey) -> str:
    secret = key_secrets.new()
    ends = key.expires_at or timezone.now() + WITHOUT_END
    hashed = key_secrets.hash_of(secret)
    Session.objects.create(user=key.user, key=key, secret_hash=hashed, device=key.name, expires_at=ends)
    return secret
