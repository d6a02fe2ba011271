"""The things that fal's adapters say of themselves alike."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar, Generic, TypeVar, cast

from django.conf import settings

from pipeline.providers.base import Call
from pipeline.providers.fal import jobs
from pipeline.providers.models_and_prices import QueueModel, catalogue
from pipeline.providers.registry import model

M = TypeVar("M", bound=QueueModel)


class FalQueued(Generic[M]):
    role: ClassVar[str]
    name = "fal"
    local = False

    @property
    def entry(self) -> M:
        return cast(M, model(self.role, self.name))

    @property
    def model(self) -> str:
        return self.entry.name

    def entry_for(self, call: Call) -> M:
        return cast(M, call.model) if call.model else self.entry

    @property
    def tells(self) -> bool:
        return bool(settings.PIXORA_WEBHOOKS)

    async def cancel(self, ticket: Mapping[str, Any]) -> bool:
        began_with = catalogue().find(self.role, str(ticket.get("model", "")))
        return await jobs.cancel(cast(M, began_with or self.entry), ticket)
