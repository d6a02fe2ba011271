"""Takes as plans read them, and those that a film's other versions lend it, to be adopted instead of made."""

from __future__ import annotations

from media_assets.models import Asset
from pipeline.models import Task
from pipeline.planning.kinds import kind_of
from pipeline.planning.plan import Take

TAKE_COLUMNS = (
    "task",
    "component",
    "take",
    "content_hash",
    "fingerprint",
    "chosen_for",
    "selected",
    "selected_at",
    "metadata",
)
"""Those that `take_of` reads, and the task, by which a task's assets know it."""


def lent_to(task: Task) -> list[Take]:
    """One take of the film's other versions for each thing that was asked for; of several, the one selected last."""
    if not task.family:
        return []
    others = Asset.objects.filter(task__family=task.family, task__deleted_at=None).exclude(task_id=task.id)
    asked = others.exclude(fingerprint="").order_by("fingerprint", "-selected", "-selected_at")
    return [take_of(asset) for asset in asked.only(*TAKE_COLUMNS).distinct("fingerprint")]


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
