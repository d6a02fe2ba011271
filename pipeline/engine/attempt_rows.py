"""The rows of attempts: opened before anybody is asked. Each write is under the run's lease, and safe to repeat.

One that gets a run is in a transaction already.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import compress
from typing import Any

from django.db import connection
from django.db.models import Q
from django.db.models.functions import Now

from pipeline.engine.leases import Claim, under
from pipeline.engine.lost_answers import is_lost
from pipeline.engine.makers import trouble_of
from pipeline.engine.step_rows import enter_unforeseen
from pipeline.events import history
from pipeline.models import (
    Attempt,
    AttemptQuerySet,
    AttemptStatus,
    Run,
    Step,
    StepStatus,
)
from pipeline.planning.graph import Component
from pipeline.planning.kinds import GENERATED
from pipeline.providers.vendor_ids import stored_id
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
    faulty: int = 0
    """Tries that delivered what the referee set aside."""
    orphaned: bool = False
    """An earlier worker asked and did not hear the answer: a webhook may still bring the ticket."""


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
    """Return them by component, with all their attempts."""
    by_key = {opening.component.key: opening.component for opening in openings}
    steps = {step.component: step for step in run.steps.filter(component__in=by_key).prefetch_related("attempts")}
    return steps | {key: enter_unforeseen(run, by_key[key]) for key in by_key.keys() - steps.keys()}


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
        faulty=sum(each.status == AttemptStatus.FAULTY for each in tries),
        orphaned=found.ticket is None and found.lease != run.lease,
    )


def _begin(run: Run, steps: Collection[Step]) -> None:
    Step.objects.filter(id__in=[step.id for step in steps]).update(
        status=StepStatus.RUNNING, started_at=Now(), ended_at=None
    )
    asked = [step.component for step in steps if step.kind in GENERATED]
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
        unattached(Attempt.objects.filter(id=attempt_id)).give_up(code=STOPPED)
        Step.objects.filter(run_id=claim.run_id, attempts__id=attempt_id, status=StepStatus.RUNNING).update(
            status=StepStatus.QUEUED
        )


def unattached(tries: AttemptQuerySet) -> AttemptQuerySet:
    """Return the attempts whose job nobody can take up: there is no ticket, and no webhook will bring one."""
    return tries.filter(Q(awaits_webhook=False) | Q(sent_at__isnull=True), ticket__isnull=True)
