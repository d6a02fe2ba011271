"""Versions of a script, and the one place where one is stored: a film's settings and its title follow its script.

What a script carries too (`IN_SCRIPT`, its length) is never anything else in the settings, except while a writing that
will bring it is under way.
"""

from __future__ import annotations

import functools
from collections.abc import Collection, Mapping
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from pipeline.events import history
from pipeline.film.edit_words import what_changed
from pipeline.film.script import Script as Content
from pipeline.film.script import parse_script
from pipeline.film.settings import TaskSettings, ordered_length
from pipeline.film.title import film_title
from pipeline.models import OriginKind, Script, Task, TaskStatus

IN_SCRIPT = frozenset({"style", "aspect_ratio", "language", "voice", "voice_character", "character_consistency"})
ONLY_WHERE_SET = frozenset({"voice_character"})
"""Those of them that settings do not name where they are empty."""
"""Settings that the script carries too, under the same names."""
TAKE_A_WRITING = ("duration", "language")
"""Settings that a script which is being written cannot be given afterwards: its text would not fit them."""
MOST_INSTRUCTIONS = 4_000
EARLIER = "Asked for earlier, and still wanted: "
FIRST_VERSION = "First version"
WRITTEN_ANEW = "Written anew"
BY_HAND = "Edited by hand"
SETTINGS_CHANGED = "Settings changed"
BACK_TO = "Back to version {version}"
_HIGHEST_SCENE_ID = """
SELECT max((clip #>> '{scene,id}')::int)
FROM scripts JOIN tasks ON tasks.id = scripts.task_id, jsonb_array_elements(content -> 'clips') AS clip
WHERE tasks.id = %(task)s OR tasks.family <> '' AND tasks.family = %(family)s
"""


def next_scene_id(task: Task) -> int:
    """Ids are never used again, whatever scripts they were in, those of the film's other versions too."""
    with connection.cursor() as cursor:
        cursor.execute(_HIGHEST_SCENE_ID, {"task": task.id, "family": task.family})
        (highest,) = cursor.fetchone()
    return int(highest or 0) + 1


def with_ids_from(first: int, written: Mapping[str, Any]) -> dict[str, Any]:
    """PURE: a text that was written, its scenes counted from `first` on: they are none of those there were before."""
    clips = [{**clip, "scene": {**clip["scene"], "id": first + place}} for place, clip in enumerate(written["clips"])]
    return {**written, "clips": clips}


def newest_version(task: Task) -> int | None:
    newest: int | None = task.scripts.aggregate(newest=Max("version"))["newest"]
    return newest


def newest(task: Task) -> Script | None:
    return task.scripts.order_by("-version").first()


def store(
    task: Task,
    content: Mapping[str, Any],
    *,
    title: str,
    reason: str,
    instructions: str,
    waiting: Collection[str] = (),
    after: int | None = None,
) -> Script:
    """The next version. `task` is read and locked by the caller's transaction; its settings, title and status follow.

    `after` is the newest version, where it is known. `waiting` are settings that a writing still has to bring, and
    that stay what they are until then.
    """
    version = 1 + (after or newest_version(task) or 0)
    stored = Script.objects.create(
        task=task,
        version=version,
        content=dict(content),
        title=title[:200],
        reason=shortened(reason),
        instructions=instructions,
    )
    _no_longer_a_draft(task)
    _follow(task, stored, waiting)
    _tell_translations(task)
    return stored


def _no_longer_a_draft(task: Task) -> None:
    if task.status == TaskStatus.DRAFT:
        task.status = TaskStatus.SCRIPTED
        task.save(update_fields=["status", "updated_at"])


def _tell_translations(task: Task) -> None:
    """Their words may be those of a text that is no more. They are told later: no two films are locked at once."""
    found = Task.objects.filter(origin=task, origin_kind=OriginKind.LANGUAGE, deleted_at=None)
    for each in found.values_list("id", flat=True):
        transaction.on_commit(functools.partial(history.task_updated, each), robust=True)


def settle(task: Task) -> None:
    """No writing is under way: what waited for one that never came is as in the script again.

    `task` is locked by the caller's transaction.
    """
    current = newest(task)
    if current:
        _follow(task, current, ())


def _follow(task: Task, script: Script, waiting: Collection[str]) -> None:
    settings = agreeing(task.settings, script.content, waiting=waiting)
    title = script.title or task.title
    is_news = settings != task.settings or task.title not in ("", title)
    task.settings, task.title = settings, title
    task.save(update_fields=["settings", "title", "updated_at"])
    if is_news:
        history.task_updated(task.id)


def agreeing(
    settings: Mapping[str, Any], content: Mapping[str, Any], *, waiting: Collection[str] = ()
) -> dict[str, Any]:
    """PURE: the settings with what the script says, but for those in `waiting`."""
    lasts_s = ordered_length(content["expected_duration"])
    told = {**{name: content.get(name, "") for name in IN_SCRIPT}, "duration": lasts_s}
    found = {**settings, **{name: value for name, value in told.items() if name not in waiting}}
    return {name: value for name, value in found.items() if value or name not in ONLY_WHERE_SET}


def merged(written: Mapping[str, Any], taken: TaskSettings, now: TaskSettings) -> dict[str, Any]:
    """PURE: merge what a writer made of its settings with those of now. The text keeps the language it is in."""
    return {
        **written,
        "style": now.style,
        "aspect_ratio": now.aspect_ratio,
        "voice": now.voice,
        "voice_character": now.voice_character,
        "language": taken.language,
        "character_consistency": now.character_consistency or bool(now.reference),
    }


def outdated_by(now: TaskSettings, taken: TaskSettings) -> list[str]:
    """PURE: list what was changed while a script was written and takes another writing."""
    return [name for name in TAKE_A_WRITING if getattr(now, name) != getattr(taken, name)]


def title_for(task: Task, content: Mapping[str, Any], told: str) -> str:
    """Return the film's title once this script was written as it was `told`: one that a person has given stays."""
    before = newest(task)
    earlier = parse_script(before.content) if before else None
    made_up = (
        {film_title(earlier, before.instructions, text) for text in ("", task.source)} if before and earlier else set()
    )
    is_given = task.title and task.title not in made_up
    return task.title if is_given else film_title(parse_script(content), told, task.source)


def standing_instructions(new: str, before: str) -> str:
    """PURE: join what a writer is told: what is said now, then what was said for the version before; 4,000 characters
    at most."""
    said = [" ".join(line.split()) for line in new.splitlines() if line.strip()]
    earlier = [line.removeprefix(EARLIER) for line in before.splitlines()]
    lines = [*said, *(f"{EARLIER}{line}" for line in earlier if line not in said)]
    return "\n".join(lines)[:MOST_INSTRUCTIONS] if said else before


def by_hand(before: Content, after: Content) -> str:
    """Say of an edit in the studio or over REST what it changed: "Edited by hand: length of scene 2"."""
    return ": ".join(filter(None, [BY_HAND, what_changed(before, after)]))


def shortened(reason: str) -> str:
    """Put a reason on one line, cut to the 200 characters that it may have."""
    line = " ".join(reason.replace("\x00", "").split())
    return line if len(line) <= 200 else f"{line[:199].rstrip()}…"
