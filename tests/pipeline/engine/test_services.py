from __future__ import annotations

from pathlib import Path

import pytest
from django.utils import timezone
from django_q.models import OrmQ
from PIL import Image

from media_assets.models import Asset
from media_assets.reference_pictures import take_in
from media_assets.storage import local_path
from pipeline.events import history
from pipeline.film.settings import TaskSettings
from pipeline.models import Run, RunStatus, Task, TaskStatus
from pipeline.planning.film_plan import plan_of
from pipeline.planning.plan import Action
from pipeline.services import films
from pipeline.services.wake_workers import wake
from pixora.accounts.models import User
from pixora.foundation.errors import Invalid, NotFound
from tests.pipeline.doubles import Studio
from tests.pipeline.engine.conftest import Drive
from tests.pipeline.scripts import TINY


def test_the_same_request_finds_the_task_again(alice: User, task: Task) -> None:
    assert films.find_task(user=alice, prompt=f"  {task.prompt}\n", settings=TINY) == task


@pytest.mark.parametrize(
    "other",
    [
        {"seed": 1},
        {"style": "noir"},
        {"duration": 20},
        {"reference": "abc"},
        {"aspect_ratio": "1:1"},
        {"voice": "Lily"},
    ],
)
def test_any_other_option_is_another_film(alice: User, task: Task, other: dict[str, object]) -> None:
    assert films.find_task(user=alice, prompt=task.prompt, settings=TINY.model_copy(update=other)) is None


def test_another_users_film_is_not_found(task: Task) -> None:
    bob = User.objects.create_user("bob@example.org")
    assert films.find_task(user=bob, prompt=task.prompt, settings=TINY) is None


def test_of_several_films_of_one_request_the_newest_is_found(alice: User, task: Task) -> None:
    newer = films.order_film(user=alice, prompt=task.prompt, settings=TINY, writes=False)
    assert films.find_task(user=alice, prompt=task.prompt, settings=TINY) == newer


def test_nobody_finds_another_users_film_or_a_deleted_one(alice: User, task: Task) -> None:
    bob = User.objects.create_user("bob@example.org")
    assert films.task_of(alice, task.id) == task
    with pytest.raises(NotFound):
        films.task_of(bob, task.id)
    Task.objects.filter(id=task.id).update(deleted_at=timezone.now())
    with pytest.raises(NotFound):
        films.task_of(alice, task.id)


def test_an_empty_prompt_writes_nothing(alice: User) -> None:
    with pytest.raises(Invalid, match="prompt: "):
        films.order_film(user=alice, prompt=" \x00 ", settings=TaskSettings(), writes=False)
    assert not Task.objects.exists()


def test_a_reference_picture_belongs_to_the_film(alice: User, home: Path) -> None:
    Image.new("RGB", (200, 200), (10, 200, 10)).save(home / "me.jpg")
    picture = take_in(home / "me.jpg", home)
    task = films.order_film(user=alice, prompt="A film", settings=TINY, reference=picture, writes=False)
    asset = Asset.objects.get(task=task)
    assert (asset.asset_type, asset.selected, asset.content_hash) == ("reference", True, picture.content_hash)
    assert local_path(asset.storage_path).exists()
    assert films.find_task(user=alice, prompt="A film", settings=films.with_reference(TINY, picture)) == task


def test_a_plan_tells_what_a_film_lacks(scripted: Task, drive: Drive) -> None:
    missing = plan_of(scripted).having(Action.MAKE, Action.WAIT)
    assert {decision.component.key for decision in missing} >= {"scene/1", "audio/1", "fullvideo"}
    drive(films.start_run(task=scripted))
    assert not plan_of(scripted).having(Action.MAKE, Action.WAIT)


def test_what_a_writer_remarks_is_told_with_the_script(task: Task, drive: Drive, studio: Studio) -> None:
    studio.remarks = ("Pixora's rules wrote this script: the language model did not answer",)
    drive(films.write_script(task=task))
    (told,) = [event.payload for event in history.page(task.id) if event.type == "script_generated"]
    assert told["warnings"] == [{"field": "script", "message": studio.remarks[0]}]


def test_the_history_of_a_film_tells_how_it_came_about(scripted: Task, drive: Drive, studio: Studio) -> None:
    drive(films.start_run(task=scripted))
    found = history.page(scripted.id)
    told = [event.type for event in found]
    assert told[:4] == ["task_updated", "run_started", "script_generated", "task_updated"]
    assert told[4] == "run_started"
    assert told[-1] == "video_complete"
    standing = [event.payload for event in found if event.type == "component_updated"]
    made = [told["component"] for told in standing if told["status"] == "ready"]
    assert sorted(made) == sorted(plan_of(scripted).decisions)
    assert [told["status"] for told in standing if told["component"] == "scene/1"] == ["queued", "making", "ready"]
    assert [event.seq for event in found] == list(range(1, len(told) + 1))


def test_cancelling_a_run_that_nobody_has_begun_ends_it_at_once(task: Task) -> None:
    run = films.start_run(task=task)
    assert films.cancel(task=task) == 1
    run.refresh_from_db()
    task.refresh_from_db()
    assert (run.status, task.status) == (RunStatus.CANCELLED, TaskStatus.CANCELLED)
    assert films.cancel(task=task) == 0


def test_one_bell_that_nobody_has_heard_is_enough(task: Task) -> None:
    for _ in range(3):
        wake()
    assert OrmQ.objects.count() == 1
    assert not Run.objects.exists()
