"""The end of a run: its steps, its hold, its task, and what its followers are told."""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models.functions import Now
from django.utils import timezone

from media_assets.models import Asset, AssetType
from pipeline.engine.leases import Claim, under
from pipeline.events import history
from pipeline.film.script import Script, parse_script
from pipeline.models import RUN_ENDED, Attempt, Carrying, Run, RunStatus, StepStatus, Task, TaskStatus
from pipeline.planning import cut_changes, referee
from pipeline.planning.cut_words import words_in
from pipeline.planning.film_plan import plan_of
from pipeline.planning.kinds import DERIVED, Kind, kind_of, scene_and_line
from pipeline.planning.plan import Action, Plan
from pipeline.services import batches, carried_takes, family, films, ready_mail, script_versions, writing
from pixora.accounts import ledger


@dataclass(frozen=True)
class Outcome:
    status: RunStatus
    code: str = ""
    message: str = ""
    film: bool = False
    """The task has a finished film that shows its script."""


def finish(claim: Claim, plan: Plan, outcome: Outcome) -> None:
    """End the run: what was never reached is blocked, reused or cancelled, and the task says how it stands."""
    with under(claim) as run:
        _close_attempts(run)
        _end_steps(run, plan, outcome)
        run.status, run.error_code, run.error_message = outcome.status, outcome.code, outcome.message
        run.ended_at, run.lease_expires_at = timezone.now(), None
        run.save()
        returned = ledger.release(run_id=run.id, charged=run.charged)
        status = _task_status(run, outcome)
        if status:
            Task.objects.filter(id=run.task_id).update(status=status, updated_at=timezone.now())
        _settle_settings(run)
        _announce_components(run, plan)
        if ledger.was_held(run_id=run.id):
            history.credits_updated(run.task_id, run.task.user)
        history.task_updated(run.task_id, run_id=run.id)
        _announce(run, outcome, returned)
        if outcome.film:
            _cut_what_was_changed(run)
        if run.task.family:
            transaction.on_commit(functools.partial(_offer, run.task), robust=True)


def _offer(task: Task) -> None:
    """Let the film's other versions have what they share of what was made."""
    family.offer(task)
    if task.carrying == Carrying.ALL:
        carried_takes.carry(task)


def _cut_what_was_changed(run: Run) -> None:
    """Cut the film again, free of charge, if script or settings changed during the run: it used those it began with."""
    plan = plan_of(run.task, approved=())
    if plan.cut_is_due:
        films.recut(task=run.task, plan=plan)


def _settle_settings(run: Run) -> None:
    """Apply the settings that waited for a script whose writing has brought nothing."""
    if Kind.SCRIPT in run.forced:
        task = Task.objects.select_for_update().get(id=run.task_id)
        if not writing.under_way(task).exists():
            script_versions.settle(task)
            transaction.on_commit(functools.partial(batches.script_is_written, task.id), robust=True)


def _close_attempts(run: Run) -> None:
    """Close attempts that were cancelled while they were opened, or whose answers nobody waits for any more."""
    Attempt.objects.filter(step__run=run).give_up()


def _end_steps(run: Run, plan: Plan, outcome: Outcome) -> None:
    waiting = run.steps.filter(status__in=[StepStatus.QUEUED, StepStatus.RUNNING])
    fresh = [decision.component.key for decision in plan.having(Action.KEEP)]
    waiting.filter(component__in=fresh).update(status=StepStatus.REUSED, ended_at=Now())
    left = StepStatus.CANCELLED if outcome.status == RunStatus.CANCELLED else StepStatus.BLOCKED
    waiting.update(status=left, ended_at=Now())


def _task_status(run: Run, outcome: Outcome) -> TaskStatus | None:
    """Return the film's new status; None leaves it, also while another run that may make something is waiting."""
    if writing.only_writes(run) and outcome.status != RunStatus.SUCCEEDED and run.task.scripts.exists():
        return None
    if run.task.runs.filter(status=RunStatus.QUEUED).exclude(approved=[]).exists():
        return None
    if run.task.status != TaskStatus.GENERATING and outcome.status == RunStatus.SUCCEEDED and not outcome.film:
        return None
    match outcome.status:
        case RunStatus.SUCCEEDED:
            return TaskStatus.COMPLETE if outcome.film else TaskStatus.SCRIPTED
        case RunStatus.CANCELLED:
            return TaskStatus.CANCELLED
        case _:
            return TaskStatus.FAILED


def _announce_components(run: Run, plan: Plan) -> None:
    """Tell what is out of date from now on, and what waited for something that failed."""
    left = [decision.component for decision in plan.having(Action.LEAVE) if decision.component.kind not in DERIVED]
    takes = _selected(run.task_id, [component.key for component in left])
    failed = _failed(run)
    stale = [asset for key, asset in takes.items() if key not in failed]
    told = [history.component(asset.component, status="ready", stale=True, asset=asset) for asset in stale]
    blocked = run.steps.filter(status=StepStatus.BLOCKED).exclude(kind__in=DERIVED).values_list("component", flat=True)
    told += [history.component(key, status="blocked") for key in blocked if key not in takes]
    if told:
        history.publish_all(run.task_id, [("component_updated", payload) for payload in told])


