"""What a user's films cost, read from the ledger."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef, QuerySet

from pipeline.models import Task
from pixora.accounts.models import Credit, User


@dataclass(frozen=True)
class FilmSpending:
    """In credits: charged, set aside for what is being made, given back by support."""

    task: Task
    spent: int
    held: int
    refunded: int


_OF_FILMS = """
SELECT task_id, -coalesce(sum(amount) FILTER (WHERE reason IN ('hold', 'release') AND NOT is_open), 0),
       -coalesce(sum(amount) FILTER (WHERE is_open), 0), coalesce(sum(amount) FILTER (WHERE reason = 'refund'), 0)
  FROM (SELECT *, reason = 'hold' AND NOT EXISTS (
            SELECT 1 FROM credits releases WHERE releases.key = replace(credits.key, 'hold:', 'release:')) AS is_open
          FROM credits WHERE task_id = ANY(%s)) lines
 GROUP BY task_id
"""


def tasks_with_lines(user: User) -> QuerySet[Task]:
    """Those films of a user, deleted ones too, that the ledger has lines of."""
    return Task.objects.filter(Exists(Credit.objects.filter(task=OuterRef("pk"))), user=user)


def of_films(tasks: Sequence[Task]) -> list[FilmSpending]:
    """In the order of the tasks, in one query."""
    with connection.cursor() as cursor:
        cursor.execute(_OF_FILMS, [[task.id for task in tasks]])
        sums = {task_id: tuple(map(int, found)) for task_id, *found in cursor.fetchall()}
    return [FilmSpending(task, *sums.get(task.id, (0, 0, 0))) for task in tasks]
