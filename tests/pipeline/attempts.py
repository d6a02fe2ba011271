"""What the engine writes about one attempt, for tests that write it themselves."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar

from pipeline.engine import attempt_rows, landing
from pipeline.engine.attempt_rows import OpenAttempt, Opening
from pipeline.engine.landing import Landing
from pipeline.engine.leases import Claim, under
from pipeline.engine.state import Stored
from pipeline.planning.graph import Component
from pipeline.planning.plan import Take

T = TypeVar("T")


def only(answers: Sequence[T | Exception]) -> T:
    """The one answer; raises it where it is an error."""
    (answer,) = answers
    if isinstance(answer, Exception):
        raise answer
    return answer


def open_attempt(claim: Claim, component: Component, **known: Any) -> OpenAttempt:
    with under(claim) as run:
        return only(attempt_rows.open_attempts(run, [Opening(component, **known)]))


def send(claim: Claim, attempt_id: str) -> None:
    with under(claim) as run:
        only(attempt_rows.send(run, [attempt_id]))


def remember(claim: Claim, attempt_id: str, ticket: Mapping[str, Any]) -> None:
    with under(claim) as run:
        only(attempt_rows.remember(run, [(attempt_id, ticket)]))


def land(claim: Claim, result: Landing) -> tuple[Take, Stored]:
    with under(claim) as run:
        return only(landing.land(run, [result]))
