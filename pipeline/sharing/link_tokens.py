"""The token of a link: 192 random bits that stand in its address alone, and of which only a hash is kept."""

from __future__ import annotations

import hashlib
import secrets

from django.conf import settings

PREFIX = "pxs_"
RANDOM_BYTES = 24
LENGTH = len(PREFIX) + 32


def new() -> str:
    return f"{PREFIX}{secrets.token_urlsafe(RANDOM_BYTES)}"


def looks_like_one(token: str) -> bool:
    """Tell whether it has the shape of a token; what has not is nobody's, and costs no query."""
    return token.startswith(PREFIX) and len(token) == LENGTH and token.isascii()


def hash_of(token: str) -> str:
    """Return what is kept of a token, or of a guest's secret. They are random, so a hash cannot be guessed back."""
    return hashlib.sha256(token.encode(errors="surrogatepass")).hexdigest()


def page_url(token: str) -> str:
    return f"{settings.PUBLIC_URL}/s/{token}"
