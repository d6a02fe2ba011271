"""Writes down what a run's workers do; what comes together goes into one transaction.

Each of these needs the run's row, and its commit waits for the disk: one after the other they would stand in line.
"""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from django.db import InterfaceError, OperationalError

from pipeline.engine import landing, records
from pipeline.engine.database import Database
from pipeline.engine.leases import Claim
from pixora.errors import LeaseLost
from pixora.logs import about
from pixora.together import Together

Entry = TypeVar("Entry")
Answer = TypeVar("Answer")
Write = Callable[[Claim, Sequence[Entry]], list[Answer | Exception]]

MOST, MOST_LANDINGS = 64, 8
"""In one transaction. Landings name files in it, which may be somewhere else, and the run's row is held meanwhile."""


class Clerk:
    """Of one run, while it is claimed. Each method takes one entry and raises what is wrong with it, or LeaseLost."""

    def __init__(self, database: Database, claim: Claim) -> None:
        self._database, self._claim = database, claim
        self.open = self._together(records.open_attempts)
        self.send = self._together(records.send)
        self.remember = self._together(records.remember)
        self.land = self._together(landing.land, most=MOST_LANDINGS)

    def _together(
        self, write: Write[Entry, Answer], *, most: int = MOST
    ) -> Callable[[Entry], Coroutine[Any, Any, Answer]]:
        async def written(entries: Sequence[Entry]) -> Sequence[Answer | Exception]:
            with about(task=self._claim.task_id, run=self._claim.run_id):
                return await self._written(write, entries)

        return Together(written, most=most).ask

    async def _written(self, write: Write[Entry, Answer], entries: Sequence[Entry]) -> Sequence[Answer | Exception]:
        """Where all together cannot be written each is written alone: one must not cost the others what they made."""
        try:
            return await self._database(write, self._claim, entries)
        except (LeaseLost, OperationalError, InterfaceError):
            raise
        except Exception:
            if len(entries) == 1:
                raise
        return [await self._alone(write, entry) for entry in entries]

    async def _alone(self, write: Write[Entry, Answer], entry: Entry) -> Answer | Exception:
        try:
            (answer,) = await self._database(write, self._claim, [entry])
        except Exception as error:  # noqa: BLE001 - it is raised for whose entry it is
            return error
        return answer
