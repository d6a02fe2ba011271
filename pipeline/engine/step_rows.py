"""The rows of a run's steps: entered, failed, and how far the run is. Each write is safe to repeat."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.db.models.functions import Now

from media_assets.models import Asset
from pipeline.engine.leases import Claim, under
from pipeline.engine.state import is_agreed
from pipeline.events import history
from pipeline.models import (
    Quote,
    Run,
    Step,
    StepStatus,
)
from pipeline.planning.graph import Component
from pipeline.planning.kinds import DERIVED, Kind
from pipeline.planning.plan import Action, Decision, Plan
from pixora.foundation.errors import PixoraError


def enter_steps(claim: Claim, plan: Plan) -> dict[str, str]:
    """One row for each component that concerns this run: queued where something is to be made, else reused.

    Returns the statuses of those that this run makes.
    """
    with under(claim) as run:
        known = set(run.steps.values_list("component", flat=True))
        agreed = prices(run)
        rows = [_step(run, decision, agreed) for key, decision in plan.decisions.items() if key not in known]
        entered = Step.objects.bulk_create(row for row in rows if row)
        asked = [step for step in entered if step.status == StepStatus.QUEUED and Kind(step.kind) not in DERIVED]
        told = [("component_updated", history.component(step.component, status="queued")) for step in asked]
        history.publish_all(claim.task_id, told)
        return dict(run.steps.exclude(status=StepStatus.REUSED).values_list("component", "status"))


def note_progress(claim: Claim, percent: int) -> None:
    Run.objects.filter(id=claim.run_id, lease=claim.lease, progress__lt=percent).update(progress=percent)


def prices(run: Run) -> Mapping[str, int]:
    """Return the price agreed for each component; a run that nobody pays for has no quote: its steps cost nothing."""
    quote = Quote.objects.filter(run=run).first()
    return {item["component"]: item["credits"] for item in quote.items} if quote else {}


def _step(run: Run, decision: Decision, agreed: Mapping[str, int]) -> Step | None:
    component = decision.component
    step = Step(run=run, component=component.key, kind=component.kind, forced=component.key in run.forced)
    match decision.action:
        case Action.WAIT if not _may_be_made(run, component):
            return None
        case Action.MAKE | Action.WAIT:
            step.credits = agreed.get(component.key, 0)
        case Action.KEEP | Action.SELECT | Action.ADOPT:
            step.status = StepStatus.REUSED
        case _:
            return None
    return step


def _may_be_made(run: Run, component: Component) -> bool:
    return component.kind in DERIVED or is_agreed(component.key, approved=run.approved, forced=run.forced)


def enter_unforeseen(run: Run, component: Component) -> Step:
    """Enter a step that nobody foresaw when the run began."""
    credits = prices(run).get(component.key, 0)
    return Step.objects.create(run=run, component=component.key, kind=component.kind, credits=credits)


def fail_step(claim: Claim, component: str, error: PixoraError) -> None:
    with under(claim) as run:
        run.steps.filter(component=component).update(
            status=StepStatus.FAILED,
            error_code=error.code,
            error_message=error.message,
            error_details=error.details,
            ended_at=Now(),
        )
        asset = Asset.objects.filter(task_id=claim.task_id, component=component, selected=True).first()
        why: dict[str, Any] = {"code": error.code, "message": error.message}
        if error.details:
            why["details"] = error.details
        failed = history.component(component, status="failed", stale=asset is not None, asset=asset, **why)
        history.publish(claim.task_id, "component_updated", failed)
