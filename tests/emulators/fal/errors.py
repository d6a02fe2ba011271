"""fal's error bodies: `detail` is a sentence for what the platform says, a list for what a model says."""

from __future__ import annotations

from typing import Any

from pydantic import ValidationError
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.knobs import Fault

KEY = "emulated:key"
DOCS = "https://docs.fal.ai/errors"


class Failure(Exception):
    """The end of a job that fails."""

    def __init__(self, status: int, body: dict[str, Any], headers: dict[str, str]) -> None:
        super().__init__(status)
        self.status, self.body, self.headers = status, body, headers

    def response(self) -> Response:
        return JSONResponse(self.body, status_code=self.status, headers=self.headers)


def model_failure(kind: str, loc: list[str], msg: str, *, status: int = 422, retryable: bool = False) -> Failure:
    detail: dict[str, Any] = {"loc": loc, "msg": msg, "type": kind, "url": f"{DOCS}#{kind}", "ctx": {}, "input": None}
    return Failure(status, {"detail": [detail]}, {"X-Fal-Retryable": str(retryable).lower()})


def invalid(error: ValidationError) -> Failure:
    detail: list[dict[str, Any]] = [
        {"loc": ["body", *found["loc"]], "msg": found["msg"], "type": found["type"], "input": found["input"]}
        for found in error.errors(include_url=False, include_context=False)
    ]
    return Failure(422, {"detail": detail}, {"X-Fal-Retryable": "false"})


def platform_failure(kind: str, status: int) -> Failure:
    return Failure(status, {"detail": "The request failed", "error_type": kind}, {"X-Fal-Error-Type": kind})


def refuse(fault: Fault) -> Response:
    if fault.kind == "rate_limited":
        headers = {} if fault.retry_after_s is None else {"Retry-After": f"{fault.retry_after_s:g}"}
        return JSONResponse({"detail": "Too many requests"}, status_code=429, headers=headers)
    if fault.kind == "no_quota":
        return JSONResponse({"detail": "User is locked. Reason: Exhausted balance."}, status_code=403)
    return JSONResponse({"detail": "Internal Server Error"}, status_code=fault.status)


def check_key(request: Request) -> Response | None:
    if request.headers.get("authorization") == f"Key {KEY}":
        return None
    return JSONResponse({"detail": "Cannot access application. Authentication is required."}, status_code=401)
