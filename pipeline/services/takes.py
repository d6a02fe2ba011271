"""Takes and what a person does with them: look, choose, make anew."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from typing import Any

from django.db import transaction

from media_assets.models import Asset
from pipeline.models import Carrying, Quote, Run, Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import TO_BE_MADE, Plan
from pipeline.services import carried_takes, films, quotes, scripts, writing
from pipeline.services.take_selection import choose
from pixora.accounts.models import ApiKey
from pixora.foundation.errors import Conflict, NotFound


def takes_of(*, task: Task, component: str) -> list[Asset]:
    """Oldest first. Raises NotFound for a component that the film neither has nor had."""
    found = list(Asset.objects.filter(task=task, component=component).order_by("take"))
    if not found:
        check_component(task, component)
    return found


def check_component(task: Task, *components: str) -> Plan:
    """The plan with nothing approved. Raises NotFound when it does not know one of the components."""
    plan = plan_of(task, approved=())
    unknown = next((component for component in components if component not in plan.decisions), None)
    if unknown is not None:
        raise NotFound(f"This film has no component {unknown[:80]!r}: look at the list of its components.")
    return plan


def quote_regeneration(
    *, task: Task, component: str, instructions: str = "", tier: str = "", models: Mapping[str, str] | None = None
) -> Quote:
    """The price of one more take of one component, in this tier or the film's, and by these models; what reads it then
    becomes stale and is asked for apart."""
    forced = {component: instructions}
    if component != Kind.SCRIPT:
        _check_inputs(task, component, forced)
    return quotes.quote(task=task, approved=(), forced=forced, tier=tier, models=models)


def price_anew(
    *, task: Task, components: Collection[str], tier: str = "", models: Mapping[str, str] | None = None
) -> dict[str, Any]:
    """Return what one more take of each of these would cost, without making an offer of it. Raises NotFound, and
    Invalid for a model."""
    check_component(task, *components)
    return quotes.price_of_pieces(task, components, dict.fromkeys(components, ""), tier, models)


def _check_inputs(task: Task, component: str, forced: Mapping[str, str]) -> None:
    """Raises NotFound for an unknown component, Conflict where what it reads is not there and not to be made."""
    decision = plan_of(task, approved=(), forced=forced).decisions.get(component)
    if decision is None:
        check_component(task, component)
    elif decision.action not in TO_BE_MADE:
        raise Conflict(f"{component} is made from pieces that do not exist yet: make those first.", code="not_ready")


def regenerate(*, task: Task, component: str, quote_id: str, api_key: ApiKey | None = None) -> Run:
    """Make the take that was quoted, with the instructions given then. Raises as `quotes.use` does."""
    quoted = Quote.objects.filter(id=quote_id, task=task).first()
    if quoted and component not in quoted.forced:
        raise NotFound(f"This quote is not for {component}: ask for one that is.")
    return quotes.use(task=task, quote_id=quote_id, api_key=api_key)


def select_take(*, task: Task, component: str, take: int) -> Run | None:
    """Choose a take; all that was once made from it is chosen again for free, and the film is cut anew.

    While a run is at work the choice waits until it has ended. Returns the run that carries it out, if one is needed.
    An earlier version of the script becomes the newest one. Raises Conflict while the script is being written.
    """
    if component == Kind.SCRIPT:
        scripts.restore_version(task=task, version=take)
        return films.unfinished_run(task=task)
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        writing.check_is_over(task)
        if not Asset.objects.filter(task=task, component=component, take=take).exists():
            check_component(task, component)
            raise NotFound(f"{component} has no take {take}: look at the list of its takes.")
        if quotes.active(task):
            return films.start_run(task=task, approved=(), selects={component: take})
        choose(task.id, component, take, check_component(task, component))
        if task.family and task.carrying == Carrying.ALL:
            transaction.on_commit(functools.partial(carried_takes.carry, task), robust=True)
        return films.recut(task=task)
