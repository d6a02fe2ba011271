"""The landing of results: they become takes, under the run's lease and safe to repeat."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError, connection
from django.db.models import Max
from django.db.models.functions import Now
from django.utils import timezone

from media_assets.models import Asset, AssetType, Video
from pipeline.engine.leases import Claim, under
from pipeline.engine.state import Stored
from pipeline.events import history
from pipeline.film.script import Script as Content
from pipeline.film.settings import TaskSettings
from pipeline.film.word_swaps import heeded
from pipeline.models import Attempt, AttemptStatus, Run, Script, Step, StepStatus, Task
from pipeline.planning.film_plan import settings_of
from pipeline.planning.graph import Component
from pipeline.planning.kinds import DERIVED, Kind
from pipeline.planning.lent_takes import take_of
from pipeline.planning.plan import Action, Decision, Take
from pipeline.planning.referee import Fault, is_faulty
from pipeline.providers.base import Made
from pipeline.services import films, quotes, script_versions, writing
from pixora.foundation.errors import LeaseLost


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
    price: int | None = None
    """The credits that the model which made it asks for; None: what was agreed to. Never more than that is charged."""
    own: bool = False
    """A person gave it: it was not made from what the script asks, and stands for nothing elsewhere."""
    faults: Sequence[Fault] = ()
    """What the referee found in it; a piece with one that it would be made again for is not charged."""
    set_aside: bool = False
    """It is kept, but not selected: the piece is made once more."""
    store: Callable[[], None] = lambda: None
    """Puts the files under their names, while the lease is held: a worker that lost it cannot overwrite them."""


def land(run: Run, landings: Sequence[Landing]) -> list[tuple[Take, Stored] | Exception]:
    """Each result becomes its component's selected take; its attempt and step succeed. Repeating it is harmless.

    What is `set_aside` becomes a take that is not selected; its attempt is faulty, and its step goes on.

    Within a transaction that holds the run's row.
    """
    components = [landing.component.key for landing in landings]
    before = run.steps.filter(component__in=components, status=StepStatus.SUCCEEDED).select_related("asset")
    landed = {step.component: step.asset for step in before if step.asset}
    new = [landing for landing in landings if landing.component.key not in landed]
    errors = _store(new)
    made = _write_down(run, [landing for landing in new if landing.attempt_id not in errors])
    history.components_updated(run.task_id, [asset for asset in made.values() if asset.selected])
    assets = landed | made
    return [errors.get(landing.attempt_id) or _as_known(assets[landing.component.key]) for landing in landings]


def _as_known(asset: Asset) -> tuple[Take, Stored]:
    return take_of(asset), Stored(asset.storage_path, asset.metadata)


def _store(landings: Sequence[Landing]) -> dict[str, Exception]:
    """Return what is wrong with each that could not be stored, by its attempt; the others' files have their names."""
    tries = Attempt.objects.filter(id__in=[landing.attempt_id for landing in landings], status=AttemptStatus.OPEN)
    still_open = set(tries.values_list("id", flat=True))
    errors: dict[str, Exception] = {}
    for landing in landings:
        try:
            if landing.attempt_id not in still_open:
                raise LeaseLost(f"{landing.attempt_id} is closed already.")
            landing.store()
        except (OperationalError, InterfaceError):
            raise
        except Exception as error:  # noqa: BLE001 - it is raised for whose landing it is
            errors[landing.attempt_id] = error
    return errors


def _write_down(run: Run, landings: Sequence[Landing]) -> dict[str, Asset]:
    """The new takes, by component. One statement for each table, however many they are."""
    if not landings:
        return {}
    selected = [landing.component.key for landing in landings if not landing.set_aside]
    Asset.objects.filter(task_id=run.task_id, component__in=selected, selected=True).update(selected=False)
    made = Asset.objects.bulk_create(_asset(run.task_id, landing) for landing in landings)
    assets = {asset.component: asset for asset in made}
    _close_attempts(landings)
    _close_steps(run, [landing for landing in landings if not landing.set_aside], assets)
    for asset in made:
        if asset.component == Kind.FILM:
            _new_video(run, asset)
    return assets


def _close_attempts(landings: Sequence[Landing]) -> None:
    ends = [AttemptStatus.FAULTY if landing.set_aside else AttemptStatus.SUCCEEDED for landing in landings]
    values = [
        [landing.attempt_id for landing in landings],
        [landing.cost_micros for landing in landings],
        [end.value for end in ends],
        [landing.faults[0].code if landing.faults else "" for landing in landings],
        [" ".join(fault.message for fault in landing.faults) for landing in landings],
    ]
    _update(_ATTEMPTS_END, values, rows=len(landings))


