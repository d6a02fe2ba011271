"""Signing in and out, and the cookie that carries a session in our own pages."""

from __future__ import annotations

from functools import partial
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone

from pixora.accounts import services, tokens
from pixora.accounts.models import Session, User
from pixora.accounts.supabase import InvalidToken, verifier
from pixora.foundation.broadcast import tell_sign_outs
from pixora.foundation.errors import Forbidden, NotFound

COOKIE = "pixora_session"


def open_session(user: User, *, device: str = "") -> Session:
    """Sign somebody in. A user's first session brings the credits new users get. Raises Forbidden.

    `device` is what the user will know this session by, as `devices.name` says it.
    """
    if not user.is_active:
        raise Forbidden("This account is closed: ask those who run this service.")
    now = timezone.now()
    with transaction.atomic():
        session = Session.objects.create(user=user, device=device, expires_at=now + tokens.SESSION_LIFE)
        User.objects.filter(id=user.id).update(last_login=now)
        services.welcome(user)
    return session


def exchange(token: str, *, device: str = "") -> Session:
    """Sign in with a Supabase JWT. Raises InvalidToken, ServiceDown or Forbidden."""
    if not settings.PIXORA_SUPABASE_ACCOUNTS:
        raise InvalidToken
    return open_session(services.user_for(verifier().verify(token)), device=device)


def close_session(session: Session) -> None:
    end(Session.objects.filter(id=session.id))


def live_sessions(user: User) -> QuerySet[Session]:
    """Return the sessions of people's devices; keys of programs are no devices."""
    return user.sessions.filter(key=None, revoked_at=None, expires_at__gt=timezone.now())


def close_one(user: User, session_id: UUID) -> None:
    """Sign one device out. Raises NotFound, for sessions of other users too."""
    if not end(user.sessions.filter(id=session_id, key=None)):
        raise NotFound("There is no such session: it has ended already, or it is somebody else's.")


def close_others(session: Session) -> int:
    """Sign all other devices of this user out; how many there were."""
    return end(session.user.sessions.filter(key=None).exclude(id=session.id))


def end(found: QuerySet[Session]) -> int:
    """End those of these sessions that hold, and their sockets once that is committed; how many they were."""
    now = timezone.now()
    with transaction.atomic():
        holding = found.filter(revoked_at=None, expires_at__gt=now).select_for_update()
        ids = list(holding.values_list("id", flat=True))
        Session.objects.filter(id__in=ids).update(revoked_at=now)
        transaction.on_commit(partial(tell_sign_outs, ids))
    return len(ids)


def set_cookie(response: HttpResponseBase, session: Session) -> None:
    """Set the session's cookie. Its token lasts as long as the session: nothing renews it, and each use asks the
    database anyway."""
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
