"""How results become takes: each in one transaction under the run's lease, and each safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, transaction
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from media_assets.models import Asset, AssetType, Video
from pipeline import events, quotes
from pipeline.engine.leases import Claim, under
from pipeline.engine.records import newest_version
from pipeline.engine.state import Stored, take_of
from pipeline.graph import DERIVED, Component, Kind
from pipeline.models import Attempt, AttemptStatus, Run, Script, Step, StepStatus, Task, TaskStatus
from pipeline.plan import Action, Decision, Take
from pixora.errors import LeaseLost


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
    cost_micros: int | None = None
    """None: what was expected."""
    own: bool = False
    """A person gave it: it was not made from what the script asks, and stands for nothing elsewhere."""
    store: Callable[[], None] = lambda: None
    """Puts the files under their names, while the lease is held: a worker that lost it cannot overwrite them."""


def land(claim: Claim, landings: Sequence[Landing]) -> list[tuple[Take, Stored] | Exception]:
    """Each result becomes its component's selected take; its attempt and step succeed. Repeating it is harmless."""
    with under(claim) as run:
        components = [landing.component.key for landing in landings]
        steps = {step.component: step for step in run.steps.filter(component__in=components).select_related("asset")}
        landed_before = {key for key, step in steps.items() if step.status == StepStatus.SUCCEEDED and step.asset}
        landed = [_land_or_error(run, steps[landing.component.key], landing) for landing in landings]
        new = [asset for asset in landed if isinstance(asset, Asset) and asset.component not in landed_before]
        events.components_updated(run.task_id, new)
    return [_as_known(asset) if isinstance(asset, Asset) else asset for asset in landed]


def _as_known(asset: Asset) -> tuple[Take, Stored]:
    return take_of(asset), Stored(asset.storage_path, asset.metadata)


def _land_or_error(run: Run, step: Step, landing: Landing) -> Asset | Exception:
    """Whatever is wrong with one, the others' files have their names, and their rows stay."""
    try:
        with transaction.atomic():
            return _land(run, step, landing)
    except (OperationalError, InterfaceError):
        raise
    except Exception as error:  # noqa: BLE001 - it is raised for whose landing it is
        return error


def _land(run: Run, step: Step, landing: Landing) -> Asset:
    if step.status == StepStatus.SUCCEEDED and step.asset:
        return step.asset
    attempt = Attempt.objects.filter(id=landing.attempt_id, step=step, status=AttemptStatus.OPEN)
    if not attempt.update(status=AttemptStatus.SUCCEEDED, ended_at=Now(), **_cost(landing.cost_micros)):
        raise LeaseLost(f"{landing.attempt_id} is closed already.")
    landing.store()
    asset = _new_asset(run.task_id, landing)
    step.status, step.asset, step.fingerprint = StepStatus.SUCCEEDED, asset, landing.fingerprint
    step.charged = step.credits
    step.ended_at = timezone.now()
    step.save(update_fields=["status", "asset", "fingerprint", "charged", "ended_at"])
    if landing.component.kind is Kind.FULLVIDEO:
        _new_video(run, asset)
    return asset


def _cost(micros: int | None) -> dict[str, int]:
    return {} if micros is None else {"cost_micros": micros}


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
        fingerprint="" if landing.own else landing.fingerprint,
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


def take_free(claim: Claim, decisions: Iterable[Decision]) -> list[tuple[Take, Stored]]:
    """Select the older takes and adopt the others' takes that the plan found; costs nothing."""
    with under(claim) as run:
        done = [_select(run, decision) for decision in decisions]
        events.components_updated(run.task_id, done)
    return [_as_known(asset) for asset in done]


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


def land_script(
    claim: Claim, attempt_id: str, content: Mapping[str, Any], title: str, cost_micros: int | None = None
) -> int:
    """The script that was written becomes the task's next version, which is returned."""
    with under(claim) as run:
        step = Step.objects.get(run=run, component=Kind.SCRIPT.value)
        if step.status == StepStatus.SUCCEEDED:
            return run.script_version or 1
        closed = Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN)
        if not closed.update(status=AttemptStatus.SUCCEEDED, ended_at=Now(), **_cost(cost_micros)):
            raise LeaseLost(f"{attempt_id} is closed already.")
        version = 1 + (newest_version(run.task) or 0)
        Script.objects.create(task_id=claim.task_id, version=version, content=dict(content))
        run.steps.filter(id=step.id).update(status=StepStatus.SUCCEEDED, ended_at=Now())
        Run.objects.filter(id=run.id).update(script_version=version)
        Task.objects.filter(id=claim.task_id).update(title=title[:200])
        Task.objects.filter(id=claim.task_id, status=TaskStatus.DRAFT).update(status=TaskStatus.SCRIPTED)
        type_ = "script_generated" if version == 1 else "script_updated"
        events.publish(claim.task_id, type_, quotes.script_told(Task.objects.get(id=claim.task_id)))
        return version
