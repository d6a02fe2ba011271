"""The choice of the generator and the model that do each thing here, and what their work costs.

Adapters are named by dotted path, so one is imported only where it is used. A vendor serves where it is configured (it
has a key, an own server an address) and nothing else is pinned; what is left is made on this machine.
"""

from __future__ import annotations

import gc
from bisect import bisect_left
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from typing import cast

from django.conf import settings
from django.utils.module_loading import import_string

from pipeline.film.pronunciation import asked_pieces
from pipeline.film.settings import ALL_LANGUAGES, LANGUAGES, RATIOS, STANDARD, TIERS, USUAL, Choice, Tier
from pipeline.film.spoken import spoken
from pipeline.planning.graph import Component
from pipeline.planning.kinds import SPEECH, Kind
from pipeline.providers.base import Capability, Moderator, Provider, Seer
from pipeline.providers.connections import tls
from pipeline.providers.models_and_prices import Model, MotionModel, MusicModel, QueueModel, VoiceModel, catalogue
from pipeline.providers.vendors import BY_NAME, CAPABILITIES, account_of, adapter_of, who_can
from pixora.foundation.errors import NoPrice

ROLES = ("script", "image", "image_edit", "voice", "music", "motion")
"""What a tier may choose another model for."""
SECOND_ROLES: Mapping[str, str] = {"image_edit": "image", "voice_sample": "voice", "sight": "script"}
"""Roles of the same vendor as another's."""
VOICED = ("voice", "voice_sample")
WRITES_ALL = frozenset({"openai"})
"""The vendors whose language models write in every language that is spoken."""
LONGEST_NAME = 120
"""Characters of a model's name as rows hold it; own servers call some by their whole path."""


def capability_of(kind: Kind) -> Capability | None:
    """Return what a generator must be able to do to make this kind; None for what is made by ourselves."""
    return Capability(kind.about.capability) if kind.about.capability else None


def chosen_vendor(role: str) -> str:
    """The one that is pinned in the settings, else the best that is configured, else `local`."""
    capability = SECOND_ROLES.get(role, role)
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


def model_of(
    component: Component, vendor: str = "", choice: Choice = USUAL, *, usual: Mapping[str, str] | None = None
) -> Model | None:
    """The entry that makes a component as it is chosen; None for what we make ourselves.

    Where it does not make this shape or length, it is the first of those that stand in for it and do. `usual` are the
    `vendors()`, where many are asked for.
    """
    found = chosen_entry(component, vendor or _usual_vendor(component, usual or {}), choice)
    if found is None or can_make(found, component):
        return found
    return next(iter(stand_ins(component, found)), found)


def chosen_entry(component: Component, vendor: str, choice: Choice) -> Model | None:
    """The entry that was chosen for a component, whether it can make it or not; None where `vendor`, whose the others
    are, is empty."""
    role = _role(component)
    if not role:
        return None
    usual = model(role, vendor, choice.tier) if vendor else None
    return _chosen(component, choice) or (_as_large(usual, component) if usual else None)


def _usual_vendor(component: Component, known: Mapping[str, str]) -> str:
    role = _role(component)
    return known.get(role) or chosen_vendor(role) if role else ""


def _chosen(component: Component, choice: Choice) -> Model | None:
    """The one that was named for this very piece, or for all of its kind."""
    capability = capability_of(component.kind)
    name = choice.models.get(component.key) or choice.models.get(capability or "")
    found = entry_named(component, name) if name else None
    is_fit = not isinstance(found, VoiceModel) or found.supports_voice_sample == (_role(component) == "voice_sample")
    return found if is_fit else None


def model_for(role: str, choice: Choice, piece: str = "") -> Model | None:
    """The entry that is chosen for a role, or for one piece; None where the vendor has none."""
    name = choice.models.get(piece) or choice.models.get(role)
    return catalogue().find(role, name) if name else find_model(role, chosen_vendor(role), choice.tier)


