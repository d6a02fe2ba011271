"""The bucket at Supabase as a Django storage.

It is the `storage` of the official `supabase` client, over a session of ours with time-outs. The client's sign-ins are
not used: they would change the key it sends.
"""

from __future__ import annotations

import os
import re
import secrets
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import partial
from io import BufferedReader
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TYPE_CHECKING, Any, TypeVar

import httpx
from django.core.exceptions import SuspiciousFileOperation
from django.core.files import File
from django.core.files.storage import Storage
from django.utils import timezone
from supabase import Client, ClientOptions

from media_assets.delivery import CONTENT_TYPES, UNKNOWN_TYPE
from media_assets.storage import PART_LIVES_S, PARTS
from media_assets.supabase import calls
from media_assets.supabase.calls import Duplicate, StoredFileMissing
from media_assets.supabase.stream import RemoteFile

if TYPE_CHECKING:
    from storage3 import SyncStorageClient
    from storage3._sync.file_api import SyncBucketProxy
    from storage3.types import URLOptions

T = TypeVar("T")

SIGNED_S = 900
"""How long a signed address is good: longer than any film plays, so that a player never loses it midway."""
PAGE = 1000
CONNECT_TIMEOUT_S = 5.0
NAME = re.compile(r"[A-Za-z0-9_.-]+(/[A-Za-z0-9_.-]+)*")
"""Of what the service allows, what our layout uses; the client changes names that hold a percent sign."""


