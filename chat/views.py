"""The studio's one page. Which film and which stage it shows is in its address, and read by its script."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import ensure_csrf_cookie
from django.views.decorators.http import require_safe

from pixora.accounts import ledger, services
from pixora.accounts.models import User


@login_required
@require_safe
@never_cache
@ensure_csrf_cookie
def studio(request: HttpRequest, place: str = "") -> HttpResponse:
    """Whose film is at `place` is asked by the API alone."""
    user = request.user
    assert isinstance(user, User)
    return render(request, "studio.html", {"me": _me(user)})


def _me(user: User) -> dict[str, Any]:
    """What the header shows, so that it is there with the page."""
    services.renew_local_credits(user)
    account = ledger.account(user)
    return {
        "id": str(user.id),
        "email": user.email,
        "back_office": reverse("admin:index") if user.is_staff else "",
        "credits": {"balance": account.balance, "held": account.held},
    }
