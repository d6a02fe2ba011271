"""The engine's writes under the run's lease, each safe to repeat. One that gets a run is in a transaction already."""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Any, cast

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from media_assets import own_voices
from media_assets.models import Asset, AssetType, Upload
from media_assets.paths import task_folder
from pipeline.cut.narration_fit import FPS
from pipeline.engine.leases import Claim, under
from pipeline.engine.lost_answers import is_lost
from pipeline.engine.makers import FINAL, trouble_of
from pipeline.engine.state import State, Stored, is_agreed
from pipeline.events import history
from pipeline.film.script import parse_script
from pipeline.film.settings import Choice, TaskSettings
from pipeline.film.speakers import OWN_VOICE
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
from pipeline.planning.current import take_of
from pipeline.planning.graph import Component
from pipeline.planning.kinds import DERIVED, Kind
from pipeline.planning.plan import Action, Decision, Plan, make_plan
from pipeline.providers.vendor_ids import stored_id
from pipeline.services.script_versions import newest_version, standing_instructions
from pipeline.services.take_selection import apply_choices
from pipeline.vendor_limits import account_limits
from pipeline.vendor_limits.account_limits import Terms
from pixora.foundation.errors import AccountFull, LeaseLost, PixoraError, ProviderError, SpendCap, Trouble

STOPPED = "stopped"
"""The error code of a lost attempt that we ended ourselves: it says nothing against the step."""


@dataclass(frozen=True)
class Opening:
    """An attempt that is going to be made, before it has a row."""

    component: Component
    provider: str
    model: str
    seed: int
    take: int
    local: bool = True
    awaits_webhook: bool = False
    terms: Terms | None = None
    stands_in_for: str = ""
    because: Trouble = ""


@dataclass(frozen=True)
class OpenAttempt:
    id: str
    number: int
    failures: int
    """Tries of this step that this model failed, this one not counted."""
    crashes: int
    take: int
    provider: str = ""
    model: str = ""
    """The entry it was opened with, whatever the tier is by now."""
    ticket: Mapping[str, Any] | None = None
    unknowns: int = 0
    orphaned: bool = False
    """An earlier worker asked and did not hear the answer: a webhook may still bring the ticket."""


def load(claim: Claim) -> State:
    """Load everything the build needs; what an earlier worker left open is settled first."""
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
        source=task.source,
        title=task.title,
        settings=TaskSettings.model_validate(task.settings),
        folder=task_folder(task.prompt, task.id),
        script=parse_script(script.content) if script else None,
        script_version=script.version if script else 0,
        is_newest=script is not None and script.version == newest_version(task),
        approved=None if run.approved is None else frozenset(run.approved),
        progress=run.progress,
        forced=_forced(run, script, done),
        takes={asset.id: take_of(asset) for asset in components},
        stored={asset.id: Stored(asset.storage_path, asset.metadata) for asset in components},
        reference=next((Stored(asset.storage_path, asset.metadata) for asset in references), None),
        samples=_samples(task, script),
        own=_own(run),
        holds=run.approved == [] and not run.forced,
        choice=Choice(run.tier, run.chosen_models),
        agreed=_prices(run),
        troubles=_troubles(run),
        given_up={step.component for step in steps if step.status == StepStatus.FAILED},
    )


def _troubles(run: Run) -> Mapping[str, Mapping[str, Trouble]]:
    """The models that refused a piece, or are gone; what did not work is tried again."""
    tries = Attempt.objects.filter(step__run=run, trouble__in=FINAL)
    found: dict[str, dict[str, Trouble]] = {}
    for component, model, trouble in tries.values_list("step__component", "model", "trouble"):
        found.setdefault(component, {})[model] = cast(Trouble, trouble)
    return found


