"""The only thing that a webhook may cause: a job is looked at now, by asking the provider itself."""

from __future__ import annotations

from django.db import transaction
from django.db.models.functions import Now

from pipeline.models import Attempt, AttemptStatus
from pipeline.providers.vendor_ids import stored_id


def look_at(*, provider: str, attempt_id: str, request_id: str) -> None:
    """Have the job with this id, which the attempt began, looked at now. Repeating it is harmless.

    An attempt that never heard its job's id gets it here, and with it the ticket that takes the job up. Where that
    comes too late, the id stays with the `unknown` attempt, for staff to see what was bought twice.
    """
    stored = stored_id(request_id)
    tries = Attempt.objects.filter(id=attempt_id, provider=provider)
    unheard = tries.filter(request_id="")
    with transaction.atomic():
        unheard.filter(status=AttemptStatus.UNKNOWN).update(request_id=stored)
        unheard.filter(status=AttemptStatus.OPEN).update(request_id=stored, ticket={"request_id": request_id})
        tries.filter(status=AttemptStatus.OPEN, request_id=stored).update(news_at=Now())
