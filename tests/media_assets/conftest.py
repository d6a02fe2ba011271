from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from django.core.files.storage import storages
from pytest_django import Settings

BACKENDS = ("local", "supabase")


@pytest.fixture(params=BACKENDS)
def storage(request: pytest.FixtureRequest, settings: Settings, tmp_path: Path) -> Any:
    """The default storage of a test that is run once over each."""
    settings.MEDIA_ROOT = tmp_path / "bucket"
    if request.param == "supabase":
        request.getfixturevalue("use_supabase")()
    return storages["default"]
