"""Writes down what a run's workers do; what comes together goes into one transaction.

Each of these needs the run's row, and its commit waits for the disk: one after the other they would stand in line.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db import InterfaceError, OperationalError

from pipeline.engine import attempt_rows, landing
from pipeline.engine.attempt_rows import OpenAttempt, Opening
from pipeline.engine.landing import Landing
from pipeline.engine.leases import Claim, under
from pipeline.engine.state import Stored
from pipeline.models import Run
from pipeline.planning.plan import Take
from pixora.foundation.async_database import Database
from pixora.foundation.batching import Batcher
from pixora.foundation.errors import LeaseLost
from pixora.foundation.logs import about

Write = Callable[[Run, Sequence[Any]], Sequence[Any]]
"""Gets the run, whose row is held, and what is to be written; an exception among its answers is raised by `ask`."""

MOST, MOST_LANDINGS = 64, 8
"""In one transaction. Landings name files in it, which may be somewhere else, and the run's row is held meanwhile."""


@dataclass(frozen=True)
class Entry:
    write: Write
    what: Any


class BatchedWriter:
    """One per run, while it is claimed. Each method takes one entry and raises what is wrong with it, or LeaseLost."""

    def __init__(self, database: Database, claim: Claim) -> None:
        self._database, self._claim = database, claim
        self._notes: Batcher[Entry, Any] = Batcher(self._written, most=MOST)
        self._landings: Batcher[Entry, Any] = Batcher(self._written, most=MOST_LANDINGS)

    async def open(self, opening: Opening) -> OpenAttempt:
        opened: OpenAttempt = await self._notes.ask(Entry(attempt_rows.open_attempts, opening))
        return opened

    async def send(self, attempt_id: str) -> None:
        await self._notes.ask(Entry(attempt_rows.send, attempt_id))

    async def remember(self, attempt_id: str, ticket: Mapping[str, Any]) -> None:
        await self._notes.ask(Entry(attempt_rows.remember, (attempt_id, ticket)))

    async def land(self, result: Landing) -> tuple[Take, Stored]:
        landed: tuple[Take, Stored] = await self._landings.ask(Entry(landing.land, result))
        return landed

    async def _written(self, entries: Sequence[Entry]) -> Sequence[Any]:
        """Write each alone where all together cannot be written: one must not cost the others what they made."""
        with about(task=self._claim.task_id, run=self._claim.run_id):
            try:
                return await self._database(_write, self._claim, entries)
            except (LeaseLost, OperationalError, InterfaceError):
                raise
            except Exception:
                if len(entries) == 1:
                    raise
            return [await self._alone(entry) for entry in entries]

    async def _alone(self, entry: Entry) -> Any:
        try:
            (answer,) = await self._database(_write, self._claim, [entry])
        except Exception as error:  # noqa: BLE001 - it is raised for whose entry it is
            return error
        return answer


def _write(claim: Claim, entries: Sequence[Entry]) -> list[Any]:
    """Write in one transaction under the lease; the answers are in the order of the entries."""
    places: dict[Write, list[int]] = defaultdict(list)
    for place, entry in enumerate(entries):
        places[entry.write].append(place)
    answers: list[Any] = [None] * len(entries)
    with under(claim) as run:
        for write, its_places in places.items():
            found = write(run, [entries[place].what for place in its_places])
            for place, answer in zip(its_places, found, strict=True):
                answers[place] = answer
    return answers
