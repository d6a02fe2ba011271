"""Supabase's error bodies. Storage says almost everything under HTTP's 400 and means the body's `statusCode`."""

from __future__ import annotations

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from tests.emulators.knobs import Fault
from tests.emulators.vendor import Handler, Vendor


class Refused(Exception):
    """Raised by a handler, answered as storage would."""

    def __init__(self, status: int, error: str, code: str, message: str, *, http: int = 0) -> None:
        super().__init__(message)
        self.http = http or (500 if status == 500 else 400)
        self.body = {"statusCode": str(status), "error": error, "code": code, "message": message}

    def response(self, **headers: str) -> Response:
        return JSONResponse(self.body, status_code=self.http, headers=headers)


def refuse(fault: Fault) -> Response:
    headers = {} if fault.retry_after_s is None else {"retry-after": f"{fault.retry_after_s:g}"}
    if fault.kind == "rate_limited":
        text = "Too many connections issued to the database"
        return Refused(429, "too_many_connections", "SlowDown", text, http=429).response(**headers)
    return Refused(fault.status, "Internal", "InternalError", "Internal Server Error", http=fault.status).response()


def answering(handler: Handler) -> Handler:
    async def answer(request: Request, here: Vendor) -> Response:
        try:
            return await handler(request, here)
        except Refused as refused:
            return refused.response()

    return answer


def no_such_key() -> Refused:
    return Refused(404, "not_found", "NoSuchKey", "Object not found")


def no_such_bucket() -> Refused:
    return Refused(404, "Bucket not found", "NoSuchBucket", "Bucket not found")


def duplicate() -> Refused:
    return Refused(409, "Duplicate", "ResourceAlreadyExists", "The resource already exists")


def invalid_key(name: str) -> Refused:
    return Refused(400, "InvalidKey", "InvalidKey", f"Invalid key: {name}")


def invalid_request(message: str) -> Refused:
    return Refused(400, "Error", "InvalidRequest", message)


def too_large() -> Refused:
    return Refused(413, "Payload too large", "EntityTooLarge", "The object exceeded the maximum allowed size")


def wrong_kind(kind: str) -> Refused:
    return Refused(415, "invalid_mime_type", "InvalidMimeType", f"mime type {kind} is not supported")


def invalid_range() -> Refused:
    return Refused(400, "invalid_range", "InvalidRange", "invalid range provided")


def unauthorized(message: str) -> Refused:
    return Refused(403, "Unauthorized", "AccessDenied", message)


def denied_by_policy() -> Refused:
    return unauthorized("new row violates row-level security policy")


def invalid_jwt(message: str) -> Refused:
    return Refused(400, "InvalidJWT", "InvalidJWT", message)


def invalid_signature() -> Refused:
    return Refused(400, "InvalidSignature", "InvalidSignature", "Invalid signature")
