"""Editing the script: every edit is a new version, and an edit of a version that is no longer current is refused."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any

from django.db import transaction

from media_assets.paths import script_name, task_folder
from media_assets.storage import put_text
from pipeline.events import history
from pipeline.film import script_edits
from pipeline.film.changes import FIXED_SETTINGS, SCENE_FIELDS
from pipeline.film.script import Script as Content
from pipeline.film.script import parse_script
from pipeline.film.settings import TaskSettings, changed_settings, ordered_length
from pipeline.models import Carrying, Script, Task
from pipeline.planning.film_plan import plan_with, settings_of, takes_of
from pipeline.planning.kinds import DERIVED
from pipeline.planning.plan import Action, Plan, Takes
from pipeline.providers.local.writing.pictures import style_words
from pipeline.services import (
    clip_ends,
    family,
    films,
    model_choice,
    own_voices,
    quotes,
    scene_lengths,
    script_versions,
    timeline_rules,
    writing,
)
from pixora.foundation.errors import Conflict, Invalid, NotFound


@dataclass(frozen=True)
class Standing:
    """A film's standing before an edit: its script's version (0: none), its takes, their plan with nothing approved."""

    version: int
    takes: Takes
    plan: Plan


def current_script(task: Task) -> Script:
    """Raises Conflict while there is none."""
    found = script_versions.newest(task)
    if found is None:
        raise Conflict("There is no script yet: wait until it is written.", code="not_ready")
    return found


def revise_script(
    *,
    task: Task,
    version: int,
    content: Mapping[str, Any],
    reason: str = script_versions.BY_HAND,
    like: Script | None = None,
    instructions: str = "",
) -> Script:
    """Store `content` as the version after `version`; the film's settings follow what it says.

    `reason` is the sentence or act that made it; `like` is an earlier version whose title it has, too; `instructions`
    are what later writers are told of it. Raises Conflict when `version` is not current and while the script is being
    written, and ScriptInvalid.
    """
    script = parse_script(content)
    return _revise(task, version, lambda _current: script, reason=reason, like=like, instructions=instructions)


def _revise(
    task: Task,
    version: int,
    edit: Callable[[Mapping[str, Any]], Content],
    *,
    reason: str,
    like: Script | None = None,
    instructions: str = "",
) -> Script:
    """Store what `edit` makes of the current content."""
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        writing.check_is_over(task)
        current = current_script(task)
        if current.version != version:
            raise Conflict(
                f"The script is at version {current.version} by now: look at it and edit again.",
                details={"version": current.version, "script": current.content},
            )
        script, before, was = edit(current.content), _standing(task, current), parse_script(current.content)
        if like is None:
            scene_lengths.check(settings_of(task), script, was)
            clip_ends.check(settings_of(task), script, was)
            own_voices.check_cast(task.user, script, was)
            script = timeline_rules.kept(task, script, was)
        told = script_versions.by_hand(was, script) if reason == script_versions.BY_HAND else reason
        title, standing = like.title if like else "", like or current
        return _store(task, script, before, standing, reason=told, title=title, instructions=instructions)


def _retimed(task: Task, current: Script | None, before: TaskSettings, *, retime: bool) -> Mapping[str, Any] | None:
    """The script with its scenes as long as the models of now make them, where those of before made other ones. Raises
    Conflict where nobody has said yes to that."""
    if current is None or settings_of(task).choice == before.choice:
        return None
    if not retime:
        scene_lengths.ask_first(before, settings_of(task), current.content)
        return None
    content = scene_lengths.retimed(current.content, settings_of(task))
    return content if content != current.content else None


def _standing(task: Task, current: Script | None) -> Standing:
    """Without a take there is nothing that an edit could make stale, so nothing is planned."""
    takes, plan = takes_of(task), Plan({})
    if current and takes.by_component:
        plan = plan_with(parse_script(current.content), task, takes, approved=())
    return Standing(current.version if current else 0, takes, plan)


def _store(
    task: Task,
    script: Content,
    before: Standing,
    like: Script,
    *,
    reason: str,
    title: str = "",
    instructions: str = "",
    waiting: Collection[str] = (),
) -> Script:
    """Store the script as the version after the one that stood `before`. Its writer was told what the one of `like`
    was, and these `instructions`; `waiting` are settings that a writing has still to bring. `task` is locked."""
    revised = script_versions.store(
        task,
        script.model_dump(mode="json"),
        title=title or task.title,
        reason=reason,
        instructions=script_versions.standing_instructions(instructions, like.instructions),
        waiting=waiting,
        after=before.version,
    )
    after = plan_with(script, task, before.takes, approved=(), like=before.plan)
    history.publish(task.id, "script_updated", quotes.script_told(revised, after, script))
    _announce_standing(task, before.plan, after)
    films.recut(task=task, plan=after)
    _after_commit(task, script)
    return revised


def _after_commit(task: Task, script: Content) -> None:
    """Keep a copy as a file, and carry the edit on to the other versions where that is wished for."""
    name = script_name(task_folder(task.prompt, task.id))
    transaction.on_commit(lambda: put_text(name, script.as_json()), robust=True)
    if task.family and task.carrying == Carrying.ALL:
        transaction.on_commit(functools.partial(carry_edits, task=task), robust=True)


def carry_edits(*, task: Task) -> list[Task]:
    """Carry what was edited of the script into the film's other versions; return those that could not take it yet,
    because their scripts are being written. Repeating it changes nothing.

    Each version is stored by itself, so no two films are ever locked at once.
    """
    task.refresh_from_db()
    version = script_versions.newest_version(task) or 0  # what is edited from here on may come too late for some
    if version == task.carried_version:
        return []
    waiting = [sibling for sibling in family.siblings(task) if not _carry_into_sibling(task, sibling)]
    if not waiting:
        Task.objects.filter(id=task.id).update(carried_version=version)
    return waiting


def _carry_into_sibling(task: Task, sibling: Task) -> bool:
    """False where the sibling's script is just being written. One that was deleted meanwhile, or whose script could not
    be written, is left as it is."""
    with transaction.atomic():
        locked = Task.objects.select_for_update().filter(id=sibling.id, deleted_at=None).first()
        if locked is None:
            return True
        if writing.under_way(locked).exists():
            return False
        current = script_versions.newest(locked)
        content = family.edit_for(task, current.content) if current else None
        if current and content is not None:
            reason = f"As in “{task.title}”"
            stored = _store(locked, parse_script(content), _standing(locked, current), current, reason=reason)
            family.follow_carried(locked, current.version, stored.version)
    return True


def revise_scene(
    *, task: Task, version: int, scene_index: int, changes: Mapping[str, Any], reason: str = script_versions.BY_HAND
) -> Script:
    """Change some fields of the scene at this place; a changed duration changes the film's length with it."""
    return revise_scenes(task=task, version=version, changes={scene_index: changes}, reason=reason)


