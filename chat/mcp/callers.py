"""The user, or the program of a user, that asks over MCP."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from django.conf import settings
from django.http import HttpRequest

from chat.socket.handshake import is_ours
from pipeline.models import Task
from pipeline.services import films
from pixora.accounts import scopes, sessions, tokens
from pixora.accounts.models import ApiKey, User
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Forbidden
from pixora.foundation.request_limits import Limit


@dataclass(frozen=True)
class Caller:
    user: User
    key: ApiKey | None
    """The program's; None is a person's session."""
    session_id: UUID
    home: str
    """This installation's own address, such as `https://films.example.org/`: addresses in answers begin with it."""

    def check(self, scope: Scope) -> None:
        """Raises Forbidden, `missing_scope`, for a key without this scope."""
        scopes.check_key(self.key, scope)

    def check_holds(self) -> None:
        """Raises NotAuthenticated where the session, or the secret of the key, has ended since."""
        if tokens.ended_sessions([self.session_id]):
            raise tokens.nobody()

    def may(self, scope: Scope) -> bool:
        return scopes.allows(self.key, scope)

    def count(self, limit: Limit) -> None:
        """Count a call as a REST request of the same user. Raises RateLimited."""
        limit.count(f"user {self.user.pk}")

    def film(self, task_id: str) -> Task:
        """Return the caller's film with this id. Raises NotFound for other people's films, too."""
        return films.task_of(self.user, films.readable_id(task_id))


def caller_of(request: HttpRequest) -> Caller:
    """Raises NotAuthenticated, and Forbidden for a page of somebody else's (as the protocol asks, against a name that
    a page gives to this machine)."""
    origin, host = request.headers.get("Origin", "").rstrip("/"), request.get_host()
    if origin and origin not in settings.CORS_ALLOWED_ORIGINS and not is_ours(origin, host):
        raise Forbidden("Pages of other sites may not ask here: name the site in CORS_ALLOWED_ORIGINS.")
    session = tokens.authenticate(sessions.bearer_token(request))
    return Caller(session.user, session.key, session.id, request.build_absolute_uri("/"))
