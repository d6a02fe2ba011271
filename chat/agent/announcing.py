"""The message sent when a script that was asked for in the chat is there: its length and its price, with a button."""

from __future__ import annotations

from functools import partial
from typing import Any
from uuid import uuid4

from chat.agent import offers, turns
from chat.agent.language import language_of_chat
from chat.agent.turn_context import WRITING, undo_of
from chat.agent.turns import Claim, Wait
from chat.llm.local.wording import in_one_language, say, say_it, sentences
from chat.models import Message, Role
from pipeline.models import Run, RunStatus, Script, StepStatus, Task
from pipeline.services import quotes, scripts
from pixora.foundation.errors import Conflict

FAILED = sentences("en")["there.failed"]


def is_due(claim: Claim) -> bool:
    """This message was answered already, and waited for its script alone."""
    put_off = Message.objects.values_list("put_off", flat=True).get(id=claim.message_id)
    return bool(put_off and put_off["to"] == "tell")


def owed(claim: Claim) -> Wait | None:
    """Return what an interrupted message has still to wait for: the script that it had rewritten is told, with its
    price, when it is there."""
    asked = Message.objects.get(id=claim.message_id)
    before = Script.objects.filter(task_id=asked.task_id, created_at__lt=asked.created_at)
    if WRITING not in asked.done or not before.exists():
        return None
    begun = Run.objects.filter(task_id=asked.task_id, forced__has_key="script", created_at__gt=asked.created_at)
    run_id = begun.order_by("created_at").values_list("id", flat=True).first()
    return Wait("tell", run_id) if run_id else None


def announce(claim: Claim) -> None:
    """Raises TurnLost."""
    asked = Message.objects.get(id=claim.message_id)
    run = Run.objects.filter(id=(asked.put_off or {})["run"]).first()
    if run and run.steps.filter(component="script", status=StepStatus.SUCCEEDED).exists():
        _tell(claim, asked)
    elif run and run.status == RunStatus.FAILED:
        why = run.steps.filter(component="script").values_list("error_message", flat=True).first()
        said = say_it(_language(asked), "there.failed", why=why or run.error_message)
        turns.finish(claim, said, answer_id=uuid4())
    else:
        turns.close(claim)


def _tell(claim: Claim, asked: Message) -> None:
    assert asked.task_id
    task = Task.objects.get(id=asked.task_id)
    try:
        offer: dict[str, Any] | None = quotes.as_dict(quotes.quote(task=task))
    except Conflict:
        offer = None
    script = scripts.current_script(task)
    if _is_told(task, script.version):
        turns.close(claim)
        return
    turns.finish(
        claim,
        in_one_language(_language(asked), partial(_sentence, script.content, offer)),
        answer_id=uuid4(),
        actions=offers.buttons(task, offer),
        undo=undo_of(asked),
        metadata={"version": script.version, "announced": script.version, **offers.told(offer)},
    )


def _is_told(task: Task, version: int) -> bool:
    """Tell whether an earlier wish of the same writing has announced the script already."""
    last = Message.objects.filter(task=task, role=Role.AGENT).order_by("-created_at").first()
    return bool(last and last.metadata.get("announced") == version)


def _language(asked: Message) -> str:
    assert asked.task
    return language_of_chat(asked.task)


def _sentence(content: dict[str, Any], offer: dict[str, Any] | None, language: str) -> str:
    count, seconds = len(content["clips"]), content["expected_duration"]
    there = say(language, "there.one" if count == 1 else "there.many", count=count, seconds=seconds)
    if offer and offer["items"]:
        return f"{there} {say(language, 'there.price', credits=offer['credits'])}"
    return there