def revise_scenes(
    *, task: Task, version: int, changes: Mapping[int, Mapping[str, Any]], reason: str = script_versions.BY_HAND
) -> Script:
    """The same of several scenes in one version: all changes or, where one is refused, none."""
    unknown = {name for fields in changes.values() for name in fields} - set(SCENE_FIELDS)
    if unknown:
        raise Invalid(
            f"changes: {sorted(unknown)[0]} cannot be changed; a scene has {', '.join(sorted(SCENE_FIELDS))}."
        )
    return _revise(task, version, lambda current: _with_scenes(current, changes), reason=reason)


def _with_scenes(current: Mapping[str, Any], changes: Mapping[int, Mapping[str, Any]]) -> Content:
    """Raises NotFound, and ScriptInvalid."""
    clips = [{"scene": dict(clip["scene"])} for clip in current["clips"]]
    scenes = {clip["scene"]["index"]: clip for clip in clips}
    for place, fields in changes.items():
        if place not in scenes:
            raise NotFound(f"The script has no scene {place}: look at its scenes.")
        scenes[place]["scene"] = script_edits.changed_scene(scenes[place]["scene"], fields)
    seconds = sum(_seconds(clip["scene"]["duration"]) for clip in clips)
    return parse_script({**current, "clips": clips, "expected_duration": seconds})


def restore_version(*, task: Task, version: int) -> Script:
    """Store an earlier version's content and title as the newest. Raises NotFound, and Conflict as `revise_script`."""
    old, current = version_of(task, version), current_script(task)
    reason = script_versions.BACK_TO.format(version=version)
    return revise_script(task=task, version=current.version, content=old.content, reason=reason, like=old)


def version_of(task: Task, version: int) -> Script:
    """Raises NotFound."""
    found = task.scripts.filter(version=version).first()
    if found is None:
        raise NotFound(f"The script has no version {version}: look at the list of its versions.")
    return found


