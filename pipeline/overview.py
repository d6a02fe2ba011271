"""Films as lists and pages show them: read in two queries however many there are, without planning anything."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, F, Func, IntegerField, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce, JSONObject

from media_assets.models import Asset, Video
from pipeline import services
from pipeline.graph import Kind
from pipeline.models import Script, Task
from pipeline.progress import Progress, progress_of
from pixora.accounts.models import User
from pixora.errors import NotFound


@dataclass(frozen=True)
class Overview:
    task: Task
    version: int | None
    """Of the newest script."""
    scenes: int
    takes: int
    poster: Asset | None
    run: Progress | None


def overview_of(user: User, task_id: str) -> Overview:
    """Raises NotFound as `services.task_of` does."""
    return overviews([services.only(counted(services.tasks_of(user)), task_id)])[0]


def counted(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """With what `overviews` needs of each."""
    newest = Script.objects.filter(task=OuterRef("pk")).order_by("-version")
    length = Func(F("content__clips"), function="jsonb_array_length", output_field=IntegerField())
    takes = Asset.objects.filter(task=OuterRef("pk")).order_by()
    poster = takes.filter(component=Kind.POSTER.value, selected=True)
    return tasks.annotate(
        version=Subquery(newest.values("version")[:1]),
        scenes=Coalesce(Subquery(newest.values(length=length)[:1]), 0),
        takes=Coalesce(Subquery(takes.values("task").annotate(count=Count("id")).values("count")), 0),
        poster=Subquery(poster.values(found=JSONObject(id="id", storage_path="storage_path"))[:1]),
    )


def overviews(tasks: Iterable[Task]) -> list[Overview]:
    """Of `counted` tasks, in their order."""
    found = list(tasks)
    running = progress_of([task.id for task in found])
    return [_overview(task, vars(task), running.get(task.id)) for task in found]


def _overview(task: Task, counts: dict[str, Any], run: Progress | None) -> Overview:
    poster = Asset(**counts["poster"]) if counts["poster"] else None
    return Overview(task, counts["version"], counts["scenes"], counts["takes"], poster, run)


@dataclass(frozen=True)
class Film:
    video: Video
    captions: Asset | None


def finished_film(task: Task) -> Film:
    """The newest cut. Raises NotFound while there is none."""
    video = task.videos.filter(asset__selected=True).select_related("asset").first()
    if video is None:
        raise NotFound("This film is not finished yet: approve a quote for it, or wait for its run to end.")
    return Film(video, task.assets.filter(component=Kind.CAPTIONS.value, selected=True).first())
