"""Static files are looked for once, and not again for each client of a test."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from pixora.static_files import StaticFiles


@contextmanager
def listed_once() -> Iterator[None]:
    list_all = StaticFiles.add_files_from_finders
    found: dict[str, Any] = {}

    def add(middleware: StaticFiles) -> None:
        if not found:
            list_all(middleware)
            found.update(middleware.files)
        middleware.files.update(found)

    with patch.object(StaticFiles, "add_files_from_finders", add):
        yield
