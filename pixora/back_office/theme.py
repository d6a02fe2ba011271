"""The look of the back office and its menu: the settings of django-unfold."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.http import HttpRequest
from django.templatetags.static import static
from django.urls import reverse, reverse_lazy


def _asset(name: str) -> Callable[[HttpRequest], str]:
    return lambda _request: static(name)


def _item(title: str, icon: str, view: str, query: str = "") -> dict[str, Any]:
    """The active one is the one whose list, or a page beneath it, is looked at."""
    link = reverse_lazy(f"admin:{view}")
    return {
        "title": title,
        "icon": icon,
        "link": (lambda _request: f"{link}{query}") if query else link,
        "active": lambda request: _is_shown(request, str(link), query),
    }


def _is_shown(request: HttpRequest, link: str, query: str) -> bool:
    if request.path == link:
        return f"?{request.GET.urlencode()}" == query if query else "outcome=refused" not in request.GET.urlencode()
    if query or link == reverse("admin:index") or not request.path.startswith(link):
        return False
    return request.path.removeprefix(link).count("/") > 1


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
    "STYLES": [_asset("pixora/back_office.css")],
    "SCRIPTS": [_asset("pixora/back_office.js")],
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
                "items": [
                    _item("Queue and workers", "stacks", "pipeline_run_queue"),
                    _item("Runs", "play_circle", "pipeline_run_changelist"),
                    _item("Attempts", "repeat", "pipeline_attempt_changelist"),
                    _item("Calls outside of runs", "forum", "pipeline_modelcall_changelist"),
                    _item("Refused by moderation", "gpp_bad", "pipeline_attempt_changelist", "?outcome=refused"),
                    _item("Links to films", "link", "pipeline_share_changelist"),
                    _item("Takes", "perm_media", "media_assets_asset_changelist"),
                ],
            },
            {
                "title": "Money",
                "items": [
                    _item("Credits", "toll", "accounts_credit_changelist"),
                    _item("Spend", "query_stats", "pipeline_attempt_spend"),
                ],
            },
            {
                "title": "Staff",
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
