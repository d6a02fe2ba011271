"""The agent's turns: each is a user's message that waits for its answer, taken by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from chat import services
from chat.agent.language import language_of_chat
from chat.llm.local.wording import OTHERWISE, say, sentences
from chat.models import Message, Turn
from pipeline.models import Task

LEASE_S = 15.0
MOST_TRIES = 3

_CLAIM = """
WITH written AS (
    SELECT task_id FROM runs WHERE status IN ('queued', 'running') AND forced ? 'script' AND NOT EXISTS (
        SELECT 1 FROM steps WHERE run_id = runs.id AND component = 'script' AND steps.status IN ('succeeded', 'failed'))
)
UPDATE messages SET turn = 'answering', turn_tries = turn_tries + 1,
       turn_lease_expires_at = clock_timestamp() + make_interval(secs => %(lease_s)s)
 WHERE id = (
    SELECT id FROM messages mine
     WHERE (turn = 'waiting' OR turn = 'answering' AND turn_lease_expires_at < clock_timestamp()
            OR turn = 'put_off' AND task_id NOT IN (SELECT task_id FROM written))
       AND NOT EXISTS (SELECT 1 FROM tasks WHERE tasks.id = mine.task_id AND tasks.deleted_at IS NOT NULL)
       AND NOT EXISTS (
            SELECT 1 FROM messages other WHERE other.task_id = mine.task_id AND other.id <> mine.id AND (
                   other.turn = 'answering' AND other.turn_lease_expires_at >= clock_timestamp()
                OR (other.created_at, other.id) < (mine.created_at, mine.id) AND (
                       other.turn IN ('waiting', 'answering')
                    OR other.turn = 'put_off' AND other.task_id NOT IN (SELECT task_id FROM written))))
     ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, task_id, turn_tries
"""
"""`written` is what `pipeline.services.writing.under_way` finds. What was put off is free as soon as its film is not in
there: no mark is set at that moment, so no crash can forget it. What was said to a film that is deleted is answered if
it is restored."""


@dataclass(frozen=True)
class Claim:
    message_id: UUID
    task_id: str
    tries: int


@dataclass(frozen=True)
class Wait:
    """The reason why a message is taken up again when the script is there."""

    to: str
    """`answer`: something in it could not be done meanwhile; `tell`: it had the script written."""
    run_id: str = ""
    """The writing that it began."""


class TurnLost(Exception):
    """Another process has taken the turn over."""


def claim() -> Claim | None:
    """The oldest turn that is nobody's; a film's turns go one after the other."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(_CLAIM, {"lease_s": LEASE_S})
        row = cursor.fetchone()
    return Claim(*row) if row else None


def extend(claims: Sequence[Claim]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            "UPDATE messages SET turn_lease_expires_at = clock_timestamp() + make_interval(secs => %s)"
            " FROM unnest(%s::uuid[], %s::int[]) AS held(id, tries)"
            " WHERE messages.id = held.id AND turn_tries = held.tries AND turn = 'answering'",
            [LEASE_S, [claim.message_id for claim in claims], [claim.tries for claim in claims]],
        )


def held(claim: Claim) -> Message:
    """The message, locked in the caller's transaction. Raises TurnLost."""
    found = Message.objects.select_for_update().filter(id=claim.message_id, turn_tries=claim.tries)
    message = found.filter(turn=Turn.ANSWERING).first()
    if message is None:
        raise TurnLost
    return message


def note(claim: Claim, done: str, work: Callable[[], Any], *, counts: Callable[[Any], bool] = lambda _: True) -> Any:
    """Carry out `work` and write down in the same transaction that it is `done`, a tool's name, if its result `counts`
    as that."""
    with transaction.atomic():
        message = held(claim)
        result = work()
        if counts(result):
            message.done = [*message.done, done]
            message.save(update_fields=["done"])
        return result


def finish(
    claim: Claim,
    content: str,
    *,
    answer_id: UUID,
    actions: Sequence[Mapping[str, Any]] = (),
    undo: Sequence[Mapping[str, Any]] = (),
    metadata: Mapping[str, Any] | None = None,
    status: Turn = Turn.ANSWERED,
    wait: Wait | None = None,
) -> None:
    """Say the answer. With `wait` the message is taken up again when no script is being written any more.

    How to take it back is kept with the newest answer to a message alone.
    """
    with transaction.atomic():
        message = held(claim)
        Message.objects.filter(task_id=message.task_id, metadata__answers=str(message.id)).update(undo=[])
        told = {**(metadata or {}), "answers": str(message.id)}
        services.answer(message, content=content, message_id=answer_id, actions=actions, undo=undo, metadata=told)
        if wait:
            _put_off(message, wait, undo)
        else:
            Message.objects.filter(id=message.id).update(turn=status, turn_lease_expires_at=Now())


def close(claim: Claim) -> None:
    """There is nothing more to say to it."""
    with transaction.atomic():
        Message.objects.filter(id=held(claim).id).update(turn=Turn.ANSWERED, turn_lease_expires_at=Now())


def _put_off(message: Message, wait: Wait, undo: Sequence[Mapping[str, Any]]) -> None:
    put_off = {
        "to": wait.to,
        "run": wait.run_id,
        "done": [*(message.put_off or {}).get("done", ()), *message.done],
        "undo": list(undo),
        "tries": message.turn_tries,
    }
    Message.objects.filter(id=message.id).update(
        turn=Turn.PUT_OFF, turn_lease_expires_at=Now(), done=[], put_off=put_off
    )


def interruption(claim: Claim) -> str | None:
    """Return what to say instead of starting over, if an earlier try has done something or there were too many."""
    message = Message.objects.only("done", "put_off").get(id=claim.message_id)
    tries = claim.tries - (message.put_off or {}).get("tries", 0)
    if tries > 1 and message.done:
        return _told("turn.interrupted", claim, message.done)
    return _told("turn.gave_up", claim) if tries > MOST_TRIES else None


def apology(claim: Claim) -> str:
    """Return what to say of a turn that ends with a fault of ours; it names what was done before."""
    done = Message.objects.only("done").get(id=claim.message_id).done
    return _told("turn.broke_off", claim, done) if done else _told("turn.gave_up", claim)


def _told(key: str, claim: Claim, done: Sequence[str] = ()) -> str:
    """`done`: names of tools."""
    language = language_of_chat(Task.objects.get(id=claim.task_id))
    known = sentences(language)
    language = language if key in known else OTHERWISE
    known = sentences(language)
    return say(language, key, done="; ".join(known.get(f"done.{name}", name) for name in dict.fromkeys(done)))
