"""A picture as a small JPEG within a request: it is understood as well, made in a fifth of a PNG's time, and sent
sooner."""

from __future__ import annotations

import base64
import io
from pathlib import Path

from media_assets import pictures

SENT_SIDE, QUALITY = 1024, 90


def as_url(path: Path, *, side: int = SENT_SIDE) -> str:
    """Return the picture as a `data:` address, its longer side `side` at most. Blocking."""
    with pictures.opened(path) as picture:
        small = picture.convert("RGB")
    small.thumbnail((side, side))
    encoded = io.BytesIO()
    small.save(encoded, "JPEG", quality=QUALITY)
    return f"data:image/jpeg;base64,{base64.b64encode(encoded.getvalue()).decode()}"
