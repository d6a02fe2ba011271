"""What may go wrong at a vendor; set over HTTP (`POST /knobs/<vendor>`), so it works across processes.

A fault is drawn when a request arrives. Faults of `REPLIES` are carried out here for every operation; others, such
as `refused`, by the operation that knows them.
"""

from __future__ import annotations

import random
from collections.abc import Mapping
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field

Kind = Literal[
    "rate_limited", "server_error", "dropped", "slow", "truncated", "garbage", "mutated", "refused", "no_quota",
    "poisoned", "faulty",
]  # fmt: skip
REPLIES = frozenset({"dropped", "slow", "truncated", "garbage", "mutated"})
"""The work is accepted (and billed), then the answer goes wrong."""
REFUSALS = frozenset({"rate_limited", "server_error", "no_quota", "poisoned"})
"""Nothing is accepted."""


class Setting(BaseModel):
    model_config = ConfigDict(extra="forbid")


class Fault(Setting):
    """A fault for the next `times` requests (None: all) of an operation, or of every one; of those the part `share`."""

    kind: Kind
    operation: str = ""
    model: str = ""
    """Only where a model is asked whose name has this in it; of fal's jobs and submissions."""
    times: int | None = 1
    share: float = 1.0
    status: int = 500
    retry_after_s: float | None = None
    seconds: float = 0.0
    """What `slow` takes."""
    words: str = ""
    """What `poisoned` says wherever a vendor says anything; which defect what is made has where it is `faulty`."""


class Knobs(Setting):
    latency_s: float = 0.0
    latencies: Mapping[str, float] = {}
    """By operation; `latency_s` where it has none."""
    at_once: int = 0
    """So many requests (or jobs) at once; 0: any number."""
    faults: list[Fault] = []
    replies: list[dict[str, Any]] = []
    """What a language model answers next, in this order; then it makes up its own."""
    options: dict[str, Any] = {}
    """What only one vendor has."""
    seed: int = 0

    def latency(self, operation: str) -> float:
        return self.latencies.get(operation, self.latency_s)


class Draw(BaseModel):
    """The faults that are left and the chance that deals them."""

    model_config = ConfigDict(arbitrary_types_allowed=True)

    chance: random.Random = Field(default_factory=lambda: random.Random(0))

    def fault(self, knobs: Knobs, operation: str, model: str = "") -> Fault | None:
        for fault in knobs.faults:
            is_meant = fault.operation in ("", operation) and fault.model in model
            if is_meant and fault.times != 0 and self.chance.random() < fault.share:
                if fault.times is not None:
                    fault.times -= 1
                return fault
        return None
