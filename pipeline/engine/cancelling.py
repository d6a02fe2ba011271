"""The end of the jobs that providers still work on for a run that ends early: they are cancelled, too."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models.functions import Now

from pipeline.engine.context import Context
from pipeline.engine.leases import Claim, under
from pipeline.models import Attempt, AttemptStatus
from pipeline.planning.kinds import kind_of
from pipeline.providers.base import Capability, Provider, Queued
from pipeline.providers.registry import capability_of, provider
from pipeline.providers.vendors import who_can
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

PATIENCE_S = 15.0


@dataclass(frozen=True)
class OpenJob:
    attempt_id: str
    component: str
    provider: str
    ticket: Mapping[str, Any]


async def cancel_jobs(context: Context, claim: Claim) -> None:
    """Cancel a run's open jobs. One that ended before it was done is `lost`; the cost of any other is `unknown`."""
    jobs = await context.database(_open_jobs, claim)
    ended = await asyncio.gather(*map(_cancel, jobs))
    for job, is_lost in zip(jobs, ended, strict=True):
        await context.database(_close, claim, job.attempt_id, AttemptStatus.LOST if is_lost else AttemptStatus.UNKNOWN)


async def _cancel(job: OpenJob) -> bool:
    capability = capability_of(kind_of(job.component))
    assert capability is not None
    maker = _adapter(capability, job.provider)
    if not isinstance(maker, Queued):
        return False
    try:
        async with asyncio.timeout(PATIENCE_S):
            return await maker.cancel(job.ticket)
    except (ProviderError, TimeoutError) as error:
        log.warning("the job of %s could not be cancelled: %s", job.attempt_id, type(error).__name__)
        return False


def _adapter(capability: Capability, vendor: str) -> Provider | None:
    """The one that began a job; None where this process has none of its vendor."""
    if vendor in ("", provider(capability).name) or vendor in who_can(capability.value):
        return provider(capability, vendor)
    return None


def _open_jobs(claim: Claim) -> list[OpenJob]:
    tries = Attempt.objects.filter(step__run=claim.run_id, status=AttemptStatus.OPEN, ticket__isnull=False)
    found = tries.values_list("id", "step__component", "provider", "model", "ticket")
    return [
        OpenJob(id_, component, maker, {**ticket, "model": model})
        for id_, component, maker, model, ticket in found
        if ticket
    ]


def _close(claim: Claim, attempt_id: str, status: AttemptStatus) -> None:
    with under(claim):
        closed = Attempt.objects.filter(id=attempt_id, status=AttemptStatus.OPEN)
        closed.update(status=status, error_code="cancelled", ended_at=Now())
        if status == AttemptStatus.LOST:
            Attempt.objects.filter(id=attempt_id).update(cost_micros=0)
