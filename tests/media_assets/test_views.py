"""The media door, from outside."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import httpx
import pytest
from asgiref.sync import async_to_sync
from django.conf import settings as django_settings
from django.core.files.storage import default_storage
from django.core.files.storage.base import Storage
from django.test import AsyncClient, override_settings
from django.utils import timezone

from media_assets.models import Asset
from media_assets.signing import signed_url
from media_assets.storage import put_text
from pipeline.credentials import manifest, signing
from pipeline.models import Task
from pixora.accounts import roles
from pixora.accounts.models import User
from tests.emulators.bucket import Buckets
from tests.pipeline.credentials import reading
from tests.pipeline.cut import media
from tests.pixora.accounts.doors import bearer, signed_in

CONTENT = "0123456789" * 20_000
HASH = "c" * 64
ELSEWHERE = "https://app.example"


@dataclass
class Answer:
    status: int
    headers: Any
    body: bytes


def ask(url: str, *, method: str = "GET", client: Any = None, **headers: Any) -> Answer:
    async def go() -> Answer:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        answer = await (client or AsyncClient()).generic(method, url, headers=named)
        return Answer(answer.status_code, answer.headers, await _body(answer))

    return async_to_sync(go)()


async def _body(answer: Any) -> bytes:
    try:
        return b"".join([part async for part in answer]) if answer.streaming else answer.content
    finally:
        answer.close()


@pytest.fixture(autouse=True)
def folder(settings: Any, tmp_path: Path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def alice(db: None) -> User:
    return User.objects.create_user("alice@example.org")


@pytest.fixture
def asset(alice: User) -> Asset:
    return stored(alice, "film_task/fullvideo.mp4")


def stored(user: User, name: str, **metadata: Any) -> Asset:
    task = Task.objects.create(user=user, prompt="A film", request_key="1")
    put_text(name, CONTENT)
    return Asset.objects.create(
        task=task, asset_type="render", component="fullvideo", take=1, content_hash=HASH, storage_path=name,
        metadata=metadata,
    )  # fmt: skip


def test_its_owner_gets_a_file_by_cookie_and_by_bearer(alice: User, asset: Asset) -> None:
    browser = AsyncClient()
    browser.cookies = signed_in(alice).cookies

    for answer in (ask(asset.url, client=browser), ask(asset.url, **bearer(alice))):
        assert (answer.status, answer.body.decode()) == (200, CONTENT)
        assert answer.headers["Content-Type"] == "video/mp4"
        assert answer.headers["Content-Length"] == str(len(CONTENT))
        assert answer.headers["Accept-Ranges"] == "bytes"
        assert answer.headers["ETag"] == f'"{HASH}"'
        assert answer.headers["Cache-Control"] == "private, max-age=31536000, immutable"
        assert answer.headers["X-Content-Type-Options"] == "nosniff"
        assert answer.headers["Content-Disposition"] == 'inline; filename="film.mp4"'


def test_anybody_gets_it_by_a_signed_address_and_no_other_file(alice: User, asset: Asset) -> None:
    other = stored(alice, "film_other/fullvideo.mp4")
    signature = signed_url(asset).partition("?")[2]

    assert ask(signed_url(asset)).status == 200
    assert ask(f"{other.url}?{signature}").status == 404
    assert ask(f"{asset.url}?s=wrong").status == 404


def test_nobody_else_learns_that_it_exists(alice: User, asset: Asset) -> None:
    bob = bearer(User.objects.create_user("bob@example.org"))
    refused = [ask(asset.url), ask(asset.url, **bob), ask("/media/asset_none/fullvideo.mp4", **bob)]
    refused += [ask("/media/asset%00/x.mp4", **bob), ask(asset.url.replace("fullvideo", "other"), **bearer(alice))]

    assert [answer.status for answer in refused] == [404] * 5
    assert refused[0].body == refused[1].body == refused[2].body
    assert b'"code": "not_found"' in refused[0].body


def test_staff_may_look_when_they_have_a_role(asset: Asset) -> None:
    support, roleless = (User.objects.create_user(f"{name}@example.org", is_staff=True) for name in ("ann", "ben"))
    roles.set_role(support, roles.Role.SUPPORT)
    assert [ask(asset.url, **bearer(user)).status for user in (support, roleless)] == [200, 404]


def test_a_deleted_task_has_no_files(alice: User, asset: Asset) -> None:
    Task.objects.update(deleted_at=timezone.now())
    assert ask(asset.url, **bearer(alice)).status == ask(signed_url(asset)).status == 404


def test_a_file_that_has_gone_is_not_found(alice: User, asset: Asset) -> None:
    default_storage.delete(asset.storage_path)
    assert ask(asset.url, **bearer(alice)).status == 404


@pytest.mark.parametrize(
    ("asked", "first", "last"),
    [("bytes=0-9", 0, 9), ("bytes=199990-", 199_990, 199_999), ("bytes=-5", 199_995, 199_999),
     ("bytes=65530-131080", 65_530, 131_080)],
)  # fmt: skip
def test_a_range_is_answered_with_exactly_its_bytes(asset: Asset, asked: str, first: int, last: int) -> None:
    answer = ask(signed_url(asset), Range=asked)

    assert (answer.status, answer.body.decode()) == (206, CONTENT[first : last + 1])
    assert answer.headers["Content-Range"] == f"bytes {first}-{last}/200000"
    assert answer.headers["Content-Length"] == str(last - first + 1)


@pytest.mark.parametrize("asked", ["bytes=0-1,4-5", "bytes=9-1", "lines=1-2"])
def test_a_range_that_may_be_ignored_is(asset: Asset, asked: str) -> None:
    answer = ask(signed_url(asset), Range=asked)
    assert (answer.status, len(answer.body)) == (200, len(CONTENT))


def test_a_range_beyond_the_end_is_refused_with_the_length(asset: Asset) -> None:
    answer = ask(signed_url(asset), Range="bytes=200000-")
    assert (answer.status, answer.headers["Content-Range"]) == (416, "bytes */200000")
    assert answer.headers["Cache-Control"] == "no-store"


def test_if_range_asks_for_the_whole_file_when_it_is_another_one(asset: Asset) -> None:
    same = ask(signed_url(asset), Range="bytes=0-9", If_Range=f'"{HASH}"')
    other = ask(signed_url(asset), Range="bytes=0-9", If_Range='"older"')
    assert (same.status, other.status, len(other.body)) == (206, 200, len(CONTENT))


def test_what_the_browser_has_is_not_sent_again(asset: Asset) -> None:
    answer = ask(signed_url(asset), If_None_Match=f'"{HASH}"')
    assert (answer.status, answer.body, answer.headers["ETag"]) == (304, b"", f'"{HASH}"')
    assert ask(signed_url(asset), If_None_Match='"older"').status == 200
    assert ask(signed_url(asset), If_Match='"older"').status == 412


def test_head_tells_about_the_file_without_opening_it(asset: Asset) -> None:
    answer = ask(signed_url(asset), method="HEAD", Range="bytes=0-9")
    assert (answer.status, answer.body, answer.headers["Content-Length"]) == (200, b"", "200000")


def test_it_is_saved_under_its_name_on_request(asset: Asset) -> None:
    answer = ask(f"{signed_url(asset)}&download")
    assert answer.headers["Content-Disposition"] == 'attachment; filename="film.mp4"'


def test_it_is_saved_under_its_films_title_of_that_moment(asset: Asset) -> None:
    for title, header in (("A keeper", 'filename="A keeper.mp4"'), ("Bäckerei", "filename*=utf-8''B%C3%A4ckerei.mp4")):
        Task.objects.filter(id=asset.task_id).update(title=title)
        answer = ask(f"{signed_url(asset)}&download")
        assert answer.headers["Content-Disposition"] == f"attachment; {header}"
        assert answer.headers["Cache-Control"] == "no-store"


def test_a_take_of_several_files_has_an_address_for_each(alice: User) -> None:
    captions = stored(alice, "film_task/captions.vtt", files={".srt": "film_task/captions.srt"})
    put_text("film_task/captions.srt", "1\n")
    beside = ask(signed_url(captions).replace(".vtt", ".srt"))

    assert (beside.status, beside.body, beside.headers["ETag"]) == (200, b"1\n", f'"{HASH}.srt"')
    assert ask(signed_url(captions)).headers["Content-Type"] == "text/vtt; charset=utf-8"


def test_a_file_of_no_known_kind_is_saved_and_never_shown(alice: User) -> None:
    answer = ask(signed_url(stored(alice, "film_task/page.html")))
    assert answer.headers["Content-Type"] == "application/octet-stream"
    assert answer.headers["Content-Disposition"].startswith("attachment")


def test_nothing_can_be_changed_here(asset: Asset) -> None:
    assert ask(signed_url(asset), method="POST").status == 405


def test_the_proxy_in_front_sends_the_file_where_it_can(settings: Any, alice: User, asset: Asset) -> None:
    settings.PIXORA_SENDFILE = "/sent/"
    answer = ask(signed_url(asset), Range="bytes=0-9")
    assert (answer.status, answer.body) == (200, b"")
    assert answer.headers["X-Accel-Redirect"] == f"/sent/{asset.storage_path}"
    assert answer.headers["Content-Type"] == "video/mp4"
    assert ask(asset.url).status == 404
    assert "X-Accel-Redirect" not in ask(asset.url).headers
    assert "attachment" in ask(f"{signed_url(asset)}&download").headers["Content-Disposition"]


def test_a_storage_elsewhere_is_where_the_browser_is_sent(asset: Asset) -> None:
    elsewhere = {**django_settings.STORAGES, "default": {"BACKEND": f"{__name__}.Bucket"}}
    with override_settings(STORAGES=elsewhere):
        answer = ask(signed_url(asset), Range="bytes=0-9")

    assert (answer.status, answer.headers["Location"]) == (302, f"{ELSEWHERE}/{asset.storage_path}?token=short")
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_a_browser_that_is_sent_to_supabase_gets_the_file(use_supabase: Buckets, alice: User) -> None:
    use_supabase()
    asset = stored(alice, "film_task/fullvideo.mp4")
    shown, saved = (ask(f"{signed_url(asset)}{more}").headers["Location"] for more in ("", "&download"))

    part = httpx.get(shown, headers={"Range": "bytes=5-9"}, verify=False)
    assert (part.status_code, part.text, part.headers["content-type"]) == (206, CONTENT[5:10], "video/mp4")
    assert httpx.get(saved, verify=False).headers["content-disposition"].startswith("attachment; filename=film.mp4")


class Bucket(Storage):
    def url(self, name: str | None) -> str:
        return f"{ELSEWHERE}/{name}?token=short"


def test_a_frontend_elsewhere_may_read_ranges_when_it_is_configured(settings: Any, asset: Asset) -> None:
    settings.CORS_ALLOWED_ORIGINS = [ELSEWHERE]
    asked = {"method": "OPTIONS", "Origin": ELSEWHERE, "Access_Control_Request_Method": "GET"}
    allowed = ask(asset.url, **asked, Access_Control_Request_Headers="range")
    answer = ask(signed_url(asset), Origin=ELSEWHERE, Range="bytes=0-9")
    foreign = ask(signed_url(asset), Origin="https://evil.example", Range="bytes=0-9")

    assert "range" in allowed.headers["Access-Control-Allow-Headers"]
    assert answer.headers["Access-Control-Allow-Origin"] == ELSEWHERE
    exposed = answer.headers["Access-Control-Expose-Headers"]
    assert {"ETag", "Content-Range", "Accept-Ranges"} <= set(exposed.split(", "))
    assert "Access-Control-Allow-Origin" not in foreign.headers


def test_no_signature_is_ever_logged(asset: Asset, caplog: pytest.LogCaptureFixture) -> None:
    signature = signed_url(asset).partition("?s=")[2]
    with caplog.at_level("DEBUG"):
        for url in (signed_url(asset), f"/media/asset_none/x.mp4?s={signature}", f"/nowhere?s={signature}"):
            ask(url)
            ask(url, method="POST")
    assert caplog.records
    assert signature not in caplog.text


def test_a_signed_film_in_ranges_is_the_file_to_the_byte(asset: Asset, settings: Any, tmp_path: Path) -> None:
    """A player that asks for parts gets what can be checked as a whole, and one wrong byte is found."""
    settings.PIXORA_HOME, path = tmp_path / "home", Path(default_storage.path(asset.storage_path))
    media.clip(path, media.colour("teal"), frames=30)
    assert signing.sign(path, manifest.of_film([], []))["signed"]
    size, parts = path.stat().st_size, []
    for first in range(0, size, size // 5):
        parts.append(ask(signed_url(asset), Range=f"bytes={first}-{first + size // 5 - 1}").body)
    got = tmp_path / "got.mp4"
    got.write_bytes(b"".join(parts))
    assert got.read_bytes() == path.read_bytes()
    assert reading.read(got)[0] == "Valid"
    got.write_bytes(b"".join([*parts[:-1], bytes([parts[-1][0] ^ 1]), parts[-1][1:]]))
    assert reading.read(got)[0] == "Invalid"


@pytest.mark.parametrize("path", ["/media/asset_none/a.png", "/media/asset_none/%00", "/api/v1/me", "/api/v1/nothing"])
def test_no_refusal_is_kept_on_the_way(path: str, db: None) -> None:
    """A cache before us would show its owner, too, that a file is not there."""
    told = ask(path)
    assert told.status in (401, 404)
    assert told.headers["Cache-Control"] == "no-store"
