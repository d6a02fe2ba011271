"""The costs of the agent's language model: each call leaves a row, and none is made beyond the caps."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from chat.agent.turns import Claim
from chat.llm.base import Bill, ChatModel
from pipeline.models import AttemptStatus
from pipeline.providers.vendors import account_of
from pipeline.vendor_limits import account_limits, model_calls
from pipeline.vendor_limits.request_rate import Turns
from pixora.foundation.async_database import Database
from pixora.foundation.errors import AccountFull, ProviderError

LOOK_S, PATIENCE_S = account_limits.LOOK_S, 60.0
ROLE = "agent"
BUSY = ProviderError("The language model is asked too often at the moment.", retryable=True)


@dataclass
class Meter:
    """The meter of one turn: it records each call of the model with its cost."""

    model: ChatModel
    claim: Claim
    database: Database
    bill: Bill | None = None

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        """Around one call. Raises SpendCap or NoPrice before it is made, ProviderError when the account stays full."""
        if not account_of(self.model.name, local=self.model.local):
            yield
            return
        self.bill, call_id = None, await self._begin()
        try:
            yield
        except ProviderError as error:
            await self._end(call_id, AttemptStatus.UNKNOWN if error.unknown else AttemptStatus.FAILED, error)
            raise
        except BaseException:
            await self._end(call_id, AttemptStatus.UNKNOWN)
            raise
        await self._end(call_id, AttemptStatus.SUCCEEDED)

    async def _begin(self) -> str:
        vendor, reason = self.model.name, str(self.claim.message_id)
        await self.database(model_calls.give_up_open, reason)
        await Turns().wait(vendor)
        loop = asyncio.get_running_loop()
        gives_up_at = loop.time() + PATIENCE_S
        while True:
            try:
                return await self.database(
                    model_calls.begin, task_id=self.claim.task_id, reason=reason, role=ROLE, vendor=vendor
                )
            except AccountFull:
                if loop.time() > gives_up_at:
                    raise BUSY from None
                await asyncio.sleep(LOOK_S)

    async def _end(self, call_id: str, status: AttemptStatus, error: ProviderError | None = None) -> None:
        known: dict[str, object] = {"error_code": error.code, "error_message": error.message} if error else {}
        if status == AttemptStatus.FAILED:
            known["cost_micros"] = 0
        if self.bill:
            known["request_id"] = self.bill.request_id
        if self.bill and self.bill.cost_micros is not None:
            known["cost_micros"] = self.bill.cost_micros
        await self.database(model_calls.end, call_id, status, **known)
