"""The facts of films that their list shows beside each row: read for a whole page at once, however many there are."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from django.db import connection

from pipeline.planning.kinds import Kind

_FACTS = """
SELECT task.id, coalesce(money.taken, 0), coalesce(money.given_back, 0),
       (film.metadata ->> 'duration_ms')::bigint, coalesce(run.error_message, '')
  FROM unnest(%(tasks)s::text[]) AS task(id)
  LEFT JOIN LATERAL (SELECT -sum(amount) FILTER (WHERE reason IN ('hold', 'release')) AS taken,
               sum(amount) FILTER (WHERE reason = 'refund') AS given_back
          FROM credits WHERE credits.task_id = task.id) money ON true
  LEFT JOIN assets film ON film.task_id = task.id AND film.component = %(film)s AND film.selected
  LEFT JOIN LATERAL (SELECT status, error_message FROM runs
        WHERE runs.task_id = task.id ORDER BY created_at DESC LIMIT 1) run ON run.status = 'failed'
"""


@dataclass(frozen=True)
class FilmFacts:
    """`credits` were taken for it, or are set aside for a run at work; `given_back` of them by staff. `seconds` is the
    length of the finished film, `error` what the user was told when its newest run failed."""

    credits: int
    given_back: int
    seconds: float | None
    error: str


def facts_of(task_ids: Collection[str]) -> Mapping[str, FilmFacts]:
    with connection.cursor() as cursor:
        cursor.execute(_FACTS, {"tasks": list(task_ids), "film": Kind.FILM.value})
        return {
            task_id: FilmFacts(int(taken), int(given_back), None if length_ms is None else length_ms / 1000, error)
            for task_id, taken, given_back, length_ms, error in cursor.fetchall()
        }
