from __future__ import annotations

import io
import os
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files import File
from django.core.files.storage import Storage
from django.test import override_settings

from media_assets.cache import Cache
from media_assets.storage import local_path, put_text


class Bucket:
    """A storage elsewhere; it counts how often each name is asked for."""

    def __init__(self, **files: bytes) -> None:
        self.files, self.asked = files, Counter[str]()

    def open(self, name: str) -> io.BytesIO:
        self.asked[name] += 1
        if name not in self.files:
            raise FileNotFoundError(name)
        return io.BytesIO(self.files[name])


class Elsewhere(Storage):
    files: dict[str, bytes] = {}

    def _save(self, name: str, content: File[Any]) -> str:
        self.files[name] = content.read()
        return name

    def _open(self, name: str, mode: str = "rb") -> File[Any]:
        return File(io.BytesIO(self.files[name]), name)

    def exists(self, name: str) -> bool:
        return name in self.files


def sizes(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.iterdir())


def use_at(path: Path, seconds: int) -> None:
    os.utime(path, (seconds, seconds))


def test_a_file_is_fetched_once_and_keeps_its_ending(tmp_path: Path) -> None:
    bucket = Bucket(**{"task/scene 1.mp4": b"film"})
    cache = Cache(tmp_path / "cache", 100, bucket.open)
    assert cache.path("task/scene 1.mp4").read_bytes() == b"film"
    assert cache.path("task/scene 1.mp4").suffix == ".mp4"
    assert bucket.asked["task/scene 1.mp4"] == 1


def test_what_was_used_longest_ago_goes_first(tmp_path: Path) -> None:
    bucket = Bucket(**{name: bytes(40) for name in "abcd"})
    cache = Cache(tmp_path, 130, bucket.open)
    for seconds, name in enumerate("abc", 1):
        use_at(cache.path(name), seconds)
    cache.path("a")
    cache.path("d")
    assert sizes(tmp_path) == 120
    for name in "acd":
        cache.path(name)
    assert bucket.asked == Counter(a=1, b=1, c=1, d=1)
    cache.path("b")
    assert bucket.asked["b"] == 2


def test_copies_never_take_more_than_they_may(tmp_path: Path) -> None:
    bucket = Bucket(**{str(number): bytes(number * 7 % 50) for number in range(60)})
    cache = Cache(tmp_path, 100, bucket.open)
    for number in range(60):
        cache.path(str(number))
        assert sizes(tmp_path) <= 100


def test_a_file_larger_than_the_cache_can_be_read_too(tmp_path: Path) -> None:
    cache = Cache(tmp_path, 10, Bucket(large=bytes(50), small=b"x").open)
    assert cache.path("large").stat().st_size == 50
    cache.path("small")
    assert sizes(tmp_path) == 1


def test_what_is_held_stays_although_its_copy_goes(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "cache", 40, Bucket(a=b"a" * 40, b=bytes(40)).open)
    work = tmp_path / "work"
    work.mkdir()
    held = cache.hold("a", work)
    cache.path("b")
    assert held.read_bytes() == b"a" * 40
    assert sizes(tmp_path / "cache") == 40


def test_a_fetch_that_fails_leaves_nothing(tmp_path: Path) -> None:
    class Torn(io.BytesIO):
        def read(self, _size: int | None = -1) -> bytes:
            if self.tell():
                raise ConnectionResetError("the line is dead")
            return super().read(4)

    cache = Cache(tmp_path, 100, lambda _name: Torn(b"half of it"))
    with pytest.raises(ConnectionResetError):
        cache.path("a.mp4")
    with pytest.raises(FileNotFoundError):
        Cache(tmp_path, 100, Bucket().open).path("missing")
    assert list(tmp_path.iterdir()) == []


def test_the_half_of_a_killed_fetch_goes_when_room_is_needed(tmp_path: Path) -> None:
    half = tmp_path / "0.mp4.0.part"
    half.write_bytes(bytes(90))
    use_at(half, 1)
    Cache(tmp_path, 100, Bucket(a=bytes(50)).open).path("a")
    assert not half.exists()


def test_a_storage_elsewhere_is_read_through_the_cache(tmp_path: Path) -> None:
    elsewhere = {**settings.STORAGES, "default": {"BACKEND": f"{__name__}.Elsewhere"}}
    with override_settings(PIXORA_CACHE_DIR=tmp_path / "cache", STORAGES=elsewhere):
        put_text("task/script.json", "{}")
        path = local_path("task/script.json")
        assert path.parent == tmp_path / "cache"
        assert path.read_text() == "{}"
        assert local_path("task/script.json", hold=tmp_path).parent == tmp_path


def test_a_folder_of_this_machine_needs_no_copies(tmp_path: Path) -> None:
    with override_settings(PIXORA_CACHE_DIR=tmp_path / "cache", MEDIA_ROOT=tmp_path / "bucket"):
        put_text("script.json", "{}")
        assert local_path("script.json", hold=tmp_path) == tmp_path / "bucket" / "script.json"
    assert not (tmp_path / "cache").exists()
