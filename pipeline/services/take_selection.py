"""A person's choice of a take: selected, and good for what is wanted at that moment."""

from __future__ import annotations

from django.utils import timezone

from media_assets.models import Asset
from pipeline.events import history
from pipeline.models import Run
from pipeline.planning import referee
from pipeline.planning.plan import Plan


def choose(task_id: str, component: str, take: int, plan: Plan) -> Asset | None:
    """Select a take and note what it is chosen for; None when it has gone meanwhile. `plan` has nothing approved."""
    takes = Asset.objects.filter(task_id=task_id, component=component)
    asset = takes.filter(take=take).first()
    if asset is None:
        return None
    takes.filter(selected=True).exclude(id=asset.id).update(selected=False)
    decision = plan.decisions.get(component)
    asset.selected, asset.selected_at = True, timezone.now()
    asset.chosen_for = (decision.fingerprint if decision else None) or asset.chosen_for
    asset.metadata = referee.kept(asset.metadata)
    asset.save()
    history.components_updated(asset.task_id, [asset])
    return asset


def apply_choices(run: Run, plan: Plan) -> None:
    """Carry out the choices that were made while an earlier run was at work."""
    for component, take in run.selects.items():
        choose(run.task_id, component, take, plan)
    if run.selects:
        run.selects = {}
        run.save(update_fields=["selects"])
