from __future__ import annotations

from pathlib import Path

import pytest
from pytest_django import Settings

from pipeline.providers.base import Call
from tests.emulators.server import Emulators


@pytest.fixture
def openai(emulators: Emulators, settings: Settings) -> Emulators:
    """OpenAI has a key and is the emulator."""
    environment = emulators.environment
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": environment["OPENAI_API_KEY"]}
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "openai": environment["OPENAI_BASE_URL"]}
    return emulators


@pytest.fixture
def call(tmp_path: Path) -> Call:
    bench = tmp_path / "bench"
    bench.mkdir()
    return Call(bench, bench / "out", deadline_s=20)
