"""Sign-in links: each works once, for a quarter of an hour. Only a hash is kept, in Redis."""

from __future__ import annotations

import os
import secrets
from hashlib import sha256

from django.conf import settings
from django.core.cache import cache

from pixora.accounts.models import User

LIFE_S = 15 * 60
_STUDIO = "sign-in-link:studio"


def new_link(user: User, *, site: str) -> str:
    token = secrets.token_urlsafe(32)
    cache.set(_key(token), str(user.id), LIFE_S)
    return f"{site}/login/{token}"


def studio_is_at(site: str) -> None:
    """Remember where a studio listens: a link that is printed beside it leads there."""
    cache.set(_STUDIO, site, None)


def site_here() -> str:
    """Return the address that users open: the one that is set, else the one of the studio that started last."""
    if os.environ.get("PUBLIC_URL"):
        return settings.PUBLIC_URL
    return str(cache.get(_STUDIO) or settings.PUBLIC_URL)


def redeem(token: str) -> User | None:
    """Use up a link and return its user, None where it does not hold. Of several who come at once, one is let in."""
    user_id = cache.get(_key(token))
    if user_id is None or not cache.delete(_key(token)):
        return None
    return User.objects.filter(id=user_id, is_active=True).first()


def _key(token: str) -> str:
    return f"sign-in-link:{sha256(token.encode()).hexdigest()}"
