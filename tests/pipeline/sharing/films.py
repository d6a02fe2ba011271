"""Finished films with a timeline, put into the database by hand."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from media_assets.models import Asset, Video
from media_assets.paths import take_name, task_folder
from pipeline.models import Script, Task, TaskStatus
from pipeline.planning.kinds import place_of
from pixora.accounts.models import User
from tests.pipeline.scripts import TINY, script
from tests.pipeline.stored_films import put

FPS = 24


def finished_film(user: User, *, scenes: int = 3) -> Task:
    """A film of scenes of 5 seconds, with poster and captions."""
    task = Task.objects.create(
        user=user, prompt="A film", title="The <b>thing</b>", status=TaskStatus.COMPLETE,
        settings=TINY.model_dump(), request_key="s",
    )  # fmt: skip
    Script.objects.create(task=task, version=1, content=script(scenes).model_dump(mode="json"))
    for component, suffix in (("poster", ".jpg"), ("captions", ".vtt")):
        take_of(task, component, suffix)
    cut(task, dict.fromkeys(range(1, scenes + 1), 5.0))
    return task


def cut(task: Task, seconds: dict[int, float], *, version: int = 1) -> Video:
    """Cut the film anew: scenes by id, in their order, so long each."""
    slots, start = [], 0
    for scene, lasts in seconds.items():
        slots.append({"scene_id": scene, "start": start, "frames": round(lasts * FPS)})
        start += slots[-1]["frames"]
    film = take_of(task, "fullvideo", ".mp4", width=128, height=72)
    timeline = {"slots": slots, "fps": FPS}
    return Video.objects.create(
        task=task, asset=film, storage_path=film.storage_path, duration=start / FPS, script_version=version,
        timeline=timeline,
    )  # fmt: skip


def take_of(task: Task, component: str, suffix: str, **facts: Any) -> Asset:
    """One more take, which is selected from now on."""
    before = task.assets.filter(component=component)
    before.update(selected=False)
    take = before.count() + 1
    name = put(take_name(task_folder(task.prompt, task.id), place_of(component), take, suffix))
    return Asset.objects.create(
        task=task, asset_type="render", component=component, take=take, selected=True, selected_at=timezone.now(),
        content_hash="h", storage_path=name, metadata=facts,
    )  # fmt: skip
