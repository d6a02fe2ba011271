"""The check that a webhook is fal's: an Ed25519 signature over four lines, as fal documents it.

The lines are request id, user id, unix time and the SHA-256 of the raw body in hex; the keys are published as a JWKS.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
import logging
import re
import threading
import time
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import httpx
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.conf import settings

from pixora.foundation.errors import NotAuthenticated, ServiceDown

log = logging.getLogger(__name__)

SKEW_S = 300
UNIX_TIME = re.compile(r"[0-9]{1,12}")
"""Anybody may send this header, and a number of a thousand digits cannot be reckoned with."""
KEYS_LIFE_S = 6 * 3600.0
"""fal allows a day; a key that was taken back should not be believed so long."""
REFETCH_PAUSE_S = 60.0
"""A signature that no key fits makes us look again, at most so often."""
TIMEOUT_S = 5.0


class Keys:
    """fal's public keys, fetched when they are needed and kept for a while."""

    def __init__(
        self, urls: Sequence[str], *, life_s: float = KEYS_LIFE_S, refetch_pause_s: float = REFETCH_PAUSE_S
    ) -> None:
        self._urls, self._life_s, self._refetch_pause_s = urls, life_s, refetch_pause_s
        self._keys: Sequence[Ed25519PublicKey] = ()
        self._fetched_at = self._asked_at = float("-inf")
        self._lock = threading.Lock()

    def fit(self, message: bytes, signature: bytes) -> bool:
        """True where one of the keys fits the signature. Raises ServiceDown where there are no keys to be had."""
        if self._any_fits(self._known(), message, signature):
            return True
        return self._refetched() and self._any_fits(self._keys, message, signature)

    def _known(self) -> Sequence[Ed25519PublicKey]:
        with self._lock:
            if time.monotonic() - self._fetched_at > self._life_s:
                self._fetch()
            return self._keys

    def _refetched(self) -> bool:
        with self._lock:
            if time.monotonic() - self._asked_at < self._refetch_pause_s:
                return False
            self._fetch()
            return True

    def _fetch(self) -> None:
        if not self._keys and time.monotonic() - self._asked_at < TIMEOUT_S:
            raise ServiceDown("fal's keys could not be fetched a moment ago.")
        self._asked_at = time.monotonic()
        keys = [key for url in self._urls for key in _published(url)]
        if not keys:
            self._asked_at = time.monotonic()  # those who waited for this try do not try again one after the other
            raise ServiceDown("fal's keys cannot be fetched.")
        self._keys, self._fetched_at = keys, self._asked_at

    @staticmethod
    def _any_fits(keys: Sequence[Ed25519PublicKey], message: bytes, signature: bytes) -> bool:
        return any(_fits(key, message, signature) for key in keys)


def check(headers: Mapping[str, str], body: bytes, *, now: float) -> None:
    """Check that a webhook is fal's. Raises NotAuthenticated (and says in the log why), or ServiceDown where that
    cannot be known."""
    said = {name: headers.get(f"X-Fal-Webhook-{name}", "") for name in ("Request-Id", "User-Id", "Timestamp")}
    signature = _unhex(headers.get("X-Fal-Webhook-Signature", ""))
    if signature is None or not all(said.values()):
        raise _refusal("unsigned")
    if not UNIX_TIME.fullmatch(said["Timestamp"]) or abs(now - int(said["Timestamp"])) > SKEW_S:
        raise _refusal("too old or too new")
    if settings.FAL_USER_ID and said["User-Id"] != settings.FAL_USER_ID:
        raise _refusal("another account's")
    message = "\n".join([*said.values(), hashlib.sha256(body).hexdigest()]).encode()
    if not keys().fit(message, signature):
        raise _refusal("not fal's")


def keys() -> Keys:
    return _keys(tuple(settings.FAL_JWKS_URLS))


@lru_cache(maxsize=4)
def _keys(urls: tuple[str, ...]) -> Keys:
    return Keys(urls)


def _published(url: str) -> list[Ed25519PublicKey]:
    """The usable keys at one address; none where it does not answer, or with something else."""
    try:
        answer = httpx.get(url, timeout=TIMEOUT_S)
        return _read(answer.raise_for_status().json())
    except (httpx.HTTPError, ValueError) as error:
        log.info("fal publishes no keys at one of its addresses: %s", type(error).__name__)
        return []


def _refusal(reason: str) -> NotAuthenticated:
    log.warning("a webhook was refused: %s", reason)
    return NotAuthenticated("This webhook is not signed as it has to be.")


def _read(jwks: Any) -> list[Ed25519PublicKey]:
    """Read the keys; what is not an Ed25519 key is passed over. Raises ValueError where nothing is left."""
    listed = jwks.get("keys") if isinstance(jwks, dict) else None
    found = [key for entry in listed or () if (key := _key(entry))]
    if not found:
        raise ValueError("no usable keys")
    return found


def _key(entry: Any) -> Ed25519PublicKey | None:
    text = entry.get("x") if isinstance(entry, dict) else None
    if not isinstance(text, str):
        return None
    try:
        return Ed25519PublicKey.from_public_bytes(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (ValueError, binascii.Error):
        return None


def _fits(key: Ed25519PublicKey, message: bytes, signature: bytes) -> bool:
    try:
        key.verify(signature, message)
    except InvalidSignature:
        return False
    return True


def _unhex(text: str) -> bytes | None:
    try:
        return bytes.fromhex(text)
    except ValueError:
        return None
