"""Our own pages for signing in and out."""

from __future__ import annotations

import contextlib
from ipaddress import ip_address

from django.conf import settings
from django.contrib.auth import authenticate
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.middleware.csrf import rotate_token
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from pixora.accounts import devices, sessions, sign_in_links, tokens
from pixora.accounts.forms import SignInForm
from pixora.accounts.models import Session, User
from pixora.foundation.error_responses import status_of
from pixora.foundation.errors import NotAuthenticated, PixoraError, RateLimited
from pixora.foundation.request_limits import Limit, client_address

EXCHANGES = Limit("page-exchange", times=30)
PASSWORDS = Limit("sign-in", times=10)
ACCOUNTS = Limit("sign-in-account", times=30, window_s=15 * 60)
"""Of one account, from however many addresses."""
LINKS = Limit("sign-in-link", times=20)
BACK_OFFICE = "/admin/"
PLACES = {"/films/task_": "your film", "/films/": "your films", BACK_OFFICE: "the back office"}
"""What people were at, by the beginning of its address."""


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    form = SignInForm(request.POST or None)
    if request.method == "POST":
        try:
            return _by_password(request, form)
        except PixoraError as error:
            return _refuse(request, form, error)
    if request.user.is_authenticated:
        return HttpResponseRedirect(_next(request))
    return _page(request, form)


@never_cache
@require_POST
def sign_in_by_supabase(request: HttpRequest) -> HttpResponse:
    """Sign in with the token that the page's script was given for the form's e-mail address and password."""
    try:
        EXCHANGES.count(client_address(request))
        session = sessions.exchange(request.POST.get("token", ""), device=devices.of(request))
    except PixoraError as error:
        return _refuse(request, SignInForm(), error)
    return _with_cookie(request, session, _next(request))


@never_cache
@require_GET
def sign_in_by_link(request: HttpRequest, token: str) -> HttpResponse:
    """A link that does not hold leads to the form, so that its address is in no log of refusals."""
    try:
        LINKS.count(client_address(request))
    except RateLimited:
        return redirect("/login/?link=busy")
    user = sign_in_links.redeem(token)
    return _let_in(request, user, "/") if user else redirect("/login/?link=used")


@require_POST
def log_out(request: HttpRequest) -> HttpResponse:
    response = redirect("login")
    with contextlib.suppress(NotAuthenticated):
        sessions.close_session(tokens.authenticate(sessions.cookie_token(request)))
    sessions.clear_cookie(response)
    return response


@never_cache
def back_office_sign_in(request: HttpRequest) -> HttpResponse:
    """Answer those whom the back office does not let in: 403 for a signed-in user, the sign-in page for others."""
    user = request.user
    if user.is_authenticated and not (isinstance(user, User) and user.is_staff):
        return render(request, "accounts/not_staff.html", status=403)
    response = redirect("login")
    response["Location"] += f"?{request.GET.urlencode()}"
    return response


def _by_password(request: HttpRequest, form: SignInForm) -> HttpResponse:
    PASSWORDS.count(client_address(request))
    if not form.is_valid():
        return _page(request, form, status=422)
    ACCOUNTS.count(form.cleaned_data["email"].lower())
    user = authenticate(request, username=form.cleaned_data["email"], password=form.cleaned_data["password"])
    if not isinstance(user, User) or (settings.PIXORA_SUPABASE_ACCOUNTS and not user.is_staff):
        return _page(request, form, status=422, sentence="This e-mail address and password do not belong together.")
    return _let_in(request, user, _next(request))


def _let_in(request: HttpRequest, user: User, place: str) -> HttpResponseRedirect:
    return _with_cookie(request, sessions.open_session(user, device=devices.of(request)), place)


def _with_cookie(request: HttpRequest, session: Session, place: str) -> HttpResponseRedirect:
    """CSRF tokens from before the sign-in are worth nothing after it."""
    rotate_token(request)
    response = HttpResponseRedirect(place)
    sessions.set_cookie(response, session)
    return response


def _refuse(request: HttpRequest, form: SignInForm, error: PixoraError) -> HttpResponse:
    response = _page(request, form, status=status_of(error), sentence=error.message)
    if isinstance(error, RateLimited):
        response["Retry-After"] = str(error.retry_after_s)
    return response


def _page(request: HttpRequest, form: SignInForm, *, status: int = 200, sentence: str = "") -> HttpResponse:
    place = _next(request)
    shown = {
        "form": form,
        "sentence": sentence,
        "reason": _reason(place, has_ended="ended" in request.GET),
        "is_operator": settings.DEBUG or _is_on_this_machine(request),
        "next": place,
        "link": request.GET.get("link"),
        "closed": "closed" in request.GET,
        "supabase": settings.SUPABASE_URL if settings.PIXORA_SUPABASE_ACCOUNTS else "",
        "supabase_key": settings.SUPABASE_ANON_KEY,
    }
    return render(request, "accounts/login.html", shown, status=status)


def _reason(place: str, *, has_ended: bool) -> str:
    """Say why somebody who was on the way to `place` sees this page; empty where they began here."""
    stage = next((name for path, name in PLACES.items() if place.startswith(path)), "")
    go_on = f"Sign in to go on{f' with {stage}' if stage else ''}."
    if has_ended:
        return f"You were signed out. {go_on}"
    return go_on if stage else ""


def _is_on_this_machine(request: HttpRequest) -> bool:
    """True for whoever runs Pixora on their own computer, and can type its commands."""
    try:
        return ip_address(client_address(request)).is_loopback
    except ValueError:
        return False


def _next(request: HttpRequest) -> str:
    """Return the place to go on to, which is one of our own."""
    wanted = request.POST.get("next") or request.GET.get("next") or "/"
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else "/"
