"""Takes that somebody chose, made anew or uploaded in one version of a film, and that its other versions share."""

from __future__ import annotations

from collections.abc import Collection, Mapping

from django.db import transaction
from django.db.models import Max
from django.utils import timezone

from media_assets.models import Asset, AssetType
from pipeline.events import history
from pipeline.models import Task
from pipeline.planning.film_plan import plan_of
from pipeline.planning.plan import Action, Plan, Take
from pipeline.services import family, films, quotes

COMPARED = ("task", "component", "content_hash", "fingerprint", "chosen_for")


def differing(task: Task, sibling: Task) -> Mapping[str, Take]:
    """The selected takes, by component, that both want alike and `task` was given after the last decision on edits."""
    return differing_in(task, [sibling]).get(sibling.id, {})


def differing_in(task: Task, siblings: Collection[Task]) -> dict[str, dict[str, Take]]:
    """The same for several versions, by their ids, without those that lack nothing. Only those are planned that have
    another take which may have been asked for alike."""
    concerned = _concerned(task, siblings)
    if not concerned:
        return {}
    mine = plan_of(task, approved=())
    since = task.carried_at.timestamp() if task.carried_at else 0.0
    chosen = {key: take for key in mine.decisions if (take := _chosen(mine, key)) and take.selected_at > since}
    found = {each.id: _differing(plan_of(each, approved=()), mine, chosen) for each in concerned}
    return {task_id: takes for task_id, takes in found.items() if takes}


def _differing(theirs: Plan, mine: Plan, chosen: Mapping[str, Take]) -> dict[str, Take]:
    return {key: take for key, take in chosen.items() if _takes_another(theirs, key, mine, take)}


def _concerned(task: Task, siblings: Collection[Task]) -> list[Task]:
    """The versions with another take of a piece than `task` was given lately, each asked for in the same words."""
    recent = task.assets.filter(selected=True).exclude(asset_type__in=[AssetType.RENDER, AssetType.REFERENCE])
    if task.carried_at:
        recent = recent.filter(selected_at__gt=task.carried_at)
    own = {asset.component: asset for asset in recent.only(*COMPARED)}
    theirs = Asset.objects.filter(task__in=siblings, component__in=list(own), selected=True) if own else ()
    ids = {asset.task_id for asset in theirs if _may_differ(own[asset.component], asset)}
    return [each for each in siblings if each.id in ids]


def _may_differ(one: Asset, other: Asset) -> bool:
    asked = {one.fingerprint, one.chosen_for} & {other.fingerprint, other.chosen_for}
    return one.content_hash != other.content_hash and bool(asked - {""})


def _chosen(plan: Plan, key: str) -> Take | None:
    decision = plan.decisions[key]
    kept = decision.action is Action.KEEP and not decision.component.kind.is_derived
    return decision.take if kept else None


def _takes_another(theirs: Plan, key: str, mine: Plan, take: Take) -> bool:
    other = _chosen(theirs, key) if key in theirs.decisions else None
    is_asked_alike = other is not None and theirs.decisions[key].fingerprint == mine.decisions[key].fingerprint
    return bool(is_asked_alike and other and other.content_hash != take.content_hash)


def carry(task: Task) -> None:
    """Have the other versions use the same takes. A version at work changes over when its run has ended, one that was
    deleted meanwhile never."""
    began = timezone.now()
    siblings = family.siblings(task)
    lacking = differing_in(task, siblings)
    for sibling in siblings:
        if found := lacking.get(sibling.id):
            _give(sibling, found)
    Task.objects.filter(id=task.id).update(carried_at=began)


def _give(sibling: Task, takes: Mapping[str, Take]) -> None:
    with transaction.atomic():
        locked = Task.objects.select_for_update().filter(id=sibling.id, deleted_at=None).first()
        if locked is None:
            return
        is_at_work = bool(quotes.active(locked))
        wanted = {key: found.fingerprint or "" for key, found in plan_of(locked, approved=()).decisions.items()}
        given = [_entered(locked, key, take, wanted.get(key, "")) for key, take in takes.items()]
        if is_at_work:
            films.start_run(task=locked, approved=(), selects={asset.component: asset.take for asset in given})
            return
        for asset in given:
            locked.assets.filter(component=asset.component, selected=True).update(selected=False)
            Asset.objects.filter(id=asset.id).update(selected=True, selected_at=timezone.now())
        history.components_updated(locked.id, list(Asset.objects.filter(id__in=[asset.id for asset in given])))
        films.recut(task=locked)


def _entered(sibling: Task, key: str, take: Take, wanted: str) -> Asset:
    """The take's row among those of the sibling, good for what is wanted there; a new one is not selected yet."""
    known = sibling.assets.filter(component=key, content_hash=take.content_hash).order_by("-take").first()
    if known:
        Asset.objects.filter(id=known.id).update(chosen_for=wanted)
        return known
    asset = family.copied(Asset.objects.get(id=take.asset_id), sibling)
    newest = sibling.assets.filter(component=key).aggregate(newest=Max("take"))["newest"] or 0
    asset.take, asset.selected, asset.chosen_for = newest + 1, False, wanted
    asset.save(force_insert=True)
    return asset
