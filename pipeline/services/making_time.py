"""The time that the pieces which are due will be in the making, for people to know beside the price."""

from __future__ import annotations

import heapq
from collections.abc import Mapping

from django.conf import settings

from pipeline.providers.models_and_prices import Model
from pipeline.services.pieces_due import PiecesDue

DERIVED_S = 1.0
"""What is computed here takes about so long each."""


def expected_s(due: PiecesDue, makers: Mapping[int, Model | None]) -> int:
    """Return the seconds from the start to the last piece: each begins when what it reads is there and its vendor has
    a place, of which there are as many as the account allows. `makers` are those of each sort."""
    places = {vendor: [0.0] * places_at(vendor) for vendor in {_vendor(found) for found in makers.values()}}
    queues = {sort: (places[_vendor(found)], found.seconds if found else DERIVED_S) for sort, found in makers.items()}
    ends: dict[str, float] = {}
    for component, sort in zip(due.components, due.sorts, strict=True):
        free, takes_s = queues[sort]
        begins_s = free[0]
        for key in component.inputs:
            if key in ends and ends[key] > begins_s:  # `max` is slow, and each price is told for each tier
                begins_s = ends[key]
        ends[component.key] = begins_s + takes_s
        heapq.heapreplace(free, begins_s + takes_s)
    return round(max(ends.values(), default=0.0))


def _vendor(found: Model | None) -> str:
    return found.vendor if found else "local"


def places_at(vendor: str) -> int:
    """Return how many pieces a vendor, or this machine, makes at once together."""
    at_once: Mapping[str, int] = settings.PIXORA_AT_ONCE
    return at_once.get(vendor, settings.PIXORA_LOCAL_JOBS)
