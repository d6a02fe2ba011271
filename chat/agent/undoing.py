"""Taking back the last change: all of the sentence that made it, or what was edited or chosen by hand since."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from chat.agent.turn_context import undo_of
from chat.models import Message, Role, Turn
from pipeline.models import Script, Task
from pipeline.planning.film_plan import settings_of
from pipeline.services import films, own_words, scripts, takes
from pipeline.services.script_versions import newest as newest_script
from pixora.foundation.errors import NotFound

UNDONE = "Undone"
"""The reason of a version that took a sentence back."""


TakenBack = dict[str, Any]
"""{kind: wish | settings | title | take | script} and what is so again: said; changes, before; title; component, take;
version."""


@transaction.atomic
def undo(task: Task) -> list[TakenBack]:
    """Take back what was done last, all of it or, where something is refused, nothing; return what was taken back.

    Raises NotFound when there is nothing, Conflict where it cannot be done now.
    """
    turn, waiting = _changing(task), _waiting(task)
    if waiting and (turn is None or turn.created_at < waiting.created_at or _answers(turn, waiting)):
        return _call_off(task, waiting)
    newest = newest_script(task)
    if by_hand := _chosen_by_hand(task, turn, newest):
        return [_take_back(task, by_hand)]
    if turn is None or not _is_as_left(task, turn, newest):
        return [_undo_edit(task, newest)]
    return _take_all_back(task, turn)


def last_sentence(task: Task) -> str | None:
    """The one that an undo would take back; empty where that is an edit by hand, None where there is nothing."""
    turn, waiting = _changing(task), _waiting(task)
    if waiting and (turn is None or turn.created_at < waiting.created_at or _answers(turn, waiting)):
        return waiting.content
    newest = newest_script(task)
    if _chosen_by_hand(task, turn, newest):
        return ""
    if turn is None or not _is_as_left(task, turn, newest):
        return "" if newest and newest.version > 1 else None
    answered = Message.objects.filter(id=turn.metadata.get("answers")).first()
    confirmed = turn.metadata.get("confirms") or ""
    return confirmed or (answered.content if answered else "")


def said_earlier(task: Task, asked: Message) -> str:
    """The sentence that an undo would take back, where the user has said something else since; else empty."""
    said = Message.objects.filter(task=task, role=Role.USER, created_at__lt=asked.created_at)
    before = said.order_by("-created_at").first()
    found = last_sentence(task) or ""
    return found if before and before.content != found else ""


def _changing(task: Task) -> Message | None:
    return Message.objects.filter(task=task, role=Role.AGENT).exclude(undo=[]).order_by("-created_at").first()


def _chosen_by_hand(task: Task, turn: Message | None, newest: Script | None) -> TakenBack | None:
    """The take before one that a person put in or chose since; None where something else was changed after it."""
    chosen = task.assets.filter(selected=True).exclude(chosen_for="").order_by("-selected_at").first()
    undid = Message.objects.filter(task=task, metadata__undid=True).order_by("-created_at").first()
    later = [one.created_at for one in (turn, newest, undid) if one]
    if chosen is None or chosen.selected_at is None or chosen.selected_at <= max(later, default=chosen.selected_at):
        return None
    if turn and any(entry.get("component") == chosen.component for entry in turn.undo):
        return None
    others = task.assets.filter(component=chosen.component).exclude(id=chosen.id).exclude(selected_at=None)
    before = others.order_by("-selected_at").first()
    return {"kind": "take", "component": before.component, "take": before.take} if before else None


def _waiting(task: Task) -> Message | None:
    return Message.objects.filter(task=task, turn=Turn.PUT_OFF).order_by("-created_at").first()


def _answers(turn: Message, asked: Message) -> bool:
    return bool(turn.metadata.get("answers") == str(asked.id))


def _call_off(task: Task, waiting: Message) -> list[TakenBack]:
    """A wish that waits for the script is not carried out; the writing that it began is stopped."""
    run_id = (waiting.put_off or {})["run"]
    stopped = films.cancel_writing(task=task, run_id=run_id) if run_id else 0
    left = [entry for entry in undo_of(waiting) if not (stopped and entry["kind"] == "script")]
    Message.objects.filter(id=waiting.id).update(turn=Turn.ANSWERED, turn_lease_expires_at=Now())
    Message.objects.filter(task=task, metadata__answers=str(waiting.id)).update(undo=[])
    return [{"kind": "wish", "said": waiting.content}, *_all_taken_back(task, left)]


def _take_all_back(task: Task, turn: Message) -> list[TakenBack]:
    Message.objects.filter(id=turn.id).update(undo=[])
    return _all_taken_back(task, turn.undo)


def _all_taken_back(task: Task, entries: list[TakenBack]) -> list[TakenBack]:
    """The script first: settings that it carries are what they were before the sentence, whatever it says of them."""
    return [_take_back(task, entry) for entry in sorted(entries, key=lambda entry: entry["kind"] != "script")]


def _is_as_left(task: Task, turn: Message, newest: Script | None) -> bool:
    """The script says what it said after that turn; later changes of it have been taken back themselves."""
    left = task.scripts.filter(version=turn.metadata.get("version", 0)).first()
    return newest is None or (left is not None and left.content == newest.content)


def _take_back(task: Task, entry: TakenBack) -> TakenBack:
    match entry["kind"]:
        case "settings":
            settings = settings_of(task)
            scripts.update_settings(task=task, changes=entry["changes"], reason=UNDONE)
            return {**entry, "before": {name: getattr(settings, name) for name in entry["changes"]}}
        case "source":
            own_words.put_back(task=task, mode=entry["mode"], text=entry["text"])
        case "title":
            scripts.rename(task=task, title=entry["title"])
        case "take":
            takes.select_take(task=task, component=entry["component"], take=entry["take"])
        case _:
            scripts.restore_version(task=task, version=entry["version"])
    return entry


def _undo_edit(task: Task, newest: Script | None) -> TakenBack:
    """One step back from the version whose content this is: undoing twice goes back twice."""
    if newest is None:
        raise NotFound("There is nothing to undo yet.")
    same = [script.version for script in task.scripts.all() if script.content == newest.content]
    if same[0] == 1:
        raise NotFound("There is nothing to undo: this is the first script.")
    scripts.restore_version(task=task, version=same[0] - 1)
    return {"kind": "script", "version": same[0] - 1}
