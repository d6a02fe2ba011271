"""How far a run that has not ended is, from its steps."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from django.db.models import Count, Q

from pipeline.graph import BESIDE, DERIVED, Kind
from pipeline.models import RUN_ENDED, Run, StepStatus

Stage = Literal["writing_script", "generating_assets", "cutting"]


@dataclass(frozen=True)
class Progress:
    run_id: str
    status: str
    percent: int
    """0 to 99 of the pieces of the film; it never goes back within a run."""
    stage: Stage


def progress_of(task_ids: Collection[str]) -> dict[str, Progress]:
    """By task: its run at work, or the one that is next; tasks without one are left out. One query."""
    return {run.task_id: _progress(run) for run in _unfinished(task_ids)}


def _unfinished(task_ids: Collection[str]) -> list[Run]:
    """The one that counts is the oldest of a task, so it comes last."""
    left = Q(steps__status__in=[StepStatus.QUEUED, StepStatus.RUNNING])
    in_film = ~Q(steps__kind__in=sorted(BESIDE))
    return list(
        Run.objects.filter(task_id__in=task_ids)
        .exclude(status__in=RUN_ENDED)
        .annotate(
            pieces=Count("steps", filter=in_film),
            pieces_left=Count("steps", filter=in_film & left),
            generated_left=Count("steps", filter=left & ~Q(steps__kind__in=sorted(DERIVED))),
            written=Count("steps", filter=Q(steps__kind=Kind.SCRIPT) & ~left),
        )
        .order_by("-created_at")
    )


def _progress(run: Run) -> Progress:
    pieces, left = run.pieces, run.pieces_left  # type: ignore[attr-defined]
    percent = 100 * (pieces - left) // pieces if pieces else 0
    return Progress(run.id, run.status, min(percent, 99), _stage(run))


def _stage(run: Run) -> Stage:
    if Kind.SCRIPT in run.forced and not run.written:  # type: ignore[attr-defined]
        return "writing_script"
    return "generating_assets" if run.generated_left or not run.pieces else "cutting"  # type: ignore[attr-defined]
