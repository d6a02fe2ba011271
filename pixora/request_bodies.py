"""The limits to the length of a request's body, as far as they are known before any of it is read."""

from __future__ import annotations

from collections.abc import Iterable
from http.cookies import CookieError, SimpleCookie

from django.conf import settings

from pixora.accounts import tokens
from pixora.accounts.sessions import COOKIE

UPLOADS = "/api/v1/uploads"
STRANGERS_BYTES = 128 << 10
"""Of a request without a token that is ours: sign-ins, and what vendors tell. It stays in memory."""


def most_bytes(path: str, headers: Iterable[tuple[bytes, bytes]]) -> int:
    """Return the most bytes that a request's body may have, by its path and by whether its token is genuine.

    The application checks that the token's session still holds, once it has the body.
    """
    if not _is_signed_in(headers):
        return STRANGERS_BYTES
    most: int = settings.PIXORA_MAX_REQUEST_BYTES if path == UPLOADS else settings.DATA_UPLOAD_MAX_MEMORY_SIZE
    return most


def refusal(most: int) -> str:
    if most == STRANGERS_BYTES:
        return f"Without a sign-in a request may have {most >> 10} KB: sign in first, or send the token of a session."
    return f"This request is too large: {most / (1 << 20):.3g} MB are the most here."


def _is_signed_in(headers: Iterable[tuple[bytes, bytes]]) -> bool:
    return any(tokens.is_genuine(token) for token in _tokens(headers))


def _tokens(headers: Iterable[tuple[bytes, bytes]]) -> Iterable[str]:
    for name, value in headers:
        text = value.decode("latin1")
        if name.lower() == b"authorization" and text[:7].lower() == "bearer ":
            yield text[7:].strip()
        elif name.lower() == b"cookie":
            yield from _in_cookie(text)


def _in_cookie(text: str) -> Iterable[str]:
    try:
        cookies = SimpleCookie(text)
    except CookieError:
        return
    if COOKIE in cookies:
        yield cookies[COOKIE].value
