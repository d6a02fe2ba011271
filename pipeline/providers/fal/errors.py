"""fal's errors in our words, once. What fal wrote never leaves this module; its machine-readable `type` decides."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

import httpx

from pipeline.providers.refusals import refused_still, refused_words
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

RETRYABLE = frozenset(
    {
        *("internal_server_error", "generation_timeout", "downstream_service_error", "downstream_service_unavailable"),
        *("request_timeout", "startup_timeout", "runner_scheduling_failure", "runner_connection_timeout"),
        *("runner_disconnected", "runner_connection_refused", "runner_connection_error", "runner_incomplete_response"),
        *("runner_server_error",),
    }
)
PICTURE = frozenset(
    {
        *("image_too_small", "image_too_large", "image_load_error", "file_download_error", "file_too_large"),
        *("face_detection_error", "unsupported_image_format"),
    }
)
TOO_LONG = frozenset({"sequence_too_long", "string_too_long"})
REFUSED, NOTHING = "content_policy_violation", "no_media_generated"
TOLD = frozenset(
    {
        *(REFUSED, NOTHING, "missing", "value_error", "literal_error", "extra_forbidden", "feature_not_supported"),
        *("string_type", "int_type", "one_of", "less_than_equal", "greater_than_equal"),
    }
)
"""Besides those above, the types that may stand in the log. Any other may be anything, a key included."""
PICTURE_FIELDS = frozenset({"image_url", "start_image_url", "tail_image_url", "end_image_url"})

BAD_PICTURE = "The generator cannot use this picture: make or upload another one."
LONG_PROMPT = "This text is too long for the generator: shorten it."
NOTHING_MADE = "The generator made nothing of this: describe it differently."
MISFIT = "The generator did not accept the request: choose another model, or tell whoever runs this site."
ACCOUNT = "The generator's account does not work at the moment: tell whoever runs this site."
GONE = "This generator is not offered any more: choose another model."
BUSY = "The generator is overloaded."
BROKEN = "The generator failed."


def explain(answer: httpx.Response) -> ProviderError:
    """Explain an answer with an error status: to a submission, or in place of a job's result."""
    details = _details(answer)
    kind = _kind(details, answer)
    is_known = kind in RETRYABLE | PICTURE | TOO_LONG | TOLD
    log.warning("fal answered %s (%s)", answer.status_code, kind if is_known else "no type that is known")
    known = _of_kind(kind, details)
    if known:
        return known
    return _of_status(answer)


def is_about_the_job(answer: httpx.Response) -> bool:
    """True for a failed job's own error; not where no answer could be given now, or not yet: a 400 of no type."""
    refused = answer.is_client_error and answer.status_code not in (400, 408, 409, 425, 429)
    return refused or bool(_kind(_details(answer), answer))


def _of_kind(kind: str, details: list[Mapping[str, Any]]) -> ProviderError | None:
    if kind == REFUSED:
        return _refused(details)
    if kind == NOTHING:
        return ProviderError(NOTHING_MADE, code="refused_prompt", trouble="refused")
    if kind in PICTURE:
        return ProviderError(BAD_PICTURE, code="unsupported_media")
    if kind in TOO_LONG:
        return ProviderError(LONG_PROMPT, code="invalid")
    if kind in RETRYABLE:
        return ProviderError(BROKEN, retryable=True, trouble="down")
    return None


def _refused(details: list[Mapping[str, Any]]) -> ProviderError:
    named = {str(part) for detail in details for part in _list(detail.get("loc"))}
    return refused_still() if named & PICTURE_FIELDS else refused_words()


def _of_status(answer: httpx.Response) -> ProviderError:
    match answer.status_code:
        case 401 | 402 | 403:
            return ProviderError(ACCOUNT)
        case 404 | 405 | 410:
            return ProviderError(GONE, trouble="gone")
        case 409 | 425 | 429:
            return ProviderError(BUSY, retryable=True, retry_after_s=_retry_after_s(answer))
        case status if status >= 500:
            again = answer.headers.get("x-fal-retryable", "true").lower() != "false"
            return ProviderError(BROKEN, retryable=again, trouble="down")
        case _:
            return ProviderError(MISFIT)


def _kind(details: list[Mapping[str, Any]], answer: httpx.Response) -> str:
    said = details[0].get("type") if details else None
    return str(said or _body(answer).get("error_type") or answer.headers.get("x-fal-error-type") or "")[:60]


def _details(answer: httpx.Response) -> list[Mapping[str, Any]]:
    return [entry for entry in _list(_body(answer).get("detail")) if isinstance(entry, dict)]


def _list(value: object) -> list[Any]:
    return value if isinstance(value, list) else []


def _body(answer: httpx.Response) -> Mapping[str, Any]:
    try:
        body = answer.json()
    except (ValueError, RecursionError):
        return {}
    return body if isinstance(body, dict) else {}


def _retry_after_s(answer: httpx.Response) -> float:
    text = answer.headers.get("retry-after", "")
    return min(float(text), 300.0) if text.isdecimal() else 0.0
