"""The models that do not work for anybody at the moment, over all workers: a breaker for each, read from the attempts.

A model whose last `IN_A_ROW` tries of all films all failed for no fault of the piece is left alone for `REST_S`; then
it is asked again, and its first answer decides. Nothing is stored for it: what the attempts say holds in every process.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Collection

from django.db import connection

from pixora.foundation.async_database import Database

IN_A_ROW = 5
REST_S = 30.0
LOOK_BACK_S = 600.0
FRESH_S = 1.0
"""So long an answer holds in a process: a crowd of pieces asks once."""


class Outages:
    """One per event loop."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._asking = asyncio.Lock()
        self._found: frozenset[str] = frozenset()
        self._asked_at = float("-inf")

    async def models_down(self) -> Collection[str]:
        """Return the names of those models."""
        async with self._asking:
            if time.monotonic() - self._asked_at > FRESH_S:
                self._found = await self._database(models_down)
                self._asked_at = time.monotonic()
        return self._found


def models_down() -> frozenset[str]:
    """The names of the models that do not work at the moment. Blocking."""
    with connection.cursor() as cursor:
        about = {"in_a_row": IN_A_ROW, "rest_s": REST_S, "look_back_s": LOOK_BACK_S}
        cursor.execute(_DOWN, about)
        return frozenset(name for (name,) in cursor.fetchall())


_DOWN = """
SELECT model FROM (
    SELECT model, trouble, ended_at, row_number() OVER (PARTITION BY model ORDER BY ended_at DESC) AS place
      FROM attempts
     WHERE NOT local AND ended_at > statement_timestamp() - make_interval(secs => %(look_back_s)s)
       AND status IN ('succeeded', 'failed')
) AS latest
 WHERE place <= %(in_a_row)s
 GROUP BY model
HAVING count(*) = %(in_a_row)s AND bool_and(trouble = 'down')
   AND max(ended_at) > statement_timestamp() - make_interval(secs => %(rest_s)s)
"""
