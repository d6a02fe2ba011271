"""The agent's turns: each is a user's message that waits for its answer, taken by one process at a time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db import connection, transaction
from django.db.models.functions import Now

from chat import services
from chat.models import Message, Turn

LEASE_S = 15.0
MOST_TRIES = 3
INTERRUPTED = "I was interrupted by a restart while I worked on this. Done so far: {done}. Please say what is missing."
GAVE_UP = "Something went wrong on our side while I worked on this, and nothing was spent. Please say it again."

_CLAIM = """
UPDATE messages SET turn = 'answering', turn_tries = turn_tries + 1,
       turn_lease_expires_at = clock_timestamp() + make_interval(secs => %(lease_s)s)
 WHERE id = (
    SELECT id FROM messages mine
     WHERE (turn = 'waiting' OR turn = 'answering' AND turn_lease_expires_at < clock_timestamp())
       AND NOT EXISTS (
            SELECT 1 FROM messages other WHERE other.task_id = mine.task_id AND other.turn IN ('waiting', 'answering')
               AND (other.created_at, other.id) < (mine.created_at, mine.id))
     ORDER BY created_at, id LIMIT 1 FOR UPDATE SKIP LOCKED)
RETURNING id, task_id, turn_tries
"""


@dataclass(frozen=True)
class Claim:
    message_id: UUID
    task_id: str
    tries: int


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


def note(claim: Claim, done: str, work: Callable[[], Any]) -> Any:
    """Carry out `work` and write down in the same transaction that it is done."""
    with transaction.atomic():
        message = held(claim)
        result = work()
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
) -> None:
    with transaction.atomic():
        message = held(claim)
        Message.objects.filter(id=message.id).update(turn=status, turn_lease_expires_at=Now())
        services.answer(message, content=content, message_id=answer_id, actions=actions, undo=undo, metadata=metadata)


def interruption(claim: Claim) -> str | None:
    """What to say instead of starting over, when an earlier try of this turn has already done something."""
    done = Message.objects.values_list("done", flat=True).get(id=claim.message_id)
    if claim.tries > 1 and done:
        return INTERRUPTED.format(done="; ".join(done))
    return GAVE_UP if claim.tries > MOST_TRIES else None
