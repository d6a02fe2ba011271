"""Signing in and out, and the cookie that carries a session in our own pages."""

from __future__ import annotations

from functools import partial

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.dispatch import Signal
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from pixora.accounts import services, tokens
from pixora.accounts.models import Session, User
from pixora.accounts.supabase import InvalidToken, verifier
from pixora.errors import Forbidden

COOKIE = "pixora_session"
ended = Signal()
"""Sessions were ended before their time; `session_ids` says which."""


def open_session(user: User) -> Session:
    """Sign somebody in. A user's first session brings the credits new users get. Raises Forbidden."""
    if not user.is_active:
        raise Forbidden("This account is closed: ask those who run this service.")
    now = timezone.now()
    with transaction.atomic():
        session = Session.objects.create(user=user, expires_at=now + tokens.SESSION_LIFE)
        User.objects.filter(id=user.id).update(last_login=now)
        services.welcome(user)
    return session


def exchange(token: str) -> Session:
    """Sign in with a Supabase JWT. Raises InvalidToken, ServiceDown or Forbidden."""
    if not settings.PIXORA_SUPABASE_ACCOUNTS:
        raise InvalidToken
    return open_session(services.user_for(verifier().verify(token)))


def close_session(session: Session) -> None:
    end(Session.objects.filter(id=session.id))


def end(sessions: QuerySet[Session]) -> int:
    """Those of them that hold; how many they were. `ended` is sent once that is committed."""
    now = timezone.now()
    with transaction.atomic():
        holding = sessions.filter(revoked_at=None, expires_at__gt=now).select_for_update()
        ids = list(holding.values_list("id", flat=True))
        Session.objects.filter(id__in=ids).update(revoked_at=now)
        transaction.on_commit(partial(ended.send, sender=Session, session_ids=ids))
    return len(ids)


def set_cookie(response: HttpResponseBase, session: Session) -> None:
    """Its token lasts as long as the session: nothing renews it, and each use asks the database anyway."""
    issued = tokens.issue(session, life=tokens.SESSION_LIFE)
    response.set_cookie(
        COOKIE,
        issued.token,
        expires=issued.expires_at,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


def clear_cookie(response: HttpResponseBase) -> None:
    response.delete_cookie(COOKIE, samesite="Lax")


def cookie_token(request: HttpRequest) -> str:
    return request.COOKIES.get(COOKIE, "")


def bearer_token(request: HttpRequest) -> str:
    scheme, _, token = request.headers.get("Authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""
