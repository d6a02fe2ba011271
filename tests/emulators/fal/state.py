from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from typing import Any, Literal

from tests.emulators.fal.errors import Failure
from tests.emulators.fal.signer import Signer
from tests.emulators.vendor import Vendor

Status = Literal["IN_QUEUE", "IN_PROGRESS", "COMPLETED", "CANCELLED"]


@dataclass
class Job:
    request_id: str
    endpoint: str
    arguments: dict[str, Any]
    webhook: str
    bill: int
    status: Status = "IN_QUEUE"
    result: dict[str, Any] | None = None
    failure: Failure | None = None
    work: asyncio.Task[None] | None = None
    changed: asyncio.Event = field(default_factory=asyncio.Event)
    """Of the status it has now; with the next one comes the next event."""

    def become(self, status: Status) -> None:
        self.status = status
        self.changed.set()
        self.changed = asyncio.Event()


@dataclass(frozen=True)
class File:
    data: bytes
    content_type: str


@dataclass
class State:
    jobs: dict[str, Job] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    signer: Signer = field(default_factory=Signer)

    @staticmethod
    def renew(vendor: Vendor) -> None:
        vendor.state = State()
