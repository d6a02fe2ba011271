from __future__ import annotations

import asyncio
import errno
import json
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection

from media_assets.models import Asset
from media_assets.paths import task_folder
from media_assets.storage import content_hash, local_path
from pipeline.engine.shift import Shift
from pipeline.models import Attempt, AttemptStatus, Run, RunStatus, StepStatus, Task, TaskStatus
from pipeline.services import films
from pixora.accounts.models import User
from tests.pipeline.doubles import Studio, lasting_fault, temporary_fault
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import TINY, script


def test_a_script_run_writes_the_script_and_nothing_else(scripted: Task, studio: Studio) -> None:
    assert scripted.status == TaskStatus.SCRIPTED
    assert scripted.scripts.get().version == 1
    assert not scripted.assets.exists()
    assert studio.calls == {"script": 1}
    with default_storage.open(f"{task_folder(scripted.prompt, scripted.id)}/script.json") as stored:
        assert json.load(stored) == scripted.scripts.get().content


def test_a_run_makes_every_component_and_the_film(scripted: Task, drive: Drive) -> None:
    run = drive(films.start_run(task=scripted))
    scripted.refresh_from_db()
    assert (run.status, scripted.status) == (RunStatus.SUCCEEDED, TaskStatus.COMPLETE)
    film = scripted.videos.get()
    assert film.duration == 15.0
    assert [slot["frames"] for slot in film.timeline["slots"]] == [150, 150, 150]
    for asset in scripted.assets.all():
        assert asset.selected
        assert content_hash(local_path(asset.storage_path)) == asset.content_hash


def test_files_lie_where_the_storage_layout_says(scripted: Task, drive: Drive) -> None:
    drive(films.start_run(task=scripted))
    folder = local_path(task_folder(scripted.prompt, scripted.id))
    assert folder.name == f"a-film-abo_{scripted.id}"
    found = {str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file()}
    assert {"script.json", "fullvideo.mp4", "captions.srt", "captions.vtt", "music/clip_1_2_3.wav"} <= found
    assert {"poster.jpg", "storyboard.jpg"} <= found
    assert {f"scene{n}/{name}" for n in (1, 2, 3) for name in ("image.png", "audio.wav", "video.mp4")} <= found
    assert not [name for name in found if ".part" in name]


def test_the_work_folder_is_empty_afterwards(scripted: Task, drive: Drive, home: Path) -> None:
    drive(films.start_run(task=scripted))
    assert not [path for path in (home / "work").rglob("*") if path.is_file()]


def test_a_second_run_executes_nothing(scripted: Task, drive: Drive, studio: Studio) -> None:
    drive(films.start_run(task=scripted))
    before = dict(studio.calls)
    again = drive(films.start_run(task=scripted))
    assert again.status == RunStatus.SUCCEEDED
    assert set(again.steps.values_list("status", flat=True)) == {StepStatus.REUSED}
    assert studio.calls == before
    assert not Attempt.objects.filter(step__run=again).exists()


def test_a_provider_that_fails_twice_succeeds_on_the_third_try(scripted: Task, drive: Drive, studio: Studio) -> None:
    studio.faults["scene Scene 2"] = [temporary_fault(), temporary_fault()]
    run = drive(films.start_run(task=scripted))
    assert run.status == RunStatus.SUCCEEDED
    tries = Attempt.objects.filter(step__run=run, step__component="scene/2")
    assert [attempt.status for attempt in tries] == [
        AttemptStatus.FAILED,
        AttemptStatus.FAILED,
        AttemptStatus.SUCCEEDED,
    ]
    assert Asset.objects.get(component="scene/2").take == 1


def test_a_provider_that_always_fails_fails_only_what_depends_on_it(
    scripted: Task, drive: Drive, studio: Studio
) -> None:
    studio.always["scene Scene 2"] = lasting_fault("The picture was refused.")
    run = drive(films.start_run(task=scripted))
    scripted.refresh_from_db()
    assert (run.status, scripted.status) == (RunStatus.FAILED, TaskStatus.FAILED)
    assert "the picture of scene 2" in run.error_message
    statuses = dict(run.steps.values_list("component", "status"))
    assert statuses.pop("scene/2") == StepStatus.FAILED
    blocked = {key for key, status in statuses.items() if status == StepStatus.BLOCKED}
    assert blocked == {"video/2", "segment/2", "transition/2", "transition/3", "fullvideo", "storyboard"}
    assert {status for key, status in statuses.items() if key not in blocked} == {StepStatus.SUCCEEDED}
    assert run.steps.get(component="scene/2").error_message == "The picture was refused."
    assert Attempt.objects.filter(step__run=run, step__component="scene/2").count() == 1


def test_a_failed_film_is_finished_by_the_next_run(scripted: Task, drive: Drive, studio: Studio) -> None:
    studio.always["scene Scene 2"] = lasting_fault()
    drive(films.start_run(task=scripted))
    studio.always.clear()
    before = dict(studio.calls)
    run = drive(films.start_run(task=scripted))
    assert run.status == RunStatus.SUCCEEDED
    made = set(run.steps.filter(status=StepStatus.SUCCEEDED).values_list("component", flat=True))
    assert made == {"scene/2", "video/2", "segment/2", "transition/2", "transition/3", "fullvideo", "storyboard"}
    assert studio.calls["scene Scene 1"] == before["scene Scene 1"]


