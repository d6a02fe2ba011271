"""The ways to sign in to the API: a Bearer token, or the cookie of our own pages together with a CSRF token."""

from __future__ import annotations

from django.http import HttpRequest
from ninja.security import APIKeyCookie, HttpBearer
from ninja.utils import check_csrf

from pixora.accounts import scopes, sessions, tokens
from pixora.accounts.models import ApiKey, Session, User
from pixora.accounts.scopes import Scope
from pixora.foundation.errors import Forbidden, NotAuthenticated


class BearerToken(HttpBearer):
    """`Authorization: Bearer <session token>`, or a program's key."""

    def __init__(self, *, ended: str = "not_authenticated", scope: Scope | None = None) -> None:
        """`ended` is the code told to a genuine token whose time is over; `scope` is what a key needs."""
        self.ended, self.scope = ended, scope
        super().__init__()

    def __call__(self, request: HttpRequest) -> Session | None:
        token = sessions.bearer_token(request)
        return self.authenticate(request, token) if token else None

    def authenticate(self, request: HttpRequest, token: str) -> Session:
        session = _sign_in(request, token, self.ended)
        scopes.check(session, self.scope)
        return session


class SessionCookie(APIKeyCookie):
    """Set by signing in on our own pages; requests that change something also need `X-CSRFToken`."""

    param_name = sessions.COOKIE

    def __init__(self, *, ended: str = "not_authenticated") -> None:
        self.ended = ended
        super().__init__()

    def __call__(self, request: HttpRequest) -> Session | None:
        token = sessions.cookie_token(request)
        return self.authenticate(request, token) if token else None

    def authenticate(self, request: HttpRequest, key: str | None) -> Session:
        session = _sign_in(request, key or "", self.ended)
        if session.key is not None:
            raise NotAuthenticated("A key is no cookie: send it as Authorization: Bearer.")
        if check_csrf(request):
            raise Forbidden("The CSRF token is missing or wrong: reload the page, or send it as X-CSRFToken.")
        return session


SIGNED_IN = (BearerToken(), SessionCookie())
"""The default of every operation: for people alone, no key opens it. `request.auth` is then the Session and
`request.user` its user."""

LIVE_SESSION = (BearerToken(ended="login_again"), SessionCookie(ended="login_again"))
"""For the refresh alone."""


def needs(scope: Scope) -> list[BearerToken | SessionCookie]:
    """Open an operation for people, and for keys with this scope: `@router.get(…, auth=needs(Scope.FILMS_READ))`."""
    return [BearerToken(scope=scope), SessionCookie()]


def signed_in_user(request: HttpRequest) -> User:
    """Return the user of a request to an operation that needs a sign-in, where it cannot be anybody else."""
    session: Session = request.auth  # type: ignore[attr-defined]
    return session.user


def key_of(request: HttpRequest) -> ApiKey | None:
    """Return the key that an operation was asked with; None for people."""
    session: Session = request.auth  # type: ignore[attr-defined]
    return session.key


def _sign_in(request: HttpRequest, token: str, ended: str) -> Session:
    try:
        session = tokens.authenticate(token)
    except tokens.Ended as error:
        raise NotAuthenticated(error.message, code=ended) from error
    request._pixora_user = session.user  # type: ignore[attr-defined]
    return session
