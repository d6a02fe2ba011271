"""The child's side of `processes.ask`: a question comes in on stdin, progress and the answer go out line by line."""

from __future__ import annotations

import errno
import json
import sys
from collections.abc import Callable
from typing import Any

Question = Any
Report = Callable[[float], None]


class Refusal(Exception):
    """The question itself cannot be answered; `reason` is a word that the parent knows."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def serve(answer: Callable[[Question, Report], Any]) -> None:
    """Answer the one question; both are JSON."""
    try:
        answered = answer(json.load(sys.stdin), report)
    except Refusal as error:
        _say("failed", error.reason)
        sys.exit(3)
    except OSError as error:
        if error.errno == errno.ENOSPC:
            _say("failed", "disk_full")
        raise
    _say("answer", json.dumps(answered))


def report(fraction: float) -> None:
    _say("progress", f"{fraction:.4f}")


def _say(word: str, rest: str) -> None:
    sys.stdout.write(f"{word} {rest}\n")
    sys.stdout.flush()
