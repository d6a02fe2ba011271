from __future__ import annotations

import asyncio
import io
from collections.abc import Iterator
from datetime import date
from typing import cast

import pytest
from django.core.management import call_command
from pytest_django import Settings

from pipeline.providers.inspection import Finding, inspect
from pipeline.providers.models_and_prices import catalogue
from pipeline.providers.vendors import BY_NAME
from pixora import checks
from tests.emulators.fal.models import MODELS
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using
from tests.pipeline.providers.vendors import use

TODAY = date(2026, 11, 22)


KLING = ("fal-ai/kling-video/v1.6/pro/image-to-video", "fal-ai/kling-video/v1.6/standard/image-to-video")


@pytest.fixture
def openai(emulators: Emulators, settings: Settings) -> Emulators:
    environment = emulators.environment
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": environment["OPENAI_API_KEY"]}
    settings.PIXORA_BASE_URLS = {**settings.PIXORA_BASE_URLS, "openai": environment["OPENAI_BASE_URL"]}
    return emulators


@pytest.fixture
def queues(emulators: Emulators, settings: Settings) -> Emulators:
    """fal and Replicate have keys; Replicate makes the music."""
    use(settings, emulators)
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": ""}
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "music": "musicgen"}
    return emulators


def found() -> dict[str, Finding]:
    return {finding.model: finding for finding in asyncio.run(inspect(today=TODAY))}


def serving(*roles: str, vendor: str = "openai") -> set[str]:
    """The models that models.toml names for these roles at a vendor: the defaults, what the tiers have instead, and
    what stands in for them."""
    tiers = [catalogue().defaults, *(tier.models for tier in catalogue().tiers.values())]
    named = {(role, of[vendor][role]) for role in roles for of in tiers if role in of.get(vendor, {})}
    entries = [(role, entry) for role, name in named if (entry := catalogue().find(role, name))]
    stand_ins = {(role, name) for role, entry in entries for name in entry.otherwise}
    others = {
        entry.name for role, name in stand_ins if (entry := catalogue().find(role, name)) and entry.vendor == vendor
    }
    return {entry.name for _, entry in entries} | others


def choose(settings: Settings, **models: str) -> None:
    settings.PIXORA_MODELS = {**settings.PIXORA_MODELS, "openai": models}


def test_the_defaults_are_ready(openai: Emulators) -> None:
    assert found().keys() == serving(*BY_NAME["openai"].models)
    assert not any(finding.problems for finding in found().values())
    assert found()["gpt-6-luna"].roles == ("script", "agent", "sight")
    assert not any(finding.warnings for finding in found().values())


def test_a_last_day_is_told_with_the_successor(openai: Emulators, settings: Settings, shut_down_model: str) -> None:
    choose(settings, script="gpt-4o", image="gpt-image-1.5", image_edit=shut_down_model)
    assert "soon: it is shut down on 2027-01-14; use gpt-6-luna" in found()["gpt-4o"].warnings
    assert "soon: it is shut down on 2026-12-01; use gpt-image-2.6-sunburst" in found()["gpt-image-1.5"].warnings
    assert found()[shut_down_model].problems == ("the vendor does not have it; use gpt-image-2.6-sunburst",)


def test_a_model_without_a_price_cannot_be_used(openai: Emulators, settings: Settings) -> None:
    choose(settings, script="gpt-99")
    assert found()["gpt-99"].problems == ("it has no price in models.toml",)


def test_a_wrong_key_is_told(openai: Emulators, settings: Settings) -> None:
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": "sk-wrong"}
    assert {finding.problems for finding in found().values()} == {("the key is not accepted",)}


def test_a_vendor_that_does_not_answer_is_told(openai: Emulators, settings: Settings) -> None:
    settings.PIXORA_BASE_URLS = {"openai": "http://127.0.0.1:9/v1"}
    assert found()["gpt-6-luna"].problems == ("OpenAI cannot be reached at the moment.",)


def test_queues_are_asked_about_keys_and_models_and_nothing_is_bought(queues: Emulators) -> None:
    at_fal = serving("image", "voice", "voice_sample", "motion", vendor="fal")
    assert found().keys() == at_fal | serving("music", vendor="musicgen")
    assert not any(finding.problems for finding in found().values())
    assert "CC-BY-NC-4.0" in found()["musicgen-stereo-large"].warnings[0]
    assert queues.bills("fal") == queues.bills("replicate") == []


def test_a_wrong_key_of_a_queue_is_told(queues: Emulators, settings: Settings) -> None:
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "fal": "wrong", "musicgen": "wrong"}
    assert {finding.problems for finding in found().values()} == {("the key is not accepted",)}


def test_a_queues_model_that_is_gone_or_going_is_told(queues: Emulators, monkeypatch: pytest.MonkeyPatch) -> None:
    queues.turn("fal", options={"deprecated": [KLING[0]]})
    monkeypatch.delitem(cast(dict[str, object], MODELS), KLING[1])
    monkeypatch.setattr("tests.emulators.replicate.VERSION", "another")
    assert found()["kling-1.6-pro"].warnings == ("the vendor calls it deprecated",)
    for name in ("kling-1.6-standard", "musicgen-stereo-large"):
        assert found()[name].problems == ("the vendor does not have it",)


