"""The things a program's key may do. Every operation and every socket command says which of these it needs."""

from __future__ import annotations

from enum import StrEnum

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
    Scope.WEBHOOKS: "set where events are sent",
    Scope.SHARES: "make links to films",
}


def check(session: Session, scope: Scope | None) -> None:
    """Let people do everything, and a key what it has the scope for; None is for people alone. Raises Forbidden."""
    if session.key is not None:
        check_key(session.key, scope)


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
