from __future__ import annotations

import time

from django.core.cache import cache
from django.http import HttpRequest
from ninja import Field, Router, Schema
from redis.exceptions import RedisError

from pipeline.providers.vendor_ids import stored_id
from pipeline.webhooks import signature
from pipeline.webhooks.address import attempt_in
from pipeline.webhooks.services import look_at
from pixora.foundation.error_responses import refusals
from pixora.foundation.errors import NotAuthenticated, ServiceDown

router = Router(tags=["webhooks"])

REPEATS_S = 3 * 3600
"""fal repeats what was not received for two hours."""


class FalNews(Schema):
    """The one part of fal's message that is read: the id of the job it is about."""

    request_id: str = Field(
        min_length=1, max_length=1000, pattern=r"^[!-~]+$", examples=["764cabcf-b745-4b3e-ae38-1200304cf45b"]
    )


class Heard(Schema):
    received: bool = Field(default=True, examples=[True])


@router.post(
    "webhooks/fal",
    auth=None,
    response={200: Heard, **refusals(401, 422, 503)},
    summary="fal tells that a job is done (signed; for fal alone)",
)
def fal_webhook(request: HttpRequest, attempt: str, body: FalNews) -> Heard:
    signature.check(request.headers, request.body, now=time.time())
    attempt_id = attempt_in(attempt)
    if attempt_id is None:
        raise NotAuthenticated("This address was not made here.")
    _hear_once(attempt_id, body.request_id)
    return Heard(received=True)


def _hear_once(attempt_id: str, request_id: str) -> None:
    """fal is answered with 503 where that cannot be known, and tells it again."""
    key = f"fal-webhook:{stored_id(request_id)}"
    try:
        if not cache.get(key):
            look_at(provider="fal", attempt_id=attempt_id, request_id=request_id)
            cache.set(key, 1, REPEATS_S)
    except RedisError as error:
        raise ServiceDown("Redis does not answer.") from error
