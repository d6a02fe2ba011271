"""Users, what their credits did, and what members of staff did."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.contrib.admin.models import LogEntry
from django.contrib.auth.models import Group
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.text import Truncator
from django_q import models as queue

from pixora.accounts import staff_log, user_acts
from pixora.accounts.models import Credit, User
from pixora.accounts.user_page import named_lines, user_page
from pixora.back_office.acts import act_page
from pixora.back_office.formats import signed, spaced, when
from pixora.back_office.records import Record, as_uuid, column

MOST_MATCHES = 100
"""Users whose e-mail address holds what is looked for."""

for unused in (Group, queue.Success, queue.Failure, queue.OrmQ, queue.Schedule):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


def users_matching(term: str) -> list[UUID]:
    """Find users by id or a part of their e-mail address; return ids, so that an index finds what is theirs."""
    if found := as_uuid(term):
        return [found]
    return list(
        User.objects.filter(email__icontains=term).order_by("email").values_list("id", flat=True)[:MOST_MATCHES]
    )


@admin.register(User)
class UserAdmin(Record):
    heading = "Users"
    ordering = ("email",)
    list_display = ("email", "role", "state", "joined", "id")
    list_filter = ("is_staff", "is_active")
    search_fields = ("email",)
    search_help_text = "E-mail address or user's id"

    @column("Role")
    def role(self, user: User) -> str:
        return ("superuser" if user.is_superuser else "staff") if user.is_staff else ""

    @column("Account", label={"open": "success", "closed": "danger"})
    def state(self, user: User) -> str:
        return "open" if user.is_active else "closed"

    @column("Joined")
    def joined(self, user: User) -> str:
        return when(user.created_at)

    def search(self, term: str) -> Q:
        found = as_uuid(term)
        return Q(id=found) if found else Q(email__icontains=term)

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (
            ("<uuid:user_id>/grant/", "accounts_user_grant", self.grant_view),
            ("<uuid:user_id>/refund/", "accounts_user_refund", self.refund_view),
            ("<uuid:user_id>/sign-out/", "accounts_user_sign_out", self.sign_out_view),
            ("<uuid:user_id>/role/", "accounts_user_role", self.role_view),
        )

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: Any = None
    ) -> HttpResponse:
        user = self.user(request, object_id)
        return self.page(request, "admin/back_office/user.html", user.email, user_page(user, _actor(request)))

    def grant_view(self, request: HttpRequest, user_id: str, **_: Any) -> HttpResponse:
        return act_page(request, self.admin_site, user_acts.grant(_actor(request), self.user(request, user_id)))

    def refund_view(self, request: HttpRequest, user_id: str, **_: Any) -> HttpResponse:
        return act_page(request, self.admin_site, user_acts.refund(_actor(request), self.user(request, user_id)))

    def sign_out_view(self, request: HttpRequest, user_id: str, **_: Any) -> HttpResponse:
        return act_page(request, self.admin_site, user_acts.sign_out(_actor(request), self.user(request, user_id)))

    def role_view(self, request: HttpRequest, user_id: str, **_: Any) -> HttpResponse:
        return act_page(request, self.admin_site, user_acts.change_role(_actor(request), self.user(request, user_id)))

    def user(self, request: HttpRequest, user_id: object) -> User:
        self.check_view(request)
        found = User.objects.filter(id__in=[as_uuid(str(user_id))]).first()
        if found is None:
            raise Http404
        return found


@admin.register(Credit)
class CreditAdmin(Record):
    heading = "Credits"
    list_display = ("line", "owner", "reason", "film", "spent_by", "given_by", "note", "made")
    list_filter = ("reason",)
    list_select_related = ("user", "actor", "task", "api_key")
    list_display_links = None
    search_fields = ("key",)
    search_help_text = "User's e-mail or id, or a film's id"

    @column("Credits")
    def line(self, credit: Credit) -> str:
        return signed(credit.amount)

    @column("User")
    def owner(self, credit: Credit) -> SafeString:
        return user_link(credit.user)

    def complete(self, rows: Sequence[Any]) -> None:
        named_lines(rows)

    @column("Film")
    def film(self, credit: Any) -> SafeString | str:
        if not credit.task:
            return "–"
        address = reverse("admin:pipeline_task_change", args=[credit.task_id])
        title = Truncator(credit.task.title or credit.task.prompt).chars(60)
        return format_html('<a href="{}">{}</a><small>{}</small>', address, title, credit.piece)

    @column("Key")
    def spent_by(self, credit: Credit) -> str:
        return credit.api_key.name if credit.api_key else "–"

    @column("Given by")
    def given_by(self, credit: Credit) -> str:
        return credit.actor.email if credit.actor else "–"

    @column("When")
    def made(self, credit: Credit) -> str:
        return when(credit.created_at)

    def search(self, term: str) -> Q:
        return Q(task=term) if term.startswith("task_") else Q(user__in=users_matching(term))


@admin.register(LogEntry)
class ActAdmin(Record):
    heading = "What staff did"
    ordering = ("-id",)
    list_display = ("actor", "act", "on", "reason", "details", "made")
    list_select_related = ("user", "content_type")
    list_display_links = None
    search_fields = ("object_id",)
    search_help_text = "E-mail of who did it, or the film's or user's id"

    def get_queryset(self, request: HttpRequest) -> QuerySet[LogEntry]:
        found: QuerySet[LogEntry] = super().get_queryset(request)
        return found.filter(change_message__startswith='{"act"')

    def complete(self, rows: Sequence[Any]) -> None:
        for line, act in zip(rows, staff_log.named(staff_log.parsed(rows)), strict=True):
            line.told = act

    @column("Who")
    def actor(self, line: LogEntry) -> str:
        return str(line.user)

    @column("Did")
    def act(self, line: Any) -> str:
        return spaced(line.told.act)

    @column("To")
    def on(self, line: LogEntry) -> SafeString | str:
        address = line.get_admin_url()
        return format_html('<a href="{}">{}</a>', address, line.object_repr) if address else line.object_repr

    @column("Because")
    def reason(self, line: Any) -> str:
        return line.told.reason  # type: ignore[no-any-return]

    @column("Details")
    def details(self, line: Any) -> str:
        found = line.told.details
        return ", ".join(f"{name} {value}" for name, value in found.items() if value not in (None, ""))[:200]

    @column("When")
    def made(self, line: LogEntry) -> str:
        return when(line.action_time)

    def search(self, term: str) -> Q:
        return Q(object_id=term) | Q(user__in=users_matching(term))


def user_link(user: User) -> SafeString:
    return format_html('<a href="{}">{}</a>', reverse("admin:accounts_user_change", args=[user.id]), user.email)


def _actor(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