def update_settings(
    *, task: Task, changes: Mapping[str, Any], reason: str = script_versions.SETTINGS_CHANGED, retime: bool = False
) -> Task:
    """Change a film's settings, and the script where it carries them too. Raises Invalid naming the field.

    Another length has the script written anew. While a script is being written, what is changed holds for it too.
    Models whose clips have other lengths than its scenes raise Conflict (`lengths_change`), unless `retime` agrees.
    """
    fixed = FIXED_SETTINGS & set(changes)
    if fixed:
        raise Invalid(f"{sorted(fixed)[0]}: cannot be changed here.", field=sorted(fixed)[0])
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        current = script_versions.newest(task)
        before, earlier = _standing(task, current), settings_of(task)
        model_choice.check(changes.get("models") or {})
        changes = own_voices.with_one_voice(changes)
        own_voices.check(task.user, str(changes.get("voice_character") or ""), task.settings)
        task.settings = changed_settings(task.settings, changes).model_dump()
        retimed = _retimed(task, current, earlier, retime=retime)
        _save(task, "settings")
        if current:
            _carry_into(task, current, before, set(changes), reason, retimed)
    return task


def _carry_into(
    task: Task,
    current: Script,
    before: Standing,
    changed: AbstractSet[str],
    reason: str,
    retimed: Mapping[str, Any] | None,
) -> None:
    """Carry into the settings what the script should say too. A text that is about to be written is given its language
    by its writer."""
    is_written = writing.under_way(task).exists()
    names = (script_versions.IN_SCRIPT & changed) - ({"language"} if is_written else set())
    content = _carried(task, current.content, retimed or current.content, names)
    lasts_s = ordered_length(content["expected_duration"])
    is_too_long_or_short = "duration" in changed and task.settings["duration"] != lasts_s
    if content != current.content:
        waiting = script_versions.TAKE_A_WRITING if is_written else ("duration",) if is_too_long_or_short else ()
        _store(task, parse_script(content), before, current, reason=reason, waiting=waiting)
    else:
        after = plan_with(parse_script(current.content), task, before.takes, approved=(), like=before.plan)
        _announce_standing(task, before.plan, after)
        films.recut(task=task, plan=after)
    if is_too_long_or_short and not is_written:
        films.write_script(task=task, reason=reason)


def _carried(
    task: Task, current: Mapping[str, Any], content: Mapping[str, Any], names: AbstractSet[str]
) -> dict[str, Any]:
    """`content` with these settings as they are in `task`; with another style its pictures are described in that."""
    carried = {**content, **{name: task.settings.get(name, "") for name in names}}
    if "style" not in names:
        return carried
    return script_edits.restyled(carried, *(style_words(each["style"]) for each in (current, carried)))


def differs(task: Task, changes: Mapping[str, Any]) -> bool:
    """True where these settings are another film's than the settings and script of this one. Raises Invalid."""
    wanted = changed_settings(task.settings, changes).model_dump()
    current = script_versions.newest(task)
    told = script_versions.agreeing(task.settings, current.content) if current else task.settings
    return any(wanted.get(name) != task.settings.get(name) or wanted.get(name) != told.get(name) for name in changes)


def update_task(*, task: Task, title: str | None = None, changes: Mapping[str, Any], retime: bool = False) -> Task:
    """Change a film's title and settings: both or neither. Raises as `update_settings` does."""
    with transaction.atomic():
        if title is not None:
            task = rename(task=task, title=title)
        return update_settings(task=task, changes=changes, retime=retime) if changes else task


def rename(*, task: Task, title: str) -> Task:
    """Give the newest version of the script this title from now on. The film carries it, so it is joined anew."""
    with transaction.atomic():
        task = Task.objects.select_for_update().get(id=task.id)
        task.title = title
        _save(task, "title")
        current = script_versions.newest(task)
        Script.objects.filter(id=current.id if current else "").update(title=title)
        films.recut(task=task)
    return task


def _save(task: Task, field: str) -> None:
    task.save(update_fields=[field, "updated_at"])
    history.task_updated(task.id)


def _announce_standing(task: Task, before: Plan, after: Plan) -> None:
    """Takes that an edit made stale, or fresh again. Both plans approve nothing."""
    changed = [
        key
        for key, decision in after.decisions.items()
        if decision.component.kind not in DERIVED and key in before.decisions
        if (decision.action is Action.LEAVE) != (before.decisions[key].action is Action.LEAVE)
    ]
    told = [
        history.component(
            asset.component, status="ready", asset=asset, stale=after.decisions[asset.component].action is Action.LEAVE
        )
        for asset in task.assets.filter(component__in=changed, selected=True)
    ]
    if told:
        history.publish_all(task.id, [("component_updated", payload) for payload in told])


def _seconds(value: object) -> int:
    """A wrong duration is left to the script's own rules to name."""
    return value if isinstance(value, int) else 0
