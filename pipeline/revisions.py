"""Editing the script: every edit is a new version, and an edit of a version that is no longer current is refused."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from media_assets.paths import script_name, task_folder
from media_assets.storage import put_text
from pipeline import events, quotes, services
from pipeline.graph import DERIVED
from pipeline.models import Script, Task, TaskStatus
from pipeline.options import parse_settings
from pipeline.plan import Action, Plan, Takes
from pipeline.script import Script as Content
from pipeline.script import parse_script
from pixora.errors import Conflict, Invalid, NotFound

SCENE_FIELDS = frozenset({"title", "script", "image_prompt", "video_prompt", "transition", "duration", "characters"})
IN_SCRIPT = frozenset({"style", "aspect_ratio", "language", "voice", "character_consistency"})
"""Settings that the script carries too."""
_HIGHEST_SCENE_ID = """
SELECT max((clip #>> '{scene,id}')::int)
FROM scripts, jsonb_array_elements(content -> 'clips') AS clip
WHERE task_id = %s
"""


@dataclass(frozen=True)
class Standing:
    """How a film stood before an edit: its script's version (0: none), its takes, their plan with nothing approved."""

    version: int
    takes: Takes
    plan: Plan


def current_script(task: Task) -> Script:
    """Raises Conflict while there is none."""
    found = task.scripts.order_by("-version").first()
    if found is None:
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    return found


def revise_script(*, task: Task, version: int, content: Mapping[str, Any]) -> Script:
    """Store `content` as the version after `version`. Raises Conflict when that is not current, ScriptInvalid."""
    script = parse_script(content)
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        current = current_script(task)
        if current.version != version:
            raise Conflict(
                f"The script is at version {current.version} by now: look at it and edit again.",
                details={"version": current.version, "script": current.content},
            )
        return _store(task, script, _standing(task, current))


def _standing(task: Task, current: Script | None) -> Standing:
    """Without a take there is nothing that an edit could make stale, so nothing is planned."""
    takes, plan = services.takes_of(task), Plan({})
    if current and takes.by_component:
        plan = services.plan_with(parse_script(current.content), task, takes, approved=())
    return Standing(current.version if current else 0, takes, plan)


def _store(task: Task, script: Content, before: Standing) -> Script:
    """As the version after the one that stood `before`."""
    revised = Script.objects.create(task=task, version=before.version + 1, content=script.model_dump(mode="json"))
    if task.status == TaskStatus.DRAFT:
        Task.objects.filter(id=task.id).update(status=TaskStatus.SCRIPTED)
    after = services.plan_with(script, task, before.takes, approved=())
    events.publish(task.id, "script_updated", quotes.script_told(revised, after))
    _announce_standing(task, before.plan, after)
    services.recut(task=task, plan=after)
    name = script_name(task_folder(task.prompt, task.id))
    transaction.on_commit(lambda: put_text(name, script.as_json()), robust=True)
    return revised


def revise_scene(*, task: Task, version: int, scene_index: int, changes: Mapping[str, Any]) -> Script:
    """Change some fields of the scene at this place; a changed duration changes the film's length with it."""
    unknown = set(changes) - SCENE_FIELDS
    if unknown:
        raise Invalid(
            f"changes: {sorted(unknown)[0]} cannot be changed; a scene has {', '.join(sorted(SCENE_FIELDS))}."
        )
    content = dict(current_script(task).content)
    clips = [{"scene": dict(clip["scene"])} for clip in content["clips"]]
    scene = next((clip["scene"] for clip in clips if clip["scene"]["index"] == scene_index), None)
    if scene is None:
        raise NotFound(f"The script has no scene {scene_index}: look at its scenes.")
    scene.update(changes)
    content["clips"] = clips
    content["expected_duration"] = sum(_seconds(clip["scene"]["duration"]) for clip in clips)
    return revise_script(task=task, version=version, content=content)


def restore_version(*, task: Task, version: int) -> Script:
    """An earlier version's content as the newest one. Raises NotFound."""
    old = version_of(task, version)
    return revise_script(task=task, version=current_script(task).version, content=old.content)


def next_scene_id(task: Task) -> int:
    """Ids are never used again, whatever versions they were in."""
    with connection.cursor() as cursor:
        cursor.execute(_HIGHEST_SCENE_ID, [task.id])
        (highest,) = cursor.fetchone()
    return int(highest or 0) + 1


def version_of(task: Task, version: int) -> Script:
    """Raises NotFound."""
    found = task.scripts.filter(version=version).first()
    if found is None:
        raise NotFound(f"The script has no version {version}: look at the list of its versions.")
    return found


def update_settings(*, task: Task, changes: Mapping[str, Any]) -> Task:
    """Change a film's settings, and the script where it carries them too. Raises Invalid naming the field."""
    fixed = {"seed", "reference", "reference_character"} & set(changes)
    if fixed:
        raise Invalid(f"{sorted(fixed)[0]}: cannot be changed here.", field=sorted(fixed)[0])
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        current = task.scripts.order_by("-version").first()
        before = _standing(task, current)
        task.settings = parse_settings({**task.settings, **changes}).model_dump()
        _save(task, "settings")
        carried = {name: task.settings[name] for name in IN_SCRIPT & set(changes)}
        if current and carried:
            _store(task, parse_script({**current.content, **carried}), before)
        elif current:
            after = services.plan_with(parse_script(current.content), task, before.takes, approved=())
            _announce_standing(task, before.plan, after)
            services.recut(task=task, plan=after)
    return task


def update_task(*, task: Task, title: str | None = None, changes: Mapping[str, Any]) -> Task:
    """Both or neither."""
    with transaction.atomic():
        if title is not None:
            task = rename(task=task, title=title)
        return update_settings(task=task, changes=changes) if changes else task


def rename(*, task: Task, title: str) -> Task:
    """The film carries its title, so it is joined anew."""
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        task.title = title
        _save(task, "title")
        services.recut(task=task)
    return task


def _save(task: Task, field: str) -> None:
    task.save(update_fields=[field, "updated_at"])
    events.task_updated(task.id)


def _announce_standing(task: Task, before: Plan, after: Plan) -> None:
    """Takes that an edit made stale, or fresh again. Both plans approve nothing."""
    changed = [
        key
        for key, decision in after.decisions.items()
        if decision.component.kind not in DERIVED and key in before.decisions
        if (decision.action is Action.LEAVE) != (before.decisions[key].action is Action.LEAVE)
    ]
    told = [
        events.component(
            asset.component, status="ready", asset=asset, stale=after.decisions[asset.component].action is Action.LEAVE
        )
        for asset in task.assets.filter(component__in=changed, selected=True)
    ]
    if told:
        events.publish_all(task.id, [("component_updated", payload) for payload in told])


def _seconds(value: object) -> int:
    """A wrong duration is left to the script's own rules to name."""
    return value if isinstance(value, int) else 0