@pytest.mark.parametrize("operation", ["token", "version"])
def test_a_queue_that_does_not_answer_is_told(queues: Emulators, operation: str) -> None:
    queues.fail("replicate" if operation == "version" else "fal", "server_error", operation=operation, times=None)
    name = "musicgen-stereo-large" if operation == "version" else "kling-1.6-pro"
    assert found()[name].problems == ("The generator failed.",)


@pytest.mark.parametrize(
    ("operation", "path", "roles"),
    [
        ("responses", "/responses", ("script", "agent", "sight")),
        ("images.edit", "/images/edits", ("image", "image_edit")),
        ("moderations", "/moderations", ("moderation",)),
    ],
)
def test_a_server_that_lacks_what_is_used_is_not_ready(
    openai: Emulators, operation: str, path: str, roles: tuple[str, ...]
) -> None:
    openai.fail("openai", "server_error", operation=operation, status=404, times=None)
    said = f"the server at this base URL has no {path}: use one that has, or pin this capability to local"
    assert {name: finding.problems for name, finding in found().items() if finding.problems} == {
        name: (said,) for name in serving(*roles)
    }
    assert openai.bills("openai") == []


def test_a_server_that_knows_no_single_models_is_asked_for_its_list(openai: Emulators, settings: Settings) -> None:
    missing = {"kind": "server_error", "status": 404, "times": None}
    openai.turn("openai", faults=[{**missing, "operation": "models.retrieve"}])
    assert not any(finding.problems for finding in found().values())
    openai.turn("openai", faults=[{**missing, "operation": name} for name in ("models.retrieve", "models.list")])
    assert not any(finding.problems for finding in found().values())


def test_warnings_end_it_with_1_where_they_are_asked_to(openai: Emulators, settings: Settings) -> None:
    choose(settings, script="gpt-4o")
    call_command("check_providers", stdout=io.StringIO())
    with pytest.raises(SystemExit):
        call_command("check_providers", "--strict", stdout=io.StringIO())


def test_the_command_ends_with_1_where_something_cannot_be_used(
    openai: Emulators, settings: Settings, shut_down_model: str
) -> None:
    said = io.StringIO()
    call_command("check_providers", stdout=said)
    assert "openai gpt-6-luna (script, agent, sight): ready" in said.getvalue()
    choose(settings, image=shut_down_model)
    with pytest.raises(SystemExit) as ended:
        call_command("check_providers", stdout=said)
    assert ended.value.code == 1
    assert "openai gpt-image-1 (image): cannot be used" in said.getvalue()
    assert "sk-" not in said.getvalue()


def test_without_a_key_there_is_nothing_to_ask() -> None:
    said = io.StringIO()
    call_command("check_providers", stdout=said)
    assert "everything is made on this machine" in said.getvalue()


def ids() -> list[str]:
    return [str(message.id) for message in checks.check_vendors()]


def test_a_system_check_finds_what_cannot_be_run(settings: Settings) -> None:
    assert ids() == []
    choose(settings, script="gpt-99", image="gpt-6-luna")
    assert ids() == ["pixora.E009", "pixora.E009"]
    assert "OPENAI_SCRIPT_MODEL is 'gpt-99'" in checks.check_vendors()[0].msg


def test_a_pinned_vendor_needs_a_key(settings: Settings) -> None:
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "image": "openai"}
    assert ids() == ["pixora.E008"]
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": "sk-1"}
    assert ids() == []


@pytest.fixture
def own(emulators: Emulators, settings: Settings) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def test_own_servers_are_tried_and_only_one_word_is_made(own: Emulators) -> None:
    own.turn("compatible", options={"window": 4096, "tells_window": "props", "edits": False, "voices": ["af_sky"]})
    told = {finding.roles: (finding.problems, finding.notes) for finding in asyncio.run(inspect(today=TODAY))}
    assert all(problems == () for problems, _ in told.values())
    words, pictures, voices = (told[roles][1] for roles in (("script", "agent"), ("image", "image_edit"), ("voice",)))
    assert words[0] == "it is own-7b-instruct, and reads 4096 tokens at once"
    assert "look less alike" in pictures[0]
    assert voices == ("it has 1 voice",)
    assert [bill["operation"] for bill in own.bills("compatible")] == ["chat"]


def test_an_own_server_that_lacks_what_is_used_is_not_ready(own: Emulators) -> None:
    own.turn("compatible", options={"chat": False})
    [words] = [each for each in asyncio.run(inspect(today=TODAY)) if "script" in each.roles]
    assert words.problems == ("the server at this address has no /chat/completions: most addresses end with /v1",)
    own.turn("compatible", options={"chat": False, "responses": True})
    [words] = [each for each in asyncio.run(inspect(today=TODAY)) if "script" in each.roles]
    assert words.problems == ()


def test_an_own_server_that_demands_a_key_is_told_apart(own: Emulators, settings: Settings) -> None:
    own.turn("compatible", options={"wants_key": True})
    assert {each.problems for each in asyncio.run(inspect(today=TODAY))} == {("the key is not accepted",)}
    keys = dict.fromkeys(("llm", "images", "speech"), "sk-own")
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, **keys}
    assert {each.problems for each in asyncio.run(inspect(today=TODAY))} == {()}


def test_an_own_server_is_pinned_by_its_address(settings: Settings) -> None:
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "voice": "compatible"}
    [message] = checks.check_vendors()
    assert (message.id, message.hint) == ("pixora.E008", "Set PIXORA_SPEECH_URL, or choose auto or local.")
