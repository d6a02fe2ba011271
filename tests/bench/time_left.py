"""`make bench` is to end within twelve minutes: a set that measures in rounds asks here whether to do one more."""

from __future__ import annotations

import time

WHOLE_S = 12 * 60
CUT_S = 480
"""What the cut, which comes last, needs for two rounds on a slow machine."""
_ends_at: list[float] = []


def begin() -> None:
    _ends_at[:] = [time.monotonic() + WHOLE_S]


def is_enough_for(seconds: float) -> bool:
    return not _ends_at or time.monotonic() + seconds < _ends_at[0]
