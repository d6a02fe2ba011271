"""Webhooks as fal signs them: Ed25519 over request id, user id, time and the body's SHA-256, each on its line."""

from __future__ import annotations

import base64
import hashlib
import time
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

USER_ID = "github|emulated"


class Signer:
    def __init__(self) -> None:
        self._retired, self._key = Ed25519PrivateKey.generate(), Ed25519PrivateKey.generate()

    def rotate(self) -> None:
        self._retired, self._key = self._key, Ed25519PrivateKey.generate()

    def jwks(self) -> dict[str, Any]:
        return {"keys": [_jwk(self._retired), _jwk(self._key)]}

    def sign(self, message: bytes) -> bytes:
        return self._key.sign(message)

    def headers(
        self, request_id: str, body: bytes, *, user_id: str = USER_ID, at: float | None = None
    ) -> dict[str, str]:
        timestamp = str(int(time.time() if at is None else at))
        message = "\n".join([request_id, user_id, timestamp, hashlib.sha256(body).hexdigest()])
        return {
            "X-Fal-Webhook-Request-Id": request_id,
            "X-Fal-Webhook-User-Id": user_id,
            "X-Fal-Webhook-Timestamp": timestamp,
            "X-Fal-Webhook-Signature": self.sign(message.encode()).hex(),
            "Content-Type": "application/json",
        }


def _jwk(key: Ed25519PrivateKey) -> dict[str, str]:
    public = base64.urlsafe_b64encode(key.public_key().public_bytes_raw()).rstrip(b"=").decode()
    return {"kty": "OKP", "crv": "Ed25519", "x": public}
