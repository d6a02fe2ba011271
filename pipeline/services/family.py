"""Versions of one film: siblings in other languages, shapes and lengths, which share takes and buy only what differs.

A version is a film of its own, with its own script, runs and cut. `family` names the first film of all versions;
`origin` names the one that a version was made from.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from typing import Any

from django.db import connection, transaction
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from media_assets.ids import new_asset_id
from media_assets.models import Asset
from media_assets.paths import script_name, task_folder
from media_assets.storage import put_text
from pipeline.events import history
from pipeline.film.carried_edits import carried
from pipeline.film.script import Script as Content
from pipeline.film.script import parse_script
from pipeline.film.settings import TaskSettings
from pipeline.models import RUN_ENDED, Carrying, OriginKind, Script, Step, StepStatus, Task, TaskStatus
from pipeline.planning.film_plan import plan_of, settings_of
from pipeline.planning.graph import Component, build_graph
from pipeline.planning.kinds import Kind, kind_of
from pipeline.planning.plan import Action, digest
from pipeline.services import films, script_versions, writing
from pixora.foundation.errors import Conflict, Invalid, NotFound, ScriptInvalid

MOST_MEMBERS = 40
"""Films in a family: the languages of a large campaign in two shapes."""
OF_ITS_OWN = frozenset({Kind.FILM})
"""A version is another cut, so it begins without one."""


def members(task: Task) -> list[Task]:
    """Return the films of the family that are not deleted, the oldest first; a film alone is its own family."""
    if not task.family:
        return [task]
    return list(Task.objects.filter(family=task.family, deleted_at=None).order_by("created_at", "id"))


def heads(tasks: QuerySet[Task]) -> QuerySet[Task]:
    """Keep one film of each family: the oldest of those that are given. Films alone are kept."""
    older = tasks.filter(family=OuterRef("family")).filter(
        Q(created_at__lt=OuterRef("created_at")) | Q(created_at=OuterRef("created_at"), id__lt=OuterRef("id"))
    )
    return tasks.filter(Q(family="") | ~Exists(older))


def siblings(task: Task) -> list[Task]:
    return [each for each in members(task) if each.id != task.id]


def edit_for(task: Task, other: Mapping[str, Any]) -> dict[str, Any] | None:
    """Return `other`, a version's script, with what was edited of `task` and the version shares; None: it has it, or it
    has something of its own that this would break."""
    edited = task.scripts.filter(version=task.carried_version).first()
    newest = script_versions.newest(task)
    content = carried(edited.content, newest.content, other) if edited and newest else None
    return content if content and not _breaks_rules(content) else None


def _breaks_rules(content: Mapping[str, Any]) -> bool:
    try:
        parse_script(content)
    except ScriptInvalid:
        return True
    return False


def waiting_for(task: Task) -> list[Task]:
    """Return the versions that an edit of this one could be carried into and that do not have it."""
    if script_versions.newest_version(task) == task.carried_version:
        return []
    others = [(sibling, script_versions.newest(sibling)) for sibling in siblings(task)]
    return [sibling for sibling, script in others if script and edit_for(task, script.content)]


def decide(task: Task, *, carrying: Carrying) -> None:
    """Say for the whole family where edits go from now on."""
    Task.objects.filter(family=task.family).exclude(family="").update(carrying=carrying)
    task.refresh_from_db()
    for member in members(task):
        history.task_updated(member.id)


def leave_edits(task: Task) -> None:
    """Leave what was edited or chosen so far in this version alone."""
    version = script_versions.newest_version(task) or 0
    Task.objects.filter(id=task.id).update(carried_version=version, carried_at=timezone.now())


def follow_carried(sibling: Task, before: int, now: int) -> None:
    """A version that just took an edit has nothing of its own to carry by that."""
    Task.objects.filter(id=sibling.id, carried_version=before).update(carried_version=now)


def lock(task: Task) -> None:
    """Let nobody else add a version to this family, or order pieces of it, until the transaction ends.

    The row of `task` is locked before, and no row of another version after: whoever waits here may hold that one.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"family:{task.family or task.id}"])


def check_is_not_made_elsewhere(task: Task, keys: Collection[str]) -> None:
    """Raises Conflict where another version is just having one of these pieces made: then it costs nothing here.

    The row of `task` is locked, and was read since.
    """
    if not task.family or not keys:
        return
    lock(task)
    wanted = {(one.kind, digest(one.asks)) for one in components(task) if one.key in keys}
    for sibling in siblings(task):
        coming = _ordered(sibling)
        if any((one.kind, digest(one.asks)) in wanted for one in components(sibling) if one.key in coming):
            raise Conflict(
                "Another version of this film is just having the same pieces made: wait for them, then they cost"
                " nothing here.",
                code="run_active",
            )


def components(task: Task, content: Mapping[str, Any] | None = None) -> tuple[Component, ...]:
    """Return what a film is made of; of `content` where another script than its newest is meant."""
    script = content or getattr(script_versions.newest(task), "content", None)
    return build_graph(parse_script(script), settings_of(task)).components if script else ()


