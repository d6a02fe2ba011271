"""The base of all lists and pages of the back office: they show, and nothing can be changed in them."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from typing import Any, ClassVar, TypeVar, cast

from django.contrib import admin
from django.core.exceptions import PermissionDenied
from django.db.models import Model, Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from unfold.admin import ModelAdmin
from unfold.decorators import display

from pixora.back_office.keyset import KeysetChangeList

NOTHING = Q(pk__in=())
Method = TypeVar("Method", bound=Callable[..., Any])


def column(
    title: str, *, label: Mapping[str, str] | None = None, boolean: bool | None = None
) -> Callable[[Method], Method]:
    """A method that is a column of a list; `label` shows its values as badges, in these colours."""
    return cast(Callable[[Method], Method], display(description=title, label=label, boolean=boolean))


class Record(ModelAdmin):  # type: ignore[misc]
    """History: whoever has a role in the back office may look at it, nobody may add, change or delete it.

    A list is `ordering` by fields that an index has in this order, the last one unique. `search(term)` says what is
    looked for; `search_help_text` tells staff the same.
    """

    heading: ClassVar[str]
    ordering: ClassVar[Sequence[str]] = ("-created_at", "-id")
    list_per_page = 50
    show_full_result_count = False
    show_facets = admin.ShowFacets.NEVER
    sortable_by: ClassVar[Sequence[str]] = ()
    actions = None
    change_list_template = "admin/back_office/list.html"
    list_fullwidth = True

    def get_changelist(self, request: HttpRequest, **_: Any) -> type[KeysetChangeList]:
        return KeysetChangeList

    def changelist_view(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Show the list, without a search that holds a NUL: no text in the database has one."""
        if any("\0" in value for _, values in request.GET.lists() for value in values):
            return redirect(request.path)
        shown = {"title": self.heading, **(extra_context or {})}
        return super().changelist_view(request, shown)  # type: ignore[no-any-return]

    def get_object(self, request: HttpRequest, object_id: str, from_field: str | None = None) -> Any:
        """Find a record; None for an id that holds a NUL, which no record's does."""
        return None if "\0" in object_id else super().get_object(request, object_id, from_field)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Model | None = None) -> bool:
        return False

    def check_view(self, request: HttpRequest) -> None:
        if "\0" in request.path:
            raise Http404
        if not self.has_view_permission(request):
            raise PermissionDenied

    def page(self, request: HttpRequest, template: str, title: str, shown: Mapping[str, Any]) -> HttpResponse:
        """A page of our own in the back office's frame."""
        frame = {**self.admin_site.each_context(request), "title": title, "opts": self.opts}
        return TemplateResponse(request, template, {**frame, **shown})

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Any], search_term: str
    ) -> tuple[QuerySet[Any], bool]:
        term = search_term.strip()
        return (queryset.filter(self.search(term)) if term else queryset), False

    def search(self, term: str) -> Q:
        return NOTHING

    def complete(self, rows: Sequence[Any]) -> None:
        """Read what columns show beside the rows of a page, for all of them at once, and leave it at the rows."""


def as_uuid(term: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(term)
    except ValueError:
        return None
