"""The child's side of `compute.py`: an order comes in on stdin, progress and facts go out line by line."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from typing import Any

Order = dict[str, Any]
Report = Callable[[float], None]


class OrderError(Exception):
    """The order itself cannot be carried out; `reason` is a key of `compute.REASONS`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def serve(make: Callable[[Order, Report], dict[str, Any]]) -> None:
    try:
        facts = make(json.load(sys.stdin), report)
    except OrderError as error:
        sys.exit(_fail(error.reason))
    except OSError as error:
        if error.errno != errno.ENOSPC:
            raise
        sys.exit(_fail("disk_full"))
    _say("facts", json.dumps(facts))


def report(fraction: float) -> None:
    _say("progress", f"{fraction:.3f}")


def _fail(reason: str) -> int:
    _say("failed", reason)
    return 3


def _say(word: str, rest: str) -> None:
    sys.stdout.write(f"{word} {rest}\n")
    sys.stdout.flush()
