"""The bucket at Supabase where it is not like a folder: the wire, its faults, and what nobody may see."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path
from typing import Any

import httpx
import jwt
import pytest
from django.core.files.storage import default_storage

from media_assets.paths import take_name, task_folder
from media_assets.storage import local_path, place_file, put_file, put_text, signed_address, stage_file, sweep_parts
from media_assets.supabase import storage as supabase_storage
from media_assets.supabase.calls import TRIES, StorageRefused
from media_assets.supabase.stream import RESUMES
from pixora.foundation.errors import NotFound, ServiceDown
from tests.emulators.bucket import Buckets
from tests.emulators.server import Emulators
from tests.emulators.supabase.keys import ANON_KEY, LEGACY_ANON_KEY, LEGACY_SERVICE_KEY, SECRET_KEY
from tests.pixora.accounts.key_server import SECRET

fetch = partial(httpx.get, verify=False)
CONTENT = bytes(range(256)) * 4_000


@pytest.fixture(autouse=True)
def storage(use_supabase: Buckets) -> Any:
    return use_supabase()


@pytest.fixture
def film(tmp_path: Path) -> Path:
    path = tmp_path / "film.mp4"
    path.write_bytes(CONTENT)
    return path


@pytest.mark.parametrize("key", [SECRET_KEY, LEGACY_SERVICE_KEY], ids=["secret key", "service role"])
def test_both_kinds_of_service_key_open_the_bucket(use_supabase: Buckets, key: str) -> None:
    use_supabase(key=key)
    put_text("a/script.json", "{}")
    assert local_path("a/script.json").read_text() == "{}"


@pytest.mark.parametrize("prompt", ["Überfälle & Katzen", "日本の四季", "🚀", "a/b/../c", "100% film"])
def test_every_prompt_makes_a_name_that_the_service_takes(prompt: str, film: Path) -> None:
    name = take_name(task_folder(prompt, "task_1"), "scene2/image", 3, ".png")
    place_file(stage_file(film), name)
    assert default_storage.size(name) == len(CONTENT)


def test_a_folder_of_many_files_is_listed_to_its_end(emulators: Emulators) -> None:
    emulators.turn("supabase", options={"page": 2})
    for number in range(5):
        put_text(f"film/{number}.txt", "x")
    assert default_storage.listdir("film") == ([], [f"{number}.txt" for number in range(5)])


def test_what_was_staged_long_ago_is_swept(film: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    part = stage_file(film)
    monkeypatch.setattr(supabase_storage, "PART_LIVES_S", -1)
    sweep_parts()
    assert not default_storage.exists(part)


@pytest.mark.parametrize(
    ("operation", "fault"),
    [
        (operation, fault)
        for operation in ("upload", "move", "download", "info", "list", "remove", "sign")
        for fault in (
            {"kind": "rate_limited", "retry_after_s": 0.02},
            {"kind": "server_error", "status": 503},
            {"kind": "dropped"},
            {"kind": "truncated"},
            {"kind": "garbage"},
        )
    ],
    ids=lambda value: value if isinstance(value, str) else value["kind"],
)
def test_a_fault_that_passes_is_not_noticed(
    emulators: Emulators, film: Path, operation: str, fault: dict[str, Any]
) -> None:
    emulators.fail("supabase", operation=f"storage.{operation}", times=2, **fault)
    place_file(stage_file(film), "a/film.mp4")
    assert local_path("a/film.mp4").read_bytes() == CONTENT
    assert default_storage.listdir("a") == ([], ["film.mp4"])
    assert fetch(default_storage.url("a/film.mp4")).content == CONTENT
    assert default_storage.exists("a/film.mp4")
    default_storage.delete("a/film.mp4")
    assert not default_storage.exists("a/film.mp4")


def test_an_outage_is_said_after_the_last_try_and_in_our_words(
    emulators: Emulators, caplog: pytest.LogCaptureFixture
) -> None:
    emulators.fail("supabase", "server_error", times=TRIES)
    with pytest.raises(ServiceDown, match="cannot be reached at the moment") as caught:
        put_text("script.json", "{}")
    assert caught.value.retryable
    put_text("script.json", "{}")
    assert "Internal Server Error" not in caplog.text
    assert SECRET_KEY not in caplog.text


def test_a_service_that_is_not_there_is_an_outage(use_supabase: Buckets) -> None:
    use_supabase(url="http://127.0.0.1:9", timeout_s=0.5)
    with pytest.raises(ServiceDown):
        default_storage.exists("script.json")


def test_an_answer_that_does_not_come_is_waited_for_only_so_long(use_supabase: Buckets, emulators: Emulators) -> None:
    use_supabase(timeout_s=0.05)
    emulators.fail("supabase", "slow", seconds=0.3, operation="storage.sign", times=1)
    put_text("script.json", "{}")
    assert default_storage.url("script.json")


def test_a_line_that_breaks_again_and_again_is_an_outage(emulators: Emulators, film: Path) -> None:
    put_file("film.mp4", film)
    stored = default_storage.open("film.mp4")
    stored.seek(10)
    emulators.fail("supabase", "dropped", times=RESUMES * TRIES)
    with pytest.raises(ServiceDown):
        stored.read(1)
    stored.close()


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"key": ANON_KEY}, "SUPABASE_SERVICE_KEY"),
        ({"key": LEGACY_ANON_KEY}, "SUPABASE_SERVICE_KEY"),
        ({"key": "wrong"}, "SUPABASE_SERVICE_KEY"),
        ({"bucket": "another"}, "bucket"),
    ],
)
def test_what_an_operator_has_to_mend_is_logged_and_not_tried_again(
    use_supabase: Buckets, caplog: pytest.LogCaptureFixture, options: dict[str, str], said: str
) -> None:
    use_supabase(pause_s=100, **options)
    with pytest.raises(StorageRefused) as caught, caplog.at_level(logging.ERROR):
        put_text("script.json", "{}")
    assert not caught.value.retryable
    assert "key" not in caught.value.message.lower()
    assert said in caplog.text


def test_a_film_too_large_for_the_project_says_so(emulators: Emulators, film: Path) -> None:
    emulators.turn("supabase", options={"file_size_limit": 1000})
    with pytest.raises(StorageRefused, match="no files as large"):
        stage_file(film)


def test_what_is_missing_is_also_an_error_of_ours() -> None:
    with pytest.raises(NotFound, match="not in the storage any more"):
        default_storage.url("film.mp4")


def test_a_signed_address_opens_one_file_for_a_while_and_in_parts(film: Path) -> None:
    put_file("film.mp4", film)
    put_file("other.mp4", film)
    url = default_storage.url("film.mp4")
    part = fetch(url, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, CONTENT[5:10])
    assert part.headers["content-type"] == "video/mp4"
    assert fetch(url.replace("film.mp4?", "other.mp4?")).is_error
    assert fetch(url[:-2]).is_error
    claims = jwt.decode(httpx.URL(url).params["token"], SECRET, ["HS256"])
    assert claims["exp"] - claims["iat"] == supabase_storage.SIGNED_S
    ended = jwt.encode({**claims, "exp": 1}, SECRET, "HS256")
    assert fetch(httpx.URL(url).copy_set_param("token", ended)).is_error


def test_a_signed_address_may_save_the_file_under_a_name(film: Path) -> None:
    put_file("film.mp4", film)
    saved = fetch(signed_address("film.mp4", save_as="my.mp4"))
    assert saved.headers["content-disposition"].startswith("attachment; filename=my.mp4")
    assert "content-disposition" not in fetch(signed_address("film.mp4")).headers


def test_nobody_reads_without_a_signature(emulators: Emulators, film: Path) -> None:
    put_file("film.mp4", film)
    address = f"{emulators.url}/supabase/storage/v1/object/pixora/film.mp4"
    public = {"apikey": ANON_KEY, "Authorization": f"Bearer {ANON_KEY}"}
    for headers in ({}, public, {"Authorization": f"Bearer {LEGACY_ANON_KEY}"}):
        assert fetch(address, headers=headers).is_error


def test_the_key_is_in_no_address_and_no_description() -> None:
    put_text("script.json", "{}")
    assert SECRET_KEY not in default_storage.url("script.json") + repr(default_storage)
