"""The choice of the generator and the model that do each thing here, and what their work costs.

Adapters are named by dotted path, so one is imported only where it is used. A vendor serves where it is configured (it
has a key, an own server an address) and nothing else is pinned; what is left is made on this machine.
"""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import Any, cast

from django.conf import settings
from django.utils.module_loading import import_string

from pipeline.film.pronunciation import asked_pieces
from pipeline.film.settings import RATIOS, STANDARD, TIERS, Tier
from pipeline.film.spoken import spoken
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability, Moderator, Provider
from pipeline.providers.catalogue import Model, MotionModel, MusicModel, catalogue, ratio_of
from pipeline.providers.connections import tls
from pipeline.providers.vendors import BY_NAME, CAPABILITIES, account_of, adapter_of, who_can
from pixora.foundation.errors import NoPrice

ROLES = ("script", "image", "image_edit", "voice", "music", "motion")
"""What a tier may choose another model for."""
LONGEST_NAME = 120
"""Characters of a model's name as rows hold it; own servers call some by their whole path."""


def capability_of(kind: Kind) -> Capability | None:
    """Return what a generator must be able to do to make this kind; None for what is made by ourselves."""
    return Capability(kind.about.capability) if kind.about.capability else None


def chosen_vendor(role: str) -> str:
    """The one that is pinned in the settings, else the best that is configured, else `local`."""
    capability = "image" if role == "image_edit" else role
    pinned: str = settings.PIXORA_PROVIDERS[capability]
    if pinned != "auto":
        return pinned
    return next((vendor for vendor in who_can(capability) if is_configured(vendor, capability)), "local")


def is_configured(vendor: str, capability: str) -> bool:
    """True where the vendor's server for this has what makes it used: a key, or an address where it is an own one."""
    row = BY_NAME[vendor]
    given = settings.PIXORA_KEYS if row.configured_by == "key" else settings.PIXORA_BASE_URLS
    return bool(given.get(row.server(capability).name))


def is_own_server(vendor: str) -> bool:
    """True for servers of whoever runs Pixora: what they make is free, and goes to nobody else."""
    return vendor in BY_NAME and BY_NAME[vendor].configured_by == "address"


def adapter_path(capability: str, vendor: str) -> str:
    """The dotted path of the adapter that is used here."""
    return adapter_of(capability, vendor, small=settings.PIXORA_LLM_SMALL)


def model_name(role: str, vendor: str, tier: str = STANDARD) -> str:
    """The tier's entry for this role, else the name in the settings, else the vendor's default; empty where it has
    none for this role."""
    of_tier = catalogue().tiers[tier].models.get(vendor, {}).get(role, "")
    named: str = settings.PIXORA_MODELS.get(vendor, {}).get(role, "")
    return of_tier or named or _default_entry(role, vendor)


def _default_entry(role: str, vendor: str) -> str:
    return catalogue().defaults.get(vendor, {}).get(role, "")


def find_model(role: str, vendor: str, tier: str = STANDARD) -> Model | None:
    """The entry that serves a role, priced or not. An own server's has the name that the server gives its model; where
    none is set, its endpoint is empty and the server is asked what it has."""
    named: str = settings.PIXORA_MODELS.get(vendor, {}).get(role, "")
    if not is_own_server(vendor):
        return catalogue().find(role, model_name(role, vendor, tier))
    entry = catalogue().find(role, _default_entry(role, vendor))
    return entry and entry.model_copy(update={"name": named[:LONGEST_NAME] or entry.name, "endpoint": named})


def model(role: str, vendor: str = "", tier: str = STANDARD) -> Model:
    """The entry that serves a role. Raises NoPrice where it is unknown or has no price: such a one is not run."""
    vendor = vendor or chosen_vendor(role)
    found = find_model(role, vendor, tier)
    if found is None or not found.priced:
        name = model_name(role, vendor, tier)
        raise NoPrice(f"The model {name or role!r} has no price, so it is not used. Whoever runs Pixora has to add it.")
    return found


def model_of(component: Component, vendor: str = "", tier: str = STANDARD) -> Model | None:
    """The entry that makes a component in this tier; None for what we make ourselves."""
    role = _role(component)
    if not role:
        return None
    found = model(role, vendor, tier)
    return for_size(found, component.asks["size"]) if isinstance(found, MotionModel) else found


