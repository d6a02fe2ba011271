"""The ways a WebSocket brings its token, read from the ASGI scope."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http.cookies import CookieError, SimpleCookie
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.http.request import validate_host

from chat.protocol import PROTOCOL
from pixora.accounts import key_secrets
from pixora.accounts.sessions import COOKIE

BEARER = "bearer."
LONGEST_OF_STRANGERS = 16 << 10
"""Bytes of a frame, until it is known who sends it: room for a token."""


@dataclass(frozen=True)
class Handshake:
    """`token` is empty where none was brought: an `authenticate` message has to follow."""

    token: str = ""
    refused_origin: bool = False
    subprotocol: str | None = None


def knock(scope: Mapping[str, Any]) -> Handshake:
    """The cookie counts last, and only from a page of our own: other pages' sockets carry it too.

    From a frontend that is served elsewhere by configuration it is not looked at; from any other page it is refused.
    """
    offered: list[str] = scope.get("subprotocols", [])
    chosen = PROTOCOL if PROTOCOL in offered else None
    headers = _headers(scope)
    if token := _from_subprotocol(offered) or _from_header(headers):
        return Handshake(token, subprotocol=chosen)
    cookie = _from_cookie(headers)
    origin = headers.get("origin", "").rstrip("/")
    if not cookie or origin in settings.CORS_ALLOWED_ORIGINS:
        return Handshake(subprotocol=chosen)
    if not is_ours(origin, headers.get("host", "")):
        return Handshake(refused_origin=True, subprotocol=chosen)
    return Handshake(cookie, subprotocol=chosen)


def _headers(scope: Mapping[str, Any]) -> dict[str, str]:
    return {name.decode("latin1").lower(): value.decode("latin1") for name, value in scope.get("headers", [])}


def _from_subprotocol(offered: list[str]) -> str:
    return next((name.removeprefix(BEARER) for name in offered if name.startswith(BEARER)), "")


def _from_header(headers: Mapping[str, str]) -> str:
    scheme, _, token = headers.get("authorization", "").partition(" ")
    return token.strip() if scheme.lower() == "bearer" else ""


def _from_cookie(headers: Mapping[str, str]) -> str:
    try:
        cookies = SimpleCookie(headers.get("cookie", ""))
    except CookieError:
        return ""
    token = cookies[COOKIE].value if COOKIE in cookies else ""
    return "" if key_secrets.is_one(token) else token


def is_ours(origin: str, host: str) -> bool:
    """A page of the very host that was asked, or of one that is trusted by configuration."""
    if origin in settings.CSRF_TRUSTED_ORIGINS:
        return True
    name = urlsplit(f"//{host}").hostname or ""
    return bool(origin) and urlsplit(origin).netloc == host and validate_host(name, settings.ALLOWED_HOSTS)
