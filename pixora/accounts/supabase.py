"""The check of Supabase's JWTs, which tells whose one is: signature, audience, issuer, time, subject and role.

Asymmetric tokens (ES256, RS256) are checked with the project's public keys, the legacy HS256 ones with its secret;
the two never share a list of algorithms, so a public key cannot pass for a secret.
"""

from __future__ import annotations

import threading
import time
import uuid
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import jwt
from django.conf import settings
from jwt.exceptions import PyJWKClientConnectionError, PyJWKClientError, PyJWKSetError

from pixora.accounts.tokens import LOOKS_LIKE_ONE
from pixora.foundation.errors import NotAuthenticated, ServiceDown

PUBLIC_KEY_ALGORITHMS = ("ES256", "RS256")
SECRET_ALGORITHM = "HS256"  # noqa: S105 (no secret)
AUDIENCE = ROLE = "authenticated"
LEEWAY_S = 10
KEYS_LIFE_S = 300
TIMEOUT_S = 5.0
UNKNOWN_KEY_PAUSE_S = 30.0
"""A key id we do not know makes us look again, at most so often."""
OUTAGE_PAUSE_S = 5.0
"""After keys could not be fetched; meanwhile nobody waits for the time-out again."""


@dataclass(frozen=True)
class Identity:
    id: uuid.UUID
    email: str


class InvalidToken(NotAuthenticated):
    def __init__(self) -> None:
        super().__init__("Invalid token")


class PublicKeys(jwt.PyJWKClient):
    """The library's client, which also remembers for a moment that there was no answer, or no usable one."""

    def __init__(self, url: str, *, timeout_s: float, outage_pause_s: float) -> None:
        super().__init__(url, lifespan=KEYS_LIFE_S, timeout=timeout_s, cooldown_duration=UNKNOWN_KEY_PAUSE_S)
        self._outage_pause_s = outage_pause_s
        self._failed: type[PyJWKClientError] = PyJWKClientConnectionError
        self._asked_again_from = 0.0

    def fetch_data(self) -> Any:
        if time.monotonic() < self._asked_again_from:
            raise self._failed("no keys a moment ago")
        try:
            return super().fetch_data()
        except PyJWKSetError as error:
            raise self._pause(PyJWKClientError) from error
        except (jwt.PyJWTError, OSError, ValueError) as error:
            raise self._pause(PyJWKClientConnectionError) from error

    def _pause(self, failed: type[PyJWKClientError]) -> PyJWKClientError:
        self._failed, self._asked_again_from = failed, time.monotonic() + self._outage_pause_s
        return failed("no usable keys")


class Verifier:
    def __init__(
        self, url: str, secret: str = "", *, timeout_s: float = TIMEOUT_S, outage_pause_s: float = OUTAGE_PAUSE_S
    ) -> None:
        self._issuer = f"{url}/auth/v1"
        self._secret = secret
        self._keys = PublicKeys(
            f"{self._issuer}/.well-known/jwks.json", timeout_s=timeout_s, outage_pause_s=outage_pause_s
        )

    def verify(self, token: str) -> Identity:
        """Return whose token this is. Raises InvalidToken, or ServiceDown where the public keys cannot be had."""
        if not LOOKS_LIKE_ONE.fullmatch(token):
            raise InvalidToken
        try:
            key, algorithm = self._key_for(jwt.get_unverified_header(token))
            claims = jwt.decode(
                token,
                key,
                algorithms=[algorithm],
                audience=AUDIENCE,
                issuer=self._issuer,
                leeway=LEEWAY_S,
                options={"require": ["exp", "sub", "aud", "iss"]},
            )
        except PyJWKClientConnectionError as error:
            raise ServiceDown("Sign-ins cannot be checked at the moment: please try again soon.") from error
        except jwt.PyJWTError as error:
            raise InvalidToken from error
        return _identity(claims)

    def _key_for(self, header: dict[str, Any]) -> tuple[jwt.PyJWK | str, str]:
        algorithm, key_id = header.get("alg"), header.get("kid")
        if algorithm == SECRET_ALGORITHM and self._secret:
            return self._secret, SECRET_ALGORITHM
        if algorithm not in PUBLIC_KEY_ALGORITHMS or not isinstance(key_id, str):
            raise InvalidToken
        key = self._keys.get_signing_key(key_id)
        if key.algorithm_name != algorithm:
            raise InvalidToken
        return key, algorithm


def _identity(claims: dict[str, Any]) -> Identity:
    """Service and anonymous keys have no user, anonymous users no account to be given credits. An address with NULs or
    half characters could not be stored."""
    if claims.get("role") != ROLE or claims.get("is_anonymous"):
        raise InvalidToken
    try:
        user_id = uuid.UUID(claims["sub"])
    except ValueError as error:
        raise InvalidToken from error
    email = claims.get("email")
    if isinstance(email, str) and not email.strip().isprintable():
        raise InvalidToken
    return Identity(user_id, email.strip() if isinstance(email, str) else "")


_making = threading.Lock()


def verifier() -> Verifier:
    """Return the process's one verifier, so that its keys are fetched once."""
    with _making:
        return _verifier(settings.SUPABASE_URL, settings.SUPABASE_JWT_SECRET)


@lru_cache(maxsize=4)
def _verifier(url: str, secret: str) -> Verifier:
    return Verifier(url, secret)
