"""The standing of each component of a film: what is selected, whether it is stale, what is being made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.db.models import Count, Max

from media_assets.models import Asset
from pipeline.film.settings import Choice
from pipeline.models import RunStatus, Step, StepStatus, Task
from pipeline.planning.film_plan import plan_of, settings_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Action, Decision
from pipeline.providers.registry import price_and_time

Status = Literal["missing", "queued", "making", "ready", "failed", "blocked"]

STEP_STATUS: Mapping[str, Status] = {
    StepStatus.QUEUED: "queued",
    StepStatus.RUNNING: "making",
    StepStatus.FAILED: "failed",
    StepStatus.BLOCKED: "blocked",
}


@dataclass(frozen=True)
class Standing:
    component: str
    status: Status
    """`missing`: there is nothing, and nobody has asked for it."""
    stale: bool
    take: int | None
    """The selected one; of the script its version."""
    asset: Asset | None
    """Where that take is; a script is none."""
    credits: int
    """The price of one more take."""
    seconds: float = 0
    """How long one take is expected to be in the making."""
    takes: int = 0
    step: Step | None = None
    """What was done about it last."""

    @property
    def error(self) -> Step | None:
        """The step that failed last, where that is what the status says."""
        return self.step if self.status == "failed" else None

    @property
    def started_at(self) -> datetime | None:
        """The time when its making began, while it is being made."""
        return self.step.started_at if self.step and self.status == "making" else None


def standings(task: Task) -> list[Standing]:
    """Return the components' standings in the order in which they are made, the script first."""
    plan = plan_of(task, approved=())
    selected = {asset.component: asset for asset in task.assets.filter(selected=True)}
    steps, waiting, takes = _newest_steps(task), set(_ordered(task)), _takes(task)
    choice = settings_of(task).choice
    pieces = (
        _standing(
            decision, selected.get(key), steps.get(key), is_waiting=key in waiting, takes=takes.get(key, 0), by=choice
        )
        for key, decision in plan.decisions.items()
    )
    return [_script_standing(task, steps.get(Kind.SCRIPT), is_waiting=Kind.SCRIPT in waiting), *pieces]


def _script_standing(task: Task, step: Step | None, *, is_waiting: bool) -> Standing:
    version = task.scripts.aggregate(newest=Max("version"))["newest"]
    status = _status(step, is_waiting=is_waiting, is_fresh=False, exists=version is not None)
    return Standing(Kind.SCRIPT, status, False, version, None, 0, takes=version or 0, step=step)


def _standing(
    decision: Decision, asset: Asset | None, step: Step | None, *, is_waiting: bool, takes: int, by: Choice
) -> Standing:
    stale = asset is not None and decision.action is not Action.KEEP
    is_fresh = asset is not None and not stale
    status = _status(step, is_waiting=is_waiting, is_fresh=is_fresh, exists=asset is not None)
    component = decision.component
    credits, seconds = price_and_time(component, by)
    return Standing(
        component=component.key,
        status=status,
        stale=stale,
        take=asset.take if asset else None,
        asset=asset,
        credits=credits,
        seconds=seconds,
        takes=takes,
        step=step,
    )


def _status(step: Step | None, *, is_waiting: bool, is_fresh: bool, exists: bool) -> Status:
    """Tell what happens to it now, else what it is, else what became of it last. Nothing that is there is blocked: it
    is stale, and stays watchable."""
    last = STEP_STATUS.get(step.status) if step else None
    if last in ("queued", "making"):
        return last
    if is_waiting:
        return "queued"
    if last and not is_fresh and not (last == "blocked" and exists):
        return last
    return "ready" if exists else "missing"


def _newest_steps(task: Task) -> dict[str, Step]:
    """Steps that a run re-used tell nothing: their take is there."""
    steps = Step.objects.filter(run__task=task).exclude(status=StepStatus.REUSED)
    return {step.component: step for step in steps.order_by("component", "-id").distinct("component")}


def _takes(task: Task) -> dict[str, int]:
    """Count the takes of each component."""
    return dict(task.assets.order_by().values_list("component").annotate(Count("id")))


def _ordered(task: Task) -> Iterator[str]:
    """The components of runs that have not begun."""
    for approved, forced in task.runs.filter(status=RunStatus.QUEUED).values_list("approved", "forced"):
        yield from approved or ()
        yield from forced
