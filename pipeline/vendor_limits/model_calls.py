"""Calls of vendors' language models outside of runs: each is a row before it is made, and under the same caps."""

from __future__ import annotations

from typing import Any

from django.db import transaction
from django.db.models.functions import Now

from pipeline.models import AttemptStatus, ModelCall
from pipeline.providers.registry import model
from pipeline.providers.vendor_ids import stored_id
from pipeline.vendor_limits import account_limits


def begin(*, task_id: str, reason: str, role: str, vendor: str) -> str:
    """Open a call and return its id. Raises AccountFull (ask again soon), SpendCap or NoPrice: nothing may be asked."""
    entry = model(role, vendor)
    expected = entry.cost.expected() if entry.cost else 0
    with transaction.atomic():
        account_limits.Allowance(task_id).take(
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


def give_up_open(reason: str) -> None:
    """Close the open calls of a process that died: what they cost is unknown, and what was expected counts."""
    ModelCall.objects.filter(reason=reason, status=AttemptStatus.OPEN).update(
        status=AttemptStatus.UNKNOWN, ended_at=Now()
    )
