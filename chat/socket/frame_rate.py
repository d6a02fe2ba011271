"""PURE: the rate at which a socket may send."""

from __future__ import annotations

from dataclasses import dataclass

BURST, PER_SECOND = 60, 20
SUBSCRIBING = 3
"""A replay is a lot of work for a small frame, so asking for one counts as so many frames."""
PATIENCE = 200
"""So many refused frames, one soon after the other, are flooding."""


@dataclass
class Pace:
    """A bucket of frames that fills at a steady rate."""

    left: float = BURST
    seen_at: float = 0.0
    refused: int = 0

    def allows(self, now: float, *, cost: int = 1) -> bool:
        self.left = min(BURST, self.left + (now - self.seen_at) * PER_SECOND)
        self.seen_at = now
        if self.left >= BURST:
            self.refused = 0
        if self.left < cost:
            self.refused += 1
            return False
        self.left -= cost
        return True

    @property
    def is_flooding(self) -> bool:
        return self.refused > PATIENCE
