"""The layers that every request passes: its id and log line, the shape of API errors, the content policy."""

from __future__ import annotations

import logging
import re
import time
import uuid
from collections.abc import Collection
from urllib.parse import urlsplit

from asgiref.sync import sync_to_async
from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.utils.deprecation import MiddlewareMixin

from pixora import health
from pixora.foundation.error_responses import CODES, refuse
from pixora.foundation.logs import request_id

log = logging.getLogger("pixora.requests")

API = "/api/"
SENTENCES = {
    "not_found": "There is nothing at this address.",
    "method_not_allowed": "This address does not know this method.",
    "forbidden": "This is not allowed.",
    "invalid": "This request cannot be read.",
    "too_large": "This request is too large.",
}


class Quick(MiddlewareMixin):
    """Waits for nothing, so under ASGI it needs no thread of its own."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        return None

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        return response

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        response = self.process_request(request) or await self.get_response(request)  # type: ignore[misc]
        return self.process_response(request, response)


class HealthChecks(Quick):
    """Answers health checks whatever host they name: containers and balancers ask by address."""

    VIEWS = {"/healthz": health.alive, "/readyz": health.ready}

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        view = self.VIEWS.get(request.path_info)
        if view is None:
            response: HttpResponseBase = await self.get_response(request)  # type: ignore[misc]
            return response
        return await sync_to_async(view, thread_sensitive=False)(request)

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        view = self.VIEWS.get(request.path_info)
        return view(request) if view else None


class StreamsWithoutDatabase(Quick):
    """A layer that lets go of the database before a stream: a slow reader of a film keeps no connection from others."""

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        response = await super().__acall__(request)
        if response.streaming and settings.PIXORA_DATABASE_POOL:
            await sync_to_async(connections.close_all)()
        return response


class RequestLog(Quick):
    """One line for each request. The route is logged, never the path or the query: both can carry tokens."""

    def process_request(self, request: HttpRequest) -> None:
        given = request.headers.get("X-Request-ID", "")
        request_id.set(given if re.fullmatch(r"[\w-]{8,64}", given) else uuid.uuid4().hex)
        request.META["pixora.id"], request.META["pixora.began"] = request_id.get(), time.monotonic()

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        match = request.resolver_match
        fields = {
            "request_id": request.META["pixora.id"],
            "method": request.method,
            "route": match.route if match else "",
            "status": response.status_code,
            "ms": round(1000 * (time.monotonic() - request.META["pixora.began"])),
        }
        log.info("request", extra={"fields": fields})
        response["X-Request-ID"] = request.META["pixora.id"]
        return response


class RequestSize(Quick):
    """A layer that refuses requests that say they are larger than any may be, without reading them."""

    def process_request(self, request: HttpRequest) -> HttpResponse | None:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isdigit() and int(said[:18]) <= settings.PIXORA_MAX_REQUEST_BYTES:
            return None
        most = settings.PIXORA_MAX_REQUEST_BYTES >> 20
        return refuse(413, "too_large", f"This request is too large: {most} MB are the most.")


class Private(Quick):
    """A layer that keeps API answers to those who asked: no browser or proxy stores them, unless a view says so."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if request.path_info.startswith(API):
            response.headers.setdefault("Cache-Control", "no-store")
        return response


class ApiErrors(Quick):
    """A layer that gives the one shape to what Django itself refuses under /api/: unknown addresses, methods, hosts."""

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        is_ours = response.get("Content-Type", "").startswith("application/json")
        if response.status_code < 400 or is_ours or not request.path_info.startswith(API):
            return response
        code = CODES.get(response.status_code, "internal" if response.status_code >= 500 else "invalid")
        shaped = refuse(response.status_code, code, SENTENCES.get(code, "Something went wrong on our side."))
        for name in ("Allow", "Retry-After"):
            if name in response:
                shaped[name] = response[name]
        shaped["Content-Length"] = str(len(shaped.content))
        return shaped


class ContentPolicy(Quick):
    """The policy for what a page of ours may load. The back office's theme evaluates expressions in its markup
    (Alpine.js), and it and the API's document bring styles in theirs."""

    BACK_OFFICE = "/admin/"

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        if response.get("Content-Type", "").startswith("text/html"):
            framed_by = getattr(response, "framed_by", ())
            response.headers.setdefault("Content-Security-Policy", _policy(request.path_info, framed_by))
        return response


def _policy(path: str, framed_by: Collection[str]) -> str:
    """`framed_by` are the origins that may show the page in a frame; a view names them on its response."""
    scripts = "'self' 'unsafe-inline' 'unsafe-eval'" if path.startswith(ContentPolicy.BACK_OFFICE) else "'self'"
    styles = "'self' 'unsafe-inline'" if path.startswith((ContentPolicy.BACK_OFFICE, API)) else "'self'"
    elsewhere = _origin(settings.SUPABASE_URL)
    rules = {
        "default-src": "'self'",
        "script-src": scripts,
        "style-src": styles,
        "img-src": f"'self' data: blob: {elsewhere}",
        "media-src": f"'self' blob: {elsewhere}",
        "connect-src": f"'self' {elsewhere}",
        "object-src": "'none'",
        "base-uri": "'self'",
        "form-action": "'self'",
        "frame-ancestors": " ".join(framed_by) or "'none'",
    }
    return "; ".join(f"{name} {value.strip()}" for name, value in rules.items())


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}" if url else ""
