"""The order in which the pieces of a film are worked on, where many could be at the same moment."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import contextmanager, suppress

from pipeline.planning.kinds import Kind

PATIENCE_S = 0.5
"""How long at most a piece lets others go first: little against what any vendor takes."""


def _rank(kind: Kind) -> int:
    """Return how early a kind is sent: lower ranks go first."""
    return 0 if kind.about.urgent else 2 if kind.about.beside else 1


class SendOrder:
    """The order for one film: a vendor's piece says when it is on its way out and when it comes in, others give way.

    A dozen stills are asked for in one moment, arrive in one moment and become a dozen clips in one moment, and what
    else could begin then would hold them up: voices, whose turn is early enough a moment later, and what is computed
    here.
    """

    def __init__(self) -> None:
        self._moving: dict[str, int] = {}
        self._changed = asyncio.Event()

    async def give_way(self, kind: Kind) -> None:
        """Wait while something more urgent is moving, but not for long."""
        rank = _rank(kind)
        with suppress(TimeoutError):
            async with asyncio.timeout(PATIENCE_S):
                while any(other < rank for other in self._moving.values()):
                    self._changed.clear()
                    await self._changed.wait()

    @contextmanager
    def moving(self, key: str, kind: Kind) -> Iterator[None]:
        """Count the piece as moving until the block ends, or until it waits for its vendor (`at_rest`)."""
        self._moving[key] = _rank(kind)
        try:
            yield
        finally:
            self.at_rest(key)

    def at_rest(self, key: str) -> None:
        if self._moving.pop(key, None) is not None:
            self._changed.set()