def can_make(entry: Model, component: Component) -> bool:
    """True where the model takes such pieces: their shape, their length, their words."""
    match entry:
        case MotionModel():
            length: int = component.asks.get("duration", 0)
            ends = entry.takes_end or not component.asks.get("ends_on_next")
            return ends and entry.makes_ratio(component.asks["size"], RATIOS) and entry.makes_length(length)
        case VoiceModel():
            return _characters(component) <= entry.max_characters and _language(component) in spoken_by(entry)
    return True


def sort_of(component: Component) -> tuple[str | int, ...]:
    """Return all that decides who makes a component and for how much, but for a model that is named for this piece:
    `model_of` and `price` answer the same for all of one sort."""
    role, asks = _role(component), component.asks
    if role in VOICED:
        return role, _language(component), bisect_left(_most_characters(), _characters(component))
    ends = bool(asks.get("ends_on_next"))
    return role, asks.get("duration", 0), *(asks["size"] if role == "motion" else ()), ends


@cache
def _most_characters() -> list[int]:
    """The limits of the models that speak, in order."""
    voices = catalogue().models["voice"].values()
    return sorted({each.max_characters for each in voices if isinstance(each, VoiceModel)})


def stand_ins(component: Component, entry: Model) -> list[Model]:
    """Those that can make the piece instead of this model, the nearest first, whatever they cost."""
    named = filter(None, (entry_named(component, name) for name in entry.otherwise))
    priced = [each for each in named if each.priced and can_make(each, component)]
    capability = capability_of(component.kind) or ""
    return [each for each in priced if each.vendor == entry.vendor or serves(each.vendor, capability)]


def serves(vendor: str, capability: str) -> bool:
    """True where a vendor can be asked for this: it is the one that usually is, or has a key and is not kept out."""
    if vendor == chosen_vendor(capability):
        return True
    is_open = settings.PIXORA_PROVIDERS[capability] == "auto"
    return is_open and vendor in who_can(capability) and is_configured(vendor, capability)


def entry_named(component: Component, name: str) -> Model | None:
    """The entry of this name that makes such components; None where `models.toml` has it no more."""
    role = _role(component)
    found = catalogue().find(role, name) if role else None
    return _as_large(found, component) if found else None


def _as_large(entry: Model, component: Component) -> Model:
    """The entry as it is asked and paid for frames of the component's size; the same object for the same size."""
    has_several = isinstance(entry, QueueModel) and entry.resolutions
    return _sized(_role(component), entry.name, min(component.asks.get("size", (0,)))) if has_several else entry


@cache
def _sized(role: str, name: str, short_side: int) -> Model:
    return cast(QueueModel, catalogue().find(role, name)).for_frames(short_side)


def vendors() -> dict[str, str]:
    """Return who makes what here, by role: `local` or a vendor's name."""
    return {role: chosen_vendor(role) for role in ROLES}


def tiers() -> tuple[Tier, ...]:
    """The tiers that differ here, given who makes what: one where everything is made by models of our own."""
    serving = vendors()
    made_by = {tier: [model_name(role, vendor, tier) for role, vendor in serving.items()] for tier in TIERS}
    return tuple(tier for tier in TIERS if tier == STANDARD or made_by[tier] != made_by[STANDARD])


def for_size(motion: MotionModel, size: tuple[int, int]) -> MotionModel:
    """Return the model itself, or the first that stands in for it and makes frames of this ratio."""
    named = (catalogue().find("motion", name) for name in motion.otherwise)
    others = (each for each in named if isinstance(each, MotionModel))
    return next((each for each in (motion, *others) if each.makes_ratio(size, RATIOS)), motion)


def _role(component: Component) -> str:
    capability = capability_of(component.kind)
    if capability is Capability.IMAGE:
        return "image_edit" if component.inputs or component.asks.get("reference") else "image"
    if capability is Capability.VOICE and component.asks.get("sample"):
        return "voice_sample" if sample_model(str(component.asks["language"])) else capability.value
    return capability.value if capability else ""


def spoken_by(entry: VoiceModel) -> Collection[str]:
    """The languages that a voice model speaks."""
    return entry.languages or LANGUAGES


