"""The limits to what may be asked of a vendor's account, over all workers: at once, and for how much money.

Open attempts and money are counted in the database, under one lock, in the transaction that opens the attempt; so a
limit holds however many workers there are. What an attempt is expected to cost is on its row from the start. The
agent's calls of language models are on the same account and under the same caps.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.db import connection

from pipeline.models import AttemptStatus
from pipeline.planning.graph import Component
from pipeline.providers.models_and_prices import Model
from pipeline.providers.registry import cost_by
from pixora.foundation.errors import AccountFull, SpendCap

log = logging.getLogger(__name__)

LOOK_S = 0.2
"""How often a full account is asked again for a place."""
MICROS = 1_000_000
_LOCK = 0x7069_786F_7261
PAID = [status.value for status in AttemptStatus if status not in (AttemptStatus.FAILED, AttemptStatus.LOST)]
"""What failed or was lost before it was bought costs nothing."""


@dataclass(frozen=True)
class Terms:
    """The share that one attempt takes of a vendor's account."""

    vendor: str
    open_at_once: int
    expected_micros: int


def terms_of(component: Component, vendor: str, entry: Model | None) -> Terms | None:
    """Return the terms of making a component by this model; None on this machine (`vendor` is empty), where nobody is
    paid."""
    return Terms(vendor, open_at_once(vendor), cost_by(entry, component) if entry else 0) if vendor else None


def open_at_once(vendor: str) -> int:
    """Return how many jobs may be open: those its account works on, and those that may wait in its queue meanwhile."""
    at_once: int = settings.PIXORA_AT_ONCE[vendor]
    return at_once + int(settings.PIXORA_IN_LINE[vendor])


class Allowance:
    """The attempts that may still be opened for a film, within the transaction that does: others wait until it ends."""

    def __init__(self, task_id: str) -> None:
        self._task_id = task_id
        self._open: dict[str, int] = {}
        self._micros = 0

    def take(self, terms: Terms) -> None:
        """Take the share of one attempt. Raises AccountFull or SpendCap."""
        if self._opened(terms.vendor) >= terms.open_at_once:
            raise AccountFull(f"{terms.vendor} has as many jobs as it may have.")
        if terms.expected_micros:
            of_film, of_day = self._spent
            wanted = self._micros + terms.expected_micros
            _check_cap("one film", of_film, wanted, settings.PIXORA_TASK_SPEND_CAP_USD)
            _check_cap("one day", of_day, wanted, settings.PIXORA_DAY_SPEND_CAP_USD)
        self._open[terms.vendor] += 1
        self._micros += terms.expected_micros

    @functools.cached_property
    def _spent(self) -> tuple[int, int]:
        of_film, of_day = _locked(_SPENT, {"task": self._task_id, "paid": PAID})
        return of_film, of_day

    def _opened(self, vendor: str) -> int:
        if vendor not in self._open:
            (self._open[vendor],) = _locked(_OPEN, {"vendor": vendor})
        return self._open[vendor]


def _locked(query: str, about: Mapping[str, Any]) -> tuple[int, ...]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_LOCK])
        cursor.execute(query, about)
        found: tuple[int, ...] = cursor.fetchone()
        return found


_OPEN = """
SELECT (SELECT count(*) FROM attempts JOIN steps ON steps.id = step_id JOIN runs ON runs.id = run_id
         WHERE attempts.status = 'open' AND provider = %(vendor)s AND runs.status = 'running')
     + (SELECT count(*) FROM model_calls
         WHERE status = 'open' AND provider = %(vendor)s AND started_at > statement_timestamp() - interval '10 minutes')
"""
"""Attempts of runs at work, and calls of language models: one that is open for longer has lost whoever made it."""
_SPENT = """
SELECT (coalesce((SELECT sum(attempts.cost_micros)
                    FROM attempts JOIN steps ON steps.id = step_id JOIN runs ON runs.id = run_id
                   WHERE runs.task_id = %(task)s AND attempts.status = ANY(%(paid)s) AND cost_micros > 0), 0)
        + coalesce((SELECT sum(cost_micros) FROM model_calls
                     WHERE task_id = %(task)s AND status = ANY(%(paid)s) AND cost_micros > 0), 0))::bigint,
       (coalesce((SELECT sum(cost_micros) FROM attempts
                   WHERE started_at > statement_timestamp() - interval '24 hours' AND status = ANY(%(paid)s)
                     AND cost_micros > 0), 0)
        + coalesce((SELECT sum(cost_micros) FROM model_calls
                     WHERE started_at > statement_timestamp() - interval '24 hours' AND status = ANY(%(paid)s)
                       AND cost_micros > 0), 0))::bigint
"""
"""Micros: on the film, and in a day."""


def _check_cap(what: str, spent: int, wanted: int, cap_usd: int) -> None:
    if spent + wanted > cap_usd * MICROS:
        log.error("the spending cap for %s is reached: %d of %d million micros", what, spent // MICROS, cap_usd)
        raise SpendCap(
            f"What may be spent on {what} is used up, so nothing more is bought. Whoever runs Pixora can raise it;"
            " then start the film again."
        )
