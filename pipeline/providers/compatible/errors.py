"""The meaning of an own server's errors: code, sentence, whether to try again. Its own words go nowhere.

Nothing is paid for what it makes, so an answer that was lost on the way is simply asked for again.
"""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import httpx

from pipeline.providers.openai.answers import as_object, string
from pixora.foundation.errors import ProviderError

log = logging.getLogger(__name__)

LLM, IMAGES, SPEECH = "The language model", "The picture generator", "The voice"
"""What is asked, as errors call it."""
OPERATOR = "whoever runs Pixora can look at its server"
LONGEST_WAIT_S = 300.0
NOT_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout, httpx.UnsupportedProtocol)
NOT_TAKEN = frozenset({400, 415, 422, 501})
"""The statuses of a request that holds something the server does not know."""
TOO_LONG = re.compile(
    r"context.{0,20}(length|size|window|exceed|limit)|exceed\w*.{0,20}context|too many tokens|n_ctx|max_model_len"
    r"|maximum (context|sequence|input) length|prompt is too long|input is too long",
    re.IGNORECASE,
)
WINDOW = re.compile(r"(?:context (?:length|size|window)|n_ctx|max_model_len)\D{1,40}(\d{3,7})\b", re.IGNORECASE)
TEMPLATE = re.compile(r"template|jinja|roles must alternate|system role|tool.?choice|grammar", re.IGNORECASE)
"""What a model's own chat template cannot put into words is told with status 500 by some."""


class Refused(Exception):
    """A server's refusal before it is told to anybody: what it was about decides what is tried instead."""

    def __init__(
        self,
        status: int,
        *,
        about_length: bool,
        about_template: bool,
        is_no_address: bool,
        window: int,
        retry_after_s: float,
    ) -> None:
        super().__init__(status)
        self.status, self.about_length, self.about_template = status, about_length, about_template
        self.is_no_address, self.window = is_no_address, window
        self.retry_after_s = retry_after_s

    @property
    def about_form(self) -> bool:
        """True where a simpler request may be taken."""
        return (self.status in NOT_TAKEN or self.about_template) and not self.about_length


def refused(answer: httpx.Response) -> Refused:
    """Read a refusal, whatever its shape: `{"error": {…}}`, `{"error": "…"}`, `{"detail": …}` or plain text."""
    said = answer.text[:4_000]
    return Refused(
        answer.status_code,
        about_template=answer.status_code == 500 and bool(TEMPLATE.search(said)),
        about_length=answer.status_code in (400, 413, 422, 500) and bool(TOO_LONG.search(said)),
        is_no_address=answer.status_code in (404, 405, 501) and not _names_model(answer),
        window=_window(said),
        retry_after_s=_retry_after_s(answer),
    )


def _window(said: str) -> int:
    """The window in tokens where a refusal names it, else 0."""
    found = WINDOW.search(said)
    return int(found[1]) if found else 0


def _names_model(answer: httpx.Response) -> bool:
    """True where it is the model that is missing, and not the address."""
    try:
        error: Any = as_object(answer.json()).get("error")
    except (ValueError, RecursionError):
        return False
    said = error if isinstance(error, str) else " ".join(string(value) for value in as_object(error).values())
    return "model" in said.lower()


def _retry_after_s(answer: httpx.Response) -> float:
    value = answer.headers.get("retry-after", "")
    return min(float(value), LONGEST_WAIT_S) if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value) else 0.0


@contextmanager
def translated(subject: str) -> Iterator[None]:
    """Raise whatever goes wrong with an own server as a ProviderError about its `subject` ("The language model")."""
    try:
        yield
    except Refused as error:
        raise _refusal(error, subject) from None
    except NOT_SENT:
        raise again(f"{subject} cannot be reached at the moment.") from None
    except (httpx.TimeoutException, TimeoutError):
        raise again(f"{subject} took too long to answer.") from None
    except (httpx.DecodingError, ValueError, RecursionError):
        raise again(f"{subject} answered something that cannot be read.") from None
    except httpx.HTTPError:
        raise again(f"The connection to {_lower(subject)} broke off.") from None


def again(message: str) -> ProviderError:
    """Return the error for what may go well another time."""
    return ProviderError(message, retryable=True)


def _refusal(error: Refused, subject: str) -> ProviderError:
    if error.about_length:
        return ProviderError(
            f"This is too long for {_lower(subject)}: make the film shorter.", code="context_too_small"
        )
    match error.status:
        case 401 | 402 | 403:
            return _operators(error, f"{subject} does not accept Pixora's key")
        case 404 | 405 if error.is_no_address:
            return _operators(error, f"{subject} is not at the address that is set")
        case 404:
            return _operators(error, f"{subject} that is set is not on its server")
        case 408 | 409 | 425 | 429:
            return ProviderError(f"{subject} is busy at the moment.", retryable=True, retry_after_s=error.retry_after_s)
        case status if status >= 500 and status != 501:
            return ProviderError(
                f"{subject} has a problem at the moment.", retryable=True, retry_after_s=error.retry_after_s
            )
    return _operators(error, f"{subject} did not understand the request")


def _operators(error: Refused, message: str) -> ProviderError:
    log.error("%s: status %d", message, error.status)
    return ProviderError(f"{message}; {OPERATOR}.")


def _lower(subject: str) -> str:
    return subject[:1].lower() + subject[1:]
