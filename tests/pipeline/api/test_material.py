"""Uploads and own takes over HTTP."""

from __future__ import annotations

import asyncio
import fcntl
import io
import tempfile
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from pathlib import Path
from typing import Any
from zlib import crc32

import pytest
from asgiref.sync import async_to_sync
from django.core.cache import cache
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from PIL import Image

from media_assets import receive, uploads
from media_assets.models import Asset, Upload
from pipeline.models import Script, Task
from pipeline.services import films
from pixora.accounts.models import User
from pixora.foundation.errors import NotFound, ProcessFailed
from pixora.foundation.machine_slots import Machine, machine_folder
from tests.pipeline.cut import media
from tests.pipeline.scripts import TINY, script
from tests.pipeline.user_files import picture, upload
from tests.pixora.accounts.doors import bearer, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def place(services: None, settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path / "media"
    cache.clear()


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def task(alice: User) -> Task:
    task = films.order_film(user=alice, prompt="A film", settings=TINY, writes=False)
    Script.objects.create(task=task, version=1, content=script(2).model_dump(mode="json"))
    return task


def test_a_user_who_sends_much_keeps_nobody_else_waiting(alice: User, tmp_path: Path) -> None:
    """One upload of theirs is read at a time."""
    bob = next(user for n in range(9) if _line(user := User.objects.create_user(f"{n}@example.org")) != _line(alice))
    (tmp_path / "picture").write_bytes(png())

    async def both() -> str:
        async with Machine(machine_folder() / "intake" / f"line-{_line(alice)}", 1).slot(0):
            waits = asyncio.ensure_future(receive._in_turn(alice, tmp_path / "picture", tmp_path, None))
            read = await receive._in_turn(bob, tmp_path / "picture", tmp_path, None)
            assert not waits.done()
        assert (await waits).stdout == read.stdout
        return read.stdout

    assert '"picture"' in async_to_sync(both)()


@pytest.mark.parametrize("path", ["me", "me/credits", "tasks", "tasks/{task}", "tasks/{task}/script", "options", "no"])
def test_no_answer_of_the_api_is_kept_by_browsers_or_on_the_way(alice: User, task: Task, path: str) -> None:
    address = f"/api/v1/{path.format(task=task.id)}"
    for headers in ({}, bearer(alice)):
        assert Client().get(address, headers=headers)["Cache-Control"] == "no-store"


def _line(user: User) -> int:
    return crc32(user.pk.bytes) % receive.LINES


def png() -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (120, 80), "red").save(written, "PNG")
    return written.getvalue()


def picture_of(user: User) -> Upload:
    """Upload a picture as if it had come through the door, which is slower."""
    with tempfile.TemporaryDirectory() as folder:
        return upload(user, picture(Path(folder) / "mine.png"))


def send(user: User, content: bytes, name: str = "upload.bin", *, wanted: str = "") -> Any:
    url = f"/api/v1/uploads?wanted={wanted}" if wanted else "/api/v1/uploads"
    return Client(headers=bearer(user)).post(url, {"file": SimpleUploadedFile(name, content)})


def post(user: User, url: str, body: dict[str, Any]) -> Any:
    return Client(headers=bearer(user)).post(url, body, content_type="application/json")


def test_a_picture_is_taken_in_whatever_its_name(alice: User) -> None:
    answer = send(alice, png(), "holiday.txt")

    kept = Upload.objects.get()
    assert answer.status_code == 201
    assert answer.json() == {"upload_id": kept.id, "kind": "picture", "facts": {"width": 120, "height": 80}}
    assert kept.storage_path == f"uploads/{alice.id}/{kept.id}.png"
    assert default_storage.exists(kept.storage_path)


def test_a_sound_and_a_clip_are_taken_in(alice: User, tmp_path: Path) -> None:
    clip = media.clip(tmp_path / "clip.mp4", media.ramp(fps=10), frames=10)
    sound = media.tone(tmp_path / "tone.wav", 0.5)
    assert [send(alice, file.read_bytes()).json()["kind"] for file in (clip, sound)] == ["clip", "sound"]


@pytest.mark.parametrize(
    ("wanted", "content", "sentence"),
    [
        ("picture", b"This is text.", "that is not a picture. PNG, JPEG or WebP, please."),
        ("clip", png(), "that is a picture, not a clip. MP4, MOV or WebM, please."),
        ("sound", b"This is text.", "that is not a sound. MP3, WAV, M4A, FLAC or Ogg, please."),
    ],
)
def test_another_kind_than_the_wanted_one_is_told_what_would_do(
    alice: User, wanted: str, content: bytes, sentence: str
) -> None:
    refusal = send(alice, content, "mine.png", wanted=wanted).json()["error"]
    assert (refusal["message"], refusal["details"]) == (f"file: {sentence}", {"field": "file"})
    assert not Upload.objects.exists()


