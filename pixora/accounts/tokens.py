"""Session tokens: what a signed-in client carries, in a cookie, as Bearer, over a WebSocket or for media.

A token is a JWT of ours (letters, digits, `-`, `_` and `.` only) that names a Session. It is short-lived; the session
behind it ends 12 hours after the sign-in, or at once when it is revoked. A program's key is a token too, of a session
that it is the secret of (`keys.py`).
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any

import jwt
from django.db import connection
from django.db.models import Model
from django.utils import timezone
from django.utils.crypto import salted_hmac

from pixora.accounts import key_secrets
from pixora.accounts.models import ApiKey, Session, User
from pixora.foundation.errors import NotAuthenticated

TOKEN_LIFE = timedelta(hours=1)
SESSION_LIFE = timedelta(hours=12)
ALGORITHM = "HS256"
AUDIENCE = "pixora"
USED_EVERY = timedelta(minutes=1)
"""How exactly it is known when a key was used last: each use would be a write otherwise."""
LOOKS_LIKE_ONE = re.compile(r"[A-Za-z0-9_.-]{1,4096}")


class Ended(NotAuthenticated):
    """A genuine token whose time is over."""


@dataclass(frozen=True)
class Issued:
    token: str
    expires_at: datetime


@dataclass(frozen=True)
class Admitted:
    session: Session
    ends_at: datetime
    """When a WebSocket that came in with the token has to show a new one."""


def issue(session: Session, *, life: timedelta = TOKEN_LIFE) -> Issued:
    """Issue a token that lasts for `life`, but never longer than its session."""
    expires_at = min(timezone.now() + life, session.expires_at).replace(microsecond=0)
    claims = {"sid": str(session.id), "aud": AUDIENCE, "exp": expires_at}
    return Issued(jwt.encode(claims, _key(), ALGORITHM), expires_at)


def authenticate(token: str) -> Session:
    """The live session, with its user. The one way in for every door. Raises NotAuthenticated."""
    [found] = admit([token])
    if isinstance(found, NotAuthenticated):
        raise found
    return found.session


def is_genuine(token: str) -> bool:
    """Signed by us, and its time is not over. Asks no database, so its session may have ended."""
    if key_secrets.is_one(token):
        return key_secrets.is_genuine(token)
    return not isinstance(_read(token), NotAuthenticated)


def admit(tokens: Sequence[str]) -> list[Admitted | NotAuthenticated]:
    """Many who knock at once, in one query (and one for keys): of each its session, or why it may not come in."""
    read = {token: _read(token) for token in tokens if not key_secrets.is_one(token)}
    found = _sessions([uuid.UUID(each["sid"]) for each in read.values() if not isinstance(each, NotAuthenticated)])
    by_secret = _sessions_of_keys([token for token in tokens if token not in read])
    return [_admitted(read[token], found) if token in read else _by_key(token, by_secret) for token in tokens]


def _sessions_of_keys(secrets: Sequence[str]) -> Mapping[str, Session]:
    """Return the sessions by their secrets' hashes; what we have never made is not looked for."""
    hashes = [key_secrets.hash_of(secret) for secret in secrets if key_secrets.is_genuine(secret)]
    if not hashes:
        return {}
    found = Session.objects.filter(secret_hash__in=hashes).select_related("user", "key")
    return {session.secret_hash or "": session for session in found}


def _by_key(secret: str, found: Mapping[str, Session]) -> Admitted | NotAuthenticated:
    session = found.get(key_secrets.hash_of(secret))
    if session is None or session.revoked_at or not session.user.is_active:
        return NotAuthenticated("This key opens nothing: it is wrong, or was revoked.")
    if session.expires_at <= timezone.now():
        return NotAuthenticated("This key has expired, or was rotated: use its new secret.")
    _note_use(session)
    return Admitted(session, session.expires_at)


def _note_use(session: Session) -> None:
    now = timezone.now()
    if session.key and (session.key.last_used_at is None or now - session.key.last_used_at > USED_EVERY):
        ApiKey.objects.filter(id=session.key.id).update(last_used_at=now)


def _read(token: str) -> dict[str, Any] | NotAuthenticated:
    try:
        return _claims(token)
    except NotAuthenticated as refused:
        return refused


def _admitted(
    claims: dict[str, Any] | NotAuthenticated, found: Mapping[uuid.UUID, Session]
) -> Admitted | NotAuthenticated:
    if isinstance(claims, NotAuthenticated):
        return claims
    session = found.get(uuid.UUID(claims["sid"]))
    if session is None or session.revoked_at or not session.user.is_active:
        return nobody()
    if session.expires_at <= timezone.now():
        return Ended("Your session has ended: sign in again.")
    return Admitted(session, datetime.fromtimestamp(claims["exp"], UTC))


def _sessions(session_ids: Sequence[uuid.UUID]) -> dict[uuid.UUID, Session]:
    """Return all sessions with their users. Every request and socket asks for one, and Django takes longer to write the
    query than PostgreSQL to answer; so it is written once."""
    if not session_ids:
        return {}
    with connection.cursor() as cursor:
        cursor.execute(_query(), [list(session_ids)])
        rows = cursor.fetchall()
    return {session.id: session for session in map(_session, rows)}


def _session(row: Sequence[Any]) -> Session:
    sessions, users = _columns(Session), _columns(User)
    session: Session = Session.from_db(connection.alias, sessions, row[: len(sessions)])
    session.user = User.from_db(connection.alias, users, row[len(sessions) :])
    return session


@cache
def _query() -> str:
    wanted = [f"{model._meta.db_table}.{name}" for model in (Session, User) for name in _columns(model)]
    return f"SELECT {', '.join(wanted)} FROM sessions JOIN users ON users.id = user_id WHERE sessions.id = ANY(%s)"  # noqa: S608 (names of ours)


@cache
def _columns(model: type[Model]) -> list[str]:
    """Also the attributes' names, in the order `from_db` wants them."""
    return [str(field.column) for field in model._meta.concrete_fields]


def ended_sessions(session_ids: Collection[uuid.UUID]) -> set[uuid.UUID]:
    """Return those of the sessions that do not hold any more, in one query."""
    live = Session.objects.filter(
        id__in=session_ids, revoked_at=None, expires_at__gt=timezone.now(), user__is_active=True
    )
    return set(session_ids) - set(live.values_list("id", flat=True))


def nobody() -> NotAuthenticated:
    return NotAuthenticated("You are not signed in: sign in, or send the token of a session.")


def _claims(token: str) -> dict[str, Any]:
    if not LOOKS_LIKE_ONE.fullmatch(token):
        raise nobody()
    try:
        return jwt.decode(
            token, _key(), algorithms=[ALGORITHM], audience=AUDIENCE, options={"require": ["exp", "sid", "aud"]}
        )
    except jwt.ExpiredSignatureError as error:
        raise Ended("Your session has ended: sign in again.") from error
    except jwt.PyJWTError as error:
        raise nobody() from error


def _key() -> bytes:
    return salted_hmac("pixora.accounts.tokens", "session", algorithm="sha256").digest()
