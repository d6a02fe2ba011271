"""A second film from a first: the same script and takes, on the same files, for nothing."""

from __future__ import annotations

from django.db import transaction

from media_assets.ids import new_video_id
from media_assets.models import Asset, Video
from media_assets.paths import script_name, task_folder
from media_assets.storage import put_text
from pipeline.events import history
from pipeline.film.script import parse_script
from pipeline.models import Script, Task, TaskStatus
from pipeline.services import family, films, script_versions


def duplicate_task(*, task: Task) -> Task:
    """The copy has every version of the script and every take. A script that is still to be written is written for
    it anew."""
    with transaction.atomic():
        scripts = list(task.scripts.order_by("version"))
        copy = _copy_task(task, is_scripted=bool(scripts))
        _copy_films(task, copy, family.copy_takes(task, copy))
        Script.objects.bulk_create(_copied(each, copy) for each in scripts)
        script_versions.settle(copy)
        history.task_updated(copy.id)
        if scripts:
            _write_file(copy, scripts[-1])
            films.recut(task=copy)
        else:
            films.write_script(task=copy)
    return copy


def _copy_task(task: Task, *, is_scripted: bool) -> Task:
    status = TaskStatus.COMPLETE if task.status == TaskStatus.COMPLETE else TaskStatus.SCRIPTED
    return Task.objects.create(
        user=task.user,
        prompt=task.prompt,
        source=task.source,
        title=task.title,
        status=status if is_scripted else TaskStatus.DRAFT,
        settings=task.settings,
        request_key=task.request_key,
    )


def _copied(script: Script, copy: Task) -> Script:
    names = ("version", "content", "title", "reason", "instructions")
    return Script(task=copy, **{name: getattr(script, name) for name in names})


def _copy_films(task: Task, copy: Task, takes: dict[str, Asset]) -> None:
    copies = list(task.videos.all())
    for film in copies:
        film.id, film.task, film.asset = new_video_id(), copy, takes[film.asset_id]
    Video.objects.bulk_create(copies)


def _write_file(copy: Task, script: Script) -> None:
    text = parse_script(script.content).as_json()
    transaction.on_commit(lambda: put_text(script_name(task_folder(copy.prompt, copy.id)), text))
