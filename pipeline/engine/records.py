"""What the engine writes, each write in one transaction under the run's lease, and each safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from media_assets.models import Asset, AssetType, Video
from media_assets.paths import task_folder
from pipeline import events
from pipeline.engine.leases import Claim, under
from pipeline.engine.state import State, Stored
from pipeline.graph import DERIVED, Component, Kind, kind_of
from pipeline.models import (
    Attempt,
    AttemptStatus,
    Run,
    RunStatus,
    Script,
    Step,
    StepStatus,
    Task,
    TaskStatus,
)
from pipeline.options import TaskSettings
from pipeline.plan import Action, Decision, Plan, Take
from pipeline.providers.registry import price
from pipeline.script import parse_script
from pixora.errors import LeaseLost, PixoraError


@dataclass(frozen=True)
class OpenAttempt:
    id: str
    number: int
    failures: int
    """Tries of this step that a provider failed, this one not counted."""
    crashes: int
    take: int
    ticket: Mapping[str, Any] | None = None


@dataclass(frozen=True)
class Landing:
    """A finished result: stored already, only to be written down."""

    attempt_id: str
    component: Component
    fingerprint: str
    take: int
    content_hash: str
    storage_path: str
    facts: Mapping[str, Any]
    chosen: bool
    """A person asked for this very take."""


def take_of(asset: Asset) -> Take:
    return Take(
        asset_id=asset.id,
        component=asset.component,
        kind=kind_of(asset.component),
        number=asset.take,
        content_hash=asset.content_hash,
        fingerprint=asset.fingerprint,
        chosen_for=asset.chosen_for,
        selected=asset.selected,
        selected_at=asset.selected_at.timestamp() if asset.selected_at else 0.0,
        length_ms=int(asset.metadata.get("duration_ms", 0)),
    )


def load(claim: Claim) -> State:
    """Everything the build needs; what an earlier worker left open is settled first."""
    with under(claim) as run:
        _settle_what_was_open(run)
        task = run.task
        version = run.script_version or _newest_version(task)
        script = task.scripts.filter(version=version).first() if version else None
        assets = list(task.assets.all())
        steps = list(run.steps.all())
        if script and run.script_version != version:
            run.script_version = version
            run.save(update_fields=["script_version"])
        return _state(run, script, assets, steps)


def _state(run: Run, script: Script | None, assets: list[Asset], steps: list[Step]) -> State:
    task = run.task
    done = {step.component for step in steps if step.status == StepStatus.SUCCEEDED}
    references = [asset for asset in assets if asset.asset_type == AssetType.REFERENCE and asset.selected]
    components = [asset for asset in assets if asset.asset_type != AssetType.REFERENCE]
    return State(
        run_id=run.id,
        task_id=task.id,
        prompt=task.prompt,
        title=task.title,
        settings=TaskSettings.model_validate(task.settings),
        folder=task_folder(task.prompt, task.id),
        script=parse_script(script.content) if script else None,
        script_version=script.version if script else 0,
        approved=None if run.approved is None else frozenset(run.approved),
        forced={key: text for key, text in run.forced.items() if key not in done},
        takes={asset.id: take_of(asset) for asset in components},
        stored={asset.id: Stored(asset.storage_path, asset.metadata) for asset in components},
        reference=next((Stored(asset.storage_path, asset.metadata) for asset in references), None),
        given_up={step.component for step in steps if step.status == StepStatus.FAILED},
    )


def _newest_version(task: Task) -> int | None:
    newest: int | None = task.scripts.aggregate(newest=Max("version"))["newest"]
    return newest


def _settle_what_was_open(run: Run) -> None:
    """An open try of ours died with its process: `lost`. Steps that were at work are queued again."""
    Attempt.objects.filter(step__run=run, status=AttemptStatus.OPEN, ticket__isnull=True).update(
        status=AttemptStatus.LOST, ended_at=Now()
    )
    run.steps.filter(status=StepStatus.RUNNING).update(status=StepStatus.QUEUED, started_at=None)


def enter_steps(claim: Claim, plan: Plan) -> None:
    """One row for each component: queued where something is to be made, reused where nothing is."""
    with under(claim) as run:
        known = set(run.steps.values_list("component", flat=True))
        rows = [_step(run, decision) for key, decision in plan.decisions.items() if key not in known]
        Step.objects.bulk_create(row for row in rows if row)


def _step(run: Run, decision: Decision) -> Step | None:
    component = decision.component
    step = Step(run=run, component=component.key, kind=component.kind, forced=component.key in run.forced)
    match decision.action:
        case Action.MAKE | Action.WAIT:
            step.credits = price(component)
        case Action.KEEP | Action.SELECT | Action.ADOPT:
            step.status = StepStatus.REUSED
        case _:
            return None
    return step


def open_attempt(claim: Claim, component: Component, *, provider: str, model: str, seed: int, take: int) -> OpenAttempt:
    """The row is there before anything is asked of anybody."""
    with under(claim) as run:
        step, _ = Step.objects.get_or_create(
            run=run, component=component.key, defaults={"kind": component.kind, "credits": price(component)}
        )
        tries = list(step.attempts.all())
        opened = next((found for found in tries if found.status == AttemptStatus.OPEN), None)
        if opened is None:
            opened = Attempt.objects.create(
                step=step,
                number=len(tries) + 1,
                lease=claim.lease,
                provider=provider,
                model=model,
                seed=seed,
                instructions=run.forced.get(component.key, ""),
            )
        Step.objects.filter(id=step.id).update(status=StepStatus.RUNNING, started_at=Now(), ended_at=None)
        return OpenAttempt(
            id=opened.id,
            number=opened.number,
            failures=sum(found.status == AttemptStatus.FAILED for found in tries),
            crashes=sum(found.status == AttemptStatus.LOST for found in tries),
            take=take,
            ticket=opened.ticket,
        )


def remember(claim: Claim, attempt_id: str, ticket: Mapping[str, Any]) -> None:
    with under(claim):
        Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN).update(
            ticket=dict(ticket), request_id=str(ticket.get("request_id", ""))[:200]
        )


def fail_attempt(claim: Claim, attempt_id: str, error: PixoraError) -> None:
    with under(claim):
        Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN).update(
            status=AttemptStatus.FAILED, error_code=error.code, error_message=error.message, ended_at=Now()
        )


def lose_attempt(claim: Claim, attempt_id: str) -> None:
    """We stopped it ourselves, before it delivered."""
    with under(claim):
        Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN).update(
            status=AttemptStatus.LOST, ended_at=Now()
        )
        Step.objects.filter(run_id=claim.run_id, attempts__id=attempt_id, status=StepStatus.RUNNING).update(
            status=StepStatus.QUEUED
        )


def fail_step(claim: Claim, component: str, error: PixoraError) -> None:
    with under(claim) as run:
        run.steps.filter(component=component).update(
            status=StepStatus.FAILED, error_code=error.code, error_message=error.message, ended_at=Now()
        )
        payload = {"component": component, "status": "failed", "code": error.code, "message": error.message}
        events.publish(claim.task_id, "component_updated", payload)


def land(claim: Claim, landing: Landing, store: Callable[[], None]) -> tuple[Take, Stored]:
    """The result becomes the component's selected take; the attempt and the step succeed. Repeating it is harmless.

    `store` puts the files under their names while the lease is held, so a worker that lost it cannot overwrite them.
    """
    with under(claim) as run:
        component = landing.component
        step = Step.objects.get(run=run, component=component.key)
        if step.status == StepStatus.SUCCEEDED and step.asset:
            return take_of(step.asset), Stored(step.asset.storage_path, step.asset.metadata)
        _close(step, landing)
        store()
        asset = _new_asset(claim.task_id, landing)
        step.status, step.asset, step.fingerprint = StepStatus.SUCCEEDED, asset, landing.fingerprint
        step.charged = step.credits
        step.ended_at = timezone.now()
        step.save()
        if component.kind is Kind.FULLVIDEO:
            _new_video(run, asset)
        events.publish(claim.task_id, "component_updated", component_payload(asset))
        return take_of(asset), Stored(asset.storage_path, asset.metadata)


def _close(step: Step, landing: Landing) -> None:
    closed = Attempt.objects.filter(id=landing.attempt_id, step=step, status=AttemptStatus.OPEN).update(
        status=AttemptStatus.SUCCEEDED, ended_at=Now()
    )
    if not closed:
        raise LeaseLost(f"{landing.attempt_id} is closed already.")


def _new_asset(task_id: str, landing: Landing) -> Asset:
    component = landing.component
    Asset.objects.filter(task_id=task_id, component=component.key, selected=True).update(selected=False)
    return Asset.objects.create(
        task_id=task_id,
        scene_index=component.scene_id,
        asset_type=asset_type(component.kind),
        component=component.key,
        take=landing.take,
        selected=True,
        selected_at=timezone.now(),
        fingerprint=landing.fingerprint,
        chosen_for=landing.fingerprint if landing.chosen else "",
        content_hash=landing.content_hash,
        storage_path=landing.storage_path,
        metadata=dict(landing.facts),
    )


def _new_video(run: Run, asset: Asset) -> None:
    Video.objects.create(
        task_id=run.task_id,
        asset=asset,
        storage_path=asset.storage_path,
        duration=asset.metadata["duration_ms"] / 1000,
        script_version=run.script_version or 1,
        timeline=asset.metadata.get("timeline", {}),
    )


def asset_type(kind: Kind) -> AssetType:
    return AssetType.RENDER if kind in DERIVED else AssetType(kind.value)


def component_payload(asset: Asset) -> dict[str, Any]:
    return {
        "component": asset.component,
        "take": asset.take,
        "status": "ready",
        "url": asset.url,
        "stale": False,
    }


def take_free(claim: Claim, decisions: Iterable[Decision]) -> list[tuple[Take, Stored]]:
    """Select the older takes and adopt the others' takes that the plan found; costs nothing."""
    with under(claim) as run:
        done = [_select(run, decision) for decision in decisions]
        return [(take_of(asset), Stored(asset.storage_path, asset.metadata)) for asset in done]


