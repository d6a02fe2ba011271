"""The requests of a client beside talking, each carried out by one service."""

from __future__ import annotations

import time
from typing import Any

from chat import protocol
from pipeline.api.parameters import CHANGES, FILMS
from pipeline.models import Task
from pipeline.planning.kinds import Kind
from pipeline.services import films, quotes, scripts, takes
from pixora.accounts.models import ApiKey, User
from pixora.foundation.errors import Conflict

Answer = dict[str, Any]


def carry_out(user: User, asked: protocol.Request, *, api_key: ApiKey | None = None) -> list[Answer]:
    """Carry out a request. Return the answers to this socket alone; events tell everything else. Raises PixoraError.

    Counted with what the same user asks over REST. `api_key` is what a program came in with.
    """
    CHANGES.count(f"user {user.pk}")
    task = films.task_of(user, asked.task_id)
    match asked:
        case protocol.ApproveScript():
            _approve(task, asked, api_key)
        case protocol.UpdateScript():
            scripts.revise_script(task=task, version=asked.version, content=asked.script)
        case protocol.UpdateScene():
            scripts.revise_scene(task=task, version=asked.version, scene_index=asked.scene_index, changes=asked.changes)
        case protocol.UpdateSettings():
            scripts.update_settings(task=task, changes=asked.changes, retime=asked.retime)
        case protocol.Regenerate():
            return _regenerate(task, asked, api_key)
        case protocol.SelectTake():
            takes.select_take(task=task, component=asked.component, take=asked.take)
        case protocol.Cancel():
            films.cancel(task=task)
    return []


def _approve(task: Task, asked: protocol.ApproveScript, api_key: ApiKey | None) -> None:
    current = scripts.current_script(task)
    if current.version != asked.version:
        raise Conflict(
            f"The script is at version {current.version} by now: look at it and approve again.",
            details={"version": current.version, "script": current.content},
        )
    quotes.use(task=task, quote_id=asked.quote_id, api_key=api_key)


def _regenerate(task: Task, asked: protocol.Regenerate, api_key: ApiKey | None) -> list[Answer]:
    if asked.component == Kind.SCRIPT:
        FILMS.count(f"user {task.user_id}")
    if asked.quote_id is None:
        found = takes.quote_regeneration(
            task=task, component=asked.component, instructions=asked.instructions, tier=asked.tier
        )
        answer = {"type": "quote", "task_id": task.id, "timestamp": int(time.time()), "data": quotes.as_dict(found)}
        return [answer]
    takes.regenerate(task=task, component=asked.component, quote_id=asked.quote_id, api_key=api_key)
    return []
