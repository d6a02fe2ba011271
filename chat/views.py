"""The studio's one page. Which film and which stage it shows is in its address, and read by its script."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from chat import bundle
from pipeline.film.settings import STYLES
from pixora.accounts import ledger, services
from pixora.accounts.models import User


@login_required
@require_safe
@never_cache
@ensure_csrf_cookie
def studio(request: HttpRequest, place: str = "") -> HttpResponse:
    """Render the studio; the API alone asks whose film is at `place`."""
    user = request.user
    assert isinstance(user, User)
    return render(request, "studio.html", {"me": _me(user), "looks": _looks(), **_program()})


def _program() -> dict[str, Any]:
    """The files that the page loads: the bundle where it is current, otherwise every module and style sheet."""
    if settings.PIXORA_BUNDLED and bundle.is_current():
        return {"script": f"bundle/{bundle.SCRIPT}", "styles": [f"bundle/{bundle.STYLE}"]}
    return {"script": bundle.ENTRY, "styles": bundle.STYLES}


def _looks() -> dict[str, str]:
    """The address of the picture that shows a style, by the style's name."""
    return {style: static(f"studio/looks/{style}.webp") for style in STYLES}


def _me(user: User) -> dict[str, Any]:
    """Return what the header shows, so that it is there with the page."""
    services.renew_local_credits(user)
    account = ledger.account(user)
    return {
        "id": str(user.id),
        "email": user.email,
        "back_office": reverse("admin:index") if user.is_staff else "",
        "keep_deleted_days": settings.PIXORA_KEEP_DELETED_DAYS,
        "credits": {"balance": account.balance, "held": account.held},
    }