def _select(run: Run, decision: Decision) -> Asset:
    assert decision.take is not None
    key, wanted = decision.component.key, decision.fingerprint or ""
    takes = Asset.objects.filter(task_id=run.task_id, component=key)
    takes.filter(selected=True).update(selected=False)
    asset = Asset.objects.get(id=decision.take.asset_id)
    if decision.action is Action.ADOPT:
        asset = _adopt(asset, decision.component, 1 + (takes.aggregate(newest=Max("take"))["newest"] or 0), wanted)
    asset.selected, asset.selected_at = True, timezone.now()
    asset.save()
    run.steps.filter(component=key, status=StepStatus.QUEUED).update(status=StepStatus.REUSED, ended_at=Now())
    events.publish(run.task_id, "component_updated", component_payload(asset))
    return asset


def _adopt(source: Asset, component: Component, take: int, wanted: str) -> Asset:
    return Asset(
        task_id=source.task_id,
        scene_index=component.scene_id,
        asset_type=source.asset_type,
        component=component.key,
        take=take,
        fingerprint=wanted,
        content_hash=source.content_hash,
        storage_path=source.storage_path,
        metadata={**source.metadata, "adopted_from": source.id},
    )


def land_script(claim: Claim, attempt_id: str, content: Mapping[str, Any], title: str) -> int:
    """The script that was written becomes the task's next version, which is returned."""
    with under(claim) as run:
        step = Step.objects.get(run=run, component=Kind.SCRIPT.value)
        if step.status == StepStatus.SUCCEEDED:
            return run.script_version or 1
        closed = Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN)
        if not closed.update(status=AttemptStatus.SUCCEEDED, ended_at=Now()):
            raise LeaseLost(f"{attempt_id} is closed already.")
        version = 1 + (_newest_version(run.task) or 0)
        Script.objects.create(task_id=claim.task_id, version=version, content=dict(content))
        run.steps.filter(id=step.id).update(status=StepStatus.SUCCEEDED, ended_at=Now())
        Run.objects.filter(id=run.id).update(script_version=version)
        Task.objects.filter(id=claim.task_id).update(title=title[:200])
        Task.objects.filter(id=claim.task_id, status=TaskStatus.DRAFT).update(status=TaskStatus.SCRIPTED)
        type_ = "script_generated" if version == 1 else "script_updated"
        events.publish(claim.task_id, type_, {"script": dict(content), "version": version})
        return version


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
        _end_steps(run, plan, outcome)
        run.status, run.error_code, run.error_message = outcome.status, outcome.code, outcome.message
        run.ended_at, run.lease_expires_at = timezone.now(), None
        run.save()
        status = _task_status(run, outcome)
        if status:
            Task.objects.filter(id=run.task_id).update(status=status, updated_at=timezone.now())
        _announce(run, outcome)


def _end_steps(run: Run, plan: Plan, outcome: Outcome) -> None:
    waiting = run.steps.filter(status__in=[StepStatus.QUEUED, StepStatus.RUNNING])
    fresh = [decision.component.key for decision in plan.having(Action.KEEP)]
    waiting.filter(component__in=fresh).update(status=StepStatus.REUSED, ended_at=Now())
    left = StepStatus.CANCELLED if outcome.status == RunStatus.CANCELLED else StepStatus.BLOCKED
    waiting.update(status=left, ended_at=Now())


def _task_status(run: Run, outcome: Outcome) -> TaskStatus | None:
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
