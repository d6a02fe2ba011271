from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from pytest_django import Settings

from media_assets.supabase.storage import SupabaseStorage
from tests.emulators.server import Emulators
from tests.emulators.supabase.keys import SECRET_KEY

BACKENDS = ("local", "supabase")


Use = Callable[..., SupabaseStorage]


@pytest.fixture
def use_supabase(settings: Settings, emulators: Emulators, tmp_path: Path) -> Iterator[Use]:
    """Makes the emulated bucket the default storage, with options of one's own."""
    made: list[SupabaseStorage] = []

    def use(**options: Any) -> SupabaseStorage:
        given = {"url": f"{emulators.url}/supabase", "key": SECRET_KEY, "bucket": "pixora", "pause_s": 0.01, **options}
        backend = {"BACKEND": "media_assets.supabase.storage.SupabaseStorage", "OPTIONS": given}
        settings.PIXORA_CACHE_DIR = tmp_path / "cache"
        settings.STORAGES = {**settings.STORAGES, "default": backend}
        storage = storages["default"]
        assert isinstance(storage, SupabaseStorage)
        made.append(storage)
        return storage

    yield use
    for storage in made:
        storage.close()


@pytest.fixture(params=BACKENDS)
def storage(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Any:
    """The default storage of a test that is run once over each."""
    settings.MEDIA_ROOT = tmp_path / "bucket"
    if request.param == "supabase":
        request.getfixturevalue("use_supabase")()
    return storages["default"]
