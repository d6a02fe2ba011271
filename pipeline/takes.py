"""Takes and what a person does with them: look, choose, make anew."""

from __future__ import annotations

from django.db import transaction

from media_assets.models import Asset
from pipeline import quotes, services
from pipeline.engine.choices import choose
from pipeline.graph import Kind
from pipeline.models import Quote, Run, Task
from pipeline.plan import Plan
from pixora.errors import NotFound


def takes_of(*, task: Task, component: str) -> list[Asset]:
    """Oldest first. Raises NotFound for a component that the film neither has nor had."""
    found = list(Asset.objects.filter(task=task, component=component).order_by("take"))
    if not found:
        check_component(task, component)
    return found


def check_component(task: Task, component: str) -> Plan:
    """The plan with nothing approved. Raises NotFound when it knows no such component."""
    plan = services.plan_of(task, approved=())
    if component not in plan.decisions:
        raise NotFound(f"This film has no component {component[:80]!r}.")
    return plan


def quote_regeneration(*, task: Task, component: str, instructions: str = "") -> Quote:
    """The price of one more take of one component; what reads it then becomes stale and is asked for apart."""
    if component != Kind.SCRIPT:
        check_component(task, component)
    return quotes.quote(task=task, approved=(), forced={component: instructions})


def select_take(*, task: Task, component: str, take: int) -> Run | None:
    """Choose a take; all that was once made from it is chosen again for free, and the film is cut anew.

    While a run is at work the choice waits until it has ended. Returns the run that carries it out, if one is needed.
    """
    with transaction.atomic():
        Task.objects.select_for_update().get(id=task.id)
        if not Asset.objects.filter(task=task, component=component, take=take).exists():
            check_component(task, component)
            raise NotFound(f"{component} has no take {take}.")
        if quotes.active(task):
            return services.start_run(task=task, approved=(), selects={component: take})
        choose(task.id, component, take, check_component(task, component))
        return services.recut(task=task)
