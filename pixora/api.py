"""The REST API: the apps' routers under one roof, and one shape for whatever goes wrong."""

from __future__ import annotations

import json
import logging
import re
from collections.abc import Iterator
from typing import Any

import pydantic
from django.core.exceptions import RequestDataTooBig, SuspiciousOperation
from django.db import InterfaceError, OperationalError
from django.http import Http404, HttpRequest, HttpResponse
from django.http.multipartparser import MultiPartParserError
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.schema import OpenAPISchema
from ninja.operation import Operation
from ninja.parser import Parser

from pixora.accounts import tokens
from pixora.accounts.auth import SIGNED_IN
from pixora.foundation.error_responses import CODES, refuse, refuse_error
from pixora.foundation.errors import MOST_PROBLEMS, PixoraError
from pixora.foundation.plain_sentences import path_of, what_is_wrong

log = logging.getLogger("pixora.api")

ROUTERS = (
    "pixora.accounts.api.router",
    "pixora.accounts.me.router",
    "pixora.accounts.keys_api.router",
    "pipeline.api.account.router",
    "pipeline.api.tasks.router",
    "pipeline.api.scripts.router",
    "pipeline.api.components.router",
    "pipeline.api.timeline.router",
    "pipeline.api.runs.router",
    "pipeline.api.options.router",
    "pipeline.api.orders.router",
    "pipeline.api.versions.router",
    "pipeline.webhooks.api.router",
    "pipeline.api.webhooks.router",
    "pipeline.api.shares.router",
    "pipeline.api.notes.router",
    "pipeline.api.guests.router",
    "pipeline.api.material.router",
    "pipeline.api.own_voices.router",
    "chat.api.router",
)
"""Dotted names; an app adds its own here. Every operation needs a sign-in unless it says `auth=None`."""


_HALF_PAIR = re.compile(rb"\\u[dD][89a-fA-F]")


class Bodies(Parser):
    """JSON whose texts can be stored: halves of surrogate pairs are no letters of any text."""

    def parse_body(self, request: HttpRequest) -> Any:
        """Raises ValueError."""
        found = super().parse_body(request)
        if _HALF_PAIR.search(request.body):
            json.dumps(found, ensure_ascii=False).encode()
        return found


class Api(NinjaAPI):
    def get_openapi_operation_id(self, operation: Operation) -> str:
        """The function's name, which therefore is unique over all routers: generated clients carry it."""
        name: str = operation.view_func.__name__
        return name

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        """ninja's, where each operation says by `x-scope` what a key needs for it; none has those of people alone."""
        schema = super().get_openapi_schema(**options)
        scopes = {self.get_openapi_operation_id(each): _scope_of(each) for each in self._operations()}
        for path in schema["paths"].values():
            for told in path.values():
                if scope := scopes.get(told.get("operationId", "")):
                    told["x-scope"] = scope
        return schema

    def _operations(self) -> Iterator[Operation]:
        for _, router in self._routers:
            for path in router.path_operations.values():
                yield from path.operations


def _scope_of(operation: Operation) -> str | None:
    found = (getattr(callback, "scope", None) for callback in operation.auth_callbacks)
    return next((scope.value for scope in found if scope), None)


api = Api(
    title="Pixora",
    version="1",
    description=(
        "Chat with an agent, get a finished video. Errors have one shape; `code` is for programs. `x-rate-limit` says "
        "how often a user may ask for an operation; `rate_limited` then says when to come again."
    ),
    urls_namespace="api",
    auth=list(SIGNED_IN),
    parser=Bodies(),
)
for router in ROUTERS:
    api.add_router("", router)


@api.exception_handler(PixoraError)
def refuse_ours(request: HttpRequest, error: PixoraError) -> HttpResponse:
    response = refuse_error(error)
    if response.status_code >= 500:
        log.error("%s: %s", error.code, error.message, exc_info=error)
    return response


@api.exception_handler(ValidationError)
@api.exception_handler(pydantic.ValidationError)
def refuse_invalid(request: HttpRequest, error: ValidationError | pydantic.ValidationError) -> HttpResponse:
    """Names every field, as far as somebody would read on; the values that were sent are not repeated."""
    found = error.errors if isinstance(error, ValidationError) else error.errors(include_input=False)
    problems = [{"field": _field(each["loc"]), "message": what_is_wrong(each)} for each in found[:MOST_PROBLEMS]]
    first = problems[0]
    details = {"field": first["field"], "problems": problems}
    return refuse(422, "invalid", f"{first['field'] or 'The body'}: {first['message']}.", details)


def _field(place: tuple[Any, ...]) -> str:
    """`("body", "payload", "clips", 2, "title")` is `clips[2].title`: ninja puts where it looked and the parameter's
    name in front."""
    return path_of(tuple(place[2:] if place[:1] == ("body",) else place[1:] or place))


@api.exception_handler(AuthenticationError)
def refuse_unknown(request: HttpRequest, error: AuthenticationError) -> HttpResponse:
    return refuse_error(tokens.nobody())


@api.exception_handler(Http404)
def refuse_missing(request: HttpRequest, error: Http404) -> HttpResponse:
    return refuse(404, "not_found", "It does not exist, or it is not yours.")


@api.exception_handler(RequestDataTooBig)
def refuse_large(request: HttpRequest, error: RequestDataTooBig) -> HttpResponse:
    return refuse(413, "too_large", "This request is too large.")


@api.exception_handler(SuspiciousOperation)
@api.exception_handler(MultiPartParserError)
def refuse_unreadable(request: HttpRequest, error: Exception) -> HttpResponse:
    return refuse(422, "invalid", "This request cannot be read: it is broken, or has more parts than it may have.")


@api.exception_handler(HttpError)
def refuse_http(request: HttpRequest, error: HttpError) -> HttpResponse:
    """ninja's own words; a body that cannot be read counts as invalid like one that can."""
    status = 422 if error.status_code == 400 else error.status_code
    return refuse(status, CODES.get(status, "invalid" if status < 500 else "internal"), error.message)


@api.exception_handler(OperationalError)
@api.exception_handler(InterfaceError)
def refuse_without_database(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("the database cannot be used", exc_info=error)
    return refuse(503, "service_unavailable", "Pixora cannot reach its database: please try again soon.")


@api.exception_handler(Exception)
def refuse_broken(request: HttpRequest, error: Exception) -> HttpResponse:
    log.error("an operation failed", exc_info=error)
    return refuse(500, "internal", "Something went wrong on our side.")
