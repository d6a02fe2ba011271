"""Films whose files are in a bucket and nowhere on this machine."""

from __future__ import annotations

import shutil
from datetime import timedelta
from pathlib import Path

import av
import pytest
from django.conf import settings
from django.core.files.storage import default_storage

from media_assets.paths import task_folder
from media_assets.storage import content_hash, local_path, put_text
from pipeline.deletion import film_deletion, orphan_files
from pipeline.engine import storing
from pipeline.engine.retry import RetryPolicy
from pipeline.models import Attempt, AttemptStatus, RunStatus, Task
from pipeline.services import films, scripts
from tests.emulators.bucket import Buckets
from tests.emulators.server import Emulators
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import script


@pytest.fixture(autouse=True)
def bucket(use_supabase: Buckets) -> None:
    use_supabase()


@pytest.fixture
def studio(studio: Studio) -> Studio:
    studio.script = script(2)
    return studio


def test_a_film_is_made_and_changed_without_a_folder_of_this_machine(
    scripted: Task, drive: Drive, home: Path, studio: Studio
) -> None:
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    folder = task_folder(scripted.prompt, scripted.id)
    folders, files = default_storage.listdir(folder)
    assert {"scene1", "scene2", "music", "render"} <= set(folders)
    assert {"script.json", "fullvideo.mp4", "captions.vtt", "poster.jpg"} <= set(files)
    for asset in scripted.assets.all():
        assert content_hash(local_path(asset.storage_path)) == asset.content_hash
    assert not (home / "media").exists()
    assert default_storage.listdir(".parts") == ([], [])
    shutil.rmtree(settings.PIXORA_CACHE_DIR)
    made = studio.calls.total()
    scripts.revise_scene(task=scripted, version=1, scene_index=2, changes={"transition": "wipe_left"})
    assert drive(scripted.runs.latest("created_at")).status == RunStatus.SUCCEEDED
    assert studio.calls.total() == made
    film = scripted.assets.get(component="fullvideo", selected=True)
    assert film.storage_path == f"{folder}/fullvideo_t2.mp4"
    with av.open(str(local_path(film.storage_path))) as container:
        assert container.streams.video[0].frames == 300


def test_a_storage_that_fails_now_and_then_is_not_noticed(
    scripted: Task, drive: Drive, studio: Studio, emulators: Emulators
) -> None:
    kinds = ("server_error", "rate_limited", "dropped", "truncated", "garbage")
    emulators.turn("supabase", faults=[{"kind": kind, "share": 0.01, "times": None} for kind in kinds])
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    assert set(Attempt.objects.values_list("status", flat=True)) == {AttemptStatus.SUCCEEDED}
    assert max(studio.calls.values()) == 1


def test_what_was_made_is_kept_while_the_storage_is_away(
    scripted: Task, drive: Drive, studio: Studio, emulators: Emulators, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Long enough for every call to use up its tries several times over."""
    monkeypatch.setattr(storing, "STORAGE", RetryPolicy(tries=40, first_delay_s=0.05, growth=1.0))
    emulators.fail("supabase", "server_error", operation="storage.upload", times=60)
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    assert max(studio.calls.values()) == 1


def test_a_removed_film_leaves_nothing_in_the_bucket(
    scripted: Task, drive: Drive, monkeypatch: pytest.MonkeyPatch
) -> None:
    drive(films.start_run(task=scripted))
    folder = task_folder(scripted.prompt, scripted.id)
    put_text(f"{folder}/scene9/image.png", "what a killed worker left")
    monkeypatch.setattr(orphan_files, "GRACE", timedelta(seconds=-60))
    assert orphan_files.sweep_orphans() == 1
    film_deletion.delete_task(scripted)
    assert film_deletion.remove_task(scripted).is_complete
    assert default_storage.listdir("") == ([], [])


def test_an_edit_is_kept_although_the_storage_is_away(scripted: Task, emulators: Emulators) -> None:
    emulators.fail("supabase", "server_error", times=None)
    scripts.revise_scene(task=scripted, version=1, scene_index=1, changes={"title": "Another"})
    assert scripted.scripts.count() == 2