def test_a_sound_is_no_clip(alice: User, tmp_path: Path) -> None:
    sound = media.tone(tmp_path / "tone.wav", 0.5).read_bytes()
    refusal = send(alice, sound, wanted="clip").json()["error"]
    assert refusal["message"] == "file: that is a sound, not a clip. MP4, MOV or WebM, please."
    assert send(alice, sound, wanted="sound").status_code == 201


def test_the_name_of_a_file_is_kept_for_its_user_as_a_line_of_text(alice: User) -> None:
    for name in ("mine.png", "../../a\u202eb.png", f"{'long' * 50}.jpeg"):
        assert send(alice, png(), name).status_code == 201
    kept = list(Upload.objects.order_by("created_at").values_list("file_name", flat=True))
    assert kept[:2] == ["mine.png", "ab.png"]
    assert (len(kept[2]), kept[2][-5:]) == (120, ".jpeg")


@pytest.mark.parametrize("content", [b"", b"This is text.", b"<svg></svg>", png()[:60]])
def test_what_is_refused_leaves_nothing(alice: User, content: bytes) -> None:
    answer = send(alice, content, "picture.png")

    refusal = answer.json()["error"]
    assert (answer.status_code, refusal["code"], refusal["details"]) == (415, "unsupported_media", {"field": "file"})
    assert refusal["message"].startswith("file: the file ")
    assert not Upload.objects.exists()
    assert not default_storage.exists("uploads")


def test_each_kind_has_a_size_it_may_have(alice: User, settings: Any) -> None:
    settings.PIXORA_UPLOAD_MB = {"picture": 0, "clip": 1, "sound": 0}
    one, another = send(alice, png()), send(alice, bytes(2 << 20))

    assert (one.status_code, another.status_code) == (413, 413)
    assert one.json()["error"] == {
        "code": "too_large",
        "message": "file: a picture may have 0 MB; this file is larger.",
        "details": {"field": "file"},
    }
    assert not Upload.objects.exists()


def test_a_request_that_is_too_large_is_not_read(alice: User, settings: Any) -> None:
    settings.PIXORA_MAX_REQUEST_BYTES = 1_000
    settings.CORS_ALLOWED_ORIGINS = ["https://app.example"]
    client = Client(headers={**bearer(alice), "Origin": "https://app.example"})
    answer = client.post("/api/v1/uploads", {"file": SimpleUploadedFile("a", bytes(2_000))})

    assert (answer.status_code, answer.json()["error"]["code"]) == (413, "too_large")
    assert answer["Access-Control-Allow-Origin"] == "https://app.example"


def test_no_more_are_read_at_once_than_there_are_cores(alice: User, settings: Any) -> None:
    settings.CORES = 1
    folder = machine_folder() / "intake"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    with (folder / "slot-0").open("w") as slot, ThreadPoolExecutor(1) as other:
        fcntl.flock(slot, fcntl.LOCK_EX)
        waiting = other.submit(async_to_sync(receive.read), Path("nothing"), Path())
        with pytest.raises(TimeoutError):
            waiting.result(timeout=0.5)
        fcntl.flock(slot, fcntl.LOCK_UN)
        with pytest.raises(ProcessFailed):
            waiting.result()


def test_a_request_without_a_file_names_the_field(alice: User) -> None:
    answer = Client(headers=bearer(alice)).post("/api/v1/uploads", {"other": "text"})
    assert (answer.status_code, answer.json()["error"]["details"]["field"]) == (422, "file")


def test_several_files_at_once_are_refused(alice: User) -> None:
    two = {"file": SimpleUploadedFile("a", png()), "more": SimpleUploadedFile("b", png())}
    assert Client(headers=bearer(alice)).post("/api/v1/uploads", two).status_code == 422
    assert not Upload.objects.exists()


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_a_broken_form_is_refused(alice: User, kind: str) -> None:
    answer = Client(headers=bearer(alice)).generic("POST", "/api/v1/uploads", b"--x\r\nnonsense", content_type=kind)
    assert (answer.status_code, answer.json()["error"]["code"]) == (422, "invalid")


def test_a_stranger_and_a_foreign_page_may_not_upload(alice: User) -> None:
    files = {"file": SimpleUploadedFile("a.png", png())}
    assert Client().post("/api/v1/uploads", files).status_code == 401
    assert signed_in(alice, enforce_csrf_checks=True).post("/api/v1/uploads", files).status_code == 403


@pytest.mark.crash
def test_uploading_is_limited(alice: User) -> None:
    statuses = [send(alice, b"").status_code for _ in range(31)]
    assert (set(statuses[:30]), statuses[30]) == ({415}, 429)


