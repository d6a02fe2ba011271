"""The things a program's key may do. Every operation and every socket command says which of these it needs."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from pixora.accounts.models import ApiKey, Session
from pixora.foundation.errors import Forbidden


class Scope(StrEnum):
    FILMS_READ = "films:read"
    FILMS_WRITE = "films:write"
    FILMS_SPEND = "films:spend"
    CREDITS_READ = "credits:read"
    WEBHOOKS = "webhooks"
    SHARES = "shares"


MEANINGS: dict[Scope, str] = {
    Scope.FILMS_READ: "see films and download them",
    Scope.FILMS_WRITE: "order films, edit scripts, talk to the agent",
    Scope.FILMS_SPEND: "start what costs credits",
    Scope.CREDITS_READ: "see the balance and what was spent",
    Scope.WEBHOOKS: "have the events of all films sent to an address",
    Scope.SHARES: "make links to films",
}


def check(session: Session, scope: Scope | None) -> None:
    """Let people do everything, and a key what it has the scope for; None is for people alone. Raises Forbidden."""
    if session.key is not None:
        check_key(session.key, scope)


def check_now(key: ApiKey | None, scope: Scope) -> None:
    """Check as `check_key` does, for a key that was read a while ago: it may have been revoked since, or expired, or
    have fewer scopes. Call it in the transaction of what it is for. Raises Forbidden."""
    if key is None:
        return
    found = holding(key.id)
    if found is None:
        raise Forbidden("The key that asked for this was revoked or has expired: ask with one that holds.")
    check_key(found, scope)


def holding(key_id: UUID) -> ApiKey | None:
    """Return a key as it is now, kept so until the transaction ends; None where it was revoked or has expired. Lock it
    after all else, as a yes to a price does: two who lock it at different moments would wait for each other."""
    return held(key_id).select_for_update(of=("self",), no_key=True).first()


def held(key_id: UUID) -> QuerySet[ApiKey]:
    is_over = Q(expires_at__lte=timezone.now())
    return ApiKey.objects.filter(~is_over | Q(expires_at=None), id=key_id, revoked_at=None)


def check_key(key: ApiKey | None, scope: Scope | None) -> None:
    """The same, where the session is over but its key is known. None is a person. Raises Forbidden."""
    if allows(key, scope):
        return
    if scope is None:
        raise Forbidden("A key may not do this: sign in as a person.", code="missing_scope", details={"scope": None})
    raise Forbidden(
        f"This key may not {MEANINGS[scope]}: give it the scope {scope}.",
        code="missing_scope",
        details={"scope": scope.value},
    )


def allows(key: ApiKey | None, scope: Scope | None) -> bool:
    """PURE: tell whether a person (None) or a key may do what needs this scope."""
    return key is None or scope in key.scopes
