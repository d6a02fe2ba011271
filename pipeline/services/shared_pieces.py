"""The part of a quote about a film's other versions: the pieces shared with them, and those that get what is quoted."""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from collections.abc import Set as AbstractSet
from typing import Any

from media_assets.models import Asset
from pipeline.models import Carrying, OriginKind, Task
from pipeline.planning.graph import Component
from pipeline.planning.kinds import GENERATED, kind_of
from pipeline.planning.plan import digest
from pipeline.services import family, script_versions

SHARED = tuple(kind.value for kind in GENERATED)


def told(task: Task, items: Collection[Mapping[str, Any]], forced: Collection[str] = ()) -> dict[str, Any] | None:
    """Return what `items` of a quote, of which `forced` are made anew, have to do with the film's other versions; None
    where it has none, or shares nothing with them."""
    others = family.siblings(task) if task.family else []
    if not others:
        return None
    keys = {item["component"] for item in items}
    pieces, sharing = _shared(task, others, keys)
    reached, asked = _getting(task, others, keys, set(forced))
    if not pieces and not reached and not asked:
        return None
    lists = {"versions": sharing, "reaches": reached, "asks": asked}
    return {"pieces": pieces, **{name: [_named(task, each) for each in found] for name, found in lists.items()}}


def _shared(task: Task, others: Iterable[Task], due: Collection[str]) -> tuple[dict[str, int], list[Task]]:
    """Count by kind the pieces that the film needs, that are not due and that are in others too, and name these
    versions."""
    needed = {one.key for one in family.components(task)}.difference(due)
    own = dict(_selected([task]).filter(component__in=needed).values_list("component", "content_hash"))
    theirs = _selected(others).filter(content_hash__in=set(own.values()))
    holders: dict[str, set[str]] = {}
    for task_id, content in theirs.values_list("task_id", "content_hash"):
        holders.setdefault(content, set()).add(task_id)
    counts = Counter(kind_of(key).value for key, content in own.items() if content in holders)
    sharing = set[str]().union(*holders.values())
    return {kind: counts[kind] for kind in SHARED if counts[kind]}, [one for one in others if one.id in sharing]


def _selected(tasks: Iterable[Task]) -> Any:
    found = Asset.objects.filter(task__in=list(tasks), asset_type__in=SHARED, selected=True)
    return found.exclude(content_hash="")


def _getting(
    task: Task, others: Iterable[Task], keys: AbstractSet[str], forced: AbstractSet[str]
) -> tuple[list[Task], list[Task]]:
    """The versions that get what is quoted, and those that get it where the user says so: of an edit that is still to
    be carried into them, or of a piece that is made anew."""
    wanted = _asked(family.components(task)) if keys else {}
    is_edited = task.carrying != Carrying.HERE and script_versions.newest_version(task) != task.carried_version
    missing = {wanted[key] for key in keys - forced if key in wanted}
    anew = {wanted[key] for key in keys & forced if key in wanted}
    reached, asked = [], []
    for other in others if missing or anew else ():
        now = _wishes(other)
        later = _wishes_when_carried(task, other) if is_edited else now
        if missing & now or (task.carrying == Carrying.ALL and (missing | anew) & later):
            reached.append(other)
        elif task.carrying == Carrying.ASK and (missing | anew) & later:
            asked.append(other)
    return reached, asked


def _wishes(other: Task) -> frozenset[str]:
    """Return what a version asks for now."""
    version = script_versions.newest_version(other)
    return _wishes_of(other.id, version, json.dumps(other.settings, sort_keys=True)) if version else frozenset()


@functools.lru_cache(maxsize=500)
def _wishes_of(task_id: str, version: int, settings: str) -> frozenset[str]:
    """A version of a script never changes, and is asked about with every edit of every other film of its family."""
    task = Task(id=task_id, settings=json.loads(settings))
    return frozenset(_asked(family.components(task, task.scripts.get(version=version).content)).values())


def _wishes_when_carried(task: Task, other: Task) -> frozenset[str]:
    """Return what a version will ask for when it has taken the edits of `task` that it lacks."""
    script = script_versions.newest(other)
    edited = family.edit_for(task, script.content) if script else None
    return frozenset(_asked(family.components(other, edited)).values()) if edited else _wishes(other)


def _asked(components: Iterable[Component]) -> dict[str, str]:
    """A digest for each piece that a generator makes, equal where the same is asked for, of inputs that are."""
    found: dict[str, str] = {}
    for one in components:
        if not one.kind.is_derived:
            found[one.key] = digest([one.kind, one.asks, [found[key] for key in one.inputs]])
    return found


def _named(task: Task, other: Task) -> dict[str, Any]:
    settings = other.settings
    differs = [OriginKind.CUT] if other.origin_kind == OriginKind.CUT else []
    differs += [OriginKind.LANGUAGE] if settings.get("language") != task.settings.get("language") else []
    differs += [OriginKind.SHAPE] if settings.get("aspect_ratio") != task.settings.get("aspect_ratio") else []
    return {
        "task_id": other.id,
        "title": other.title or other.prompt[:200],
        "language": settings.get("language"),
        "aspect_ratio": settings.get("aspect_ratio"),
        "differs": [kind.value for kind in differs],
    }
