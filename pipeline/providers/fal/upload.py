"""Stills on their way to fal: as large as its generators take them, and gone from there after a day."""

from __future__ import annotations

import io
from dataclasses import dataclass
from pathlib import Path

import httpx
from fal_client import FalClientError
from fal_client.client import StorageSettings
from PIL import Image

from media_assets import pictures
from pipeline.providers.fal.client import ODD_ANSWER, Client, Refused
from pipeline.providers.fal.errors import explain
from pixora.foundation.errors import ProviderError

LEAST_SIDE, MOST_BYTES = 300, 10 << 20
"""Kling's, as its pages give them."""
JPEG_QUALITY = 92
ACCOUNT_STATUSES = frozenset({401, 402, 403})
NOT_HANDED_OVER = "The picture could not be handed to the generator."
TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg"), "WEBP": ("image/webp", ".webp")}


@dataclass(frozen=True)
class Picture:
    data: bytes
    content_type: str
    suffix: str


def ready_picture(path: Path) -> Picture:
    """Read a picture (blocking): as it is where it fits, enlarged where too small, as a JPEG where too heavy."""
    data = path.read_bytes()
    with pictures.opened(io.BytesIO(data)) as image:
        if min(image.size) >= LEAST_SIDE and len(data) <= MOST_BYTES and image.format in TYPES:
            return Picture(data, *TYPES[image.format])
        scale = max(1.0, LEAST_SIDE / min(image.size))
        size = (round(image.width * scale), round(image.height * scale))
        enlarged = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    enlarged.save(out, "JPEG", quality=JPEG_QUALITY)
    return Picture(out.getvalue(), *TYPES["JPEG"])


async def upload(client: Client, picture: Picture) -> str:
    """Return the address from which fal's generators read it. Costs nothing, so it is simply tried again."""
    try:
        return await _uploaded(client, picture)
    except BaseException:
        await client.forget_token()
        raise


async def _uploaded(client: Client, picture: Picture) -> str:
    try:
        return await client.upload(
            picture.data,
            picture.content_type,
            file_name=f"still{picture.suffix}",
            lifecycle=StorageSettings(expires_in="1d"),
        )
    except Refused as refused:
        error = explain(refused.answer)
        if refused.answer.status_code in ACCOUNT_STATUSES:
            raise error from None
        raise ProviderError(NOT_HANDED_OVER, retryable=True, retry_after_s=error.retry_after_s) from None
    except (ProviderError, FalClientError, httpx.HTTPError, *ODD_ANSWER) as error:
        raise ProviderError(NOT_HANDED_OVER, retryable=True) from error
