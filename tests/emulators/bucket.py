"""The emulated bucket as a test's default storage."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.files.storage import storages
from django.test import override_settings

from media_assets.supabase.storage import SupabaseStorage
from tests.emulators.server import Emulators
from tests.emulators.supabase.keys import SECRET_KEY


class Buckets:
    """Each call makes a storage with options of one's own the default one."""

    def __init__(self, emulators: Emulators, cache: Path) -> None:
        self._url, self._cache = f"{emulators.url}/supabase", cache
        self._undo = ExitStack()

    def __call__(self, **options: Any) -> SupabaseStorage:
        given = {"url": self._url, "key": SECRET_KEY, "bucket": "pixora", "pause_s": 0.01, **options}
        backend = {"BACKEND": "media_assets.supabase.storage.SupabaseStorage", "OPTIONS": given}
        chosen = {**settings.STORAGES, "default": backend}
        self._undo.enter_context(override_settings(PIXORA_CACHE_DIR=self._cache, STORAGES=chosen))
        storage = storages["default"]
        assert isinstance(storage, SupabaseStorage)
        self._undo.callback(storage.close)
        return storage

    def close(self) -> None:
        self._undo.close()


@contextmanager
def buckets(emulators: Emulators, cache: Path) -> Iterator[Buckets]:
    made = Buckets(emulators, cache)
    try:
        yield made
    finally:
        made.close()
