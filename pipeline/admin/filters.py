"""The filters that narrow the lists of the back office."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any, ClassVar

from django.contrib import admin
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone

from media_assets.models import Asset
from pipeline.models import AttemptStatus, TaskStatus
from pipeline.planning.kinds import Kind


class Created(admin.SimpleListFilter):
    title = "when"
    parameter_name = "since"
    field: ClassVar[str] = "created_at"
    DAYS: ClassVar[dict[str, int]] = {"1": 1, "7": 7, "30": 30}

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return (("1", "the last 24 hours"), ("7", "the last 7 days"), ("30", "the last 30 days"))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        days = self.DAYS.get(self.value() or "")
        if days is None:
            return queryset
        return queryset.filter(**{f"{self.field}__gte": timezone.now() - timedelta(days=days)})


class Started(Created):
    field = "started_at"


PLAYS = Exists(Asset.objects.filter(task=OuterRef("pk"), component=Kind.FILM.value, selected=True))
STOPPED = Q(status=TaskStatus.CANCELLED)


class Standing(admin.SimpleListFilter):
    """A filter by how films stand for whoever looks (`Task.standing`): one whose update was stopped is finished."""

    title = "status"
    parameter_name = "status__exact"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return TaskStatus.choices

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == TaskStatus.COMPLETE:
            return queryset.filter(Q(status=value) | STOPPED & Q(PLAYS))
        if value == TaskStatus.CANCELLED:
            return queryset.filter(STOPPED).exclude(PLAYS)
        return queryset.filter(status=value) if value in TaskStatus.values else queryset


REFUSED = Q(error_code__startswith="refused_")
CLAIMED = Q(status=AttemptStatus.UNKNOWN, ticket__isnull=True) & ~Q(request_id="")
"""A webhook named the job when nobody waited for it any more: it was paid for and not used."""


class Outcome(admin.SimpleListFilter):
    title = "outcome"
    parameter_name = "outcome"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        ours = (
            ("refused", "refused by moderation"),
            ("unknown", "outcome unknown: maybe paid twice"),
            ("claimed", "outcome unknown, then told of by a webhook"),
        )
        return (*ours, *(choice for choice in AttemptStatus.choices if choice[0] != AttemptStatus.UNKNOWN))

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        value = self.value()
        if value == "refused":
            return queryset.filter(REFUSED)
        if value == "claimed":
            return queryset.filter(CLAIMED)
        return queryset.filter(status=value) if value in AttemptStatus.values else queryset
