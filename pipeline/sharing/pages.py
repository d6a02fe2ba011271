"""The pages behind a link: the film to watch, with notes and approvals where the link allows them.

They need no account, no cookie but a password's, and no JavaScript.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from uuid import UUID

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.http.response import HttpResponseBase
from django.template import loader
from django.views.decorators.cache import never_cache
from django.views.decorators.clickjacking import xframe_options_exempt
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from media_assets.models import Asset
from media_assets.signing import signed_thumbnail_url, signed_url
from pipeline.models import Can, Share, Task
from pipeline.queries.credentials import credentials_of
from pipeline.sharing import cuts, guest_actions, links, made_how, oembed, reviews, version_choice, wording
from pixora.foundation.error_responses import status_of
from pixora.foundation.errors import NotAuthenticated, NotFound, PixoraError, RateLimited

COOKIE = "pixora_share"
VERSION = "version"
"""The parameter of an address that names one of the film's versions."""
ROBOTS = ("bot", "crawl", "spider", "preview", "facebookexternalhit", "slack", "whatsapp", "telegram")
"""Programs that look at a link to show a card of it; to its owner they are nobody who opened it."""
View = Callable[..., HttpResponseBase]


def behind_a_link(view: View) -> View:
    """Find the link of an address, and tell whoever has a wrong one so: the view gets the request and the Share."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, **parts: Any) -> HttpResponseBase:
        try:
            answer = view(request, guest_actions.link(request, token), token=token, **parts)
        except PixoraError as error:
            answer = _refused(request, error)
        answer["Referrer-Policy"] = "no-referrer"
        answer["X-Robots-Tag"] = "noindex, nofollow"
        return answer

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@behind_a_link
def page(request: HttpRequest, share: Share, *, token: str) -> HttpResponseBase:
    """Show the film, or ask for its password and take it."""
    if request.method == "POST":
        return _unlocked(request, share, token)
    if not _is_open(request, share):
        return _ask(request)
    key = request.GET.get(VERSION, "")
    shown = _shown_version(request, share, token, key) if key else _shown(request, share, token)
    if request.method == "GET" and not key and not _is_robot(request):
        links.count_opening(share)
    return _page("share/page.html", shown)


@require_safe
@behind_a_link
def review(request: HttpRequest, share: Share, *, token: str) -> HttpResponseBase:
    """Show the notes and approvals alone, for the page's script to put in the place of those before."""
    links.check_pass(share, request.COOKIES.get(COOKIE, ""))
    return _page("share/review.html", _shown(request, share, token))


@require_POST
@behind_a_link
def leave_note(request: HttpRequest, share: Share, *, token: str) -> HttpResponseBase:
    links.check_pass(share, request.COOKIES.get(COOKIE, ""))
    note = guest_actions.leave_note(request, share, guest_actions.read(guest_actions.NewNote, request.POST))
    return _back(token, f"note-{note.id}")


@require_POST
@behind_a_link
def resolve_note(request: HttpRequest, share: Share, *, token: str, note_id: UUID) -> HttpResponseBase:
    links.check_pass(share, request.COOKIES.get(COOKIE, ""))
    guest_actions.resolve_note(request, share, note_id, guest_actions.read(guest_actions.Resolution, request.POST))
    return _back(token, f"note-{note_id}")


@require_POST
@behind_a_link
def approve(request: HttpRequest, share: Share, *, token: str) -> HttpResponseBase:
    links.check_pass(share, request.COOKIES.get(COOKIE, ""))
    scene, _, yes = request.POST.get("answer", "").partition(":")
    said = {"scene": scene, "yes": yes, "name": request.POST.get("name", "")}
    guest_actions.approve(request, share, guest_actions.read(guest_actions.NewApproval, said))
    return _back(token, "approvals")


@require_safe
@xframe_options_exempt
@behind_a_link
def embed(request: HttpRequest, share: Share, *, token: str) -> HttpResponseBase:
    """Show the player alone, for pages of the origins that the film's owner named."""
    shown = {**_words(request), "page_url": f"/s/{token}", "needs_password": not _is_open(request, share)}
    if not shown["needs_password"]:
        shown |= _film(share, token)
    answer = _page("share/embed.html", shown)
    answer.framed_by = share.embed_origins  # type: ignore[attr-defined]
    return answer


@require_safe
@behind_a_link
def media(request: HttpRequest, share: Share, *, token: str, what: str) -> HttpResponseBase:
    """Send the browser on to a file of the cut, at an address that is signed for an hour."""
    links.check_pass(share, request.COOKIES.get(COOKIE, ""))
    _, cut = version_choice.shown(share, request.GET.get(VERSION, ""))
    address = _addresses(cut).get(what)
    if address is None:
        raise NotFound("The film has no such file.")
    return HttpResponseRedirect(address)


