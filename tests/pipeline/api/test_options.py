from __future__ import annotations

import pytest

from pipeline.models import Task
from pipeline.planning.kinds import Kind
from pipeline.providers.base import Capability
from pipeline.providers.registry import serving
from pipeline.services import quotes
from tests.pipeline.api.caller import Caller
from tests.pipeline.doubles import Speaker, Studio


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


def test_a_voice_that_is_paid_for_has_no_sample(caller: Caller) -> None:
    speaker = Speaker(Studio(), ".mp3", local=False)
    with serving({Capability.VOICE: speaker}):
        assert caller.get("options")["voice_samples"] is False
        assert caller.get("options")["voice_kinds"] == []
        assert caller.refused("GET", "options/voices/Rachel/sample")[:2] == (404, "not_found")
    assert not speaker.studio.calls


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
