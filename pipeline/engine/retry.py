"""PURE: the rules by which something is tried again: what, when, and how often."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class RetryPolicy:
    """`tries` counts failures that a provider told us of, `crashes` those where our own process died.

    `unknowns` may have been paid for: so many of them are followed by another try without asking anybody.
    """

    tries: int = 8
    first_delay_s: float = 0.5
    growth: float = 2.0
    longest_delay_s: float = 30.0
    crashes: int = 25
    unknowns: int = 1

    def delay_s(self, failures: int) -> float | None:
        """Seconds to wait after this many failures; None where it is time to give up."""
        if failures >= self.tries:
            return None
        return min(self.first_delay_s * self.growth ** (failures - 1), self.longest_delay_s)


QUEUE = RetryPolicy()
"""A clip costs half a dollar; its ticket or its webhook finds the job again, so what stays unknown is rare."""
CALL = RetryPolicy(unknowns=3)
"""A still costs cents, but has no ticket: whatever takes the connection (or this process) away makes it unknown."""
LOCAL = RetryPolicy(tries=3, first_delay_s=0.2)
"""Our own programs: what fails three times in a row fails for a reason."""
STORAGE = RetryPolicy(tries=8, first_delay_s=1.0, growth=2.0, longest_delay_s=60.0)
"""Two minutes beside the storage's own tries: what is to be stored may have cost money."""
