"""The first page of the back office: how today goes, each number a link to what it counts."""

from __future__ import annotations

from typing import Any

from django.contrib.admin.models import LogEntry
from django.http import HttpRequest
from django.utils import timezone

from pipeline.admin.queue import stuck, unfinished, workers
from pipeline.admin.vendor_costs import charged_since, midnight, spent_since
from pipeline.models import RunStatus, Task, TaskStatus
from pixora.accounts import staff_log
from pixora.accounts.roles import role_of

FAILED, ACTS = 8, 8


def fill(request: HttpRequest, context: dict[str, Any]) -> dict[str, Any]:
    """Fill the context of the index page, as django-unfold asks; members of staff without a role see none of it."""
    role = role_of(request.user)
    if role is None:
        return {**context, "role": None}
    today = midnight()
    failed = Task.objects.filter(status=TaskStatus.FAILED, created_at__gte=today)
    return {
        **context,
        "title": "Today",
        "role": role,
        "made_today": Task.objects.filter(created_at__gte=today).count(),
        "complete_today": Task.objects.filter(status=TaskStatus.COMPLETE, created_at__gte=today).count(),
        "failed_today": failed.count(),
        "running": unfinished().filter(status=RunStatus.RUNNING).count(),
        "queued": unfinished().filter(status=RunStatus.QUEUED).count(),
        "stuck": stuck(timezone.now()).count(),
        "workers": len(list(workers())),
        "spent_micros": spent_since(today),
        "charged": charged_since(today),
        "failed_films": list(failed.select_related("user").order_by("-created_at")[:FAILED]),
        "acts": _acts(),
    }


def _acts() -> list[tuple[LogEntry, staff_log.Act]]:
    lines = LogEntry.objects.filter(change_message__startswith='{"act"').select_related("user", "content_type")
    newest = lines.order_by("-id")[:ACTS]
    return list(zip(newest, staff_log.named(staff_log.parsed(newest)), strict=True))