def _forced(run: Run, script: Script | None, done: Collection[str]) -> dict[str, str]:
    """By component, the instruction. A writer is told what earlier ones were told, too."""
    forced = {key: text for key, text in run.forced.items() if key not in done}
    if script and Kind.SCRIPT in forced:
        forced[Kind.SCRIPT.value] = standing_instructions(forced[Kind.SCRIPT.value], script.instructions)
    return forced


def _samples(task: Task, script: Script | None) -> Mapping[str, Stored]:
    if script is None or not OWN_VOICE.search(str(script.content)):
        return {}
    voices = own_voices.of_user(task.user)
    return {voice.id: Stored(voice.upload.storage_path, {**voice.upload.facts, "said": voice.said}) for voice in voices}


def _own(run: Run) -> Mapping[str, Stored | None]:
    uploads = Upload.objects.in_bulk(list(run.own.values()))
    found = {component: uploads.get(upload_id) for component, upload_id in run.own.items()}
    return {key: _uploaded(upload, run.own_choices.get(key, {})) if upload else None for key, upload in found.items()}


def _uploaded(upload: Upload, choices: Mapping[str, Any]) -> Stored:
    return Stored(upload.storage_path, {**upload.facts, **choices, "file_name": upload.file_name})


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
        told = [("component_updated", history.component(step.component, status="queued")) for step in asked]
        history.publish_all(claim.task_id, told)
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
        case Action.WAIT if not _may_be_made(run, component):
            return None
        case Action.MAKE | Action.WAIT:
            step.credits = prices.get(component.key, 0)
        case Action.KEEP | Action.SELECT | Action.ADOPT:
            step.status = StepStatus.REUSED
        case _:
            return None
    return step


def _may_be_made(run: Run, component: Component) -> bool:
    return component.kind in DERIVED or is_agreed(component.key, approved=run.approved, forced=run.forced)


def _enter_unforeseen(run: Run, component: Component) -> Step:
    """Of what nobody foresaw when the run began."""
    credits = _prices(run).get(component.key, 0)
    return Step.objects.create(run=run, component=component.key, kind=component.kind, credits=credits)


def open_attempts(run: Run, openings: Sequence[Opening]) -> list[OpenAttempt | Exception]:
    """Open attempts, whose rows are there before anyone is asked. AccountFull or SpendCap where terms forbid one."""
    steps = _steps_of(run, openings)
    allowance = account_limits.Allowance(run.task_id)
    new: list[Attempt] = []
    answers: list[OpenAttempt | Exception] = []
    for opening in openings:
        step = steps[opening.component.key]
        tries = list(step.attempts.all())
        found = next((each for each in tries if each.status == AttemptStatus.OPEN), None)
        try:
            if found is None:
                if opening.terms:
                    allowance.take(opening.terms)
                found = _attempt(run, step, len(tries) + 1, opening)
                new.append(found)
            answers.append(_opened(found, tries, opening, run))
        except (AccountFull, SpendCap) as refused:
            answers.append(refused)
    Attempt.objects.bulk_create(new)
    opened = [isinstance(answer, OpenAttempt) for answer in answers]
    _begin(run, [steps[opening.component.key] for opening in compress(openings, opened)])
    return answers


def _steps_of(run: Run, openings: Sequence[Opening]) -> Mapping[str, Step]:
    """By component, with all their attempts."""
    by_key = {opening.component.key: opening.component for opening in openings}
    steps = {step.component: step for step in run.steps.filter(component__in=by_key).prefetch_related("attempts")}
    return steps | {key: _enter_unforeseen(run, by_key[key]) for key in by_key.keys() - steps.keys()}


def _attempt(run: Run, step: Step, number: int, opening: Opening) -> Attempt:
    return Attempt(
        step=step,
        number=number,
        lease=run.lease,
        provider=opening.provider,
        model=opening.model,
        local=opening.local,
        awaits_webhook=opening.awaits_webhook,
        stands_in_for=opening.stands_in_for,
        because=opening.because,
        seed=opening.seed,
        instructions=run.forced.get(opening.component.key, ""),
        cost_micros=opening.terms.expected_micros if opening.terms else 0,
        sent_at=None,
    )