def languages() -> tuple[str, ...]:
    """The languages that films can be in here: those that the writer and the voice, or who stands in for it, can do."""
    spoken = {language for entry in _speaking() for language in spoken_by(entry)}
    written = ALL_LANGUAGES if chosen_vendor("script") in WRITES_ALL else LANGUAGES
    return tuple(language for language in written if language in spoken)


def _speaking() -> Iterator[VoiceModel]:
    """The usual model, and those that stand in for it for no more."""
    usual = find_model("voice", chosen_vendor("voice"))
    if isinstance(usual, VoiceModel):
        yield usual
        for each in filter(None, (catalogue().find("voice", name) for name in usual.otherwise)):
            if isinstance(each, VoiceModel) and serves(each.vendor, "voice") and each.cost == usual.cost:
                yield each


def sample_model(language: str) -> VoiceModel | None:
    """The entry that speaks this language in the voice of a sample here; None where no model does."""
    return next((entry for entry in _from_samples() if language in entry.languages), None)


def _from_samples() -> Iterator[VoiceModel]:
    """The usual model that speaks from a sample, and those that stand in for it."""
    usual = find_model("voice_sample", chosen_vendor("voice_sample"))
    for name in (usual.name, *usual.otherwise) if usual else ():
        found = catalogue().find("voice_sample", name)
        if isinstance(found, VoiceModel) and found.supports_voice_sample and found.priced:
            yield found


def price(component: Component, choice: Choice = USUAL) -> int:
    """Credits for one take; 0 for the script and everything derived."""
    return price_and_time(component, choice)[0]


def price_and_time(
    component: Component, choice: Choice = USUAL, usual: Mapping[str, str] | None = None
) -> tuple[int, float]:
    """Credits and expected seconds of one take. `usual` as for `model_of`."""
    found = model_of(component, choice=choice, usual=usual)
    return (price_by(found, component), found.seconds) if found else (0, 0)


def price_by(entry: Model, component: Component) -> int:
    """Credits for one take that this model makes."""
    return entry.credits.price(int(component.asks.get("duration", 0))) if entry.credits else 0


def cost_by(entry: Model, component: Component) -> int:
    """Return what this model is expected to cost for one take, in micros; for music the most, as its length is open."""
    if entry.cost is None:
        return 0
    return entry.cost.expected(seconds=_paid_s(entry, component), characters=_characters(component))


def _characters(component: Component) -> int:
    """Count the characters of what is spoken, which is what a vendor counts."""
    return len(spoken(asked_pieces(component.asks))) if component.kind in SPEECH else 0


def _language(component: Component) -> str:
    return str(component.asks.get("language", "en"))


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


Adapter = Provider | Moderator
_serving: dict[Capability, Adapter] = {}
"""Adapters that serve instead of those that are configured; see `serving`."""


def provider(capability: Capability, vendor: str = "") -> Provider:
    """The adapter that serves a capability in this process, or the one of another vendor; built at its first use."""
    usual = _adapter(capability)
    is_usual = vendor in ("", usual.name)
    return cast(Provider, usual if is_usual else _built(capability, adapter_path(capability.value, vendor)))


def moderator() -> Moderator:
    """The adapter that judges texts and pictures in this process."""
    return cast(Moderator, _adapter(Capability.MODERATION))


def seer() -> Seer | None:
    """The language model that looks at stills; None where the one that is used here does not see."""
    vendor = BY_NAME.get(chosen_vendor("sight"))
    return cast(Seer, import_string(vendor.sees)()) if vendor and vendor.sees else None


def _adapter(capability: Capability) -> Adapter:
    """The one that serves now: settings may have changed since another one was built, as they do in tests."""
    if capability in _serving:
        return _serving[capability]
    return _built(capability, adapter_path(capability.value, chosen_vendor(capability.value)))


@cache
def _built(capability: Capability, path: str) -> Adapter:
    return cast(Adapter, import_string(path)())


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
def serving(adapters: Mapping[Capability, Adapter]) -> Iterator[None]:
    """Let these adapters serve meanwhile, whatever is configured: for tests and measurements."""
    before = dict(_serving)
    _serving.update(adapters)
    try:
        yield
    finally:
        _serving.clear()
        _serving.update(before)
