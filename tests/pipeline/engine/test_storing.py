"""What was made is brought to the storage while it is looked at, and is gone from there where either fails."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from media_assets.storage import local_path, place_file, stage_file
from pipeline.engine import storing
from pipeline.providers.base import Made
from pixora.foundation.errors import BadMedia


@pytest.fixture
def made(home: Path, tmp_path: Path) -> Made:
    path = tmp_path / "still.png"
    path.write_bytes(b"a picture")
    return Made(path)


def brought(made: Made, look: Callable[[], str]) -> tuple[str, bytes]:
    async def bring() -> tuple[str, bytes]:
        async with storing.staged(made, look) as (parts, seen):
            storing.place({".png": "task/still.png"}, parts)
            return seen, local_path("task/still.png").read_bytes()

    return asyncio.run(bring())


def test_it_is_looked_at_while_it_is_brought(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    looks, is_brought = threading.Event(), threading.Event()

    def stage(path: Path) -> str:
        assert looks.wait(10), "the look has begun before it is there"
        is_brought.set()
        return stage_file(path)

    def look() -> str:
        looks.set()
        return "brought meanwhile" if is_brought.wait(10) else "brought afterwards"

    monkeypatch.setattr(storing, "stage_file", stage)
    assert brought(made, look) == ("brought meanwhile", b"a picture")


def test_what_is_none_of_what_it_should_be_is_not_kept(made: Made, monkeypatch: pytest.MonkeyPatch) -> None:
    staged: list[str] = []

    def stage(path: Path) -> str:
        staged.append(stage_file(path))
        return staged[-1]

    def look() -> str:
        raise BadMedia("It holds sound where a picture is needed.")

    monkeypatch.setattr(storing, "stage_file", stage)
    with pytest.raises(BadMedia):
        brought(made, look)
    (part,) = staged
    with pytest.raises(FileNotFoundError):
        place_file(part, "task/still.png")
