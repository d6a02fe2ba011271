"""The cost of a user's films, read from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from pipeline.models import Task
from pixora.accounts.ledger_sql import select, total
from pixora.accounts.models import Credit, User


@dataclass(frozen=True)
class FilmSpending:
    """A film's spending in credits: charged, set aside for what is being made, given back by support."""

    task: Task
    spent: int
    held: int
    refunded: int


_OF_FILMS = select(
    f"task_id, -{total('spent')}, -{total('held')}, {total('refund')}", of="task_id = ANY(%s)", then="GROUP BY task_id"
)


def tasks_with_lines(user: User) -> QuerySet[Task]:
    """Return those films of a user, deleted ones too, that the ledger has lines of."""
    return Task.objects.filter(Exists(Credit.objects.filter(task=OuterRef("pk"))), user=user)


def of_films(tasks: Sequence[Task]) -> list[FilmSpending]:
    """Return the spending of films in the order of the tasks, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_FILMS, [[task.id for task in tasks]])
        sums = {task_id: tuple(map(int, found)) for task_id, *found in cursor.fetchall()}
    return [FilmSpending(task, *sums.get(task.id, (0, 0, 0))) for task in tasks]
