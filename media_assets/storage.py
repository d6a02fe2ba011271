"""Files in and out of Django's storage, written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import secrets
import shutil
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Protocol, cast

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from media_assets.cache import Cache
from pixora.foundation.errors import ServiceDown

log = logging.getLogger(__name__)

CHUNK_BYTES = 1 << 20
PARTS = ".parts"
"""The folder of files that do not have their names yet."""
PART_LIVES_S = 3_600


class Staging(Protocol):
    """The abilities of our storages beside Django's. A take is brought over first and named in its row's transaction,
    so that nobody waits in a transaction for an upload."""

    def stage(self, path: Path) -> str: ...

    def place(self, part: str, name: str) -> None: ...

    def drop(self, part: str) -> None: ...

    def sweep(self) -> None: ...

    def url(self, name: str, parameters: Mapping[str, str] | None = None) -> str: ...


class LocalStorage(FileSystemStorage):
    """A local folder in place of the bucket: a name appears with its whole content or not at all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_overwrite": True, **options})

    def stage(self, path: Path) -> str:
        """Bring a file here before it gets its name: the long part of storing it."""
        with path.open("rb") as source:
            return self._write(File(source)).name

    def place(self, part: str, name: str) -> None:
        """Give it its name; done twice, it is done. What is there already was left by a killed worker, and goes."""
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            (self._parts() / part).replace(target)
        except FileNotFoundError:
            if not target.exists():
                raise
        _sync_folder(target.parent)

    def drop(self, part: str) -> None:
        """Drop what was staged, which gets no name after all."""
        (self._parts() / part).unlink(missing_ok=True)

    def sweep(self) -> None:
        """Remove what was staged long ago by processes that did not come to placing it."""
        for part in self._parts().iterdir():
            if time.time() - part.stat().st_mtime > PART_LIVES_S:
                part.unlink(missing_ok=True)

    def _save(self, name: str, content: File[Any]) -> str:
        self.place(self._write(content).name, name)
        return name

    def _write(self, content: File[Any]) -> Path:
        part = self._parts() / secrets.token_hex(8)
        try:
            with part.open("xb") as out:
                for chunk in content.chunks(CHUNK_BYTES):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
        except BaseException:
            part.unlink(missing_ok=True)
            raise
        return part

    def _parts(self) -> Path:
        folder = Path(self.location) / PARTS
        folder.mkdir(parents=True, exist_ok=True)
        return folder


def _sync_folder(folder: Path) -> None:
    """Let the new name outlive a power cut, as the row that refers to it does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def stage_file(path: Path) -> str:
    """Bring a file into the storage, however long that takes; `place_file` then gives it its name at once."""
    return _staging().stage(path)


def place_file(part: str, name: str) -> None:
    _staging().place(part, name)


def drop_file(part: str) -> None:
    """Drop what was staged, which gets no name after all; where the storage is away, it is swept later."""
    with contextlib.suppress(ServiceDown):
        _staging().drop(part)


def sweep_parts() -> None:
    """Remove what killed processes were writing."""
    try:
        _staging().sweep()
    except ServiceDown as error:
        log.warning("nothing was swept: %s", error.message)


def _staging() -> Staging:
    return cast(Staging, default_storage)


def put_file(name: str, path: Path) -> None:
    with path.open("rb") as source:
        default_storage.save(name, File(source))


def put_text(name: str, text: str) -> None:
    default_storage.save(name, ContentFile(text.encode()))


def read_text(name: str) -> str:
    with default_storage.open(name, "rb") as file:
        return bytes(file.read()).decode("utf-8")


def local_path(name: str, *, hold: Path | None = None) -> Path:
    """Return a path at which a program can read a stored file.

    Blocking where the storage is not on this machine: the file is fetched, and the copy goes when the cache needs the
    room; with `hold`, a folder, it stays as long as that folder does.
    """
    if path := path_here(name):
        return Path(path)
    cache = Cache(settings.PIXORA_CACHE_DIR, settings.PIXORA_CACHE_MB << 20, default_storage.open)
    return cache.hold(name, hold) if hold else cache.path(name)


def whereabouts(name: str) -> str:
    """Tell people the path where the storage is a folder of this machine, else the name within the bucket."""
    return path_here(name) or name


def way_to(name: str) -> str:
    """Tell people the path where the storage is a folder of this machine, else an address that opens the file."""
    return path_here(name) or default_storage.url(name)


def signed_address(name: str, *, save_as: str = "") -> str:
    """Return an address in a storage that is elsewhere: it opens this one file for a while, or lets a browser save it
    under a name."""
    return _staging().url(name, {"download": save_as}) if save_as else default_storage.url(name)


def path_here(name: str) -> str:
    """Return a file's path on this machine; empty where the storage is elsewhere, as Django tells by this exception."""
    try:
        return default_storage.path(name)
    except NotImplementedError:
        return ""


def remove_file(name: str) -> None:
    """The stored file, and this machine's copy of it. One that is gone already is no error."""
    default_storage.delete(name)
    Cache(settings.PIXORA_CACHE_DIR, 0, default_storage.open).forget(name)


def remove_folder(folder: str) -> None:
    """The empty folders that are left of a folder whose files went, where folders are more than parts of names."""
    if not isinstance(default_storage, LocalStorage):
        return
    for path, _, _ in os.walk(default_storage.path(folder), topdown=False):
        with contextlib.suppress(OSError):
            Path(path).rmdir()


def copy_out(name: str, target: Path) -> None:
    """Copy a stored file to a path of the caller's, whole or not at all."""
    part = target.with_name(f".{target.name}.{secrets.token_hex(4)}.part")
    try:
        with default_storage.open(name, "rb") as source, part.open("xb") as out:
            shutil.copyfileobj(source, out, CHUNK_BYTES)
        part.replace(target)
    finally:
        part.unlink(missing_ok=True)


def content_hash(path: Path) -> str:
    """SHA-256 in hex."""
    with path.open("rb") as source:
        return hashlib.file_digest(source, "sha256").hexdigest()
