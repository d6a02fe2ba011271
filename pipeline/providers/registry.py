"""Which generator does what here, and what its work costs a user.

Adapters are named by dotted path, so one is imported only where it is used. Every entry has a price; local
generators carry the credits of the default paid model, so that there is one flow.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.module_loading import import_string

from pipeline.graph import Component, Kind
from pipeline.providers.base import Capability

ADAPTERS: Mapping[Capability, Mapping[str, str]] = {
    Capability.SCRIPT: {"local": "pipeline.providers.local.script.LocalScript"},
    Capability.IMAGE: {"local": "pipeline.providers.local.image.LocalImage"},
    Capability.VOICE: {"local": "pipeline.providers.local.voice.LocalVoice"},
    Capability.MUSIC: {"local": "pipeline.providers.local.music.LocalMusic"},
    Capability.MOTION: {"local": "pipeline.providers.local.motion.LocalMotion"},
}

CAPABILITY: Mapping[Kind, Capability] = {
    Kind.SCRIPT: Capability.SCRIPT,
    Kind.CHARACTER: Capability.IMAGE,
    Kind.SCENE: Capability.IMAGE,
    Kind.AUDIO: Capability.VOICE,
    Kind.MUSIC: Capability.MUSIC,
    Kind.VIDEO: Capability.MOTION,
}
"""Kinds that are not here are made by ourselves."""


@dataclass(frozen=True)
class Rate:
    """Credits: so many for each take, and so many for each second of it."""

    take: int = 0
    second: int = 0


RATES: Mapping[Kind, Rate] = {
    Kind.CHARACTER: Rate(take=4),
    Kind.SCENE: Rate(take=4),
    Kind.AUDIO: Rate(take=2),
    Kind.MUSIC: Rate(take=5),
    Kind.VIDEO: Rate(second=2),
}
"""A 30-second film of six scenes and two pieces of music costs 106 credits."""


SECONDS: Mapping[Kind, float] = {
    Kind.SCRIPT: 1,
    Kind.CHARACTER: 3,
    Kind.SCENE: 3,
    Kind.AUDIO: 2,
    Kind.MUSIC: 3,
    Kind.VIDEO: 8,
}
"""How long a local take is expected to need, on two cores."""


def expected_s(component: Component) -> float:
    return SECONDS.get(component.kind, 0)


def price(component: Component) -> int:
    """Credits for one take; 0 for the script and everything derived."""
    rate = RATES.get(component.kind, Rate())
    return rate.take + rate.second * int(component.asks.get("duration", 0))


def chosen_adapter(capability: Capability) -> str:
    """The adapter's name in `ADAPTERS`: the one pinned in the settings, else the local one."""
    pinned: str = settings.PIXORA_PROVIDERS[capability.value]
    return "local" if pinned == "auto" else pinned


_built: dict[Capability, Any] = {}


def provider(capability: Capability) -> Any:
    """The adapter that serves a capability in this process, built at its first use."""
    if capability not in _built:
        _built[capability] = import_string(ADAPTERS[capability][chosen_adapter(capability)])()
    return _built[capability]


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
