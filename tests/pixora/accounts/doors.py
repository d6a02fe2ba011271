"""How tests come in: as a browser with the session cookie, or as a program with a Bearer token."""

from __future__ import annotations

from django.test import Client

from pixora.accounts import sessions, tokens
from pixora.accounts.models import User


def bearer(user: User) -> dict[str, str]:
    """Headers for Django's test client (`headers=`) and httpx alike."""
    return {"Authorization": f"Bearer {tokens.issue(sessions.open_session(user)).token}"}


def signed_in(user: User, *, enforce_csrf_checks: bool = False) -> Client:
    client = Client(enforce_csrf_checks=enforce_csrf_checks)
    session = sessions.open_session(user)
    client.cookies[sessions.COOKIE] = tokens.issue(session, life=tokens.SESSION_LIFE).token
    return client
