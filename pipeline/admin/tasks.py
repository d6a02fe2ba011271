"""Films: the list of all of them, the page of each one and of each of its components."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Protocol

from django.contrib import admin, messages
from django.contrib.admin.utils import unquote
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect
from django.utils.html import format_html
from django.utils.text import Truncator

from pipeline.admin import task_acts
from pipeline.admin.film_facts import FilmFacts, facts_of
from pipeline.admin.filters import Created, Standing
from pipeline.admin.finding import ids_with_words, task_ids
from pipeline.admin.pieces import Piece
from pipeline.admin.settings_shown import clock, version_words
from pipeline.admin.task_page import component_page, read_pieces, task_page
from pipeline.models import Task
from pipeline.takeaway.download import download
from pixora.accounts.admin import users_matching
from pixora.accounts.models import User
from pixora.accounts.roles import Role, role_of
from pixora.back_office.acts import Act, act_page
from pixora.back_office.formats import when
from pixora.back_office.records import Record, column
from pixora.foundation.errors import PixoraError

COLOURS = {
    "draft": "",
    "scripted": "info",
    "generating": "warning",
    "complete": "success",
    "failed": "danger",
    "cancelled": "",
}


class Listed(Protocol):
    """A task in the list, completed."""

    facts: FilmFacts


@admin.register(Task)
class TaskAdmin(Record):
    heading = "Films"
    list_display = ("film", "owner", "state", "length", "credits", "problem", "made")
    list_filter = (Standing, Created)
    list_select_related = ("user",)
    search_fields = ("id",)
    search_help_text = "Words of the film, user's e-mail, or an id: film's, run's, or a provider's request id"
    custom_urls = ()

    @column("Film")
    def film(self, task: Task) -> str:
        version = version_words(task.origin_kind, task.settings)
        beside = f"{task.id} · version: {version}" if version else task.id
        return format_html("{}<small>{}</small>", Truncator(task.title or task.prompt).chars(80), beside)

    @column("User")
    def owner(self, task: Task) -> str:
        return task.user.email

    @column("Status", label=COLOURS)
    def state(self, task: Any) -> tuple[str, str]:
        found = task.standing(plays=task.facts.seconds is not None)
        return found.value, found.label

    @column("Length")
    def length(self, task: Listed) -> str:
        return clock(task.facts.seconds) if task.facts.seconds else "–"

    @column("Credits")
    def credits(self, task: Listed) -> str:
        """Show what the film has cost the user so far, and what was given back."""
        given_back = format_html("<small>{} given back</small>", task.facts.given_back) if task.facts.given_back else ""
        return format_html("{}{}", task.facts.credits or "–", given_back)

    @column("Error")
    def problem(self, task: Listed) -> str:
        return Truncator(task.facts.error).chars(120)

    @column("Asked for")
    def made(self, task: Task) -> str:
        return format_html("{}{}", when(task.created_at), " · deleted by the user" if task.deleted_at else "")

    def search(self, term: str) -> Q:
        return Q(id__in=[*task_ids(term), *ids_with_words(term)]) | Q(user__in=users_matching(term))

    def complete(self, rows: Sequence[Any]) -> None:
        facts = facts_of([task.id for task in rows])
        for task in rows:
            task.facts = facts[task.id]

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("<str:task_id>/component/<path:component>/take/<int:take>/", "pipeline_task_select", self.select_view),
            ("<str:task_id>/component/<path:component>/", "pipeline_task_component", self.component_view),
            ("<str:task_id>/regenerate/<path:component>/", "pipeline_task_regenerate", self.regenerate_view),
            ("<str:task_id>/retry/", "pipeline_task_retry", self.retry_view),
            ("<str:task_id>/cancel/", "pipeline_task_cancel", self.cancel_view),
            ("<str:task_id>/recut/", "pipeline_task_recut", self.recut_view),
            ("<str:task_id>/refund/", "pipeline_task_refund", self.refund_view),
            ("<str:task_id>/takeaway/", "pipeline_task_takeaway", self.takeaway_view),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        task = self.task(request, object_id)
        shown = task_page(task, run_id=request.GET.get("run", ""))
        title = (task.title or task.prompt)[:80]
        return self.page(request, "admin/back_office/task.html", title, {**shown, "may_act": may_act(request)})

    def component_view(self, request: HttpRequest, task_id: str, component: str, **_: Any) -> HttpResponse:
        task = self.task(request, task_id)
        shown = component_page(task, component)
        if shown["piece"] is None and not shown["attempts"]:
            raise Http404
        title = shown["names"].name(component)
        return self.page(request, "admin/back_office/component.html", title, {**shown, "may_act": may_act(request)})

    def regenerate_view(self, request: HttpRequest, task_id: str, component: str, **_: Any) -> HttpResponse:
        task = self.task(request, task_id)
        return self.act(request, task_acts.regenerate(_actor(request), task, self.piece(task, component)))

    def select_view(self, request: HttpRequest, task_id: str, component: str, take: int, **_: Any) -> HttpResponse:
        task = self.task(request, task_id)
        return self.act(request, task_acts.select_take(_actor(request), task, self.piece(task, component), take))

    def retry_view(self, request: HttpRequest, task_id: str, **_: Any) -> HttpResponse:
        return self.act(request, task_acts.retry_failed(_actor(request), self.task(request, task_id)))

    def cancel_view(self, request: HttpRequest, task_id: str, **_: Any) -> HttpResponse:
        return self.act(request, task_acts.cancel(_actor(request), self.task(request, task_id)))

    def recut_view(self, request: HttpRequest, task_id: str, **_: Any) -> HttpResponse:
        return self.act(request, task_acts.recut(_actor(request), self.task(request, task_id)))

    def refund_view(self, request: HttpRequest, task_id: str, **_: Any) -> HttpResponse:
        task = self.task(request, task_id)
        return self.act(request, task_acts.refund(_actor(request), task, request.GET.get("component", "")))

    def takeaway_view(self, request: HttpRequest, task_id: str, **_: Any) -> HttpResponseBase:
        task = self.task(request, task_id)
        try:
            return download(task)
        except PixoraError as error:
            messages.error(request, error.message)
            return redirect(task_acts.page_of(task))

    def task(self, request: HttpRequest, task_id: str) -> Task:
        """Links of Django's own write the id quoted."""
        self.check_view(request)
        found = Task.objects.select_related("user").filter(id__in={task_id, unquote(task_id)}).first()
        if found is None:
            raise Http404
        return found

    def piece(self, task: Task, component: str) -> Piece:
        found = read_pieces(task, [])[0].all.get(component)
        if found is None:
            raise Http404
        return found

    def act(self, request: HttpRequest, act: Act) -> HttpResponse:
        return act_page(request, self.admin_site, act)


def may_act(request: HttpRequest) -> bool:
    role = role_of(_actor(request))
    return role is not None and role.includes(Role.SUPPORT)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
