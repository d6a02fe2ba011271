"""Taking back the last change: of the agent's turn that made it, or of the script when it was edited by hand since."""

from __future__ import annotations

from typing import Any

from chat.models import Message, Role
from pipeline import revisions, takes
from pipeline.models import Script, Task
from pixora.errors import NotFound


def undo(task: Task) -> list[str]:
    """What was taken back, in words. Raises NotFound when there is nothing."""
    turn = Message.objects.filter(task=task, role=Role.AGENT).exclude(undo=[]).order_by("-created_at").first()
    newest = task.scripts.order_by("-version").first()
    if turn is None or not _is_as_left(task, turn, newest):
        return [_undo_edit(task, newest)]
    entries = turn.undo
    Message.objects.filter(id=turn.id).update(undo=[])
    return [_take_back(task, entry) for entry in sorted(entries, key=lambda entry: entry["kind"] == "script")]


def _is_as_left(task: Task, turn: Message, newest: Script | None) -> bool:
    """The script says what it said after that turn; later changes of it have been taken back themselves."""
    left = task.scripts.filter(version=turn.metadata.get("version", 0)).first()
    return newest is None or (left is not None and left.content == newest.content)


def _take_back(task: Task, entry: dict[str, Any]) -> str:
    """Settings first: the script, restored last, has its own of them."""
    match entry["kind"]:
        case "settings":
            revisions.update_settings(task=task, changes=entry["changes"])
            return ", ".join(f"{name.replace('_', ' ')} is {value} again" for name, value in entry["changes"].items())
        case "title":
            revisions.rename(task=task, title=entry["title"])
            return f"the title is “{entry['title']}” again"
        case "take":
            takes.select_take(task=task, component=entry["component"], take=entry["take"])
            return f"{entry['component']} is as in take {entry['take']} again"
        case _:
            revisions.restore_version(task=task, version=entry["version"])
            return f"the script is as in version {entry['version']} again"


def _undo_edit(task: Task, newest: Script | None) -> str:
    """One step back from the version whose content this is: undoing twice goes back twice."""
    if newest is None:
        raise NotFound("There is nothing to undo yet.")
    same = [script.version for script in task.scripts.all() if script.content == newest.content]
    if same[0] == 1:
        raise NotFound("There is nothing to undo: this is the first script.")
    revisions.restore_version(task=task, version=same[0] - 1)
    return f"the script is as in version {same[0] - 1} again"
