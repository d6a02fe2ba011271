"""Files in and out of Django's storage, written whole or not at all."""

from __future__ import annotations

import contextlib
import hashlib
import os
import secrets
import shutil
import time
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import FileSystemStorage, default_storage

from media_assets.cache import Cache

CHUNK_BYTES = 1 << 20
PARTS = ".parts"
PART_LIVES_S = 3_600


class LocalStorage(FileSystemStorage):
    """A local folder in place of the bucket: a name appears with its whole content or not at all."""

    def __init__(self, **options: Any) -> None:
        super().__init__(**{"allow_overwrite": True, **options})

    def parts(self) -> Path:
        """Where files are written before they get their names: what lies here for long was left by a killed process."""
        folder = Path(self.location) / PARTS
        folder.mkdir(parents=True, exist_ok=True)
        return folder

    def _save(self, name: str, content: File[Any]) -> str:
        target = Path(self.path(name))
        target.parent.mkdir(parents=True, exist_ok=True)
        part = self.parts() / secrets.token_hex(8)
        try:
            with part.open("xb") as out:
                for chunk in content.chunks(CHUNK_BYTES):
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            part.replace(target)
            _sync_folder(target.parent)
        finally:
            part.unlink(missing_ok=True)
        return name


def _sync_folder(folder: Path) -> None:
    """So that the new name outlives a power cut, as the row that refers to it does."""
    descriptor = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def sweep_parts() -> None:
    """Remove what a killed process was writing."""
    if not isinstance(default_storage, LocalStorage):
        return
    for part in default_storage.parts().iterdir():
        if time.time() - part.stat().st_mtime > PART_LIVES_S:
            part.unlink(missing_ok=True)


def put_file(name: str, path: Path) -> None:
    with path.open("rb") as source:
        default_storage.save(name, File(source))


def put_text(name: str, text: str) -> None:
    default_storage.save(name, ContentFile(text.encode()))


def local_path(name: str, *, hold: Path | None = None) -> Path:
    """Where a stored file can be read by a program that takes a path.

    Blocking where the storage is not on this machine: the file is fetched, and the copy goes when the cache needs the
    room; with `hold`, a folder, it stays as long as that folder does.
    """
    try:
        return Path(default_storage.path(name))
    except NotImplementedError:
        cache = Cache(settings.PIXORA_CACHE_DIR, settings.PIXORA_CACHE_MB << 20, default_storage.open)
        return cache.hold(name, hold) if hold else cache.path(name)


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
