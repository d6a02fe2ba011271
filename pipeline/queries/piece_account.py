"""The account of a piece of a film as it is: what its selected take was made from, what went wrong on the way."""

from __future__ import annotations

from typing import Any

from media_assets.models import Asset
from pipeline.models import AttemptStatus, Step, StepStatus, Task
from pipeline.planning import referee
from pipeline.planning.film_plan import settings_of
from pipeline.planning.kinds import Kind, kind_of
from pipeline.planning.plan import Action
from pipeline.providers.registry import is_own_server, price
from pipeline.queries import origins
from pipeline.services import takes

MOST_FAILURES = 3


def account_of(task: Task, component: str) -> dict[str, Any]:
    """Account for a piece of the film as it is shown, whatever the newest run did.

    Raises NotFound for a component that the film does not have.

    `made` says whether there is a take; then `take` is its number, `made_from` its origin, `verdict` the referee's
    where something is wrong with it, and for a clip `picture` is the account of the picture that it moves. `failed`
    says that the last try came to nothing, with its `message`.
    """
    decision = takes.check_component(task, component).decisions[component]
    found = list(task.assets.filter(component=component).order_by("take"))
    selected = next((asset for asset in found if asset.selected), None)
    told = {
        "component": component,
        "made": selected is not None,
        "stale": selected is not None and decision.action is Action.LEAVE,
        "takes": len(found),
        "credits": price(decision.component, settings_of(task).choice),
        **_last_try(task, component),
        "failures": _failures(task, component),
    }
    if selected:
        told |= _of_take(task, selected)
    if kind_of(component) is Kind.CLIP:
        told["picture"] = account_of(task, f"{Kind.STILL.value}/{component.partition('/')[2]}")
    return told


def _last_try(task: Task, component: str) -> dict[str, Any]:
    last = Step.objects.filter(run__task=task, component=component).exclude(status=StepStatus.REUSED).last()
    failed = last is not None and last.status == StepStatus.FAILED
    return {"failed": failed, "message": last.error_message if last else ""}


def _of_take(task: Task, selected: Asset) -> dict[str, Any]:
    found = {"take": selected.take, "made_from": _made_from(task, selected)}
    verdict = referee.verdict(selected.metadata)
    return {**found, "verdict": verdict} if verdict else found


def _made_from(task: Task, asset: Asset) -> dict[str, Any] | None:
    """None where nobody knows any more."""
    origin = origins.origins_of(task, [asset]).get(asset.id)
    if origin is None:
        return None
    return {
        "own_file": origin.own,
        "words": origin.prompt,
        "instructions": origin.instructions,
        "script_version": origin.version,
        "story": origin.story,
        "made_by": f"an own server ({origin.model})" if is_own_server(origin.provider) else origin.provider,
    }


def _failures(task: Task, component: str) -> list[str]:
    """Return what the newest tries that failed said, the newest first."""
    steps = Step.objects.filter(run__task=task, component=component, attempts__status=AttemptStatus.FAILED)
    told = steps.order_by("-attempts__started_at").values_list("attempts__error_message", flat=True)
    return list(dict.fromkeys(told))[:MOST_FAILURES]
