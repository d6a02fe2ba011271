"""Runs and attempts: what was done, and every try against a provider."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pipeline.admin.filters import Created, Outcome, Started
from pipeline.admin.finding import task_ids
from pipeline.admin.queue import queue_page
from pipeline.admin.vendor_costs import spend_page
from pipeline.models import Attempt, ModelCall, Run
from pixora.accounts.admin import users_matching
from pixora.back_office.formats import dollars, seconds, when
from pixora.back_office.piece_names import piece_names
from pixora.back_office.records import Record, column

COLOURS = {
    "queued": "info",
    "running": "warning",
    "open": "warning",
    "succeeded": "success",
    "failed": "danger",
    "faulty": "danger",
    "lost": "",
    "unknown": "danger",
    "cancelled": "",
}


def film_link(task_id: str, text: str, query: str = "") -> SafeString:
    return format_html('<a href="{}{}">{}</a>', reverse("admin:pipeline_task_change", args=[task_id]), query, text)


@admin.register(Run)
class RunAdmin(Record):
    heading = "Runs"
    list_display = ("id", "film", "owner", "state", "problem", "asked", "lasted")
    list_filter = ("status", Created)
    list_select_related = ("task__user",)
    list_display_links = ("id",)
    search_fields = ("id",)
    search_help_text = "User's e-mail, film's id, run's id or a provider's request id"

    @column("Film")
    def film(self, run: Run) -> SafeString:
        return film_link(run.task_id, (run.task.title or run.task.prompt)[:60])

    @column("User")
    def owner(self, run: Run) -> str:
        return run.task.user.email

    @column("Status", label=COLOURS)
    def state(self, run: Run) -> tuple[str, str]:
        return run.status, run.get_status_display()

    @column("Problem")
    def problem(self, run: Run) -> str:
        return run.error_message[:120]

    @column("Asked for")
    def asked(self, run: Run) -> str:
        return when(run.created_at)

    @column("Took")
    def lasted(self, run: Run) -> str:
        return seconds((run.ended_at - run.started_at).total_seconds()) if run.started_at and run.ended_at else "–"

    def search(self, term: str) -> Q:
        if term.startswith("run_"):
            return Q(id=term)
        return Q(task__in=task_ids(term)) | Q(task__user__in=users_matching(term))

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("queue/", "pipeline_run_queue", self.queue_view),)

    def queue_view(self, request: HttpRequest, **_: Any) -> HttpResponse:
        self.check_view(request)
        return self.page(request, "admin/back_office/queue.html", "Queue and workers", queue_page())

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        """A run is looked at on its film's page."""
        self.check_view(request)
        run = self.get_object(request, object_id)
        if run is None:
            raise Http404
        return redirect(f"{reverse('admin:pipeline_task_change', args=[run.task_id])}?run={run.id}#timeline")


@admin.register(Attempt)
class AttemptAdmin(Record):
    heading = "Attempts"
    ordering = ("-started_at", "-id")
    list_display = ("piece", "by", "state", "problem", "price", "began", "lasted")
    list_filter = (Outcome, Started, "provider")
    list_select_related = ("step__run__task__user",)
    list_display_links = None
    search_fields = ("id",)
    search_help_text = "User's e-mail, film's id, run's id or a provider's request id"

    def complete(self, rows: Sequence[Any]) -> None:
        names = piece_names([attempt.step.run.task_id for attempt in rows])
        for attempt in rows:
            attempt.called = names[attempt.step.run.task_id].name(attempt.step.component)

    @column("Piece")
    def piece(self, attempt: Any) -> SafeString:
        run = attempt.step.run
        text = f"{attempt.called} #{attempt.number}"
        link = film_link(run.task_id, text, f"?run={run.id}#attempts")
        return format_html("{}<small>{}</small>", link, run.task.user.email)

    @column("Provider, model and request id")
    def by(self, attempt: Attempt) -> SafeString:
        model = f" · {attempt.model}" if attempt.model else ""
        return format_html("{}{}<small>{}</small>", attempt.provider, model, attempt.request_id)

    @column("Status", label=COLOURS)
    def state(self, attempt: Attempt) -> tuple[str, str]:
        return attempt.status, attempt.get_status_display()

    @column("Error")
    def problem(self, attempt: Attempt) -> str:
        if attempt.doubt:
            return attempt.doubt
        return f"{attempt.error_code}: {attempt.error_message}"[:160] if attempt.error_code else ""

    @column("Cost")
    def price(self, attempt: Attempt) -> str:
        return dollars(attempt.cost_micros)

    @column("Began")
    def began(self, attempt: Attempt) -> str:
        return when(attempt.started_at)

    @column("Took")
    def lasted(self, attempt: Attempt) -> str:
        return seconds(attempt.duration_s)

    def search(self, term: str) -> Q:
        if term.startswith("run_"):
            return Q(step__run=term)
        if term.startswith("attempt_"):
            return Q(id=term)
        if term.startswith("task_"):
            return Q(step__run__task=term)
        return (Q(request_id=term) & ~Q(request_id="")) | Q(step__run__task__user__in=users_matching(term))

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("spend/", "pipeline_attempt_spend", self.spend_view),)

    def spend_view(self, request: HttpRequest, **_: Any) -> HttpResponse:
        self.check_view(request)
        return self.page(request, "admin/back_office/spend.html", "Spend", spend_page(request.GET.get("days", "")))


@admin.register(ModelCall)
class ModelCallAdmin(Record):
    heading = "Calls outside of runs"
    ordering = ("-started_at", "-id")
    list_display = ("film", "by", "state", "problem", "price", "began")
    list_filter = (Started, "provider")
    list_select_related = ("task__user",)
    list_display_links = None
    search_fields = ("id",)
    search_help_text = "User's e-mail, film's id or a provider's request id"

    @column("Film")
    def film(self, call: ModelCall) -> SafeString:
        if call.task is None or call.task_id is None:
            return format_html("for everybody<small>{}</small>", call.reason)
        link = film_link(call.task_id, call.task_id, "#chat")
        return format_html("{}<small>{}</small>", link, call.task.user.email)

    @column("Provider, model and request id")
    def by(self, call: ModelCall) -> SafeString:
        return format_html("{} · {}<small>{}</small>", call.provider, call.model, call.request_id)

    @column("Status", label=COLOURS)
    def state(self, call: ModelCall) -> tuple[str, str]:
        return call.status, call.get_status_display()

    @column("Error")
    def problem(self, call: ModelCall) -> str:
        return f"{call.error_code}: {call.error_message}"[:160] if call.error_code else ""

    @column("Cost")
    def price(self, call: ModelCall) -> str:
        return dollars(call.cost_micros)

    @column("Began")
    def began(self, call: ModelCall) -> str:
        return when(call.started_at)

    def search(self, term: str) -> Q:
        if term.startswith("task_"):
            return Q(task=term)
        return (Q(request_id=term) & ~Q(request_id="")) | Q(task__user__in=users_matching(term))
