"""The price before the spending: a quote is for exactly what the plan would make, and a run is started by using one."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from pipeline import events, services
from pipeline.graph import Component, Kind
from pipeline.models import Quote, Run, RunStatus, Task
from pipeline.plan import TO_BE_MADE, Decision
from pipeline.providers.registry import expected_s, price
from pipeline.script import parse_script, warnings
from pixora.accounts import ledger
from pixora.errors import Conflict, NotFound, PixoraError

LIVES = timedelta(minutes=15)


def quote(*, task: Task, approved: Collection[str] | None = None, forced: Mapping[str, str] | None = None) -> Quote:
    """What making the missing and stale components would cost (`approved` limits them), and those in `forced`.

    An upper bound: what lies below something that is still to be made counts, and is not charged if it proves
    unchanged. Raises Conflict when there is no script yet, unless the script is what is to be made.
    """
    version = task.scripts.order_by("-version").values_list("version", flat=True).first()
    if version is None and Kind.SCRIPT not in (forced or {}):
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    items = _items(task, approved, forced or {})
    return Quote.objects.create(
        task=task,
        version=version or 0,
        approved=None if approved is None else sorted(approved),
        forced=dict(forced or {}),
        items=items,
        credits=sum(item["credits"] for item in items),
        expires_at=timezone.now() + LIVES,
    )


def price_of(task: Task) -> dict[str, Any]:
    """What `quote` would ask for everything missing or stale, without making an offer of it. Raises Conflict."""
    version = task.scripts.order_by("-version").values_list("version", flat=True).first()
    if version is None:
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    items = _items(task, None, {})
    return {"version": version, "items": items, "credits": sum(item["credits"] for item in items)}


def use(*, task: Task, quote_id: str) -> Run:
    """Start the run that a quote is for and set its credits aside, in one transaction. Used again: the same run.

    Raises NotFound, quote_expired, quote_changed (with the new quote in `details`) and InsufficientCredits.
    """
    with transaction.atomic():
        found = Quote.objects.select_for_update().filter(id=quote_id, task=task).first()
        if found is None:
            raise NotFound("This quote does not exist: ask for a new one.")
        if found.run:
            return found.run
        if found.expires_at < timezone.now():
            raise PixoraError("This quote has expired: ask for a new one.", code="quote_expired")
        if found.items == _items(task, found.approved, found.forced):
            return _start(task, found)
    raise _changed(task, found)


def _start(task: Task, found: Quote) -> Run:
    run = services.start_run(
        task=task, approved=[item["component"] for item in found.items], forced=found.forced, quote=found
    )
    ledger.hold(user=task.user, run_id=run.id, task_id=task.id, amount=found.credits)
    if found.credits:
        events.credits_updated(task.id, task.user)
    return run


def _changed(task: Task, found: Quote) -> Conflict:
    new = quote(task=task, approved=found.approved, forced=found.forced)
    return Conflict(
        "The film has changed since this quote: here is a new one.", code="quote_changed", details=as_dict(new)
    )


def script_told(task: Task) -> dict[str, Any]:
    """The current script as followers are told of it: with its warnings and the price of making it."""
    current = task.scripts.latest("version")
    script = parse_script(current.content)
    return {
        "content": _sentence(current.version, len(script.clips)),
        "script": current.content,
        "version": current.version,
        "quote": as_dict(quote(task=task)),
        "warnings": [{"field": found.field, "message": found.message} for found in warnings(script)],
    }


def _sentence(version: int, scenes: int) -> str:
    counted = "one scene" if scenes == 1 else f"{scenes} scenes"
    if version == 1:
        return f"I've broken down your video into {counted}."
    return f"The script is at version {version}, with {counted}."


def as_dict(found: Quote) -> dict[str, Any]:
    return {
        "quote_id": found.id,
        "version": found.version,
        "items": found.items,
        "credits": found.credits,
        "expires_at": found.expires_at.timestamp(),
    }


def _items(task: Task, approved: Collection[str] | None, forced: Mapping[str, str]) -> list[dict[str, Any]]:
    plan = services.plan_of(task, approved=approved, forced=forced)
    return [
        {"component": key, "credits": credits, "seconds": expected_s(component)}
        for key, component in _to_be_made(plan.decisions.values(), forced, approved)
        if (credits := price(component))
    ]


def _to_be_made(
    decisions: Collection[Decision], forced: Mapping[str, str], approved: Collection[str] | None
) -> Iterator[tuple[str, Component]]:
    """What waits is counted only where it may be made."""
    for decision in decisions:
        key = decision.component.key
        allowed = approved is None or key in approved or key in forced
        if decision.action in TO_BE_MADE and allowed:
            yield key, decision.component


def active(task: Task) -> bool:
    return task.runs.filter(status__in=[RunStatus.QUEUED, RunStatus.RUNNING]).exists()