def test_an_upload_becomes_a_take(alice: User, task: Task) -> None:
    upload_id = picture_of(alice).id
    answer = post(alice, f"/api/v1/tasks/{task.id}/components/scene.2/takes", {"upload_id": upload_id})

    run = task.runs.get()
    assert (answer.status_code, answer.json()) == (202, {"run_id": run.id, "status": "queued"})
    assert (run.own, run.forced, run.approved) == ({"scene/2": upload_id}, {"scene/2": ""}, [])


def test_a_clip_says_how_it_gets_into_the_film_and_a_take_what_should_be_known_of_it(
    alice: User, task: Task, tmp_path: Path
) -> None:
    path = f"/api/v1/tasks/{task.id}/components/video.2/takes"
    upload_id = upload(alice, media.clip(tmp_path / "a.mp4", media.colour("red"), frames=30)).id
    assert post(alice, path, {"upload_id": upload_id, "fit": "squeeze"}).status_code == 422
    picture_id = picture_of(alice).id
    refused = post(
        alice, f"/api/v1/tasks/{task.id}/components/scene.2/takes", {"upload_id": picture_id, "keep_sound": True}
    )
    assert (refused.status_code, refused.json()["error"]["details"]["field"]) == (422, "keep_sound")
    assert not task.runs.exists()


def test_an_upload_becomes_the_reference(alice: User, task: Task) -> None:
    upload_id = picture_of(alice).id
    answer = post(alice, f"/api/v1/tasks/{task.id}/reference-image", {"upload_id": upload_id})

    assert answer.status_code == 200
    reference = Asset.objects.get(asset_type="reference")
    assert answer.json()["settings"]["reference"] == reference.content_hash
    shown = Client(headers=bearer(alice)).get(f"/api/v1/tasks/{task.id}").json()["reference"]
    assert shown["url"] == reference.url


def test_a_film_is_ordered_with_a_reference(alice: User) -> None:
    upload_id = picture_of(alice).id
    answer = post(alice, "/api/v1/tasks", {"prompt": "A film about a fox", "reference_upload": upload_id})

    reference = Asset.objects.get(task=answer.json()["id"], asset_type="reference")
    assert (answer.status_code, answer.json()["settings"]["reference"]) == (201, reference.content_hash)
    assert default_storage.exists(reference.storage_path)


def test_a_film_is_not_ordered_with_what_is_no_picture_or_not_theirs(alice: User, tmp_path: Path) -> None:
    bob = User.objects.create_user("bob@example.org")
    his = picture_of(bob).id
    sound = upload(alice, media.tone(tmp_path / "tone.wav", 0.5)).id

    for upload_id, status, code in ((his, 404, "not_found"), (sound, 422, "invalid"), ("\x00", 404, "not_found")):
        answer = post(alice, "/api/v1/tasks", {"prompt": "A film", "reference_upload": upload_id})
        assert (answer.status_code, answer.json()["error"]["code"]) == (status, code)
    assert not Task.objects.exists()
    assert not Asset.objects.exists()


@pytest.mark.parametrize("place", ["components/scene.1/takes", "reference-image"])
def test_other_peoples_tasks_and_uploads_are_not_found(alice: User, task: Task, place: str) -> None:
    bob = User.objects.create_user("bob@example.org")
    hers, his = (picture_of(user).id for user in (alice, bob))
    url = f"/api/v1/tasks/{task.id}/{place}"

    for user, upload_id in ((bob, his), (bob, hers), (alice, his), (alice, "upload_none"), (alice, "\x00")):
        answer = post(user, url, {"upload_id": upload_id})
        assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")
    assert not task.runs.exists()


def test_the_wrong_kind_is_named(alice: User, task: Task) -> None:
    upload_id = picture_of(alice).id
    answer = post(alice, f"/api/v1/tasks/{task.id}/components/audio.1/takes", {"upload_id": upload_id})
    assert (answer.status_code, answer.json()["error"]["message"]) == (
        422,
        "upload_id: that is a picture, not a sound. MP3, WAV, M4A, FLAC or Ogg, please.",
    )


def test_uploads_that_nobody_used_for_a_day_go(alice: User) -> None:
    old, used, new = (picture_of(alice) for _ in range(3))
    for each in (old, used):
        Upload.objects.filter(id=each.id).update(used_at=each.used_at - timedelta(days=2))
    uploads.mark_used(used)

    assert uploads.remove_unused() == 1
    assert set(Upload.objects.values_list("id", flat=True)) == {used.id, new.id}
    assert not default_storage.exists(old.storage_path)
    with pytest.raises(NotFound):
        uploads.upload_of(alice, old.id)