def _close_steps(run: Run, landings: Sequence[Landing], assets: Mapping[str, Asset]) -> None:
    if not landings:
        return
    keys = [landing.component.key for landing in landings]
    fingerprints = [landing.fingerprint for landing in landings]
    prices, free = [landing.price for landing in landings], [is_faulty(landing.faults) for landing in landings]
    values = [keys, [assets[key].id for key in keys], fingerprints, prices, free, run.id]
    _update(_STEPS_SUCCEED, values, rows=len(landings))


def _update(statement: str, values: Sequence[Any], *, rows: int) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)
        if cursor.rowcount != rows:
            raise RuntimeError(f"only {cursor.rowcount} of {rows} results have a step and an open attempt")


_ATTEMPTS_END = """
UPDATE attempts SET status = done.status, ended_at = statement_timestamp(),
       cost_micros = coalesce(done.cost_micros, attempts.cost_micros),
       error_code = done.error_code, error_message = done.error_message
  FROM unnest(%s::text[], %s::bigint[], %s::text[], %s::text[], %s::text[])
       AS done(id, cost_micros, status, error_code, error_message)
 WHERE attempts.id = done.id AND attempts.status = 'open'
"""
_STEPS_SUCCEED = """
UPDATE steps SET status = 'succeeded', ended_at = statement_timestamp(),
       charged = CASE WHEN done.free THEN 0 ELSE least(credits, coalesce(done.price, credits)) END,
       asset_id = done.asset_id, fingerprint = done.fingerprint
  FROM unnest(%s::text[], %s::text[], %s::text[], %s::int[], %s::boolean[])
       AS done(component, asset_id, fingerprint, price, free)
 WHERE run_id = %s AND steps.component = done.component
"""


