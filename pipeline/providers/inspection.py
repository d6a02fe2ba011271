"""Checks that each model used here works: its key is accepted, it exists and stays, and its price is known."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import cast

from django.utils.module_loading import import_string

from pipeline.film.settings import STANDARD, TIERS
from pipeline.providers.base import ModelStatus
from pipeline.providers.models_and_prices import Model, catalogue, section
from pipeline.providers.registry import chosen_vendor, find_model, is_own_server, model_name
from pipeline.providers.vendors import BY_NAME
from pixora.foundation.errors import ProviderError

Look = Callable[[Model], Awaitable[ModelStatus]]

SOON = timedelta(days=60)
PRICES_HOLD = timedelta(days=60)
"""After that a price has to be looked up again."""


@dataclass(frozen=True)
class Finding:
    vendor: str
    model: str
    roles: tuple[str, ...]
    problems: tuple[str, ...] = ()
    """It cannot be used."""
    warnings: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    """Good to know."""


async def inspect(*, today: date) -> list[Finding]:
    """Return one finding for each model of a vendor that has a key or is pinned."""
    return [await _inspect(vendor, name, roles, today) for (vendor, name, _), roles in _in_use().items()]


def _in_use() -> Mapping[tuple[str, str, str], tuple[str, ...]]:
    """Return the models in use by vendor, model and section: own servers may call a model for texts and one for
    pictures the same. What a tier alone names is in use too."""
    used: dict[tuple[str, str, str], tuple[str, ...]] = {}
    for vendor in BY_NAME.values():
        for role in vendor.models:
            if chosen_vendor(role) == vendor.name:
                for name in _named(role, vendor.name):
                    model = (vendor.name, name, section(role))
                    used[model] = (*used.get(model, ()), role)
    return used


def _named(role: str, vendor: str) -> Iterator[str]:
    """The models that the tiers have for a role and those that stand in for them, each once, the usual one first."""
    tiers = (STANDARD, *(tier for tier in TIERS if tier != STANDARD))
    yield from dict.fromkeys(name for tier in tiers for name in _serving(role, model_name(role, vendor, tier)))


def _serving(role: str, name: str) -> Iterator[str]:
    """The model, and those of its vendor that stand in for it."""
    yield name
    entry = catalogue().find(role, name)
    for other in entry.otherwise if entry else ():
        found = catalogue().find(role, other)
        if entry and found and found.vendor == entry.vendor:
            yield other


async def _inspect(vendor: str, name: str, roles: tuple[str, ...], today: date) -> Finding:
    entry = find_model(roles[0], vendor) if is_own_server(vendor) else catalogue().find(roles[0], name)
    if entry is None or not entry.priced:
        return Finding(vendor, name, roles, problems=("it has no price in models.toml",))
    try:
        status = await cast(Look, import_string(BY_NAME[vendor].account))(entry)
    except ProviderError as error:
        return Finding(vendor, name, roles, problems=(error.message,))
    problems, warnings = tuple(_problems(entry, status, today)), tuple(_warnings(entry, status, today))
    return Finding(vendor, name, roles, problems, warnings, status.notes)


def _problems(entry: Model, status: ModelStatus, today: date) -> Iterator[str]:
    last_day = status.shut_down or entry.shut_down
    if not status.key_accepted:
        yield "the key is not accepted"
    if not status.exists:
        yield f"the vendor does not have it{_instead(entry)}"
    elif last_day and last_day <= today:
        yield f"it was shut down on {last_day}{_instead(entry)}"
    for path in status.lacks:
        instead = "use one that has, or pin this capability to local"
        if is_own_server(entry.vendor):
            instead = "most addresses end with /v1"
        yield f"the server at this {_address(entry.vendor)} has no {path}: {instead}"


def _address(vendor: str) -> str:
    return "address" if is_own_server(vendor) else "base URL"


def _warnings(entry: Model, status: ModelStatus, today: date) -> Iterator[str]:
    last_day = status.shut_down or entry.shut_down
    if last_day and today < last_day:
        soon = "soon: " if last_day - today <= SOON else ""
        yield f"{soon}it is shut down on {last_day}{_instead(entry)}"
    if status.deprecated:
        yield f"the vendor calls it deprecated{_instead(entry)}"
    if entry.licence:
        yield f"the licence of its weights is {entry.licence}: {entry.note}"
    if entry.priced_on and today - entry.priced_on > PRICES_HOLD:
        yield f"its price was read on {entry.priced_on}: read it again at {entry.source} and correct models.toml"
    if entry.price_assumed:
        yield "its price is assumed: put the real one into models.toml"


def _instead(entry: Model) -> str:
    return f"; use {entry.successor}" if entry.successor else ""