def _opened(found: Attempt, tries: Sequence[Attempt], opening: Opening, run: Run) -> OpenAttempt:
    return OpenAttempt(
        id=found.id,
        number=found.number,
        failures=sum(each.status == AttemptStatus.FAILED and each.model == found.model for each in tries),
        crashes=sum(each.status == AttemptStatus.LOST and each.error_code != STOPPED for each in tries),
        take=opening.take,
        provider=found.provider,
        model=found.model,
        ticket=found.ticket,
        unknowns=sum(each.status == AttemptStatus.UNKNOWN for each in tries),
        orphaned=found.ticket is None and found.lease != run.lease,
    )


def _begin(run: Run, steps: Collection[Step]) -> None:
    Step.objects.filter(id__in=[step.id for step in steps]).update(
        status=StepStatus.RUNNING, started_at=Now(), ended_at=None
    )
    asked = [step.component for step in steps if Kind(step.kind) not in DERIVED and step.kind != Kind.SCRIPT]
    told = [("component_updated", history.component(component, status="making")) for component in asked]
    history.publish_all(run.task_id, told)


def send(_run: Run, attempt_ids: Sequence[str]) -> list[Exception | None]:
    """Note that paid requests go out now. LeaseLost where one must not: whoever has the run sends its own."""
    still_open = Attempt.objects.filter(id__in=attempt_ids, status=AttemptStatus.OPEN)
    found = set(still_open.values_list("id", flat=True))
    still_open.update(sent_at=Now())
    return [None if each in found else LeaseLost(f"{each} is closed already.") for each in attempt_ids]


def remember(_run: Run, tickets: Sequence[tuple[str, Mapping[str, Any]]]) -> list[Exception | None]:
    """Store, by the id of each open attempt, the ticket that re-attaches to its job."""
    ids = [attempt_id for attempt_id, _ in tickets]
    contents = [json.dumps(dict(ticket)) for _, ticket in tickets]
    names = [stored_id(ticket.get("request_id")) for _, ticket in tickets]
    with connection.cursor() as cursor:
        cursor.execute(_REMEMBER, [ids, contents, names])
    return [None] * len(tickets)


_REMEMBER = """
UPDATE attempts SET ticket = told.ticket::jsonb, request_id = told.request_id
  FROM unnest(%s::text[], %s::text[], %s::text[]) AS told(id, ticket, request_id)
 WHERE attempts.id = told.id AND attempts.status = 'open'
"""


def told_by_webhook(attempt_ids: Collection[str]) -> Mapping[str, datetime]:
    """Return the time at which a webhook last told of each of these attempts, for those of which one did."""
    told = Attempt.objects.filter(id__in=attempt_ids).values_list("id", "news_at")
    return {attempt_id: moment for attempt_id, moment in told if moment}


def fail_attempt(claim: Claim, attempt_id: str, error: PixoraError) -> None:
    """Close an attempt as failed, or as `unknown` where it may have been made and paid for all the same."""
    status = AttemptStatus.UNKNOWN if is_lost(error) else AttemptStatus.FAILED
    with under(claim):
        failed = Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN)
        told = {"error_code": error.code, "error_message": error.message, "trouble": trouble_of(error)}
        failed.update(status=status, ended_at=Now(), **told)
        paid = error.cost_micros if isinstance(error, ProviderError) else None
        if paid is not None or not is_lost(error):
            Attempt.objects.filter(id=attempt_id).update(cost_micros=paid or 0)


def lose_attempt(claim: Claim, attempt_id: str) -> None:
    """Close an attempt that we stopped ourselves before it delivered. One with a ticket (or that a webhook may bring
    one) stays open: whoever goes on re-attaches to it."""
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
        failed = history.component(component, status="failed", stale=asset is not None, asset=asset, **why)
        history.publish(claim.task_id, "component_updated", failed)