def _ordered(task: Task) -> set[str]:
    """The pieces that somebody has agreed to and that are still to come."""
    runs = task.runs.exclude(status__in=RUN_ENDED)
    agreed = {key for run in runs for key in (*(run.approved or ()), *run.forced)}
    done = Step.objects.filter(run__in=runs, status=StepStatus.SUCCEEDED).values_list("component", flat=True)
    return agreed - set(done)


def offer(task: Task) -> None:
    """Let the film's other versions adopt, for nothing, what was made for it and they want as well.

    A version that is being made plans by what was there when it began; its own run calls this again at its end.
    """
    for sibling in siblings(task):
        plan = plan_of(sibling, approved=())
        if plan.having(Action.ADOPT):
            with suppress(NotFound):  # it was deleted just now
                films.recut(task=sibling, plan=plan)


def make_version(
    *,
    task: Task,
    kind: OriginKind,
    content: Mapping[str, Any] | None,
    title: str = "",
    settings: Mapping[str, Any] | None = None,
    reason: str = "",
    without: Collection[Kind] = (),
    check: Callable[[Task], None] = lambda _source: None,
) -> Task:
    """Make a film with this script and all takes of `task`, and compute for nothing what can be computed. Without
    `content` a run writes its script.

    `settings` are changes of the source's; what the script carries of them follows the script. Takes of the kinds in
    `without` are left out, because they are of no use to it. `check` may refuse the version while no other one can be
    made. Raises Conflict while there is no script or one is being written, NotFound where the source was deleted
    meanwhile, Invalid where the family is full, and ScriptInvalid.
    """
    script = None if content is None else parse_script(content)
    with transaction.atomic():
        source = Task.objects.select_for_update().get(id=task.id)
        lock(source)
        check(source)
        before = _script_of(source)
        version = _create(source, before.version, kind, {**source.settings, **(settings or {})}, title or source.title)
        copy_takes(source, version, without=OF_ITS_OWN | set(without))
        _begin(version, script, before.instructions, reason or f"A version of “{source.title}”")
    version.refresh_from_db()
    task.refresh_from_db()
    return version


def _begin(version: Task, script: Content | None, instructions: str, reason: str) -> None:
    """Cut a version that has its script already; have the script of any other one written."""
    if script:
        _store_script(version, script, instructions=instructions, reason=reason)
    history.task_updated(version.id)
    _tell(siblings(version))
    if script:
        films.recut(task=version)
    else:
        films.write_script(task=version, reason=reason)


def _tell(others: Collection[Task]) -> None:
    """Tell later that they have one version more: no two films are locked at once."""
    for each in others:
        transaction.on_commit(functools.partial(history.task_updated, each.id), robust=True)


def _store_script(version: Task, script: Content, *, instructions: str, reason: str) -> None:
    content = script.model_dump(mode="json")
    script_versions.store(version, content, title=version.title, reason=reason, instructions=instructions)
    transaction.on_commit(lambda: put_text(script_name(task_folder(version.prompt, version.id)), script.as_json()))


def _script_of(source: Task) -> Script:
    if source.deleted_at:
        raise NotFound("This film was deleted: restore it in My films first.")
    writing.check_is_over(source)
    script = script_versions.newest(source)
    if script is None:
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    return script


def _create(source: Task, version: int, kind: OriginKind, settings: Mapping[str, Any], title: str) -> Task:
    if not source.family:
        source.family, source.carried_version, source.carried_at = source.id, version, timezone.now()
        source.save(update_fields=["family", "carried_version", "carried_at", "updated_at"])
    if Task.objects.filter(family=source.family, deleted_at=None).count() >= MOST_MEMBERS:
        raise Invalid(f"A film has at most {MOST_MEMBERS} versions: delete one first.", field="version")
    return Task.objects.create(
        user=source.user,
        prompt=source.prompt,
        source=source.source,
        title=title[:200],
        status=TaskStatus.DRAFT,
        settings=dict(settings),
        request_key=films.request_key(source.prompt, TaskSettings.model_validate(settings), source.source),
        origin=source,
        origin_kind=kind,
        family=source.family,
        carrying=source.carrying,
        carried_version=1,
        carried_at=timezone.now(),
    )


def copy_takes(source: Task, target: Task, *, without: Collection[Kind] = ()) -> dict[str, Asset]:
    """Give `target` rows for the takes of `source`, on the same files; return these by the ids of the originals."""
    found = [asset for asset in source.assets.all() if _kind(asset) not in without]
    copies = {asset.id: copied(asset, target) for asset in found}
    Asset.objects.bulk_create(copies.values())
    return copies


def copied(asset: Asset, target: Task) -> Asset:
    """Return the row, not stored yet, by which `target` has this take too; ledger and origins know it for a copy."""
    source = asset.metadata.get("adopted_from", asset.id)
    fields = {field.attname: getattr(asset, field.attname) for field in Asset._meta.concrete_fields}
    return Asset(
        **{**fields, "id": new_asset_id(), "task_id": target.id, "metadata": {**asset.metadata, "adopted_from": source}}
    )


def _kind(asset: Asset) -> Kind | None:
    return None if asset.component == films.REFERENCE else kind_of(asset.component)
