"""PURE: a vendor's id of a request or job, as it is stored and compared."""

from __future__ import annotations

import hashlib

LENGTH = 200
"""The length of the columns that hold one."""
HASH_LENGTH = 32


def stored_id(said: object) -> str:
    """Cut an id to `LENGTH` printable characters: of a longer one its beginning is kept, and a hash of the whole.

    Gateways put their routing into the ids that they pass on, so these may have any length.
    """
    text = "".join(letter for letter in said if letter.isprintable()) if isinstance(said, str) else ""
    if len(text) <= LENGTH:
        return text
    digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:HASH_LENGTH]
    return f"{text[: LENGTH - HASH_LENGTH - 1]}~{digest}"
