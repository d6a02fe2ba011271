"""Films as lists and pages show them: counted in one query however many there are, without planning anything."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.db import connection

from media_assets.models import Asset, Video
from pipeline.cut.narration_fit import FPS
from pipeline.film.settings import BURNED_CAPTIONS
from pipeline.models import Run, RunStatus, Task
from pipeline.planning.kinds import BESIDE, DERIVED, Kind
from pipeline.planning.progress import Stage, Steps, seconds_left, stage, standing
from pipeline.services import films
from pixora.foundation.errors import NotFound


@dataclass(frozen=True)
class ActiveRun:
    """The run that is at work, or the one that is next."""

    id: str
    status: str
    percent: int
    stage: Stage
    eta_seconds: int | None


@dataclass(frozen=True)
class Overview:
    task: Task
    version: int | None
    """Of the newest script."""
    scenes: int
    seconds: int
    """How long the newest script is; 0 until it is written. `duration` is the finished film's."""
    takes: int
    poster: Asset | None
    animatic: Asset | None
    reference: Asset | None
    """The user's picture that characters are made after."""
    duration: float | None
    """Of the finished film, in seconds."""
    run: ActiveRun | None
    versions: int = 1
    """Films in its family that are not deleted."""


_COUNTED = """
SELECT task.id, script.version, coalesce(script.scenes, 0), coalesce(script.seconds, 0),
       (SELECT count(*) FROM assets WHERE assets.task_id = task.id),
       poster.id, poster.storage_path, animatic.id, animatic.storage_path,
       reference.id, reference.storage_path, film.metadata -> 'duration_ms',
       (SELECT count(*) FROM tasks mine JOIN tasks other ON other.family = mine.family
         WHERE mine.id = task.id AND mine.family <> '' AND other.family <> '' AND other.deleted_at IS NULL),
       run.id, run.status, run.progress, run.seconds,
       step.total, step.left_over, step.generated_left, run.forced ? 'script' AND step.written = 0
  FROM unnest(%(tasks)s::text[]) AS task(id)
  LEFT JOIN LATERAL (SELECT version, jsonb_array_length(content -> 'clips') AS scenes,
               (content ->> 'expected_duration')::int AS seconds FROM scripts
        WHERE scripts.task_id = task.id ORDER BY version DESC LIMIT 1) script ON true
  LEFT JOIN assets poster ON poster.task_id = task.id AND poster.component = %(poster)s AND poster.selected
  LEFT JOIN assets animatic
         ON animatic.task_id = task.id AND animatic.component = %(animatic)s AND animatic.selected
  LEFT JOIN assets reference
         ON reference.task_id = task.id AND reference.component = %(reference)s AND reference.selected
  LEFT JOIN assets film ON film.task_id = task.id AND film.component = %(film)s AND film.selected
  LEFT JOIN LATERAL (SELECT id, status, forced, progress,
               coalesce(extract(epoch FROM now() - started_at), 0)::float AS seconds FROM runs
        WHERE runs.task_id = task.id AND status IN ('queued', 'running') ORDER BY created_at LIMIT 1) run ON true
  LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE kind <> ALL(%(beside)s)) AS total,
               count(*) FILTER (WHERE kind <> ALL(%(beside)s) AND is_left) AS left_over,
               count(*) FILTER (WHERE kind <> ALL(%(derived)s) AND is_left) AS generated_left,
               count(*) FILTER (WHERE kind = 'script' AND NOT is_left) AS written
          FROM (SELECT kind, status IN ('queued', 'running') AS is_left FROM steps WHERE run_id = run.id) each
       ) step ON true
"""
"""As text: for one film, Django needs ten times longer to write it than PostgreSQL to carry it out."""
_KINDS: dict[str, Any] = {
    "poster": Kind.POSTER.value,
    "animatic": Kind.ANIMATIC.value,
    "reference": films.REFERENCE,
    "film": Kind.FILM.value,
    "beside": sorted(BESIDE),
    "derived": sorted(DERIVED),
}


