from __future__ import annotations

import os
import secrets
import tempfile
from pathlib import Path
from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.utils.functional import SimpleLazyObject

from pixora import embedded


class GeneratedKey(SimpleLazyObject):  # type: ignore[type-arg]
    """A `str` that is read from `path`, or made there, when it is first used.

    Loading the settings only asks whether there is a key, so that must not make one.
    """

    def __init__(self, path: Path) -> None:
        super().__init__(lambda: read_or_make(path))

    def __bool__(self) -> bool:
        return True

    def __deepcopy__(self, _memo: dict[int, Any]) -> GeneratedKey:
        return self


def read_or_make(path: Path) -> str:
    """The same key for all processes that ask at once: the first complete file under this name wins."""
    try:
        if not path.exists():
            _make(path)
        return path.read_text().strip()
    except OSError as error:
        raise ImproperlyConfigured(f"No SECRET_KEY is set and {path} cannot be made: {error.strerror}.") from error


def _make(path: Path) -> None:
    embedded.make_home(path.parent)
    with tempfile.NamedTemporaryFile("w", dir=path.parent, prefix=f".{path.name}-") as fresh:
        fresh.write(secrets.token_urlsafe(48))
        fresh.flush()
        os.fsync(fresh.fileno())
        try:
            os.link(fresh.name, path)
        except FileExistsError:
            return