def _asset(task_id: str, landing: Landing) -> Asset:
    component = landing.component
    return Asset(
        task_id=task_id,
        scene_index=component.scene_id,
        asset_type=asset_type(component.kind),
        component=component.key,
        take=landing.take,
        selected=not landing.set_aside,
        selected_at=None if landing.set_aside else timezone.now(),
        fingerprint="" if landing.own or landing.set_aside else landing.fingerprint,
        chosen_for=landing.fingerprint if landing.chosen and not landing.set_aside else "",
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


def asset_type(kind: Kind) -> str:
    return AssetType.RENDER.value if kind in DERIVED else kind.value


def settle_for(claim: Claim, component: Component, fingerprint: str) -> tuple[Take, Stored] | None:
    """Take the piece that was set aside, uncharged, where it could not be made once more. None: there is none."""
    with under(claim) as run:
        step = run.steps.filter(component=component.key).first()
        tries = step.attempts.filter(status=AttemptStatus.FAULTY) if step else Attempt.objects.none()
        found = run.task.assets.filter(
            component=component.key, metadata__attempt__in=list(tries.values_list("id", flat=True))
        )
        asset = found.order_by("take").last()
        if asset is None or step is None:
            return None
        run.task.assets.filter(component=component.key, selected=True).update(selected=False)
        asset.selected, asset.selected_at, asset.fingerprint = True, timezone.now(), fingerprint
        asset.save()
        run.steps.filter(id=step.id).update(
            status=StepStatus.SUCCEEDED, ended_at=Now(), charged=0, asset=asset, fingerprint=fingerprint
        )
        history.components_updated(run.task_id, [asset])
        return _as_known(asset)


def take_free(claim: Claim, decisions: Iterable[Decision]) -> list[tuple[Take, Stored]]:
    """Select the older takes and adopt the others' takes that the plan found; costs nothing."""
    with under(claim) as run:
        done = [_select(run, decision) for decision in decisions]
        history.components_updated(run.task_id, done)
    return [_as_known(asset) for asset in done]


def _select(run: Run, decision: Decision) -> Asset:
    assert decision.take is not None
    key, wanted = decision.component.key, decision.fingerprint or ""
    takes = Asset.objects.filter(task_id=run.task_id, component=key)
    takes.filter(selected=True).update(selected=False)
    asset = Asset.objects.select_for_update(no_key=True).get(id=decision.take.asset_id)
    if decision.action is Action.ADOPT:
        number = 1 + (takes.aggregate(newest=Max("take"))["newest"] or 0)
        asset = _adopt(asset, run.task_id, decision.component, number, wanted)
    asset.selected, asset.selected_at = True, timezone.now()
    asset.save()
    run.steps.filter(component=key, status=StepStatus.QUEUED).update(status=StepStatus.REUSED, ended_at=Now())
    return asset


def _adopt(source: Asset, task_id: str, component: Component, take: int, wanted: str) -> Asset:
    return Asset(
        task_id=task_id,
        scene_index=component.scene_id,
        asset_type=source.asset_type,
        component=component.key,
        take=take,
        fingerprint=wanted,
        content_hash=source.content_hash,
        storage_path=source.storage_path,
        metadata={**source.metadata, "adopted_from": source.metadata.get("adopted_from", source.id)},
    )


@dataclass(frozen=True)
class Written:
    """A script as its writer delivered it, the settings it was written for, and what the writer was told beside."""

    attempt_id: str
    content: Mapping[str, Any]
    settings: TaskSettings
    instructions: str
    cost_micros: int | None = None
    remarks: tuple[str, ...] = ()
    """What should be known of how it was written."""
    title: str = ""
    """The title of a translation; empty where it follows from the script."""
    is_translated: bool = False
    """Its scenes are those of another film, and keep their ids."""

    @classmethod
    def of(cls, attempt_id: str, script: Content, made: Made, *, settings: TaskSettings, instructions: str) -> Written:
        return cls(
            attempt_id,
            script.model_dump(mode="json"),
            settings,
            instructions,
            made.cost_micros,
            remarks=tuple(str(each) for each in made.facts.get("warnings", ())),
            title=str(made.facts.get("title", "")),
            is_translated=bool(made.facts.get("translated")),
        )


def land_script(claim: Claim, written: Written) -> tuple[Script, Task]:
    """The script that was written becomes the task's next version. What was changed meanwhile wins over the writer's.

    What takes another writing (length, language) begins one, in this transaction. Raises LeaseLost where the run was
    told to end: the text is not wanted any more.
    """
    with under(claim) as run:
        task = Task.objects.select_for_update().get(id=claim.task_id)
        step = Step.objects.get(run=run, component=Kind.SCRIPT.value)
        if step.status == StepStatus.SUCCEEDED:
            return Script.objects.get(task=task, version=run.script_version or 1), task
        if run.cancel_requested_at:
            raise LeaseLost(f"{run.id} was told to end.")
        _close(written)
        run.steps.filter(id=step.id).update(status=StepStatus.SUCCEEDED, ended_at=Now())
        landed = _as_version(task, run, written)
        Run.objects.filter(id=run.id).update(script_version=landed.version)
        type_ = "script_generated" if landed.version == 1 else "script_updated"
        told = quotes.script_told(landed)
        remarks = [{"field": "script", "message": remark} for remark in written.remarks]
        history.publish(claim.task_id, type_, {**told, "warnings": [*remarks, *told["warnings"]]})
        return landed, task


def _close(written: Written) -> None:
    known = {} if written.cost_micros is None else {"cost_micros": written.cost_micros}
    closed = Attempt.objects.filter(id=written.attempt_id, status=AttemptStatus.OPEN)
    if not closed.update(status=AttemptStatus.SUCCEEDED, ended_at=Now(), **known):
        raise LeaseLost(f"{written.attempt_id} is closed already.")


def _as_version(task: Task, run: Run, written: Written) -> Script:
    now = settings_of(task)
    counted = written.content if written.is_translated else _counted(task, written.content)
    content = script_versions.merged(heeded(counted, written.instructions), written.settings, now)
    outdated = script_versions.outdated_by(now, written.settings)
    queued = list(writing.under_way(task))
    is_first = script_versions.newest_version(task) is None
    landed = script_versions.store(
        task,
        content,
        title=_title(task, content, written, is_first=is_first),
        reason=run.reason or (script_versions.FIRST_VERSION if is_first else script_versions.WRITTEN_ANEW),
        instructions=written.instructions,
        waiting=script_versions.TAKE_A_WRITING if queued else outdated,
    )
    if outdated and not queued:
        films.write_script(task=task, reason=script_versions.SETTINGS_CHANGED)
    return landed


def _counted(task: Task, content: Mapping[str, Any]) -> Mapping[str, Any]:
    return script_versions.with_ids_from(script_versions.next_scene_id(task), content)


def _title(task: Task, content: Mapping[str, Any], written: Written, *, is_first: bool) -> str:
    """A translation is called as it was translated the first time, unless a person gave it a title."""
    if not written.is_translated:
        return script_versions.title_for(task, content, written.instructions)
    is_given = task.origin is None or task.title != task.origin.title
    return task.title if is_given or not is_first else written.title or task.title