def entry_named(component: Component, name: str) -> Model | None:
    """The entry of this name that makes such components; None where `models.toml` has it no more."""
    role = _role(component)
    return catalogue().find(role, name) if role else None


def vendors() -> dict[str, str]:
    """Return who makes what here, by role: `local` or a vendor's name."""
    return {role: chosen_vendor(role) for role in ROLES}


def tiers() -> tuple[Tier, ...]:
    """The tiers that differ here, given who makes what: one where everything is made by models of our own."""
    made_by = {tier: [model_name(role, vendor, tier) for role, vendor in vendors().items()] for tier in TIERS}
    return tuple(tier for tier in TIERS if tier == STANDARD or made_by[tier] != made_by[STANDARD])


def for_size(motion: MotionModel, size: tuple[int, int]) -> MotionModel:
    """Return the model itself, or the one it names for frames of a ratio that it does not make."""
    if not motion.ratios or ratio_of(size, RATIOS) in motion.ratios or not motion.otherwise:
        return motion
    other = catalogue().find("motion", motion.otherwise)
    assert isinstance(other, MotionModel)
    return other


def _role(component: Component) -> str:
    capability = capability_of(component.kind)
    if capability is Capability.IMAGE:
        return "image_edit" if component.inputs or component.asks.get("reference") else "image"
    return capability.value if capability else ""


def price(component: Component, tier: str = STANDARD) -> int:
    """Credits for one take; 0 for the script and everything derived."""
    return price_and_time(component, tier)[0]


def price_and_time(component: Component, tier: str = STANDARD) -> tuple[int, float]:
    """Credits and expected seconds of one take."""
    found = model_of(component, tier=tier)
    credits = found.credits.price(int(component.asks.get("duration", 0))) if found and found.credits else 0
    return credits, found.seconds if found else 0


def expected_cost(component: Component, vendor: str, tier: str = STANDARD) -> int:
    """Return what a vendor is expected to ask for one take, in micros; for music the most, as its length is open."""
    found = model_of(component, vendor, tier)
    if found is None or found.cost is None:
        return 0
    return found.cost.expected(seconds=_paid_s(found, component), characters=_characters(component))


def _characters(component: Component) -> int:
    """Of what is spoken, which is what a vendor counts."""
    return len(spoken(asked_pieces(component.asks))) if component.kind is Kind.VOICE else 0


def _paid_s(found: Model, component: Component) -> int:
    asked: int = component.asks.get("duration", 0)
    match found:
        case MusicModel():
            return found.max_s
        case MotionModel():
            return found.paid_s(asked)
    return asked


def chosen_vendors() -> dict[str, str]:
    """Return who does what here, for users to see: `local` or a vendor's name."""
    return {capability.value: chosen_vendor(capability.value) for capability in Capability}


def own_models() -> dict[str, str]:
    """Return the models on own servers by what they do here, for users to see; empty names where none are set."""
    serving = {role: chosen_vendor(role) for role in CAPABILITIES}
    return {role: settings.PIXORA_MODELS[vendor][role] for role, vendor in serving.items() if is_own_server(vendor)}


_built: dict[Capability, Any] = {}


def provider(capability: Capability) -> Provider:
    """The adapter that serves a capability in this process, built at its first use."""
    return cast(Provider, _adapter(capability))


def moderator() -> Moderator:
    """The adapter that judges texts and pictures in this process."""
    return cast(Moderator, _adapter(Capability.MODERATION))


def _adapter(capability: Capability) -> Any:
    if capability not in _built:
        _built[capability] = import_string(adapter_path(capability.value, chosen_vendor(capability.value)))()
    return _built[capability]


def make_ready() -> None:
    """Build every adapter: importing a vendor's package takes up to a second, in which nothing else would happen."""
    adapters = [_adapter(capability) for capability in Capability]
    if any(account_of(adapter.name, local=adapter.local) for adapter in adapters):
        tls()
    _keep_for_good()


@cache
def _keep_for_good() -> None:
    """Once in a process: what is here now stays, so the collector need not look through it again and again, in which
    the event loop would stand for a tenth of a second."""
    gc.collect()
    gc.freeze()


@contextmanager
def serving(adapters: Mapping[Capability, Any]) -> Iterator[None]:
    """Let these adapters serve meanwhile, whatever is configured: for tests and measurements."""
    before = dict(_built)
    _built.update(adapters)
    try:
        yield
    finally:
        _built.clear()
        _built.update(before)
