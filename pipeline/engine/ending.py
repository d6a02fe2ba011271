"""How a run ends: its steps, its hold, its task, and what its followers are told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Sum
from django.db.models.functions import Now
from django.utils import timezone

from media_assets.models import Asset
from pipeline import events
from pipeline.engine.leases import Claim, under
from pipeline.engine.records import OUTCOME_UNKNOWN
from pipeline.graph import Kind
from pipeline.models import RUN_ENDED, Attempt, AttemptStatus, Run, RunStatus, StepStatus, Task, TaskStatus
from pipeline.plan import Action, Plan
from pixora.accounts import ledger


@dataclass(frozen=True)
class Outcome:
    status: RunStatus
    code: str = ""
    message: str = ""
    film: bool = False
    """The task has a finished film that shows its script."""


def finish(claim: Claim, plan: Plan, outcome: Outcome) -> None:
    """End the run: what was never reached is blocked, reused or cancelled, and the task says how it stands."""
    with under(claim) as run:
        _close_attempts(run)
        _end_steps(run, plan, outcome)
        run.status, run.error_code, run.error_message = outcome.status, outcome.code, outcome.message
        run.ended_at, run.lease_expires_at = timezone.now(), None
        run.save()
        ledger.release(run_id=run.id, charged=charged(run))
        status = _task_status(run, outcome)
        if status:
            Task.objects.filter(id=run.task_id).update(status=status, updated_at=timezone.now())
        _announce(run, outcome)


def _close_attempts(run: Run) -> None:
    """What was cancelled while it was being opened, or whose answer nobody waits for any more."""
    left = Attempt.objects.filter(step__run=run, status=AttemptStatus.OPEN)
    left.filter(local=True).update(status=AttemptStatus.LOST, ended_at=Now())
    left.update(status=AttemptStatus.UNKNOWN, error_code=OUTCOME_UNKNOWN, ended_at=Now())


def charged(run: Run) -> int:
    total: int | None = run.steps.aggregate(total=Sum("charged"))["total"]
    return total or 0


def _end_steps(run: Run, plan: Plan, outcome: Outcome) -> None:
    waiting = run.steps.filter(status__in=[StepStatus.QUEUED, StepStatus.RUNNING])
    fresh = [decision.component.key for decision in plan.having(Action.KEEP)]
    waiting.filter(component__in=fresh).update(status=StepStatus.REUSED, ended_at=Now())
    left = StepStatus.CANCELLED if outcome.status == RunStatus.CANCELLED else StepStatus.BLOCKED
    waiting.update(status=left, ended_at=Now())


def _task_status(run: Run, outcome: Outcome) -> TaskStatus | None:
    """None: it stays as it is, generating too while another run that may make something is waiting."""
    if run.task.runs.filter(status=RunStatus.QUEUED).exclude(approved=[]).exists():
        return None
    if run.task.status != TaskStatus.GENERATING and outcome.status == RunStatus.SUCCEEDED and not outcome.film:
        return None
    match outcome.status:
        case RunStatus.SUCCEEDED:
            return TaskStatus.COMPLETE if outcome.film else TaskStatus.SCRIPTED
        case RunStatus.CANCELLED:
            return TaskStatus.CANCELLED
        case _:
            return TaskStatus.FAILED


def _announce(run: Run, outcome: Outcome) -> None:
    match outcome.status:
        case RunStatus.SUCCEEDED if outcome.film:
            asset = Asset.objects.get(task_id=run.task_id, component=Kind.FULLVIDEO.value, selected=True)
            payload = {"video_url": asset.url, "duration": asset.metadata["duration_ms"] / 1000}
            events.publish(run.task_id, "video_complete", {**payload, "version": run.script_version})
        case RunStatus.SUCCEEDED:
            events.publish(run.task_id, "task_updated", {"run_id": run.id, "status": run.task.status})
        case RunStatus.CANCELLED:
            events.publish(run.task_id, "run_cancelled", {"run_id": run.id})
        case _:
            failed = list(run.steps.filter(status=StepStatus.FAILED).values_list("component", flat=True))
            payload = {"code": outcome.code, "message": outcome.message, "components": failed}
            events.publish(run.task_id, "run_failed", payload)


def settle_leftovers() -> int:
    """Release the holds of runs that ended without releasing them; how many there were."""
    ended = Run.objects.filter(id__in=ledger.runs_with_open_holds(), status__in=RUN_ENDED)
    for run in ended:
        ledger.release(run_id=run.id, charged=charged(run))
    return len(ended)
