"""The handling of requests that were sent and never answered: it may have been carried out, and paid for.

Such an attempt ends as `unknown`, and its expected cost counts as spent. A job in a vendor's queue is found again by
the ticket that its webhook brings. Otherwise the request is sent once more, as often as the policy allows without
asking anybody (`unknowns`); after that the step fails, and its owner decides.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from contextlib import suppress
from typing import Any

from django.conf import settings

from pipeline.engine.context import Context
from pipeline.engine.retry import RetryPolicy
from pipeline.models import OUTCOME_UNKNOWN, Attempt
from pipeline.providers.base import answer_lost
from pixora.foundation.errors import PixoraError, ProviderError

LOOK_S = 1.0
"""How often it is looked whether a webhook has brought a ticket, besides when there is news of it."""


def is_lost(error: PixoraError) -> bool:
    """True where nobody knows whether the vendor did what it was asked."""
    return isinstance(error, ProviderError) and error.unknown


def delay_s(unknowns: int, policy: RetryPolicy) -> float | None:
    """Return the seconds until the request is sent again after so many lost answers before; None: it is not."""
    return policy.first_delay_s if unknowns < policy.unknowns else None


def too_often(unknowns: int, policy: RetryPolicy) -> PixoraError | None:
    """Return the error of a step that has lost more answers than the policy allows; None while it has not."""
    return PixoraError(answer_lost().message, code=OUTCOME_UNKNOWN) if unknowns > policy.unknowns else None


async def ticket_by_webhook(context: Context, attempt_id: str) -> Mapping[str, Any]:
    """Wait for the ticket that a webhook brings. Raises ProviderError when none has come in time."""
    with suppress(TimeoutError):
        async with asyncio.timeout(settings.PIXORA_WEBHOOK_WAIT_S):
            while not (ticket := await context.database(_ticket_of, attempt_id)):
                await context.wakeups.nap(attempt_id, LOOK_S)
            return ticket
    raise answer_lost()


def _ticket_of(attempt_id: str) -> Mapping[str, Any] | None:
    """Return the attempt's ticket, which a webhook may have brought meanwhile; None while there is none."""
    ticket: Mapping[str, Any] | None = Attempt.objects.values_list("ticket", flat=True).get(id=attempt_id)
    return ticket
