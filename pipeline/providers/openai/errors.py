"""The meaning of OpenAI's errors: code, sentence, whether to try again. Its own words go nowhere."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager

import httpx2
import openai
from django.conf import settings

from pipeline.providers.openai.answers import string
from pipeline.providers.refusals import refused_prompt
from pixora.foundation.errors import ProviderError, Trouble

log = logging.getLogger(__name__)

BLOCKED = frozenset({"moderation_blocked", "content_policy_violation"})
NOT_SENT = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout)
LONGEST_WAIT_S = 300.0
"""However long a server asks us to wait."""
OPERATOR = "whoever runs Pixora has been told"
TOLD = frozenset(
    {
        *(
            "invalid_api_key",
            "model_not_found",
            "insufficient_quota",
            "billing_hard_limit_reached",
            "account_deactivated",
        ),
        *("unknown_parameter", "unsupported_parameter", "unsupported_value", "missing_required_parameter"),
        *("invalid_value", "invalid_type", "string_above_max_length", "invalid_image_file", "context_length_exceeded"),
        *(
            "model",
            "prompt",
            "size",
            "quality",
            "image",
            "input",
            "input_fidelity",
            "instructions",
            "max_output_tokens",
        ),
        *("n", "output_format", "reasoning", "reasoning.effort", "temperature", "text.format", "text.format.schema"),
        *("max_output_tokens", "store", "stream", "tools"),
    }
)
"""Codes and parameters that may stand in the log. Whatever else is said there may be anything, a key included."""


@contextmanager
def translated(prompt: str) -> Iterator[None]:
    """Raise OpenAI's errors as ours. `prompt` is what the user can change if it is refused."""
    try:
        yield
    except openai.OpenAIError as error:
        raise _meaning(error, prompt) from None
    except TimeoutError:
        raise lost_answer("OpenAI took too long to answer.") from None
    except (ValueError, RecursionError):
        raise lost_answer("OpenAI's answer could not be read.") from None


@contextmanager
def free_of_charge(prompt: str) -> Iterator[None]:
    """`translated` for what costs nothing: where its answer is lost, it is simply asked again."""
    try:
        with translated(prompt):
            yield
    except ProviderError as error:
        if error.unknown:
            raise ProviderError(error.message, retryable=True) from None
        raise


def lost_answer(message: str) -> ProviderError:
    """Return the error for what was accepted, and paid for perhaps, but of which nothing came."""
    return ProviderError(message, retryable=True, unknown=True)


def _meaning(error: openai.OpenAIError, prompt: str) -> ProviderError:
    if isinstance(error, openai.APIConnectionError):
        return _connection(error)
    if isinstance(error, openai.APIStatusError):
        return _status(error, prompt)
    return lost_answer("OpenAI's answer could not be read.")


def _connection(error: openai.APIConnectionError) -> ProviderError:
    if isinstance(error.__cause__, NOT_SENT):
        return ProviderError("OpenAI cannot be reached at the moment.", retryable=True, trouble="down")
    return lost_answer("The connection to OpenAI broke off.")


def _status(error: openai.APIStatusError, prompt: str) -> ProviderError:
    if string(error.code) in BLOCKED:
        return refused_prompt(prompt, trouble="refused")
    if error.code == "insufficient_quota":
        return _operators(error, "The account at OpenAI is used up")
    match error.status_code:
        case 401 | 403:
            return _operators(error, "OpenAI does not accept Pixora's key")
        case 404:
            return _operators(error, _missing(error), "gone")
        case 429:
            return ProviderError(
                "OpenAI is asked too often at the moment.", retryable=True, retry_after_s=_retry_after_s(error)
            )
        case 408 | 409:
            return ProviderError("OpenAI is busy at the moment.", retryable=True)
        case status if status >= 500:
            return ProviderError("OpenAI has a problem at the moment.", retryable=True, trouble="down")
    return _operators(error, "OpenAI did not understand the request")


def _missing(error: openai.APIStatusError) -> str:
    if settings.PIXORA_BASE_URLS["openai"] and error.code != "model_not_found":
        return "The server at OPENAI_BASE_URL has no such address or model"
    return "OpenAI does not have the model that is set"


def _operators(error: openai.APIStatusError, message: str, trouble: Trouble = "") -> ProviderError:
    """Nothing a user can change; the log names the codes that are known, and nothing else of what was said."""
    code, parameter = (name if name in TOLD else "-" for name in (string(error.code), string(error.param)))
    log.error("%s: status %d, code %s, parameter %s", message, error.status_code, code, parameter)
    return ProviderError(f"{message}; {OPERATOR}.", trouble=trouble)


def _retry_after_s(error: openai.APIStatusError) -> float:
    value = error.response.headers.get("retry-after", "")
    return min(float(value), LONGEST_WAIT_S) if re.fullmatch(r"\d{1,12}(\.\d{1,6})?", value) else 0.0
