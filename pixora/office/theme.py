"""How the back office looks and what its menu holds: the settings of django-unfold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse_lazy


def _asset(name: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(name)


def _item(title: str, icon: str, view: str, query: str = "") -> dict[str, Any]:
    """Only one of the items that show one list can be the active one: that without a query."""
    link = reverse_lazy(f"admin:{view}")
    return {"title": title, "icon": icon, "link": lambda _request: f"{link}{query}"} if query else {
        "title": title, "icon": icon, "link": link,
    }  # fmt: skip


UNFOLD: dict[str, Any] = {
    "SITE_TITLE": "Pixora back office",
    "SITE_HEADER": "Pixora",
    "SITE_SUBHEADER": "Back office",
    "SITE_URL": "/",
    "SITE_ICON": _asset("pixora/icon.svg"),
    "SITE_FAVICONS": [{"rel": "icon", "type": "image/svg+xml", "href": _asset("pixora/icon.svg")}],
    "SHOW_HISTORY": False,
    "SHOW_VIEW_ON_SITE": False,
    "BORDER_RADIUS": "8px",
    "STYLES": [_asset("pixora/office.css")],
    "DASHBOARD_CALLBACK": "pipeline.admin.dashboard.fill",
    "SIDEBAR": {
        "show_search": False,
        "show_all_applications": False,
        "navigation": [
            {
                "title": "",
                "items": [
                    _item("Today", "space_dashboard", "index"),
                    _item("Films", "movie", "pipeline_task_changelist"),
                    _item("Users", "group", "accounts_user_changelist"),
                    _item("Conversations", "forum", "chat_message_changelist"),
                ],
            },
            {
                "title": "Work",
                "separator": True,
                "items": [
                    _item("Queue and workers", "stacks", "pipeline_run_queue"),
                    _item("Runs", "play_circle", "pipeline_run_changelist"),
                    _item("Attempts", "repeat", "pipeline_attempt_changelist"),
                    _item("Refused by moderation", "gpp_bad", "pipeline_attempt_changelist", "?outcome=refused"),
                    _item("Takes", "perm_media", "media_assets_asset_changelist"),
                ],
            },
            {
                "title": "Money",
                "separator": True,
                "items": [
                    _item("Credits", "toll", "accounts_credit_changelist"),
                    _item("Spend", "query_stats", "pipeline_attempt_spend"),
                ],
            },
            {
                "title": "Staff",
                "separator": True,
                "items": [_item("What staff did", "history", "admin_logentry_changelist")],
            },
        ],
    },
    "COLORS": {
        "primary": {
            "50": "#f3f0ff",
            "100": "#e9e4ff",
            "200": "#d6ccff",
            "300": "#b8a6ff",
            "400": "#9d8bff",
            "500": "#7d63ff",
            "600": "#5b3df5",
            "700": "#4a2bd6",
            "800": "#3d24ad",
            "900": "#33218a",
            "950": "#1e1259",
        }
    },
}
