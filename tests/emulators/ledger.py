"""What a vendor would have billed, in the order in which it accepted the work."""

from __future__ import annotations

import itertools
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from typing import Any


@dataclass(frozen=True)
class Bill:
    number: int
    vendor: str
    operation: str
    model: str
    micros: int
    """In millionths of a US dollar."""
    what: Mapping[str, Any]
    """Of the request, what tells one component from another: the prompt, the text, the webhook."""
    at: float


@dataclass
class Ledger:
    vendor: str
    bills: list[Bill] = field(default_factory=list)
    _numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))

    def bill(self, operation: str, *, model: str, micros: int, **what: Any) -> Bill:
        entry = Bill(next(self._numbers), self.vendor, operation, model, micros, what, time.time())
        self.bills.append(entry)
        return entry

    def cancel(self, number: int) -> None:
        """Take off the bill for a job that was stopped before it was begun."""
        self.bills = [bill for bill in self.bills if bill.number != number]

    def as_json(self) -> list[dict[str, Any]]:
        return [asdict(bill) for bill in self.bills]
