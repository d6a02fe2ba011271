"""A stored file as the answer to a request: whole, a range of it, or nothing new; never read whole into memory."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO
from urllib.parse import quote

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, StreamingHttpResponse
from django.http.response import HttpResponseBase
from django.utils.cache import get_conditional_response
from django.utils.http import content_disposition_header, quote_etag

from media_assets.file_names import saved_name
from media_assets.ranges import ByteRange, Unsatisfiable, asked_range
from media_assets.storage import path_here, signed_address

CHUNK_BYTES = 64 << 10
"""The web server gets to write between two of them."""
CACHED_FOR_S = 365 * 24 * 3_600
DOWNLOAD = "download"

CONTENT_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".webm": "video/webm",
    ".mp3": "audio/mpeg",
    ".m4a": "audio/mp4",
    ".wav": "audio/wav",
    ".ogg": "audio/ogg",
    ".flac": "audio/flac",
    ".vtt": "text/vtt; charset=utf-8",
    ".srt": "application/x-subrip; charset=utf-8",
    ".json": "application/json",
}
UNKNOWN_TYPE = "application/octet-stream"
"""Saved by a browser, never shown."""


@dataclass(frozen=True)
class Stored:
    """`version` changes with the content; `title` is the film's, after which the file is named where it is saved."""

    name: str
    version: str
    title: str = ""

    @property
    def file_name(self) -> str:
        return saved_name(self.title, self.name)

    @property
    def content_type(self) -> str:
        return CONTENT_TYPES.get(PurePosixPath(self.name).suffix.lower(), UNKNOWN_TYPE)


def deliver(request: HttpRequest, stored: Stored) -> HttpResponseBase:
    """Answer with a stored file, or where the storage is elsewhere with a redirect to it.

    Blocking. Raises FileNotFoundError.
    """
    etag, is_saved = quote_etag(stored.version), _is_saved(request, stored)
    if unchanged := get_conditional_response(request, etag=etag):
        return _with_headers(unchanged, etag, is_saved=is_saved)
    path = path_here(stored.name)
    if not path:
        return _elsewhere(stored, saved=is_saved)
    if settings.PIXORA_SENDFILE and Path(path).is_file():
        return _with_headers(_by_the_proxy(request, stored), etag, is_saved=is_saved)
    return _with_headers(_from_file(request, stored, Path(path), etag), etag, is_saved=is_saved)


def _with_headers(response: HttpResponseBase, etag: str, *, is_saved: bool) -> HttpResponseBase:
    """A take's file never changes; whoever may see it may keep it, and nobody in between. One that is saved has the
    title of that moment."""
    response["ETag"] = etag
    response["Accept-Ranges"] = "bytes"
    kept = response.status_code < 400 and not is_saved
    response["Cache-Control"] = f"private, max-age={CACHED_FOR_S}, immutable" if kept else "no-store"
    return response


def _elsewhere(stored: Stored, *, saved: bool) -> HttpResponseRedirect:
    """Redirect to an address that the storage has signed, which does not hold for long."""
    response = HttpResponseRedirect(signed_address(stored.name, save_as=stored.file_name if saved else ""))
    response["Cache-Control"] = "private, no-store"
    return response


def _by_the_proxy(request: HttpRequest, stored: Stored) -> HttpResponse:
    """Have the proxy in front send the file, or the part of it that is asked for: nginx's X-Accel-Redirect, which Caddy
    and others know too. No byte of it passes through this process."""
    response = HttpResponse(headers={"X-Accel-Redirect": f"{settings.PIXORA_SENDFILE}{quote(stored.name)}"})
    response["Content-Type"] = stored.content_type
    if disposition := content_disposition_header(_is_saved(request, stored), stored.file_name):
        response["Content-Disposition"] = disposition
    return response


def _from_file(request: HttpRequest, stored: Stored, path: Path, etag: str) -> HttpResponseBase:
    size = path.stat().st_size
    try:
        part = asked_range(_range_header(request, etag), size)
    except Unsatisfiable:
        return HttpResponse(status=416, headers={"Content-Range": f"bytes */{size}"})
    asked = part or ByteRange(0, size - 1)
    response = _body(request, stored, path, asked)
    response.status_code = 206 if part else 200
    response["Content-Length"] = str(asked.length)
    if part:
        response["Content-Range"] = f"bytes {part.first}-{part.last}/{size}"
    if disposition := content_disposition_header(_is_saved(request, stored), stored.file_name):
        response["Content-Disposition"] = disposition
    return response


def _is_saved(request: HttpRequest, stored: Stored) -> bool:
    return DOWNLOAD in request.GET or stored.content_type == UNKNOWN_TYPE


def _range_header(request: HttpRequest, etag: str) -> str:
    """Ranges are a matter of GET alone, and with `If-Range` of exactly the content it names."""
    if request.method != "GET" or request.headers.get("If-Range", etag) != etag:
        return ""
    return request.headers.get("Range", "")


def _body(request: HttpRequest, stored: Stored, path: Path, asked: ByteRange) -> HttpResponseBase:
    if request.method == "HEAD":
        return HttpResponse(content_type=stored.content_type)
    return StreamingHttpResponse(FilePart(path.open("rb"), asked), content_type=stored.content_type)


class FilePart:
    """An open file's bytes, read chunk by chunk beside the event loop."""

    def __init__(self, file: BinaryIO, asked: ByteRange) -> None:
        self._file, self._asked = file, asked

    async def __aiter__(self) -> AsyncIterator[bytes]:
        place, end = self._asked.first, self._asked.last + 1
        while place < end:
            chunk = await asyncio.to_thread(os.pread, self._file.fileno(), min(CHUNK_BYTES, end - place), place)
            if not chunk:
                return
            place += len(chunk)
            yield chunk

    def close(self) -> None:
        """The response does, however it ends."""
        self._file.close()