@require_safe
@behind_a_link
def told_to_embedders(request: HttpRequest, share: Share, *, token: str) -> HttpResponseBase:
    """Answer as oEmbed 1.0 says."""
    cut = cuts.shown_by(share) if not share.password else None
    limits = {name: request.GET.get(name, "") for name in ("maxwidth", "maxheight")}
    answer = JsonResponse(oembed.answer(share, token, cut, **limits))
    answer["Access-Control-Allow-Origin"] = "*"
    return answer


def _page(template: str, shown: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page without what pages for users are given beside: nobody is signed in here."""
    return HttpResponse(loader.get_template(template).render(shown), status=status)


def _addresses(cut: cuts.Cut) -> dict[str, str]:
    files: dict[str, Asset | None] = {"film": cut.video.asset, "captions": cut.captions, "poster": cut.poster}
    found = {what: signed_url(asset) for what, asset in files.items() if asset}
    thumbnail = signed_thumbnail_url(cut.poster) if cut.poster else None
    return {**found, **({"thumbnail": thumbnail} if thumbnail else {})}


def _film(share: Share, token: str) -> dict[str, Any]:
    """Return what every page with a player shows; without a cut only the film's title."""
    shown: dict[str, Any] = {"title": share.task.title, "root": f"/s/{token}", "cut": None}
    try:
        cut = cuts.shown_by(share)
    except NotFound:
        return shown
    return {**shown, **_player(share.task, cut)}


def _player(task: Task, cut: cuts.Cut) -> dict[str, Any]:
    width, height = cut.size
    language = str(task.settings.get("language", ""))
    return {"title": task.title, "cut": cut, "width": width, "height": height, "film_language": language}


def _shown_version(request: HttpRequest, share: Share, token: str, key: str) -> dict[str, Any]:
    """Return what the page shows of another version: to watch it. Notes and approvals are of the link's own film."""
    shown = {**_words(request), "root": f"/s/{token}", "which": f"?{VERSION}={key}", "share": share}
    shown |= {**_player(*version_choice.shown(share, key)), **oembed.card(share, token)}
    return {**shown, **_beside(share, shown, key)}


def _beside(share: Share, shown: dict[str, Any], key: str) -> dict[str, Any]:
    """Return how the film that is shown was made, and the versions that the guest may switch to."""
    found, words, others = credentials_of(shown["cut"].video), shown["words"], version_choice.versions_of(share)
    links_to = [(each.key if place else "", each.label(others), each.language) for place, each in enumerate(others)]
    told = {"made_lines": made_how.lines(found, words), "made_signed": made_how.signed(found, words)}
    own = others[0].key if others else ""
    return {**told, "versions": links_to, "version": "" if key == own else key}


def _shown(request: HttpRequest, share: Share, token: str) -> dict[str, Any]:
    shown = {**_words(request), **_film(share, token), "share": share, **oembed.card(share, token)}
    if shown["cut"]:
        shown |= _beside(share, shown, "")
    if share.can != Can.VIEW and shown["cut"]:
        shown |= reviews.shown(share, shown["cut"], author_key=request.headers.get("X-Author", ""))
    return shown


def _words(request: HttpRequest) -> dict[str, Any]:
    language = wording.language_of(request)
    return {"language": language, "words": wording.languages()[language]}


def _is_open(request: HttpRequest, share: Share) -> bool:
    try:
        links.check_pass(share, request.COOKIES.get(COOKIE, ""))
    except NotAuthenticated:
        return False
    return True


def _ask(request: HttpRequest, *, is_wrong: bool = False) -> HttpResponse:
    status = 403 if is_wrong else 200
    return _page("share/password.html", {**_words(request), "is_wrong": is_wrong}, status=status)


def _unlocked(request: HttpRequest, share: Share, token: str) -> HttpResponse:
    try:
        shown = guest_actions.unlock(request, share, request.POST.get("password", ""))
    except NotAuthenticated:
        return _ask(request, is_wrong=True)
    answer = _back(token, "")
    life_s, path = int(links.PASS_LIFE.total_seconds()), f"/s/{token}"
    secure = request.is_secure()
    answer.set_cookie(COOKIE, shown, max_age=life_s, path=path, httponly=True, samesite="Lax", secure=secure)
    return answer


def _back(token: str, place: str) -> HttpResponse:
    """Lead to the page again, so that loading it anew sends nothing twice."""
    answer = HttpResponse(status=303)
    answer["Location"] = f"/s/{token}{f'#{place}' if place else ''}"
    return answer


def _refused(request: HttpRequest, error: PixoraError) -> HttpResponse:
    kind = "busy" if isinstance(error, RateLimited) else "gone" if isinstance(error, NotFound) else "other"
    shown = {**_words(request), "kind": kind, "sentence": error.message}
    answer = _page("share/refused.html", shown, status=status_of(error))
    if isinstance(error, RateLimited):
        answer["Retry-After"] = str(error.retry_after_s)
    return answer


def _is_robot(request: HttpRequest) -> bool:
    agent = request.headers.get("User-Agent", "").lower()
    return any(word in agent for word in ROBOTS)