class SupabaseStorage(Storage):
    """Private: whoever is to read a file is given a signed address. A name appears with its whole content or not at
    all; the key stays in this process."""

    def __init__(self, *, url: str, key: str, bucket: str, timeout_s: float = 60.0, pause_s: float = 0.5) -> None:
        self._project, self._key, self._bucket = url, key, bucket
        self._url = f"{url}/storage/v1/"
        self._timeout = httpx.Timeout(timeout_s, connect=min(timeout_s, CONNECT_TIMEOUT_S))
        self._pause_s = pause_s
        self._pid = 0
        self._made: SyncStorageClient

    def close(self) -> None:
        """Close the storage's connections; the next call makes new ones."""
        if self._pid == os.getpid():
            self._made.session.close()
            self._pid = 0

    def get_available_name(self, name: str, max_length: int | None = None) -> str:
        """Return the name as it is: our layout gives every file its own name, or means to replace what is there."""
        return name

    def exists(self, name: str) -> bool:
        return self._ask(lambda bucket: bucket.exists(_checked(name)))

    def size(self, name: str) -> int:
        return int(self._ask(lambda bucket: bucket.info(_checked(name)))["size"])

    def get_modified_time(self, name: str) -> datetime:
        info = self._ask(lambda bucket: bucket.info(_checked(name)))
        return datetime.fromisoformat(info.get("last_modified") or info["created_at"])

    def delete(self, name: str) -> None:
        self._ask(lambda bucket: bucket.remove([_checked(name)]))

    def url(self, name: str | None, parameters: Mapping[str, str] | None = None) -> str:
        """Signed, for this one file, good for `SIGNED_S`; `download` in the parameters is a name to save it under."""
        options: URLOptions = {"download": parameters["download"]} if parameters else {}
        signed = self._ask(lambda bucket: bucket.create_signed_url(_checked(name or ""), SIGNED_S, options))
        return str(signed["signedURL"])

    def listdir(self, path: str) -> tuple[list[str], list[str]]:
        found = list(self._entries(path))
        folders = [entry["name"] for entry in found if entry["id"] is None]
        return folders, [entry["name"] for entry in found if entry["id"] is not None]

    def stage(self, path: Path) -> str:
        """Bring a file here before it gets its name: the long part of storing it."""
        part = f"{PARTS}/{secrets.token_hex(16)}{path.suffix}"
        with path.open("rb") as source:
            self._upload(part, source)
        return part

    def place(self, part: str, name: str) -> None:
        """Give it its name; done twice, it is done. What is there already was left by a killed worker, and goes."""
        try:
            self._move(part, name)
        except Duplicate:
            self.delete(name)
            self._move(part, name)

    def drop(self, part: str) -> None:
        """Drop what was staged, which gets no name after all."""
        self.delete(part)

    def sweep(self) -> None:
        """Remove what was staged long ago by processes that did not come to placing it."""
        oldest = timezone.now() - timedelta(seconds=PART_LIVES_S)
        left = [
            f"{PARTS}/{entry['name']}"
            for entry in self._entries(PARTS)
            if entry["id"] and datetime.fromisoformat(entry["created_at"]) < oldest
        ]
        if left:
            self._ask(lambda bucket: bucket.remove(left))

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        if mode != "rb":
            raise ValueError("Files elsewhere are opened for reading; save() writes them.")
        ask = partial(self._read_from, _checked(name))
        return File(BufferedReader(RemoteFile(ask, ask(0))), name)

    def _save(self, name: str, content: File[Any]) -> str:
        with _real_file(content) as source:
            self._upload(name, source)
        return name

    def _upload(self, name: str, source: BufferedReader) -> None:
        """Upload with leave to replace, so that an upload whose answer was lost can be repeated."""
        kind = CONTENT_TYPES.get(Path(name).suffix, UNKNOWN_TYPE)

        def send(bucket: SyncBucketProxy) -> None:
            source.seek(0)
            options = {"content-type": kind, "cache-control": "0", "upsert": "true"}
            bucket.upload(_checked(name), source, options)  # type: ignore[arg-type]

        self._ask(send)

    def _move(self, part: str, name: str) -> None:
        try:
            self._ask(lambda bucket: bucket.move(part, _checked(name)))
        except StoredFileMissing:
            if not self.exists(name):
                raise

    def _entries(self, folder: str) -> Iterator[dict[str, Any]]:
        """Page by page until one is empty: how long a page may be is the service's to say."""
        offset = 0
        while page := self._ask(partial(_page, folder=folder, offset=offset)):
            yield from page
            offset += len(page)

    def _read_from(self, name: str, start: int) -> httpx.Response:
        return calls.ask(partial(self._get, name, start), pause_s=self._pause_s)

    def _get(self, name: str, start: int) -> httpx.Response:
        """The content from a byte on, as a stream: the client's own way of downloading holds the whole file."""
        session = self._client().session
        headers = {"Accept-Encoding": "identity", **({"Range": f"bytes={start}-"} if start else {})}
        request = session.build_request("GET", f"{self._url}object/{self._bucket}/{name}", headers=headers)
        response = session.send(request, stream=True)
        if response.is_error:
            response.read()
            raise calls.refusal(response)
        if response.status_code != (206 if start else 200) or "content-length" not in response.headers:
            response.close()
            raise ValueError("not the part that was asked for")
        return response

    def _ask(self, call: Callable[[SyncBucketProxy], T]) -> T:
        return calls.ask(lambda: call(self._client().from_(self._bucket)), pause_s=self._pause_s)

    def _client(self) -> SyncStorageClient:
        """One for each process: connections do not survive a fork."""
        if self._pid != os.getpid():
            headers = {"apikey": self._key, "Authorization": f"Bearer {self._key}"}
            session = httpx.Client(headers=headers, timeout=self._timeout)
            options = ClientOptions(httpx_client=session, auto_refresh_token=False, persist_session=False)
            self._made, self._pid = Client(self._project, self._key, options).storage, os.getpid()
        return self._made


def _checked(name: str) -> str:
    if not NAME.fullmatch(name) or {".", ".."} & set(name.split("/")):
        raise SuspiciousFileOperation("This is no name for a stored file.")
    return name


def _page(bucket: SyncBucketProxy, *, folder: str, offset: int) -> list[dict[str, Any]]:
    return bucket.list(folder, {"limit": PAGE, "offset": offset})


@contextmanager
def _real_file(content: File[Any]) -> Iterator[BufferedReader]:
    """The client streams from real files alone, so anything else is written into one first."""
    if isinstance(content.file, BufferedReader):
        yield content.file
        return
    with NamedTemporaryFile() as written:
        for chunk in content.chunks():
            written.write(chunk)
        written.flush()
        with Path(written.name).open("rb") as source:
            yield source
