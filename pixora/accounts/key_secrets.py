"""The secrets of programs' keys: 128 random bits with a signature of ours, of which only a hash is kept.

What is made up is refused by its signature, before the database is asked. Whoever changes Pixora's secret key
(`SECRET_KEY`) ends all keys with it, as all sessions.
"""

from __future__ import annotations

import hashlib
import secrets
from base64 import urlsafe_b64encode

from django.utils.crypto import constant_time_compare, salted_hmac

PREFIX = "pxk_"
RANDOM_BYTES, SIGNATURE_BYTES = 16, 12


def new() -> str:
    random = _text(secrets.token_bytes(RANDOM_BYTES))
    return f"{PREFIX}{random}{_signature(random)}"


def is_one(token: str) -> bool:
    """Tell whether it looks like a key, and is no session's token."""
    return token.startswith(PREFIX)


def is_genuine(secret: str) -> bool:
    """Tell whether we made this secret, whatever became of it since."""
    random, signature = secret[len(PREFIX) : -_length(SIGNATURE_BYTES)], secret[-_length(SIGNATURE_BYTES) :]
    return len(random) == _length(RANDOM_BYTES) and constant_time_compare(signature, _signature(random))


def hash_of(secret: str) -> str:
    """Return what is kept of a secret. It is random, so a plain hash cannot be guessed back."""
    return hashlib.sha256(secret.encode(errors="surrogatepass")).hexdigest()


def _signature(random: str) -> str:
    return _text(salted_hmac("pixora.accounts.keys", random, algorithm="sha256").digest()[:SIGNATURE_BYTES])


def _text(raw: bytes) -> str:
    return urlsafe_b64encode(raw).rstrip(b"=").decode()


def _length(count: int) -> int:
    """Letters that so many bytes take."""
    return -(-count * 4 // 3)
