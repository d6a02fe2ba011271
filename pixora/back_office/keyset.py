"""Lists that are read from a place in their index: any page costs what the first one costs, and nothing is counted."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.contrib.admin.views.main import PAGE_VAR
from django.db.models import Model
from django.http import HttpRequest
from django.urls import reverse
from unfold.views import ChangeList

from pixora.foundation.errors import Invalid
from pixora.foundation.pagination import Found, Listing


@dataclass(frozen=True)
class Pages:
    """A stand-in for Django's paginator: the addresses of the neighbouring pages, empty where there is none."""

    before: str
    after: str
    template_name: str = "admin/back_office/pages.html"

    def get_elided_page_range(self, _number: int) -> Sequence[int]:
        return ()


class KeysetChangeList(ChangeList):  # type: ignore[misc]
    """Ordered by the admin's `ordering`, whose fields all point one way and together are unique."""

    def get_results(self, request: HttpRequest) -> None:
        page = self._page(request.GET.get(PAGE_VAR, ""))
        self.model_admin.complete(page.rows)
        self.result_list, self.result_count, self.full_result_count = page.rows, len(page.rows), None
        self.show_full_result_count = self.show_admin_actions = self.can_show_all = False
        self.paginator = Pages(before=self._address(page.previous), after=self._address(page.next))
        self.multi_page = bool(page.previous or page.next)

    def url_for_result(self, result: Model) -> str:
        """Return a record's address with the id as it is; Django would write the underscore in it as `_5F`."""
        return reverse(f"admin:{self.opts.app_label}_{self.opts.model_name}_change", args=[result.pk])

    def _page(self, cursor: str) -> Found[Model]:
        """A cursor that is not one of this list's begins at its beginning."""
        fields = tuple(name.removeprefix("-") for name in self.model_admin.ordering)
        listing = Listing(str(self.opts), fields, descending=self.model_admin.ordering[0].startswith("-"))
        try:
            return listing.page(self.queryset, cursor, self.list_per_page)
        except Invalid:
            return listing.page(self.queryset, "", self.list_per_page)

    def _address(self, cursor: str | None) -> str:
        return str(self.get_query_string({PAGE_VAR: cursor})) if cursor else ""
