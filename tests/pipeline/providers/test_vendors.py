"""A row for each vendor; what one forgets in it is refused, and never without a limit or a price."""

from __future__ import annotations

from dataclasses import MISSING, fields
from typing import Any

import pytest
from django.utils.module_loading import import_string
from pytest_django import Settings

from chat.llm.base import ChatModel
from pipeline.providers import registry
from pipeline.providers.base import (
    Capability,
    ImageMaker,
    Moderator,
    MotionMaker,
    MusicMaker,
    ScriptWriter,
    VoiceMaker,
)
from pipeline.providers.models_and_prices import Cost, Credits, catalogue
from pipeline.providers.vendors import BY_NAME, LOCAL, VENDORS, Limit, Server, Vendor, account_of, adapter_of, who_can
from pipeline.vendor_limits import account_limits

PORTS: dict[str, type] = {
    "script": ScriptWriter,
    "image": ImageMaker,
    "voice": VoiceMaker,
    "music": MusicMaker,
    "motion": MotionMaker,
    "moderation": Moderator,
    "agent": ChatModel,
}
NEW: dict[str, Any] = {
    "name": "ours",
    "configured_by": "key",
    "servers": (Server("ours", "OURS_KEY", "OURS_BASE_URL", "Write https://host.", frozenset({"voice"})),),
    "at_once": Limit("OURS_CONCURRENCY", 2),
    "in_line": None,
    "per_minute": Limit("OURS_REQUESTS_PER_MINUTE", 60),
    "adapters": {"voice": "ours.Voice"},
    "for_small_models": {},
    "models": {"voice": "OURS_VOICE_MODEL"},
    "account": "ours.look",
    "sees": "",
}


def test_a_whole_row_is_a_vendor() -> None:
    assert Vendor(**NEW).at_once.default == 2


@pytest.mark.parametrize("field", [field.name for field in fields(Vendor)])
def test_no_field_can_be_forgotten(field: str) -> None:
    assert NEW.keys() == {each.name for each in fields(Vendor)}
    with pytest.raises(TypeError, match=field):
        Vendor(**{name: value for name, value in NEW.items() if name != field})


def test_no_field_has_a_default() -> None:
    assert all(field.default is MISSING and field.default_factory is MISSING for field in fields(Vendor))


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("at_once", Limit("OURS_CONCURRENCY", 2, at_least=0)),
        ("at_once", Limit("OURS_CONCURRENCY", 0)),
        ("per_minute", Limit("OURS_REQUESTS_PER_MINUTE", 60, at_least=0)),
        ("servers", ()),
        ("servers", NEW["servers"] * 2),
        ("adapters", {}),
        ("adapters", {"smell": "ours.Smell"}),
        ("models", {}),
    ],
)
def test_nothing_is_unlimited_or_without_a_model(field: str, value: Any) -> None:
    with pytest.raises(ValueError, match="ours"):
        Vendor(**{**NEW, field: value})


@pytest.mark.parametrize("vendor", VENDORS, ids=lambda vendor: vendor.name)
def test_a_vendors_default_models_have_prices(vendor: Vendor) -> None:
    defaults = catalogue().defaults[vendor.name]
    assert defaults.keys() == vendor.models.keys()
    for role, name in defaults.items():
        found = catalogue().find(role, name)
        assert found is not None
        assert found.priced, (vendor.name, role, name)


@pytest.mark.parametrize(
    ("capability", "vendor"), [(made, name) for name in BY_NAME for made in BY_NAME[name].adapters]
)
def test_what_makes_it_is_there(capability: str, vendor: str) -> None:
    assert import_string(adapter_of(capability, vendor)).__module__.startswith(("pipeline.providers.", "chat.llm."))
    assert import_string(BY_NAME[vendor].account)
    assert vendor in who_can(capability)


@pytest.mark.parametrize(
    ("capability", "path"),
    [*LOCAL.items(), *(pair for one in VENDORS for pair in (*one.adapters.items(), *one.for_small_models.items()))],
)
def test_an_adapter_names_its_port_so_that_mypy_holds_it_to_that(capability: str, path: str) -> None:
    assert PORTS[capability] in import_string(path).__mro__


def test_everything_can_be_made_without_a_key() -> None:
    assert LOCAL.keys() == {*map(str, Capability), "agent"}


def test_a_vendor_that_nobody_knows_has_no_account_without_a_limit() -> None:
    with pytest.raises(KeyError):
        account_limits.open_at_once("nobody")


def test_no_two_vendors_share_a_variable() -> None:
    variables = [variable for vendor in VENDORS for variable in _variables(vendor)]
    assert len(set(variables)) == len(variables)


def _variables(vendor: Vendor) -> list[str]:
    limits = [limit for limit in (vendor.at_once, vendor.in_line, vendor.per_minute) if limit]
    of_servers = [variable for server in vendor.servers for variable in (server.key, server.address)]
    return [*of_servers, *(limit.variable for limit in limits), *set(vendor.models.values())]


def test_no_two_servers_share_a_name() -> None:
    names = [server.name for vendor in VENDORS for server in vendor.servers]
    assert len(set(names)) == len(names)


def test_an_own_server_is_used_where_its_address_is_set_and_needs_no_key(settings: Settings) -> None:
    assert registry.chosen_vendor("script") == "local"
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "llm": "a key alone", "openai": "sk-1"}
    assert registry.chosen_vendor("script") == "openai"
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "llm": "http://localhost:11434/v1"}
    assert registry.chosen_vendor("script") == registry.chosen_vendor("agent") == "compatible"
    assert registry.chosen_vendor("moderation") == "openai"


def test_an_own_servers_model_is_whatever_its_owner_calls_it(settings: Settings) -> None:
    assert registry.model("script", "compatible").endpoint == ""
    named = {"script": "qwen3:8b", "agent": "qwen3:8b"}
    settings.PIXORA_MODELS = {**settings.PIXORA_MODELS, "compatible": named}
    found = registry.model("script", "compatible")
    assert (found.name, found.endpoint) == ("qwen3:8b", "qwen3:8b")
    assert found.cost == Cost()
    assert found.credits == Credits()


def test_an_own_server_has_limits_although_it_is_local() -> None:
    assert account_of("compatible", local=True) == "compatible"
    assert account_of("local", local=True) == account_of("double", local=True) == ""
    assert account_limits.open_at_once("compatible") >= 1


def test_who_serves_follows_the_settings_of_the_moment(settings: Settings) -> None:
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "script": "openai"}
    assert registry.provider(Capability.SCRIPT).name == "openai"
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "script": "local"}
    assert registry.provider(Capability.SCRIPT).name == "local"
