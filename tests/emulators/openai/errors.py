"""OpenAI's error bodies."""

from __future__ import annotations

from typing import Any

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.knobs import Fault

KEY_PREFIX = "sk-"


class Refused(Exception):
    """Raised by a handler, answered as OpenAI would."""

    def __init__(
        self, message: str, *, status: int = 400, kind: str = "invalid_request_error", param: str | None = None,
        code: str | None = None,
    ) -> None:  # fmt: skip
        super().__init__(message)
        self.status = status
        self.body = {"error": {"message": message, "type": kind, "param": param, "code": code}}

    def response(self, **headers: str) -> Response:
        return JSONResponse(self.body, status_code=self.status, headers=headers)


def refuse(fault: Fault) -> Response:
    headers = {} if fault.retry_after_s is None else {"retry-after": f"{fault.retry_after_s:g}"}
    if fault.kind == "rate_limited":
        text = "Rate limit reached for requests. Please try again later."
        return Refused(text, status=429, kind="requests", code="rate_limit_exceeded").response(**headers)
    if fault.kind == "no_quota":
        text = "You exceeded your current quota, please check your plan and billing details."
        return Refused(text, status=429, kind="insufficient_quota", code="insufficient_quota").response()
    text = "The server had an error while processing your request. Sorry about that!"
    return Refused(text, status=fault.status, kind="server_error").response(**headers)


def check_key(request: Request) -> None:
    scheme, _, key = request.headers.get("authorization", "").partition(" ")
    if scheme != "Bearer" or not key.startswith(KEY_PREFIX) or "wrong" in key:
        text = f"Incorrect API key provided: {key[:8]}***. You can find your API key in your account."
        raise Refused(text, status=401, code="invalid_api_key")


def blocked(categories: list[str]) -> Refused:
    text = f"Your request was rejected by the safety system. safety_violations={categories}."
    return Refused(text, kind="image_generation_user_error", code="moderation_blocked")


def unknown_parameter(name: str) -> Refused:
    return Refused(f"Unknown parameter: '{name}'.", param=name, code="unknown_parameter")


def missing_parameter(name: str) -> Refused:
    return Refused(f"Missing required parameter: '{name}'.", param=name, code="missing_required_parameter")


def wrong_value(name: str, text: str) -> Refused:
    return Refused(f"Invalid value for '{name}': {text}", param=name, code="invalid_value")


def no_such_model(name: Any) -> Refused:
    return Refused(
        f"The model '{name}' does not exist or you do not have access to it.",
        status=404, param="model", code="model_not_found",
    )  # fmt: skip
