"""Links that show films to people without an account: whose, to what, and whether somebody opened them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from pipeline.admin.filters import Created
from pipeline.admin.finding import task_ids
from pipeline.admin.runs import film_link
from pipeline.admin.task_acts import called
from pipeline.models import Note, Share
from pipeline.sharing import by_staff
from pixora.accounts.admin import users_matching
from pixora.accounts.models import User
from pixora.back_office.acts import Act, act_page
from pixora.back_office.formats import when
from pixora.back_office.records import Record, column

COLOURS = {"open": "success", "expired": "warning", "taken back": ""}


@admin.register(Share)
class ShareAdmin(Record):
    heading = "Links to films"
    list_display = ("film", "lets", "state", "secured", "opened", "notes_left", "made", "ending")
    list_filter = ("can", Created)
    list_select_related = ("task__user",)
    list_display_links = None
    search_fields = ("id",)
    search_help_text = "User's e-mail, film's id or words of it"
    custom_urls = ()

    def get_custom_urls(self) -> tuple[tuple[str, str, Any], ...]:
        return (("<uuid:share_id>/end/", "pipeline_share_end", self.end_view),)

    def end_view(self, request: HttpRequest, share_id: UUID, **_: Any) -> HttpResponse:
        self.check_view(request)
        share = Share.objects.select_related("task__user").filter(id=share_id).first()
        if share is None:
            raise Http404
        assert isinstance(request.user, User)
        return act_page(request, self.admin_site, end(request.user, share))

    def complete(self, rows: Sequence[Any]) -> None:
        found = Note.objects.filter(share__in=[row.pk for row in rows])
        with_notes = set(found.values_list("share", flat=True).distinct())
        for row in rows:
            row.has_notes = row.pk in with_notes

    @column("Film")
    def film(self, share: Share) -> SafeString:
        link = film_link(share.task_id, (share.task.title or share.task.prompt)[:60])
        return format_html("{}<small>{}</small>", link, share.task.user.email)

    @column("Its guests may")
    def lets(self, share: Share) -> str:
        return share.get_can_display()

    @column("Status", label=COLOURS)
    def state(self, share: Share) -> tuple[str, str]:
        found = _standing(share)
        return found, found.capitalize()

    @column("Password", boolean=True)
    def secured(self, share: Share) -> bool:
        return bool(share.password)

    @column("Opened")
    def opened(self, share: Share) -> str:
        return format_html("{} × · {}", share.opens, when(share.last_opened_at)) if share.last_opened_at else "–"

    @column("Has notes", boolean=True)
    def notes_left(self, share: Any) -> bool:
        return bool(share.has_notes)

    @column("Made")
    def made(self, share: Share) -> str:
        return when(share.created_at)

    @column("End it")
    def ending(self, share: Share) -> str:
        if _standing(share) != "open":
            return "–"
        return format_html('<a href="{}">End …</a>', reverse("admin:pipeline_share_end", args=[share.id]))

    def search(self, term: str) -> Q:
        return Q(task__in=task_ids(term)) | Q(task__user__in=users_matching(term))


def end(actor: User, share: Share) -> Act:
    film = f"“{called(share.task)}”"

    def perform(given: Mapping[str, Any]) -> str:
        by_staff.end(actor, share, given["reason"])
        return f"The link to {film} is ended: it opens nothing any more."

    return Act(
        title=f"End a link to {film}",
        explanation=f"{share.task.user.email} made it. Whoever opens it is told that it does not work. Notes that came "
        "by it stay. It cannot be opened again: the user makes a new one.",
        button="End the link",
        back=reverse("admin:pipeline_share_changelist"),
        perform=perform,
        dangerous=True,
    )


def _standing(share: Share) -> str:
    is_over = share.expires_at is not None and share.expires_at <= timezone.now()
    return "taken back" if share.revoked_at else "expired" if is_over else "open"
