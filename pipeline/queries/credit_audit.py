"""Checks that the ledger and the runs tell the same story: each rule is one SQL statement over all rows.

A statement sees one moment, so work that goes on meanwhile is no finding. Of tasks that were removed only the ledger's
lines are left: their holds must be closed, and that is all that can be asked.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from django.db import connection


@dataclass(frozen=True)
class Finding:
    what: str
    where: str
    """The id of a run or a task, or a user's e-mail address."""
    user: str
    detail: str


_VIEWS = """
WITH books AS (
    SELECT runs.id AS run, runs.status IN ('succeeded', 'failed', 'cancelled') AS ended, users.email,
           hold.id IS NOT NULL AS has_hold, release.id IS NOT NULL AS has_release,
           -coalesce(hold.amount, 0) AS held, coalesce(release.amount, 0) AS released,
           coalesce(spent.charged, 0) AS charged, coalesce(quotes.credits, 0) AS quoted
      FROM runs
      JOIN tasks ON tasks.id = runs.task_id
      JOIN users ON users.id = tasks.user_id
      LEFT JOIN quotes ON quotes.run_id = runs.id
      LEFT JOIN credits hold ON hold.key = 'hold:' || runs.id
      LEFT JOIN credits release ON release.key = 'release:' || runs.id
      LEFT JOIN (SELECT run_id, sum(charged) AS charged FROM steps WHERE status = 'succeeded' GROUP BY run_id) spent
             ON spent.run_id = runs.id
), charges AS (
    SELECT steps.run_id AS run, users.email, tasks.id AS task, steps.component, steps.charged, steps.status,
           assets.id AS asset, assets.task_id AS asset_task, assets.component AS asset_component, assets.metadata
      FROM steps
      JOIN runs ON runs.id = steps.run_id
      JOIN tasks ON tasks.id = runs.task_id
      JOIN users ON users.id = tasks.user_id
      LEFT JOIN assets ON assets.id = steps.asset_id
     WHERE steps.charged > 0
), lines AS (
    SELECT credits.*, users.email, split_part(key, ':', 2) AS run FROM credits JOIN users ON users.id = credits.user_id
)
"""

RULES: Mapping[str, str] = {
    "hold and release do not leave what was charged": """
SELECT run, email, format('held %s, released %s, charged %s', held, released, charged)
  FROM books WHERE ended AND has_hold AND has_release AND held - released <> charged""",
    "ended, but not released": """
SELECT run, email, format('%s are still held', held) FROM books WHERE ended AND has_hold AND NOT has_release""",
    "released, but not ended": """
SELECT run, email, format('%s came back', released) FROM books WHERE has_release AND NOT ended""",
    "charged without a hold": """
SELECT run, email, format('%s were charged', charged) FROM books WHERE charged > 0 AND NOT has_hold""",
    "charged more than is held": """
SELECT run, email, format('held %s, charged %s', held, charged) FROM books WHERE has_hold AND charged > held""",
    "not held as quoted": """
SELECT run, email, format('held %s, quoted %s', held, quoted) FROM books WHERE held <> quoted""",
    "charged without a take": """
SELECT run, email, format('%s: %s for a step that is %s', component, charged, status) FROM charges
 WHERE status <> 'succeeded' OR asset IS NULL OR asset_task <> task OR asset_component <> component""",
    "charged for a take that was there": """
SELECT run, email, format('%s: %s', component, charged) FROM charges WHERE metadata ? 'adopted_from'""",
    "charged twice": """
SELECT min(run), min(email), format('%s: by %s steps', min(component), count(*))
  FROM charges WHERE asset IS NOT NULL GROUP BY asset HAVING count(*) > 1""",
    "a balance below 0": """
SELECT min(email), min(email), format('the balance is %s', sum(amount))
  FROM lines GROUP BY user_id HAVING sum(amount) < 0""",
    "given back more than was charged": """
SELECT refunds.task_id, email, format('charged %s, given back %s', coalesce(charged, 0), refunded)
  FROM (SELECT task_id, min(email) AS email, sum(amount) AS refunded
          FROM lines WHERE reason = 'refund' AND task_id IS NOT NULL GROUP BY task_id) refunds
  LEFT JOIN (SELECT task, sum(charged) AS charged FROM charges GROUP BY task) spent ON spent.task = refunds.task_id
 WHERE refunded > coalesce(charged, 0)""",
    "held for a run that is gone": """
SELECT run, email, format('%s are held', -amount) FROM lines
 WHERE reason = 'hold' AND NOT EXISTS (SELECT 1 FROM runs WHERE runs.id = lines.run)
   AND NOT EXISTS (SELECT 1 FROM credits WHERE key = 'release:' || lines.run)""",
    "released what was not held": """
SELECT run, email, format('%s came back', amount) FROM lines
 WHERE reason = 'release' AND NOT EXISTS (
    SELECT 1 FROM credits hold
     WHERE hold.key = 'hold:' || lines.run AND hold.user_id = lines.user_id AND lines.amount <= -hold.amount)""",
}


def findings() -> Iterator[Finding]:
    with connection.cursor() as cursor:
        for what, statement in RULES.items():
            cursor.execute(_VIEWS + statement)
            yield from (Finding(what, *row) for row in cursor.fetchall())
