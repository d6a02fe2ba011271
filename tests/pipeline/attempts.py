"""What the engine writes about one attempt, for tests that write it themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pipeline.engine import records
from pipeline.engine.leases import Claim
from pipeline.engine.records import OpenAttempt, Opening
from pipeline.graph import Component

T = TypeVar("T")


def only(answers: Sequence[T | Exception]) -> T:
    """The one answer; raises it where it is an error."""
    (answer,) = answers
    if isinstance(answer, Exception):
        raise answer
    return answer


def open_attempt(claim: Claim, component: Component, **known: Any) -> OpenAttempt:
    return only(records.open_attempts(claim, [Opening(component, **known)]))


def send(claim: Claim, attempt_id: str) -> None:
    only(records.send(claim, [attempt_id]))


def remember(claim: Claim, attempt_id: str, ticket: Mapping[str, Any]) -> None:
    only(records.remember(claim, [(attempt_id, ticket)]))
