"""Static files out of the packages they come with, under names with their content's hash: browsers keep them for good.

Nothing is collected: the hash is put into the name where a page writes it (`{% static %}`), and taken out where the
file is asked for. A name with another hash comes from a page that was loaded before the file changed, and gets the
file as it is now.
"""

from __future__ import annotations

import hashlib
import re
from functools import cache
from pathlib import Path
from typing import Any

from asgiref.sync import iscoroutinefunction, markcoroutinefunction, sync_to_async
from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from whitenoise.middleware import WhiteNoiseMiddleware

HASHED = re.compile(r"(.+)\.([0-9a-f]{12})(\.\w+)")


class HashedNames(StaticFilesStorage):
    """A storage whose addresses hold hashes, except while developing: there a file may change at any time."""

    def url(self, name: str | None) -> str:
        return super().url(name if settings.DEBUG or not name else hashed_name(name))


@cache
def hashed_name(name: str) -> str:
    """`studio/studio.css` with its hash before the suffix; as it is where there is no such file."""
    path = finders.find(name)
    if not isinstance(path, str) or not Path(path).is_file():
        return name
    stem, dot, suffix = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(Path(path).read_bytes()).hexdigest()[:12]}{dot}{suffix}"


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """Whole files: under ASGI a file that is streamed by a synchronous iterator is read whole too, with a warning."""

    async_capable = sync_capable = True

    def __init__(self, get_response: Any) -> None:
        super().__init__(get_response)
        if iscoroutinefunction(get_response):
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if iscoroutinefunction(self):
            return self._answer(request)
        found = self._found(request.path_info)
        return self.serve(found, request) if found else self.get_response(request)

    async def _answer(self, request: HttpRequest) -> HttpResponseBase:
        found = self._found(request.path_info)
        if found is not None:
            return await sync_to_async(self.serve, thread_sensitive=False)(found, request)
        response: HttpResponseBase = await self.get_response(request)
        return response

    def _found(self, url: str) -> Any:
        """A file under its name, or under its name with a hash: kept for good where that is its content's."""
        if found := self._plain(url):
            return found
        hashed = HASHED.fullmatch(url)
        plain = hashed[1] + hashed[3] if hashed else ""
        found = self._plain(plain)
        name = plain.removeprefix(self.static_prefix)
        if found and self.static_prefix + hashed_name(name) == url:
            found = self.files[url] = self.get_static_file(finders.find(name), url)
        return found

    def _plain(self, url: str) -> Any:
        return self.find_file(url) if self.autorefresh else self.files.get(url)

    @staticmethod
    def serve(static_file: Any, request: HttpRequest) -> HttpResponse:
        found = static_file.get_response(request.method, request.META)
        content = b""
        if found.file is not None:
            with found.file:
                content = found.file.read()
        response = HttpResponse(content, status=int(found.status))
        del response["Content-Type"]
        for name, value in found.headers:
            response[name] = value
        return response
