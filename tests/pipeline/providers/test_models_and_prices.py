from __future__ import annotations

from dataclasses import replace

import pytest
from pydantic import ValidationError
from pytest_django import Settings

from pipeline.planning.graph import Component, build_graph
from pipeline.planning.kinds import Kind
from pipeline.providers import models_and_prices, registry
from pipeline.providers.models_and_prices import catalogue
from pixora.foundation.errors import NoPrice
from tests.pipeline.providers.vendors import expected_cost
from tests.pipeline.scripts import TINY, scene, script

EVERY = [(section, name) for section, models in catalogue().models.items() for name in models]
DEFAULTS = [(vendor, role, name) for vendor, roles in catalogue().defaults.items() for role, name in roles.items()]


@pytest.mark.parametrize(("section", "name"), EVERY)
def test_every_model_has_a_price(section: str, name: str) -> None:
    assert catalogue().models[section][name].priced


@pytest.mark.parametrize(("vendor", "role", "name"), DEFAULTS)
def test_every_default_is_a_model_of_its_vendor_that_stays(vendor: str, role: str, name: str) -> None:
    found = catalogue().find(role, name)
    assert found
    assert found.vendor == vendor
    assert found.shut_down is None


@pytest.mark.parametrize(
    ("role", "vendor"),
    [("image", "openai"), ("voice", "fal"), ("music", "fal"), ("motion", "fal"), ("script", "openai")],
)
def test_local_takes_cost_the_credits_of_the_default_paid_model(role: str, vendor: str) -> None:
    assert registry.model(role, "local").credits == registry.model(role, vendor).credits


def test_a_key_that_the_registry_does_not_know_is_refused() -> None:
    with pytest.raises(ValidationError, match="speed"):
        models_and_prices.parse('[defaults]\n[voice.x]\nvendor = "fal"\nseconds = 1\nspeed = 2\n')


@pytest.mark.parametrize(
    ("size", "ratio"), [((1280, 720), "16:9"), ((720, 1280), "9:16"), ((86, 86), "1:1"), ((720, 960), "3:4")]
)
def test_the_ratio_of_a_size_is_the_nearest(size: tuple[int, int], ratio: str) -> None:
    assert models_and_prices.ratio_of(size, ["16:9", "9:16", "1:1", "4:3", "3:4"]) == ratio


def test_a_model_without_a_price_is_not_run(settings: Settings) -> None:
    settings.PIXORA_MODELS = {"openai": {"image": "gpt-image-0"}}
    with pytest.raises(NoPrice, match="gpt-image-0"):
        registry.model("image", "openai")


def test_a_vendor_serves_where_it_has_a_key_unless_another_is_pinned(settings: Settings) -> None:
    assert registry.chosen_vendor("image_edit") == "local"
    settings.PIXORA_KEYS = {"openai": "sk-1", "fal": "", "musicgen": "r8"}
    assert registry.chosen_vendor("image_edit") == "openai"
    assert [registry.chosen_vendor(role) for role in ("music", "voice")] == ["musicgen", "local"]
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "image": "local"}
    assert registry.chosen_vendor("image") == "local"


def test_pictures_with_characters_in_them_are_edited() -> None:
    mia = {"name": "Mia", "image_prompt": "a girl"}
    graph = build_graph(script([scene(1, characters=["Mia"]), scene(2)], character_profiles=[mia]), TINY)
    pictures = [component for component in graph.components if component.kind in (Kind.CHARACTER, Kind.STILL)]
    names = {component.key: _name(component, "openai") for component in pictures}
    assert names == {
        "character/mia": "gpt-image-2.6-flare",
        "scene/1": "gpt-image-2.6-sunburst",
        "scene/2": "gpt-image-2.6-flare",
    }


def _name(component: Component, vendor: str) -> str:
    found = registry.model_of(component, vendor)
    return found.name if found else ""


@pytest.mark.parametrize(
    ("size", "name"),
    [([1280, 720], "kling-1.6-pro"), ([960, 720], "kling-1.6-standard"), ([720, 960], "kling-1.6-standard")],
)
def test_frames_that_one_kling_does_not_make_are_anothers(size: list[int], name: str, settings: Settings) -> None:
    clip = Component("video/1", Kind.CLIP, {"prompt": "it moves", "duration": 10, "size": size})
    settings.PIXORA_MODELS = {"fal": {"motion": "kling-1.6-pro"}}
    assert _name(clip, "fal") == name


def test_what_a_take_will_cost_is_known_before_it_is_bought() -> None:
    clip = Component("video/1", Kind.CLIP, {"prompt": "it moves", "duration": 10, "size": [1280, 720]})
    voice = Component("audio/1", Kind.VOICE, {"text": "x" * 145})
    assert expected_cost(clip, "fal") == 840_000
    assert expected_cost(voice, "fal") == 14_500
    assert expected_cost(replace(voice, key="line/1/1", kind=Kind.LINE), "fal") == 14_500
    assert expected_cost(voice, "local") == 0
