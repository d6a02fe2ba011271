"""Local copies of stored files, for storages that are not on this machine.

Bounded in size: what was used longest ago goes first. A take's name never changes its content, so a copy is right for
as long as it is there. Processes may share the folder: copies appear whole, and who works with one holds a link to it.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Any

CHUNK_BYTES = 1 << 20

Open = Callable[[str], IO[Any]]


@dataclass(frozen=True)
class Cache:
    """`open_stored` opens a stored file by its name; `max_bytes` is what all copies may take together."""

    folder: Path
    max_bytes: int
    open_stored: Open

    def path(self, name: str) -> Path:
        """Return a path that can be read until room is needed. Raises what opening the file in storage raises."""
        copy = self.folder / _file_name(name)
        try:
            os.utime(copy)
        except FileNotFoundError:
            self._fetch(name, copy)
        return copy

    def hold(self, name: str, folder: Path) -> Path:
        """A link in `folder`, on the same file system: it stays readable however soon room is needed."""
        held = folder / _file_name(name)
        while not held.exists():
            copy = self.path(name)
            try:
                held.hardlink_to(copy)
            except FileNotFoundError:
                continue
        return held

    def forget(self, name: str) -> None:
        (self.folder / _file_name(name)).unlink(missing_ok=True)

    def _fetch(self, name: str, copy: Path) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        part = self.folder / f"{copy.name}.{secrets.token_hex(4)}.part"
        try:
            with self.open_stored(name) as source, part.open("xb") as out:
                while chunk := source.read(CHUNK_BYTES):
                    out.write(chunk)
            part.replace(copy)
        finally:
            part.unlink(missing_ok=True)
        self._make_room(copy)

    def _make_room(self, newest: Path) -> None:
        """Parts that a dead process left count and go like everything else."""
        found = sorted(self._found(), reverse=True)
        kept = sum(size for _, size, path in found if path == newest)
        for _, size, path in found:
            if path != newest and (kept := kept + size) > self.max_bytes:
                path.unlink(missing_ok=True)

    def _found(self) -> list[tuple[int, int, Path]]:
        looked_at = [(path, _stat(path)) for path in self.folder.iterdir()]
        return [(stat.st_mtime_ns, stat.st_size, path) for path, stat in looked_at if stat]


def _file_name(name: str) -> str:
    """Free of folders and of what a file system refuses, with the ending by which programs judge a file."""
    return hashlib.sha256(name.encode()).hexdigest()[:32] + Path(name).suffix


def _stat(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except FileNotFoundError:
        return None
