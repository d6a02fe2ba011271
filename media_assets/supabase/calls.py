"""Requests to Supabase's storage: made again after a while where that may help, and with errors of ours.

The official client tries once, and fails in the service's words. Those never leave this module: not into a message,
not into a log.
"""

from __future__ import annotations

import logging
import random
import time
from collections.abc import Callable
from typing import TypeVar

import httpx
from storage3.exceptions import StorageApiError

from pixora.foundation.errors import NotFound, ServiceDown

log = logging.getLogger(__name__)

T = TypeVar("T")

TRIES = 5
GROWTH = 2.0
LONGEST_PAUSE_S = 30.0
PASSING = frozenset({408, 423, 425, 429})
"""Statuses that another try may cure, beside all from 500 on."""
NO_BUCKET = "Bucket not found"
GARBAGE = (KeyError, TypeError, ValueError)
"""What the client raises for an answer of another shape than it knows."""


class StoredFileMissing(NotFound, FileNotFoundError):
    """A missing file, as an error of ours for doors and as what Django's storages raise for code that reads files."""

    def __init__(self) -> None:
        super().__init__("The file is not in the storage any more: make this piece again, or choose another take.")


class StorageRefused(ServiceDown):
    """Asking again does not help: somebody has to change something first."""

    retryable = False


class Duplicate(Exception):
    """There is a file of this name already."""


def ask(call: Callable[[], T], *, pause_s: float) -> T:
    """Return what `call` returns; it may be called several times.

    Raises StoredFileMissing, Duplicate, StorageRefused, or ServiceDown after the last try.
    """
    for tried in range(1, TRIES + 1):
        try:
            return call()
        except StorageApiError as error:
            status = _status(error)
            if status not in PASSING and status < 500:
                raise _permanent(status, error) from None
            reason, wished_s = f"status {status}", _retry_after_s(error)
        except httpx.TransportError as error:
            reason, wished_s = type(error).__name__, 0.0
        except GARBAGE as error:
            reason, wished_s = f"an unknown answer ({type(error).__name__})", 0.0
        if tried < TRIES:
            grown_s = pause_s * GROWTH ** (tried - 1) * random.uniform(0.75, 1.25)  # noqa: S311 - jitter, not a secret
            time.sleep(min(max(wished_s, grown_s), LONGEST_PAUSE_S))
    log.warning("the storage was asked %d times and failed: %s", TRIES, reason)
    raise ServiceDown("The storage cannot be reached at the moment: please try again soon.")


def refusal(response: httpx.Response) -> StorageApiError:
    """Build the error that the client would raise for this answer, for requests that it does not make."""
    try:
        body = response.json()
        error = StorageApiError(body["message"], body["error"], body["statusCode"])
    except GARBAGE:
        error = StorageApiError("", "", response.status_code)
    error.__cause__ = httpx.HTTPStatusError("", request=response.request, response=response)
    return error


def _permanent(status: int, error: StorageApiError) -> Exception:
    match status:
        case 404 if error.code != NO_BUCKET:
            return StoredFileMissing()
        case 404:
            log.error("the bucket is missing: run `manage.py migrate`, or create it; SUPABASE_BUCKET names it")
        case 409:
            return Duplicate()
        case 413:
            log.error("the storage takes no files of this size: raise the project's or the bucket's limit")
            return StorageRefused("The storage takes no files as large as this one: choose a lower resolution.")
        case 401 | 403:
            log.error("the storage refuses SUPABASE_SERVICE_KEY: it must be the project's secret (service role) key")
        case _:
            log.error("the storage refuses a request with status %d", status)
    return StorageRefused("The storage does not take or give files at the moment: tell whoever runs Pixora.")


def _status(error: StorageApiError) -> int:
    """The body's, as digits: the service says most things under HTTP's 400. A number is HTTP's own, of an answer in no
    known shape; such a 400 is no word of the service's but of something before it."""
    try:
        return 502 if error.status == 400 else int(error.status)
    except (TypeError, ValueError):
        return 500


def _retry_after_s(error: BaseException | None) -> float:
    while error is not None and not isinstance(error, httpx.HTTPStatusError):
        error = error.__cause__ or error.__context__
    wished = error.response.headers.get("retry-after", "") if error else ""
    return float(wished) if wished.isdecimal() else 0.0