def test_a_bug_in_an_adapter_fails_its_step_without_telling_the_user_how(
    scripted: Task, drive: Drive, studio: Studio
) -> None:
    async def spoil(label: str) -> None:
        if label == "voice This is what scene 1 says.":
            raise ValueError("a bug in an adapter")

    studio.hold = spoil
    run = drive(films.start_run(task=scripted))
    step = run.steps.get(component="audio/1")
    assert (step.status, step.error_code) == (StepStatus.FAILED, "internal")
    assert "a bug" not in step.error_message


def test_a_full_disk_fails_the_step_at_once_and_the_next_run_goes_on(
    scripted: Task, drive: Drive, studio: Studio
) -> None:
    studio.faults["scene Scene 3"] = [OSError(errno.ENOSPC, "No space left on device")]
    run = drive(films.start_run(task=scripted))
    step = run.steps.get(component="scene/3")
    assert (step.status, step.error_code) == (StepStatus.FAILED, "disk_full")
    assert step.attempts.count() == 1
    assert "disk is full" in step.error_message
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED


def test_components_that_do_not_depend_on_each_other_are_made_at_once(
    scripted: Task, drive: Drive, studio: Studio
) -> None:
    """The first waits for a second one beside it."""
    both = asyncio.Event()

    async def wait_for_another(label: str) -> None:
        if studio.working >= 2:
            both.set()
        await asyncio.wait_for(both.wait(), 20)

    studio.hold = wait_for_another
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED


def test_there_is_no_barrier_between_stills_and_clips(scripted: Task, drive: Drive, studio: Studio) -> None:
    """The last still waits for the first clip: with a barrier this would never end."""
    clip_begun = asyncio.Event()

    async def wait_for_a_clip(label: str) -> None:
        if label.startswith("motion"):
            clip_begun.set()
        if label == "scene Scene 3":
            await asyncio.wait_for(clip_begun.wait(), 20)

    studio.hold = wait_for_a_clip
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED


def test_a_forced_component_gets_one_more_take_with_a_seed_of_its_own(scripted: Task, drive: Drive) -> None:
    drive(films.start_run(task=scripted))
    run = drive(films.start_run(task=scripted, approved=(), forced={"scene/1": "at night"}))
    assert run.status == RunStatus.SUCCEEDED
    first, second = Asset.objects.filter(task=scripted, component="scene/1").order_by("take")
    assert (first.selected, second.selected) == (False, True)
    assert second.chosen_for == second.fingerprint == first.fingerprint
    assert second.storage_path.endswith("scene1/image_t2.png")
    assert local_path(first.storage_path).exists()
    seeds = Attempt.objects.filter(step__component="scene/1").values_list("seed", "instructions")
    assert len(set(seeds)) == 2
    assert Asset.objects.get(task=scripted, component="video/1").take == 1, "nobody approved a new clip"


def test_a_cancelled_run_keeps_what_was_made(scripted: Task, studio: Studio, drive: Drive) -> None:
    run = films.start_run(task=scripted)

    async def cancel_at_the_first_clip(label: str) -> None:
        if label.startswith("motion"):
            await asyncio.to_thread(_cancel, scripted)
            await asyncio.sleep(30)

    studio.hold = cancel_at_the_first_clip
    drive(run)
    scripted.refresh_from_db()
    assert (run.status, scripted.status) == (RunStatus.CANCELLED, TaskStatus.CANCELLED)
    assert scripted.assets.filter(component__startswith="scene/").exists()
    assert not Attempt.objects.filter(status=AttemptStatus.OPEN).exists()
    assert not run.steps.filter(status__in=[StepStatus.QUEUED, StepStatus.RUNNING]).exists()
    studio.hold = None
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED


def _cancel(task: Task) -> None:
    films.cancel(task=task)
    connection.close()


@pytest.mark.crash
def test_a_shift_drives_many_runs_at_once(alice: User, studio: Studio) -> None:
    studio.script = script(1)
    tasks = [films.order_film(user=alice, prompt=f"Film {n}", settings=TINY, writes=False) for n in range(5)]
    runs = [films.write_script(task=task) for task in tasks] + [films.start_run(task=task) for task in tasks]
    asyncio.run(Shift(length_s=60).work())
    assert set(Run.objects.filter(id__in=[run.id for run in runs]).values_list("status", flat=True)) == {
        RunStatus.SUCCEEDED
    }
    assert all(task.videos.count() == 1 for task in tasks)


def test_what_two_components_want_alike_is_made_once(scripted: Task, drive: Drive, studio: Studio) -> None:
    content = scripted.scripts.get().content
    content["music"] = [{"prompt": "calm piano", "scene_indexes": [n]} for n in (1, 2, 3)]
    scripted.scripts.update(content=content)
    assert drive(films.start_run(task=scripted)).status == RunStatus.SUCCEEDED
    assert studio.calls["music calm piano"] == 1
