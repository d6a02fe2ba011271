"""The meaning of a line of the ledger, said once: all that adds lines up, of an account, a film or a run, asks here.

A line is `grant`, `purchase` or `refund` as its reason says, or `held`, a hold whose run has not been settled, or
`spent`, a hold that has been and its release: together what was charged.
"""

from __future__ import annotations

_LINES = """
SELECT credits.*, split_part(key, ':', 2) AS of_run, CASE
           WHEN reason NOT IN ('hold', 'release') THEN reason
           WHEN reason = 'hold' AND NOT EXISTS (
               SELECT 1 FROM credits others WHERE others.key = replace(credits.key, 'hold:', 'release:')) THEN 'held'
           ELSE 'spent'
       END AS meaning
  FROM credits
"""
"""Written by hand: every socket asks for its account first, and Django takes longer to write it than PostgreSQL to
answer."""


REFILL = "grant:renewal:"
"""Begins the key of a grant that fills an account up."""


def select(what: str, *, of: str, then: str = "") -> str:
    """SQL that reads `what` of the lines for which `of` holds: the columns of `credits`, their `meaning` and `of_run`,
    the run that a hold or a release is for. `then` is the rest of the statement."""
    return " ".join(["SELECT", what, "FROM (", _LINES, "WHERE", of, ") AS lines", then])


def total(meaning: str, *, more: str = "TRUE") -> str:
    """SQL of the sum of what means this, as it changed the balance: what is held or spent is negative."""
    return f"coalesce(sum(amount) FILTER (WHERE meaning = '{meaning}' AND {more}), 0)"
