"""Tests of what every storage of ours has to do, run over the local folder and over Supabase's bucket alike."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpx
import pytest
from django.core.exceptions import SuspiciousFileOperation
from django.core.files.base import ContentFile, File
from django.core.files.storage import default_storage
from django.utils import timezone

from media_assets.files import stored_under, top_folders
from media_assets.storage import (
    content_hash,
    copy_out,
    drop_file,
    local_path,
    place_file,
    put_file,
    put_text,
    remove_file,
    remove_folder,
    stage_file,
    sweep_parts,
    way_to,
)

pytestmark = pytest.mark.usefixtures("storage")


class TornFile(File):  # type: ignore[type-arg]
    def __init__(self) -> None:
        super().__init__(None, "torn")

    def chunks(self, chunk_size: int | None = None) -> Iterator[Any]:
        yield b"the first half"
        raise OSError(28, "No space left on device")


def everything(folder: str = "") -> set[str]:
    """The names of all files."""
    folders, files = default_storage.listdir(folder)
    start = f"{folder}/" if folder else ""
    return {start + name for name in files}.union(*(everything(start + name) for name in folders))


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(256)) * 12_000)
    return path


def test_a_file_is_there_whole_under_its_name(film: Path) -> None:
    put_file("a/b/film.mp4", film)
    assert content_hash(local_path("a/b/film.mp4")) == content_hash(film)
    assert default_storage.size("a/b/film.mp4") == film.stat().st_size
    assert default_storage.exists("a/b/film.mp4")


def test_a_file_says_when_it_was_written(film: Path) -> None:
    put_file("a/b/film.mp4", film)
    assert abs(timezone.now() - default_storage.get_modified_time("a/b/film.mp4")) < timedelta(minutes=1)
    with pytest.raises(FileNotFoundError):
        default_storage.get_modified_time("a/b/nothing.mp4")


def test_files_below_a_folder_are_found_and_removed(film: Path) -> None:
    for name in ("a/b/film.mp4", "a/film.mp4", "c/film.mp4"):
        put_file(name, film)
    assert top_folders() == ["a", "c"]
    assert sorted(stored_under("a")) == ["a/b/film.mp4", "a/film.mp4"]
    assert list(stored_under("nothing")) == []
    for _ in range(2):
        remove_file("a/b/film.mp4")
        remove_folder("a")
    assert sorted(stored_under("a")) == ["a/film.mp4"]


def test_a_write_that_fails_leaves_what_was_there() -> None:
    put_text("a/script.json", "old")
    with pytest.raises(OSError, match="No space"):
        default_storage.save("a/script.json", TornFile())
    assert local_path("a/script.json").read_text() == "old"
    assert everything() == {"a/script.json"}


def test_saving_again_replaces_the_content_under_the_same_name() -> None:
    put_text("script.json", "one")
    assert default_storage.save("script.json", ContentFile(b"two")) == "script.json"
    assert local_path("script.json").read_text() == "two"


def test_a_copy_for_the_user_appears_whole(tmp_path: Path, film: Path) -> None:
    put_file("film.mp4", film)
    copy_out("film.mp4", tmp_path / "mine.mp4")
    assert (tmp_path / "mine.mp4").read_bytes() == film.read_bytes()


def test_a_staged_file_has_its_name_once_it_is_placed(film: Path) -> None:
    part = stage_file(film)
    assert not default_storage.exists("a/film.mp4")
    place_file(part, "a/film.mp4")
    assert local_path("a/film.mp4").read_bytes() == film.read_bytes()
    assert everything() == {"a/film.mp4"}


def test_placing_twice_is_placing_once(film: Path) -> None:
    part = stage_file(film)
    place_file(part, "film.mp4")
    place_file(part, "film.mp4")
    assert everything() == {"film.mp4"}


def test_what_a_killed_worker_left_under_a_name_makes_room(film: Path) -> None:
    put_text("film.mp4", "half a film")
    place_file(stage_file(film), "film.mp4")
    assert local_path("film.mp4").read_bytes() == film.read_bytes()


def test_placing_what_is_nowhere_is_refused() -> None:
    with pytest.raises(FileNotFoundError):
        place_file("0123456789abcdef", "film.mp4")


def test_a_staged_file_that_gets_no_name_is_gone(film: Path) -> None:
    part = stage_file(film)
    drop_file(part)
    drop_file(part)
    with pytest.raises(FileNotFoundError):
        place_file(part, "film.mp4")
    assert everything() == set()


def test_what_is_being_staged_is_not_swept(film: Path) -> None:
    part = stage_file(film)
    sweep_parts()
    place_file(part, "film.mp4")
    assert default_storage.exists("film.mp4")


def test_a_file_is_read_from_any_place(film: Path) -> None:
    put_file("film.mp4", film)
    with default_storage.open("film.mp4") as stored:
        assert stored.read(3) == b"\x00\x01\x02"
        stored.seek(-2, 2)
        assert stored.read() == b"\xfe\xff"
        stored.seek(256_005)
        assert stored.tell() == 256_005
        assert stored.read(2) == b"\x05\x06"


def test_an_empty_file_is_empty() -> None:
    put_text("empty.vtt", "")
    with default_storage.open("empty.vtt") as stored:
        assert stored.read() == b""


def test_what_is_not_there_is_said_so() -> None:
    assert not default_storage.exists("film.mp4")
    with pytest.raises(FileNotFoundError):
        default_storage.open("film.mp4")
    with pytest.raises(FileNotFoundError):
        default_storage.size("film.mp4")


def test_removing_is_removing_whether_it_was_there_or_not() -> None:
    put_text("a/script.json", "{}")
    default_storage.delete("a/script.json")
    default_storage.delete("a/script.json")
    assert not default_storage.exists("a/script.json")


def test_a_folder_lists_its_folders_and_files() -> None:
    for name in ("film_1/script.json", "film_1/scene1/image.png", "film_1/scene2/image.png", "film_2/script.json"):
        put_text(name, "x")
    folders, files = default_storage.listdir("film_1")
    assert (sorted(folders), files) == (["scene1", "scene2"], ["script.json"])


@pytest.mark.parametrize("name", ["../secret", "a/../../secret", "/etc/passwd"])
def test_a_name_never_leads_out_of_the_bucket(name: str) -> None:
    with pytest.raises(SuspiciousFileOperation):
        put_text(name, "x")
    with pytest.raises(SuspiciousFileOperation):
        default_storage.open(name)


def test_people_are_told_where_they_can_see_it(film: Path) -> None:
    put_file("film.mp4", film)
    way = way_to("film.mp4")
    seen = httpx.get(way, verify=False).content if way.startswith("http") else Path(way).read_bytes()
    assert seen == film.read_bytes()
