"""Small pictures: made once, when somebody asks, and gone with their original."""

from __future__ import annotations

import io
import threading
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connections, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.test import AsyncClient
from django.utils import timezone
from PIL import Image
from pytest_django import Settings

from media_assets import thumbnails
from media_assets.files import named_under
from media_assets.models import Asset
from media_assets.paths import task_folder
from media_assets.signing import signed_thumbnail_url
from pipeline.deletion.film_deletion import delete_task, remove_task
from pipeline.models import Task
from pipeline.services.duplicate import duplicate_task
from pixora.accounts import sessions, tokens
from pixora.accounts.models import User
from tests.crash.site import wait_until
from tests.emulators.bucket import Buckets
from tests.media_assets.test_views import Answer, ask
from tests.pipeline.stored_films import film_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def film(settings: Settings, tmp_path: Path) -> Task:
    settings.MEDIA_ROOT = tmp_path
    with transaction.atomic():
        film = film_of(User.objects.create_user("ann@example.org"))
    for component, size, mode in (("scene/1", (1280, 720), "RGB"), ("character/ann", (300, 900), "RGBA")):
        _picture(film, component, size, mode)
    return film


def _picture(film: Task, component: str, size: tuple[int, int], mode: str) -> Asset:
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert(mode).save(out, "PNG")
    name = f"{task_folder(film.prompt, film.id)}/{component.replace('/', '_')}.png"
    default_storage.save(name, ContentFile(out.getvalue()))
    asset, _ = Asset.objects.update_or_create(
        task=film, component=component, take=1,
        defaults={
            "asset_type": component.split("/")[0], "selected": True, "selected_at": timezone.now(),
            "content_hash": f"hash of {component}", "storage_path": name, "metadata": {},
        },
    )  # fmt: skip
    return asset


def test_what_no_picture_is_kept_as_has_no_thumbnail(film: Task) -> None:
    """Pillow knows forty formats more."""
    asset = Asset.objects.get(task=film, component="scene/1")
    out = io.BytesIO()
    Image.new("RGB", (64, 64)).save(out, "TIFF")
    default_storage.delete(asset.storage_path)
    default_storage.save(asset.storage_path, ContentFile(out.getvalue()))
    with pytest.raises(FileNotFoundError):
        thumbnails.thumbnail_of(asset)


def _asked(film: Task, component: str) -> Image.Image:
    url = Asset.objects.get(task=film, component=component).thumbnail_url
    answer = _ask(film.user, url)
    assert answer.status == 200
    assert answer.headers["Content-Type"] == "image/webp"
    assert "immutable" in answer.headers["Cache-Control"]
    return Image.open(io.BytesIO(answer.body))


def _ask(user: User | None, url: str | None) -> Answer:
    client = AsyncClient()
    if user:
        client.cookies[sessions.COOKIE] = tokens.issue(sessions.open_session(user)).token
    return ask(url or "", client=client)


@pytest.mark.parametrize(("component", "size"), [("scene/1", (480, 270)), ("character/ann", (160, 480))])
def test_a_thumbnail_is_the_same_picture_and_small(film: Task, component: str, size: tuple[int, int]) -> None:
    assert _asked(film, component).size == size


def test_it_is_made_once_and_shared_by_those_who_share_the_file(film: Task, monkeypatch: pytest.MonkeyPatch) -> None:
    copy = duplicate_task(task=film)
    _asked(film, "scene/1")
    monkeypatch.setattr(thumbnails, "_make", None)
    _asked(film, "scene/1")
    _asked(copy, "scene/1")
    later = duplicate_task(task=copy)
    _asked(later, "scene/1")


def test_one_that_is_there_waits_for_none_that_is_being_made(film: Task) -> None:
    _asked(film, "scene/1")
    with thumbnails._one_at_a_time:
        _asked(film, "scene/1")


def test_who_waits_for_others_pictures_keeps_no_connection_to_the_database(film: Task) -> None:
    asset = Asset.objects.get(task=film, component="scene/1")
    found: list[BaseDatabaseWrapper] = []

    def ask_for_it() -> None:
        Asset.objects.get(id=asset.id)
        found.append(connections["default"])
        thumbnails.thumbnail_of(asset)
        connections.close_all()

    asking = threading.Thread(target=ask_for_it)
    with thumbnails._one_at_a_time:
        asking.start()
        wait_until(lambda: found and found[0].connection is None, 10, "the connection is given back")
    asking.join()
    assert Asset.objects.get(id=asset.id).metadata["thumbnail"]


def test_it_goes_with_the_last_of_them(film: Task) -> None:
    copy = duplicate_task(task=film)
    _asked(film, "scene/1")
    name = Asset.objects.get(task=film, component="scene/1").metadata["thumbnail"]
    assert name in named_under(task_folder(film.prompt, film.id))
    for task, stays in ((film, True), (copy, False)):
        delete_task(task)
        assert remove_task(task).is_complete
        assert default_storage.exists(name) is stays


def test_only_pictures_have_one_and_only_their_owners_see_it(film: Task) -> None:
    picture, clip = (Asset.objects.get(task=film, component=component) for component in ("scene/1", "video/1"))
    assert clip.thumbnail_url is None
    assert _ask(film.user, f"/media/{clip.id}/thumbnail.webp").status == 404
    assert _ask(None, picture.thumbnail_url).status == 404
    assert _ask(None, signed_thumbnail_url(picture)).status == 200
    assert _ask(User.objects.create_user("bob@example.org"), picture.thumbnail_url).status == 404


def test_without_its_original_there_is_none(film: Task) -> None:
    picture = Asset.objects.get(task=film, component="scene/1")
    default_storage.delete(picture.storage_path)
    assert _ask(film.user, picture.thumbnail_url).status == 404


def test_it_is_made_of_a_picture_that_is_stored_elsewhere(film: Task, use_supabase: Buckets) -> None:
    use_supabase()
    picture = _picture(film, "scene/1", (1280, 720), "RGB")
    answer = _ask(film.user, picture.thumbnail_url)
    assert answer.status == 302
    assert "_thumbnail.webp" in answer.headers["Location"]
