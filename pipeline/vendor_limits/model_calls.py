"""Calls of vendors' models outside of runs: each is a row before it is made, and under the same caps."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from pipeline.models import AttemptStatus, ModelCall
from pipeline.providers.registry import model
from pipeline.providers.vendor_ids import stored_id
from pipeline.vendor_limits import account_limits
from pixora.foundation.errors import ProviderError


def begin(*, task_id: str | None, reason: str, role: str, vendor: str, characters: int = 0) -> str:
    """Open a call and return its id; `characters` are those to be spoken.

    Raises AccountFull (ask again soon), SpendCap or NoPrice: nothing may be asked.
    """
    entry = model(role, vendor)
    expected = entry.cost.expected(characters=characters) if entry.cost else 0
    with transaction.atomic():
        account_limits.Allowance(task_id or "").take(
            account_limits.Terms(vendor, account_limits.open_at_once(vendor), expected)
        )
        call = ModelCall.objects.create(
            task_id=task_id, reason=reason, provider=vendor, model=entry.name, cost_micros=expected
        )
    return call.id


def end(call_id: str, status: AttemptStatus, **known: Any) -> None:
    """Close a call. `known` are fields of its row; the expected cost stays where the cost is not among them."""
    if "request_id" in known:
        known["request_id"] = stored_id(known["request_id"])
    ModelCall.objects.filter(id=call_id).update(status=status, ended_at=Now(), **known)


def failed(call_id: str, error: ProviderError) -> None:
    """Close a call that brought nothing; what may have been paid for all the same counts."""
    status = AttemptStatus.UNKNOWN if error.unknown else AttemptStatus.FAILED
    cost = {} if error.unknown else {"cost_micros": error.cost_micros or 0}
    end(call_id, status, error_code=error.code, error_message=error.message, **cost)


def give_up_open(reason: str) -> None:
    """Close the open calls of a process that died: what they cost is unknown, and what was expected counts."""
    ModelCall.objects.filter(reason=reason, status=AttemptStatus.OPEN).update(
        status=AttemptStatus.UNKNOWN, ended_at=Now()
    )
