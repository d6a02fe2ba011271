"""Takes: what was made, over all films."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from django.contrib import admin
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from media_assets.models import Asset
from media_assets.signing import signed_url
from pixora.back_office.formats import when
from pixora.back_office.piece_names import asset_types, piece_names
from pixora.back_office.records import Record, column


class OfType(admin.SimpleListFilter):
    title = "type"
    parameter_name = "type"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Iterable[tuple[str, str]]:
        return asset_types().items()

    def queryset(self, request: HttpRequest, queryset: QuerySet[Any]) -> QuerySet[Any]:
        return queryset.filter(asset_type=self.value()) if self.value() else queryset


@admin.register(Asset)
class AssetAdmin(Record):
    heading = "Takes"
    list_display = ("piece", "type", "chosen", "wrong", "film", "file", "made")
    list_filter = (OfType, "selected")
    list_display_links = None
    search_fields = ("id",)
    search_help_text = "Film's id, take's id or content hash"

    def complete(self, rows: Sequence[Any]) -> None:
        names = piece_names({asset.task_id for asset in rows})
        for asset in rows:
            asset.called = names[asset.task_id].name(asset.component)

    @column("Take")
    def piece(self, asset: Any) -> SafeString:
        address = reverse("admin:pipeline_task_component", args=[asset.task_id, asset.component])
        return format_html('<a href="{}">{}, take {}</a>', address, asset.called, asset.take)

    @column("Type")
    def type(self, asset: Asset) -> str:
        return asset_types().get(asset.asset_type, asset.asset_type)

    @column("Selected", boolean=True)
    def chosen(self, asset: Asset) -> bool:
        return asset.selected

    @column("Wrong with it")
    def wrong(self, asset: Asset) -> str:
        """Return what the referee found wrong, by the codes of its table; a person may have kept it all the same."""
        codes = ", ".join(fault["code"] for fault in asset.metadata.get("faults", ()))
        return f"{codes} (kept)" if codes and asset.metadata.get("kept") else codes

    @column("Film")
    def film(self, asset: Asset) -> SafeString:
        address = reverse("admin:pipeline_task_change", args=[asset.task_id])
        return format_html('<a href="{}">{}</a>', address, asset.task_id)

    @column("File")
    def file(self, asset: Asset) -> SafeString:
        name = asset.storage_path.rpartition("/")[2]
        return format_html('<a href="{}" target="_blank" rel="noopener">{}</a>', signed_url(asset), name)

    @column("Made")
    def made(self, asset: Asset) -> str:
        return when(asset.created_at)

    def search(self, term: str) -> Q:
        if term.startswith("task_"):
            return Q(task=term)
        return Q(id=term) if term.startswith("asset_") else Q(content_hash=term)

    def change_view(
        self, request: HttpRequest, object_id: str, form_url: str = "", extra_context: object = None
    ) -> HttpResponse:
        """A take is looked at among the others of its component."""
        self.check_view(request)
        asset = self.get_object(request, object_id)
        if asset is None:
            raise Http404
        return redirect("admin:pipeline_task_component", asset.task_id, asset.component)
