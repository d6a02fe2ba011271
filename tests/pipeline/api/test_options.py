from __future__ import annotations

import pytest
from pytest_django import Settings

from pipeline.models import ModelCall, Task, VoiceSample
from pipeline.planning.graph import Component
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability
from pipeline.providers.fal.voice import FalVoice
from pipeline.providers.models_and_prices import catalogue
from pipeline.providers.registry import model_of, price, serving
from pipeline.services import quotes
from tests.emulators.server import Emulators
from tests.pipeline.api.caller import Caller
from tests.pipeline.providers.vendors import use


def test_what_can_be_chosen_is_told(caller: Caller) -> None:
    options = caller.get("options")
    assert options["aspect_ratios"] == ["16:9", "9:16", "1:1", "4:3", "3:4"]
    assert (options["durations"][0], options["durations"][-1]) == (5, 300)
    assert {"cinematic", "clay"} <= set(options["styles"])
    assert {"none", "circle_open"} <= set(options["transitions"])


def test_prices_are_those_of_a_quote(caller: Caller, task: Task) -> None:
    prices = {(each["component"], each["seconds"]): each["credits"] for each in caller.get("options")["prices"]}
    assert prices["script", None] == 0
    assert {kind for kind, _ in prices} == {kind.value for kind in Kind if kind.about.capability}
    assert [seconds for kind, seconds in prices if kind == "video"] == [5, 10]
    for item in quotes.quote(task=task).items:
        kind = item["component"].partition("/")[0]
        assert prices[kind, 5 if kind == "video" else None] == item["credits"]


def test_what_is_told_can_be_chosen(caller: Caller) -> None:
    options = caller.get("options")
    for name, field in {"voices": "voice", "resolutions": "resolution", "languages": "language"}.items():
        body = {"prompt": "a film", field: options[name][-1]}
        assert caller.post("tasks", body, status=201)["settings"][field] == options[name][-1]


def test_a_voice_is_heard_before_it_is_chosen(caller: Caller) -> None:
    assert caller.get("options")["voice_samples"] is True
    heard = caller.ask("GET", "options/voices/Rachel/sample?language=de")
    assert (heard.status_code, heard["Content-Type"]) == (200, "audio/mpeg")
    assert len(heard.content) > 5_000
    assert caller.ask("GET", "options/voices/Rachel/sample?language=de").content == heard.content


def test_what_kind_of_voice_speaks_each_language_is_told(caller: Caller) -> None:
    kinds = {kind["language"]: kind for kind in caller.get("options")["voice_kinds"]}
    assert list(kinds) == caller.get("options")["languages"]
    assert {code for code, kind in kinds.items() if kind["neural"]} == {"en"}
    assert "neural" in kinds["en"]["about"]
    assert "SVOX Pico" in kinds["de"]["about"]
    assert "espeak-ng" in kinds["nl"]["about"]


@pytest.mark.parametrize("path", ["Nobody/sample", "rachel%00/sample"])
def test_a_voice_that_is_none_has_no_sample(caller: Caller, path: str) -> None:
    assert caller.refused("GET", f"options/voices/{path}")[:2] == (404, "not_found")


@pytest.mark.django_db(transaction=True)
def test_a_vendors_voice_is_paid_for_once_and_stands_in_the_books(
    caller: Caller, settings: Settings, emulators: Emulators
) -> None:
    use(settings, emulators)
    with serving({Capability.VOICE: FalVoice()}):
        assert caller.get("options")["voice_samples"] is True
        assert caller.get("options")["voice_kinds"] == []
        heard = [
            caller.ask("GET", f"options/voices/Rachel/sample?language={code}") for code in ("de", "de", "ja", "en")
        ]
        emulators.fail("fal", "refused", operation="job")
        assert caller.ask("GET", "options/voices/George/sample").status_code >= 400
    assert {answer.status_code for answer in heard} == {200}
    assert heard[0].content == heard[1].content
    assert heard[2].content == heard[3].content, "there is no sentence in Japanese, so it speaks English"
    assert VoiceSample.objects.count() == 2
    calls = ModelCall.objects.order_by("started_at")
    assert [call.status for call in calls] == ["succeeded", "succeeded", "failed"]
    assert sum(call.cost_micros for call in calls) == sum(bill["micros"] for bill in emulators.bills("fal")) > 0


def test_what_a_prompt_says_is_read_before_anything_is_made(caller: Caller) -> None:
    said = caller.post("options/said", {"prompt": "ein Film über Bienen, hochkant, 10 Sekunden, ohne Musik, in 4K"})
    assert said["settings"] == {"duration": 10, "aspect_ratio": "9:16", "language": "de", "music": False}
    assert said["remarks"] == ["The resolution 4K is not to be had: it can be 720p or 1080p."]
    assert not Task.objects.exists()


def test_a_language_that_no_film_can_be_in_is_remarked_on(caller: Caller) -> None:
    said = caller.post("options/said", {"prompt": "김치에 대한 15초 영상"})
    assert said["settings"] == {"duration": 15}
    assert said["remarks"][0].startswith("No film can be in Korean here")


def test_an_order_is_answered_with_what_of_it_cannot_be_had(caller: Caller) -> None:
    film = caller.post("tasks", {"prompt": "a 21:9 film about whales, 10 seconds"}, status=201)
    assert film["remarks"] == ["The shape 21:9 is not to be had: it can be 16:9, 9:16, 1:1, 4:3 or 3:4."]
    assert caller.get(f"tasks/{film['id']}")["remarks"] == film["remarks"]


def test_films_are_in_every_language_that_writer_and_voice_can_do(caller: Caller, settings: Settings) -> None:
    order = {"prompt": "灯台についての映画", "duration": 5}
    assert len(caller.get("options")["languages"]) == 8
    assert caller.refused("POST", "tasks", order)[:2] == (422, "unsupported_language")
    assert caller.refused("POST", "tasks", {"prompt": "a film", "language": "ka"})[:2] == (422, "unsupported_language")

    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": "k", "fal": "k"}
    told = {one["language"]: one for one in caller.get("options?names_in=de")["language_list"]}
    assert len(told) == 73
    assert (told["ja"]["name"], told["ja"]["own_name"]) == ("Japanisch", "日本語")
    assert told["ar"]["right_to_left"]
    assert caller.post("tasks", order, status=201)["settings"]["language"] == "ja"
    assert caller.post("tasks", {"prompt": "a film", "language": "ka"}, status=201)["settings"]["language"] == "ka"

    spoken = {language: Component("audio/1", Kind.VOICE, {"text": "x", "language": language}) for language in told}
    by = {language: model_of(one) for language, one in spoken.items()}
    assert by["ja"] == catalogue().find("voice", "elevenlabs-multilingual-v2")
    assert by["ka"] == catalogue().find("voice", "eleven-v3"), "the usual voice does not speak Georgian"
    assert {price(one) for one in spoken.values()} == {2}

    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "script": "local"}
    assert len(caller.get("options")["languages"]) == 8, "the local writer writes no others"