def _failed(run: Run) -> set[str]:
    return set(run.steps.filter(status=StepStatus.FAILED).values_list("component", flat=True))


def _selected(task_id: str, keys: Collection[str]) -> dict[str, Asset]:
    found = Asset.objects.filter(task_id=task_id, component__in=keys, selected=True)
    return {asset.component: asset for asset in found}


def _announce(run: Run, outcome: Outcome, returned: int) -> None:
    match outcome.status:
        case RunStatus.SUCCEEDED if outcome.film and not _is_told(run):
            asset = Asset.objects.get(task_id=run.task_id, component=Kind.FILM.value, selected=True)
            captions = Asset.objects.filter(task_id=run.task_id, component=Kind.CAPTIONS.value, selected=True).first()
            payload = {
                "content": _said(run, asset),
                "video_url": asset.url,
                "url": asset.url,
                "duration": asset.metadata["duration_ms"] / 1000,
                "version": run.script_version,
                "captions_url": captions.url if captions else None,
                **history.family_of(run.task),
            }
            history.publish(run.task_id, "video_complete", payload)
            ready_mail.film_ready(run)
        case RunStatus.SUCCEEDED:
            return
        case RunStatus.CANCELLED:
            history.publish(run.task_id, "run_cancelled", {"run_id": run.id, "returned": returned})
        case _:
            payload = {"code": outcome.code, "message": outcome.message, "components": sorted(_failed(run))}
            history.publish(run.task_id, "run_failed", payload)


def _is_told(run: Run) -> bool:
    """True where the run was for what is free, and the one before it did that already: its cut is told of."""
    told = run.task.events.filter(type="video_complete").order_by("-seq").first()
    if run.approved != [] or run.forced or told is None:
        return False
    chosen = run.task.assets.filter(selected=True, selected_at__gt=told.created_at)
    return not chosen.exclude(asset_type=AssetType.REFERENCE).exists()


def _said(run: Run, film: Asset) -> str:
    """Say of a later cut what it shows that the one before, as it was told of, did not."""
    told = run.task.events.filter(type="video_complete").order_by("-seq").first()
    script = parse_script(run.task.scripts.get(version=run.script_version or 1).content)
    said = _changes_said(run, film, script, told.created_at) if told else words_in(script.language).first
    return cut_changes.looked_at(said, _faulty_places(run, script), language=script.language)


def _faulty_places(run: Run, script: Script) -> set[int]:
    """The places of scenes with a piece that this run made, in which something is wrong."""
    made = run.task.assets.filter(selected=True, made_by__run=run, scene_index__isnull=False)
    verdicts = {asset.scene_index: referee.verdict(asset.metadata) for asset in made if asset.metadata.get("faults")}
    faulty = {scene_id for scene_id, verdict in verdicts.items() if verdict and not verdict["charged"]}
    return {scene.index for scene in script.scenes if scene.id in faulty}


def _changes_said(run: Run, film: Asset, script: Script, since: datetime) -> str:
    chosen = list(run.task.assets.filter(selected=True, selected_at__gt=since).exclude(asset_type=AssetType.REFERENCE))
    shown = [asset for asset in chosen if asset.asset_type != AssetType.RENDER and "adopted_from" not in asset.metadata]
    places = {str(scene.id): scene.index for scene in script.scenes}
    changes = [_change(asset, since, places) for asset in shown]
    computed = {kind_of(asset.component) for asset in chosen if asset.created_at > since}
    films = run.task.assets.filter(component=Kind.FILM.value).exclude(id=film.id)
    before = films.order_by("-selected_at").first()
    return cut_changes.cut_again(
        changes,
        computed=computed,
        is_cut=film in chosen,
        before=_cut(before) if before else None,
        after=_cut(film),
        language=script.language,
    )


def _cut(film: Asset) -> cut_changes.Cut:
    told = film.metadata
    scenes = tuple(slot["scene_id"] for slot in told.get("timeline", {}).get("slots", ()))
    return cut_changes.Cut(told.get("title"), told.get("captions"), scenes)


def _change(asset: Asset, since: datetime, places: Mapping[str, int]) -> cut_changes.Change:
    made = "own" if asset.own_file is not None else "new"
    how: Any = made if asset.created_at > since else "earlier"
    _, _, ids = asset.component.partition("/")
    scene_ids, _ = scene_and_line(ids)
    found = sorted(places[scene_id] for scene_id in scene_ids.split("_") if scene_id in places)
    return cut_changes.Change(kind_of(asset.component), how, tuple(found))


def settle_leftovers() -> int:
    """Release the holds of runs that ended without releasing them; return how many there were."""
    ended = Run.objects.filter(id__in=ledger.runs_with_open_holds(), status__in=RUN_ENDED)
    for run in ended:
        ledger.release(run_id=run.id, charged=run.charged)
    return len(ended)
