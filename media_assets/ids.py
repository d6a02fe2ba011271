"""Ids that say what they are of: `task_…`, `run_…`, `asset_…`."""

from __future__ import annotations

import secrets
import string

ALPHABET = string.ascii_lowercase + string.digits
LENGTH = 16
"""36^16 ids: 83 bits, unguessable and without collisions."""


def new_id(prefix: str) -> str:
    return f"{prefix}_{''.join(secrets.choice(ALPHABET) for _ in range(LENGTH))}"


def new_asset_id() -> str:
    return new_id("asset")


def new_video_id() -> str:
    return new_id("video")


def new_voice_id() -> str:
    return new_id("voice")


def new_upload_id() -> str:
    return new_id("upload")
