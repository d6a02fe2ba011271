"""What the engine writes, each write in one transaction under the run's lease, and each safe to repeat."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import Max, Q
from django.db.models.functions import Now

from media_assets.models import Asset, AssetType, Upload
from media_assets.paths import task_folder
from pipeline import events
from pipeline.cut.timeline import FPS
from pipeline.engine import limits
from pipeline.engine.choices import apply_choices
from pipeline.engine.leases import Claim, under
from pipeline.engine.limits import Terms
from pipeline.engine.state import State, Stored, take_of
from pipeline.graph import DERIVED, Component, Kind
from pipeline.models import (
    Attempt,
    AttemptQuerySet,
    AttemptStatus,
    Quote,
    Run,
    Script,
    Step,
    StepStatus,
    Task,
    TaskStatus,
)
from pipeline.options import TaskSettings
from pipeline.plan import Action, Decision, Plan, make_plan
from pipeline.script import parse_script
from pixora.errors import LeaseLost, PixoraError, ProviderError

STOPPED = "stopped"
"""The error code of a lost attempt that we ended ourselves: it says nothing against the step."""


@dataclass(frozen=True)
class OpenAttempt:
    id: str
    number: int
    failures: int
    """Tries of this step that a provider failed, this one not counted."""
    crashes: int
    take: int
    ticket: Mapping[str, Any] | None = None
    unknowns: int = 0
    orphaned: bool = False
    """An earlier worker asked and did not hear the answer: a webhook may still bring the ticket."""


def load(claim: Claim) -> State:
    """Everything the build needs; what an earlier worker left open is settled first."""
    with under(claim) as run:
        _settle_what_was_open(run)
        task = run.task
        if run.approved is None or run.approved:
            Task.objects.filter(id=task.id).update(status=TaskStatus.GENERATING)
        version = run.script_version or newest_version(task)
        script = task.scripts.filter(version=version).first() if version else None
        assets = list(task.assets.all())
        steps = list(run.steps.all())
        if script and run.script_version != version:
            run.script_version = version
            run.save(update_fields=["script_version"])
        state = _state(run, script, assets, steps)
        if run.selects:
            apply_choices(run, _plan(state))
            state = _state(run, script, list(task.assets.all()), steps)
        return state


def _plan(state: State) -> Plan:
    return make_plan(state.graph(), state.index(), fps=FPS, approved=())


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
        is_newest=script is not None and script.version == newest_version(task),
        approved=None if run.approved is None else frozenset(run.approved),
        progress=run.progress,
        forced={key: text for key, text in run.forced.items() if key not in done},
        takes={asset.id: take_of(asset) for asset in components},
        stored={asset.id: Stored(asset.storage_path, asset.metadata) for asset in components},
        reference=next((Stored(asset.storage_path, asset.metadata) for asset in references), None),
        own=_own(run),
        given_up={step.component for step in steps if step.status == StepStatus.FAILED},
    )


def _own(run: Run) -> Mapping[str, Stored | None]:
    uploads = Upload.objects.in_bulk(list(run.own.values()))
    found = {component: uploads.get(upload_id) for component, upload_id in run.own.items()}
    return {key: Stored(upload.storage_path, upload.facts) if upload else None for key, upload in found.items()}


def newest_version(task: Task) -> int | None:
    newest: int | None = task.scripts.aggregate(newest=Max("version"))["newest"]
    return newest


def _settle_what_was_open(run: Run) -> None:
    """What died with its process: `lost` where nothing is bought, `unknown` where it may have been.

    A job with a ticket, or one that a webhook may still name, stays open. Steps that were at work are queued again.
    """
    _unattached(Attempt.objects.filter(step__run=run)).give_up()
    run.steps.filter(status=StepStatus.RUNNING).update(status=StepStatus.QUEUED, started_at=None)


def _unattached(tries: AttemptQuerySet) -> AttemptQuerySet:
    """Those whose job nobody can take up: there is no ticket, and no webhook will bring one."""
    return tries.filter(Q(awaits_webhook=False) | Q(sent_at__isnull=True), ticket__isnull=True)


def enter_steps(claim: Claim, plan: Plan) -> dict[str, str]:
    """One row for each component that concerns this run: queued where something is to be made, else reused.

    Returns the statuses of those that this run makes.
    """
    with under(claim) as run:
        known = set(run.steps.values_list("component", flat=True))
        prices = _prices(run)
        rows = [_step(run, decision, prices) for key, decision in plan.decisions.items() if key not in known]
        entered = Step.objects.bulk_create(row for row in rows if row)
        asked = [step for step in entered if step.status == StepStatus.QUEUED and Kind(step.kind) not in DERIVED]
        if asked:
            told = [("component_updated", events.component(step.component, status="queued")) for step in asked]
            events.publish_all(claim.task_id, told)
        return dict(run.steps.exclude(status=StepStatus.REUSED).values_list("component", "status"))


def note_progress(claim: Claim, percent: int) -> None:
    Run.objects.filter(id=claim.run_id, lease=claim.lease, progress__lt=percent).update(progress=percent)


def _prices(run: Run) -> Mapping[str, int]:
    """What was agreed for each component; a run that nobody pays for has no quote, and its steps cost nothing."""
    quote = Quote.objects.filter(run=run).first()
    return {item["component"]: item["credits"] for item in quote.items} if quote else {}


def _step(run: Run, decision: Decision, prices: Mapping[str, int]) -> Step | None:
    component = decision.component
    step = Step(run=run, component=component.key, kind=component.kind, forced=component.key in run.forced)
    match decision.action:
        case Action.WAIT if not _is_agreed(run, component):
            return None
        case Action.MAKE | Action.WAIT:
            step.credits = prices.get(component.key, 0)
        case Action.KEEP | Action.SELECT | Action.ADOPT:
            step.status = StepStatus.REUSED
        case _:
            return None
    return step


def _is_agreed(run: Run, component: Component) -> bool:
    """What is not may turn out to be up to date still, but is not made."""
    return (
        run.approved is None
        or component.kind in DERIVED
        or component.key in run.approved
        or component.key in run.forced
    )


def _enter_unforeseen(run: Run, component: Component) -> Step:
    """Of what nobody foresaw when the run began."""
    credits = _prices(run).get(component.key, 0)
    return Step.objects.create(run=run, component=component.key, kind=component.kind, credits=credits)


def open_attempt(
    claim: Claim,
    component: Component,
    *,
    provider: str,
    model: str,
    seed: int,
    take: int,
    local: bool = True,
    awaits_webhook: bool = False,
    terms: Terms | None = None,
) -> OpenAttempt:
    """The row is there before anything is asked of anybody. Raises AccountFull or SpendCap where there are terms."""
    with under(claim) as run:
        step = run.steps.filter(component=component.key).first() or _enter_unforeseen(run, component)
        tries = list(step.attempts.all())
        opened = next((found for found in tries if found.status == AttemptStatus.OPEN), None)
        if opened is None:
            if terms:
                limits.check(run.task_id, terms)
            opened = Attempt.objects.create(
                step=step,
                number=len(tries) + 1,
                lease=claim.lease,
                provider=provider,
                model=model,
                local=local,
                awaits_webhook=awaits_webhook,
                seed=seed,
                instructions=run.forced.get(component.key, ""),
                cost_micros=terms.expected_micros if terms else 0,
                sent_at=None,
            )
        Step.objects.filter(id=step.id).update(status=StepStatus.RUNNING, started_at=Now(), ended_at=None)
        if component.kind not in DERIVED and component.kind is not Kind.SCRIPT:
            events.publish(claim.task_id, "component_updated", events.component(component.key, status="making"))
        return OpenAttempt(
            id=opened.id,
            number=opened.number,
            failures=sum(found.status == AttemptStatus.FAILED for found in tries),
            crashes=sum(found.status == AttemptStatus.LOST and found.error_code != STOPPED for found in tries),
            take=take,
            ticket=opened.ticket,
            unknowns=sum(found.status == AttemptStatus.UNKNOWN for found in tries),
            orphaned=opened.ticket is None and opened.lease != claim.lease,
        )


def send(claim: Claim, attempt_id: str) -> None:
    """The paid request goes out now. Raises LeaseLost where it must not: whoever has the run sends its own."""
    with under(claim):
        if not Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN).update(sent_at=Now()):
            raise LeaseLost(f"{attempt_id} is closed already.")


def remember(claim: Claim, attempt_id: str, ticket: Mapping[str, Any]) -> None:
    with under(claim):
        Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN).update(
            ticket=dict(ticket), request_id=str(ticket.get("request_id", ""))[:200]
        )


def ticket_of(attempt_id: str) -> Mapping[str, Any] | None:
    """What a webhook has brought meanwhile."""
    ticket: Mapping[str, Any] | None = Attempt.objects.values_list("ticket", flat=True).get(id=attempt_id)
    return ticket


def news_of(attempt_ids: Collection[str]) -> Mapping[str, datetime]:
    """When a webhook last told of each of these, where one did."""
    told = Attempt.objects.filter(id__in=attempt_ids).values_list("id", "news_at")
    return {attempt_id: moment for attempt_id, moment in told if moment}


def is_unknown(error: PixoraError) -> bool:
    return isinstance(error, ProviderError) and error.unknown


def fail_attempt(claim: Claim, attempt_id: str, error: PixoraError) -> None:
    """`unknown` where it may have been made and paid for all the same."""
    status = AttemptStatus.UNKNOWN if is_unknown(error) else AttemptStatus.FAILED
    with under(claim):
        failed = Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN)
        failed.update(status=status, error_code=error.code, error_message=error.message, ended_at=Now())
        if not is_unknown(error):
            Attempt.objects.filter(id=attempt_id).update(cost_micros=0)


def lose_attempt(claim: Claim, attempt_id: str) -> None:
    """We stopped it ourselves, before it delivered. One with a ticket (or that a webhook may bring one) stays open:
    whoever goes on re-attaches to it."""
    with under(claim):
        _unattached(Attempt.objects.filter(id=attempt_id)).give_up(code=STOPPED)
        Step.objects.filter(run_id=claim.run_id, attempts__id=attempt_id, status=StepStatus.RUNNING).update(
            status=StepStatus.QUEUED
        )


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
        failed = events.component(component, status="failed", stale=asset is not None, asset=asset, **why)
        events.publish(claim.task_id, "component_updated", failed)