def overviews(tasks: Iterable[Task]) -> list[Overview]:
    """Return the overviews of these films, in the order of the tasks."""
    found = {task.id: task for task in tasks}
    with connection.cursor() as cursor:
        cursor.execute(_COUNTED, {"tasks": list(found), **_KINDS})
        rows = {row[0]: row for row in cursor.fetchall()}
    return [_overview(task, *rows[task.id][1:]) for task in found.values()]


def overview(task: Task) -> Overview:
    return overviews([task])[0]


def _overview(task: Task, version: int | None, scenes: int, seconds: int, takes: int, *found: Any) -> Overview:
    poster, poster_path, animatic, animatic_path, reference, reference_path, duration_ms, versions, *run = found
    return Overview(
        task=task,
        version=version,
        scenes=scenes,
        seconds=seconds,
        takes=takes,
        poster=_asset(poster, poster_path),
        animatic=_asset(animatic, animatic_path),
        reference=_asset(reference, reference_path),
        duration=int(duration_ms) / 1000 if duration_ms else None,
        run=_active_run(*run),
        versions=max(versions, 1),
    )


def _asset(asset_id: str | None, path: str | None) -> Asset | None:
    return Asset(id=asset_id, storage_path=path) if asset_id and path else None


def _active_run(
    run_id: str | None,
    status: str,
    percent: int,
    seconds: float,
    total: int,
    left: int,
    generated_left: int,
    writes_script: bool,
) -> ActiveRun | None:
    if run_id is None:
        return None
    steps = Steps(total, left, generated_left)
    eta = seconds_left(percent / 100, elapsed_s=seconds)
    return ActiveRun(run_id, status, percent, stage(steps, writes_script=writes_script), eta)


def progress_of(task_id: str) -> dict[str, Any] | None:
    """The `data` of a `progress_update`, for whoever begins to follow a film; None when nothing is at work."""
    run = overview(Task(id=task_id)).run
    if run is None or run.status != RunStatus.RUNNING:
        return None
    return standing(run.id, run.percent, run.stage, now=time.time(), eta_seconds=run.eta_seconds)


def eta_of(run: Run) -> int | None:
    """Seconds that a run still takes, as pages tell it; None while that cannot be told."""
    if run.status != RunStatus.RUNNING or run.started_at is None:
        return None
    return seconds_left(run.progress / 100, elapsed_s=time.time() - run.started_at.timestamp())


@dataclass(frozen=True)
class SceneSpan:
    """A scene's place in a cut: its start and its length, in seconds of the film."""

    scene: int
    start: float
    seconds: float


@dataclass(frozen=True)
class Film:
    video: Video
    captions: Asset | None
    shows_the_newest: bool
    """What it was cut from says the same as the newest version of the script."""

    @property
    def scenes(self) -> list[SceneSpan]:
        """The scenes as this cut lays them out: a scene is longer where its narration did not fit."""
        slots, fps = self.video.timeline.get("slots", ()), self.video.timeline.get("fps", FPS)
        return [SceneSpan(slot["scene_id"], slot["start"] / fps, slot["frames"] / fps) for slot in slots]

    @property
    def has_drawn_captions(self) -> bool:
        return has_drawn_captions(self.video)


def has_no_captions(video: Video) -> bool:
    """Tell whether this cut was made without captions: those of an earlier one may still be there."""
    return bool(video.asset.metadata.get("captions") == "off")


def has_drawn_captions(video: Video) -> bool:
    """Tell whether this cut has its captions in its picture: a player that shows them too would show them twice."""
    return video.asset.metadata.get("captions") in BURNED_CAPTIONS


def finished_film(task: Task) -> Film:
    """The newest cut. Raises NotFound while there is none."""
    video = task.videos.filter(asset__selected=True).select_related("asset").first()
    if video is None:
        raise NotFound("This film is not finished yet: approve a quote for it, or wait for its run to end.")
    found = task.assets.filter(component=Kind.CAPTIONS.value, selected=True)
    captions = None if has_no_captions(video) else found.first()
    return Film(video, captions, _says_the_same(task, video.script_version))


def _says_the_same(task: Task, version: int) -> bool:
    newest, shown = task.scripts.order_by("-version").first(), task.scripts.filter(version=version).first()
    return newest is not None and shown is not None and newest.content == shown.content
