"""How each component of a film stands: what is selected, whether it is stale, what is being made of it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from django.db.models import Max

from media_assets.models import Asset
from pipeline import services
from pipeline.graph import Kind
from pipeline.models import RunStatus, Step, StepStatus, Task
from pipeline.plan import Action, Decision
from pipeline.providers.registry import price

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
    error: Step | None = None
    """What failed last, where that is what the status says."""


def standings(task: Task) -> list[Standing]:
    """In the order in which they are made, the script first."""
    plan = services.plan_of(task, approved=())
    selected = {asset.component: asset for asset in task.assets.filter(selected=True)}
    steps, waiting = _newest_steps(task), set(_ordered(task))
    pieces = (
        _standing(decision, selected.get(key), steps.get(key), is_waiting=key in waiting)
        for key, decision in plan.decisions.items()
    )
    return [_script_standing(task, steps.get(Kind.SCRIPT), is_waiting=Kind.SCRIPT in waiting), *pieces]


def _script_standing(task: Task, step: Step | None, *, is_waiting: bool) -> Standing:
    version = task.scripts.aggregate(newest=Max("version"))["newest"]
    status = _status(step, is_waiting=is_waiting, is_fresh=False, exists=version is not None)
    return Standing(Kind.SCRIPT, status, False, version, None, 0, _error(step, status))


def _standing(decision: Decision, asset: Asset | None, step: Step | None, *, is_waiting: bool) -> Standing:
    stale = asset is not None and decision.action is not Action.KEEP
    is_fresh = asset is not None and not stale
    status = _status(step, is_waiting=is_waiting, is_fresh=is_fresh, exists=asset is not None)
    take = asset.take if asset else None
    return Standing(decision.component.key, status, stale, take, asset, price(decision.component), _error(step, status))


def _error(step: Step | None, status: Status) -> Step | None:
    return step if status == "failed" else None


def _status(step: Step | None, *, is_waiting: bool, is_fresh: bool, exists: bool) -> Status:
    """What happens to it now, else what it is, else what became of it last."""
    last = STEP_STATUS.get(step.status) if step else None
    if last in ("queued", "making"):
        return last
    if is_waiting:
        return "queued"
    if last and not is_fresh:
        return last
    return "ready" if exists else "missing"


def _newest_steps(task: Task) -> dict[str, Step]:
    """What a run re-used tells nothing: its take is there."""
    steps = Step.objects.filter(run__task=task).exclude(status=StepStatus.REUSED)
    return {step.component: step for step in steps.order_by("component", "-id").distinct("component")}


def _ordered(task: Task) -> Iterator[str]:
    """The components of runs that have not begun."""
    for approved, forced in task.runs.filter(status=RunStatus.QUEUED).values_list("approved", "forced"):
        yield from approved or ()
        yield from forced
