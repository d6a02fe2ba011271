"""The time that the pieces which are due will be in the making, for people to know beside the price."""

from __future__ import annotations

import heapq
from collections.abc import Iterator, Mapping

from django.conf import settings

from pipeline.film.settings import Choice
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.planning.plan import Plan
from pipeline.providers.registry import model_of, vendors

DERIVED_S = 1.0
"""What is computed here takes about so long each."""


def expected_s(plan: Plan, choice: Choice) -> int:
    """Return the seconds from the start to the last piece: each begins when what it reads is there and its vendor has
    a place, of which there are as many as the account allows."""
    free: dict[str, list[float]] = {}
    done: dict[str, float] = {}
    for component, vendor, takes_s in _pieces(plan, choice):
        ready_s = max((done.get(key, 0.0) for key in component.inputs), default=0.0)
        places = free.setdefault(vendor, [0.0] * _places(vendor))
        begins_s = max(ready_s, heapq.heappop(places))
        done[component.key] = begins_s + takes_s
        heapq.heappush(places, done[component.key])
    return round(max(done.values(), default=0.0))


def _pieces(plan: Plan, choice: Choice) -> Iterator[tuple[Component, str, float]]:
    """Those that are due, in an order in which each follows its inputs."""
    usual = vendors()
    for key, decision in plan.decisions.items():
        component = decision.component
        if key in plan.due and component.kind is not Kind.SCRIPT:
            found = None if component.kind.is_derived else model_of(component, choice=choice, usual=usual)
            yield component, found.vendor if found else "local", found.seconds if found else DERIVED_S


def _places(vendor: str) -> int:
    at_once: Mapping[str, int] = settings.PIXORA_AT_ONCE
    return at_once.get(vendor, settings.PIXORA_LOCAL_JOBS)
