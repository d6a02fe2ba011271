"""Stills and samples of voices on their way to fal: as its generators take them, and gone from there after a day."""

from __future__ import annotations

import asyncio
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
SOUND_NOT_HANDED_OVER = "The sample of the voice could not be handed to the generator."
TYPES = {"PNG": ("image/png", ".png"), "JPEG": ("image/jpeg", ".jpg"), "WEBP": ("image/webp", ".webp")}


@dataclass(frozen=True)
class File:
    data: bytes
    content_type: str
    suffix: str

    @property
    def what(self) -> str:
        return "sample" if self.content_type.startswith("audio/") else "still"

    @property
    def problem(self) -> str:
        return SOUND_NOT_HANDED_OVER if self.what == "sample" else NOT_HANDED_OVER


def ready_picture(path: Path) -> File:
    """Read a picture (blocking): as it is where it fits, enlarged where too small, as a JPEG where too heavy."""
    data = path.read_bytes()
    with pictures.opened(io.BytesIO(data)) as image:
        if min(image.size) >= LEAST_SIDE and len(data) <= MOST_BYTES and image.format in TYPES:
            return File(data, *TYPES[image.format])
        scale = max(1.0, LEAST_SIDE / min(image.size))
        size = (round(image.width * scale), round(image.height * scale))
        enlarged = image.convert("RGB").resize(size, Image.Resampling.LANCZOS)
    out = io.BytesIO()
    enlarged.save(out, "JPEG", quality=JPEG_QUALITY)
    return File(out.getvalue(), *TYPES["JPEG"])


async def upload(client: Client, file: File) -> str:
    """Return the address from which fal's generators read it. Costs nothing, so it is simply tried again."""
    try:
        return await _uploaded(client, file)
    except BaseException:
        await client.forget_token()
        raise


async def upload_sound(client: Client, path: Path) -> str:
    """Return the address of an MP3, say a sample of a voice, as `upload` does. fal has no call that deletes a file: it
    is gone from there after a day."""
    return await upload(client, File(await asyncio.to_thread(path.read_bytes), "audio/mpeg", ".mp3"))


async def _uploaded(client: Client, file: File) -> str:
    try:
        return await client.upload(
            file.data,
            file.content_type,
            file_name=f"{file.what}{file.suffix}",
            lifecycle=StorageSettings(expires_in="1d"),
        )
    except Refused as refused:
        error = explain(refused.answer)
        if refused.answer.status_code in ACCOUNT_STATUSES:
            raise error from None
        raise ProviderError(file.problem, retryable=True, retry_after_s=error.retry_after_s) from None
    except (ProviderError, FalClientError, httpx.HTTPError, *ODD_ANSWER) as error:
        raise ProviderError(file.problem, retryable=True) from error
