"""The body sent to an address, with its signature, as Standard Webhooks says (https://www.standardwebhooks.com)."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from standardwebhooks.webhooks import Webhook


def body_of(message: Mapping[str, Any], occurred_at: datetime) -> str:
    """Return the event as the WebSocket tells it, with `occurred_at`."""
    return json.dumps({**message, "occurred_at": occurred_at.isoformat()}, ensure_ascii=False)


def headers(message_id: str, at: datetime, body: str, secrets: Sequence[str]) -> dict[str, str]:
    """Return the headers of a request; a signature for each secret, so that one can be replaced while both count."""
    signed = (Webhook(secret).sign(message_id, at, body) for secret in secrets)
    return {
        "Content-Type": "application/json",
        "webhook-id": message_id,
        "webhook-timestamp": str(int(at.timestamp())),
        "webhook-signature": " ".join(signed),
    }
