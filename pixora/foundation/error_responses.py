"""The one shape of a refusal over HTTP: `{"error": {"code", "message", "details"}}`, with its statuses."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import JsonResponse
from pydantic import BaseModel, ConfigDict, Field

from pixora.foundation.errors import PixoraError, RateLimited

STATUS: Mapping[str, int] = {
    "invalid": 422,
    "not_authenticated": 401,
    "password_needed": 401,
    "login_again": 401,
    "forbidden": 403,
    "missing_scope": 403,
    "not_found": 404,
    "method_not_allowed": 405,
    "version_conflict": 409,
    "quote_changed": 409,
    "not_ready": 409,
    "run_active": 409,
    "quote_expired": 410,
    "insufficient_credits": 402,
    "key_cap": 402,
    "refused_prompt": 422,
    "refused_picture": 422,
    "too_large": 413,
    "unsupported_media": 415,
    "rate_limited": 429,
    "service_unavailable": 503,
    "provider_unavailable": 503,
    "internal": 500,
}
CODES: Mapping[int, str] = {status: code for code, status in reversed(list(STATUS.items()))} | {400: "invalid"}
"""What a bare status means; the first of its codes, used where no error of ours says more."""


class Refusal(BaseModel):
    """An account of what went wrong, for programs (`code`), people (`message`) and forms (`details`)."""

    model_config = ConfigDict(
        json_schema_extra={"example": {"code": "not_found", "message": "There is no such task.", "details": {}}}
    )

    code: str = Field(description=f"One of {', '.join(STATUS)}.")
    message: str = Field(description="One sentence that may be shown to the user.")
    details: dict[str, Any]


class RefusalBody(BaseModel):
    error: Refusal


def refusals(*statuses: int) -> dict[int, type[RefusalBody]]:
    """Return the refusals with these statuses, for an operation's `response={200: …, **refusals(401, 404, 422)}`."""
    return dict.fromkeys(statuses, RefusalBody)


def status_of(error: PixoraError) -> int:
    """Return the status of an error's code, or of the code of the nearest class above it that has one; else 500."""
    codes = [error.code, *(getattr(kind, "code", "") for kind in type(error).__mro__)]
    return next((STATUS[code] for code in codes if code in STATUS), 500)


def refuse(status: int, code: str, message: str, details: Mapping[str, Any] | None = None) -> JsonResponse:
    """Nobody may keep it on the way: what is missing to one is there for another, and a moment later."""
    headers = {"Cache-Control": "no-store", **({"WWW-Authenticate": "Bearer"} if status == 401 else {})}
    body = {"error": {"code": code, "message": message, "details": dict(details or {})}}
    return JsonResponse(body, status=status, headers=headers)


def refuse_error(error: PixoraError) -> JsonResponse:
    response = refuse(status_of(error), error.code, error.message, error.details)
    if isinstance(error, RateLimited):
        response["Retry-After"] = str(error.retry_after_s)
    return response
