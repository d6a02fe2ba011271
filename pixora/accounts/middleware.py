from __future__ import annotations

from asgiref.sync import sync_to_async
from django.contrib.auth import get_user
from django.contrib.auth.middleware import AuthenticationMiddleware
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils.functional import SimpleLazyObject

from pixora.accounts import sessions, tokens
from pixora.accounts.models import User
from pixora.foundation.errors import NotAuthenticated


class SignedInUser(AuthenticationMiddleware):
    """`request.user` by the session token, of the header before the cookie; asked for only when somebody looks."""

    def process_request(self, request: HttpRequest) -> None:
        request.user = SimpleLazyObject(lambda: user_of(request))  # type: ignore[assignment]
        request.auser = sync_to_async(lambda: user_of(request))

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        """Nothing is waited for, so no thread is needed."""
        self.process_request(request)
        response: HttpResponseBase = await self.get_response(request)  # type: ignore[misc]
        return response


def user_of(request: HttpRequest) -> User | AnonymousUser:
    """A token that does not hold is nobody, and so is a key: it opens the API, where each operation names its scope.
    Without one, Django's own session counts."""
    found: User | AnonymousUser | None = getattr(request, "_pixora_user", None)
    if found is None:
        found = _look(request)
        request._pixora_user = found  # type: ignore[attr-defined]
    return found


def _look(request: HttpRequest) -> User | AnonymousUser:
    token = sessions.bearer_token(request) or sessions.cookie_token(request)
    try:
        if not token:
            return get_user(request)
        session = tokens.authenticate(token)
        return session.user if session.key is None else AnonymousUser()
    except NotAuthenticated:
        return AnonymousUser()
