"""`Idempotency-Key`: an operation that is asked for twice with one key is carried out once and answered twice."""

from __future__ import annotations

import functools
import inspect
from collections.abc import Callable
from datetime import timedelta
from hashlib import sha256
from typing import Any, cast

from django.db import transaction
from django.http import HttpRequest
from django.utils import timezone
from ninja import Header, Status
from ninja.utils import contribute_operation_args
from pydantic import BaseModel

from pixora.accounts.auth import key_of, signed_in_user
from pixora.accounts.models import IdempotentAnswer
from pixora.foundation.errors import Invalid, PixoraError

LIVES = timedelta(hours=24)
LONGEST_KEY = 200
ARGUMENT = "idempotency_key"
DESCRIPTION = (
    "Any text of your own. The same request with the same key is carried out once in 24 hours and gets the first "
    "answer again, also when several arrive at once; another request with this key is refused. A refusal is not kept. "
    "Each program has keys of its own."
)

Operation = Callable[..., Status[Any]]


def idempotent(operation: Operation) -> Operation:
    """Decorate an operation that answers with a `Status`; stands between the route and the function."""

    @functools.wraps(operation)
    def once(request: HttpRequest, *arguments: Any, **named: Any) -> Status[Any]:
        key = named.pop(ARGUMENT)
        if key is None:
            return operation(request, *arguments, **named)
        return _once(request, key, lambda: operation(request, *arguments, **named))

    once.__signature__ = inspect.signature(operation, eval_str=True)  # type: ignore[attr-defined]
    contribute_operation_args(once, ARGUMENT, cast("type[Any]", str | None), _header())
    return once


def _header() -> Any:
    """Printable ASCII, as headers are."""
    return Header(  # type: ignore[type-arg]
        None,
        alias="Idempotency-Key",
        min_length=1,
        max_length=LONGEST_KEY,
        pattern=r"^[ -~]+$",
        description=DESCRIPTION,
    )


def _once(request: HttpRequest, key: str, carry_out: Callable[[], Status[Any]]) -> Status[Any]:
    """The row is inserted first: whoever comes with the same key meanwhile waits for the end of this transaction.

    What a refused operation wrote on purpose (a new quote, say) is kept, as without a key; the key may be used again.
    """
    asked = _hash(request)
    with transaction.atomic():
        answer, is_new = _row(request, key, asked)
        if not is_new:
            return _again(answer, asked)
        outcome = _outcome(carry_out)
        if isinstance(outcome, Status):
            answer.status, answer.body = outcome.status_code, _plain(outcome.value)
            answer.save(update_fields=["status", "body"])
            return outcome
        answer.delete()
    raise outcome


def _outcome(carry_out: Callable[[], Status[Any]]) -> Status[Any] | PixoraError:
    try:
        return carry_out()
    except PixoraError as error:
        return error


def _row(request: HttpRequest, key: str, asked: str) -> tuple[IdempotentAnswer, bool]:
    user, key = signed_in_user(request), _stored(request, key)
    IdempotentAnswer.objects.filter(user=user, key=key, created_at__lt=timezone.now() - LIVES).delete()
    return IdempotentAnswer.objects.get_or_create(user=user, key=key, defaults={"asked": asked})


def _stored(request: HttpRequest, key: str) -> str:
    """Return a program's key apart from those of its owner and of other programs, which may count from 1 as it does.
    No header holds a tab, so nobody else can send what is stored."""
    program = key_of(request)
    return f"{program.id.hex}\t{sha256(key.encode()).hexdigest()}" if program else key


def _again(answer: IdempotentAnswer, asked: str) -> Status[Any]:
    if answer.asked != asked:
        raise Invalid("Idempotency-Key: it was used for another request; take a new one.", field="Idempotency-Key")
    return Status(answer.status, answer.body)


def _hash(request: HttpRequest) -> str:
    place = f"{request.method} {request.get_full_path()}\n".encode()
    return sha256(place + request.body).hexdigest()


def _plain(value: Any) -> Any:
    return value.model_dump(mode="json") if isinstance(value, BaseModel) else value


def forget_old_answers() -> int:
    """Delete the answers that nobody may ask for any more, and return how many there were."""
    return IdempotentAnswer.objects.filter(created_at__lt=timezone.now() - LIVES).delete()[0]
