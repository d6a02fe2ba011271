"""Stills and voices of a server of one's own, whatever of OpenAI's formats it knows."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from pytest_django import Settings

from media_assets.probe import probe
from pipeline.film.settings import VOICES
from pipeline.providers.base import ImageRequest, Reference, VoiceRequest
from pipeline.providers.compatible.addresses import api_root, file_address, server_root
from pipeline.providers.compatible.image import CompatibleImage
from pipeline.providers.compatible.voice import CompatibleVoice
from pipeline.providers.compatible.voices import EVERY_SERVERS, listed, voice_for
from pixora.foundation.errors import ProviderError
from tests.emulators.server import Emulators
from tests.pipeline.providers.own_servers import using
from tests.pipeline.providers.vendors import Asker, still

SCENE = ImageRequest("scene", "The sea", "the sea at dawn", "noir", (256, 144), seed=1)
VOICE = VoiceRequest("The sea is calm today.", "en", "Rachel", seed=1)


@pytest.fixture
def own(settings: Settings, emulators: Emulators) -> Iterator[Emulators]:
    with using(settings, emulators):
        yield emulators


def drawn(own: Emulators, folder: Path, request: ImageRequest = SCENE, **options: Any) -> Any:
    own.turn("compatible", options=options)
    made = Asker(folder).make(CompatibleImage(), request)
    with Image.open(made.path, formats=["PNG"]) as picture:
        assert picture.size == request.size
    assert made.cost_micros == 0
    return made


@pytest.mark.parametrize("picture_form", ["b64_json", "url", "localhost", "path"])
@pytest.mark.parametrize("picture_kind", ["png", "jpeg", "webp"])
def test_a_picture_comes_however_it_is_sent(
    own: Emulators, tmp_path: Path, picture_form: str, picture_kind: str
) -> None:
    drawn(own, tmp_path, picture_form=picture_form, picture_kind=picture_kind)
    assert [bill["what"]["size"] for bill in own.bills("compatible")] == ["1344x768"]


@pytest.mark.parametrize("unknown", [["response_format"], ["size"], ["n", "size"], ["size", "response_format"]])
def test_what_a_server_does_not_know_is_left_out(own: Emulators, tmp_path: Path, unknown: list[str]) -> None:
    drawn(own, tmp_path, unknown_fields=unknown)
    drawn(own, tmp_path, unknown_fields=unknown)


@pytest.mark.parametrize("edits", [True, False])
def test_who_is_seen_is_shown_or_else_described(own: Emulators, tmp_path: Path, edits: bool) -> None:
    who = Reference("Ada", still(tmp_path), looks="a woman with a red scarf")
    made = drawn(own, tmp_path, replace(SCENE, references=(who, who)), edits=edits)
    [bill] = own.bills("compatible")
    assert bill["what"]["pictures"] == (2 if edits else 0)
    assert ("red scarf" in bill["what"]["prompt"]) is not edits
    assert made.facts["characters"] == (["Ada", "Ada"] if edits else [])


@pytest.mark.parametrize("sound_formats", [["mp3"], ["wav"], ["mp3", "wav"]])
def test_a_voice_speaks_in_whatever_format_there_is(own: Emulators, tmp_path: Path, sound_formats: list[str]) -> None:
    own.turn("compatible", options={"sound_formats": sound_formats})
    made = Asker(tmp_path).make(CompatibleVoice(), VOICE)
    found = probe(made.path, expect="audio")
    assert (found.container, made.cost_micros) == ("mp3", 0)
    assert found.duration_ms > 1_000


def test_a_voice_that_is_there_is_asked_for(own: Emulators, tmp_path: Path, settings: Settings) -> None:
    own.turn("compatible", options={"voices": ["af_heart", "am_adam", "bf_emma", "ef_dora"]})
    assert Asker(tmp_path).make(CompatibleVoice(), VOICE).facts["voice"] in ("af_heart", "bf_emma")
    settings.PIXORA_SPEECH_VOICES = {"*": "ef_dora"}
    assert Asker(tmp_path).make(CompatibleVoice(), VOICE).facts["voice"] == "ef_dora"


def test_what_is_no_sound_is_not_kept(own: Emulators, tmp_path: Path) -> None:
    own.fail("compatible", "garbage", operation="speech", times=None)
    with pytest.raises(ProviderError, match="could not be read") as failed:
        Asker(tmp_path).make(CompatibleVoice(), VOICE)
    assert failed.value.retryable


@pytest.mark.parametrize("voice", VOICES)
def test_each_of_pixoras_voices_has_one_at_openais_and_of_its_kind_at_others(voice: str) -> None:
    assert voice_for(voice, "en", chosen={}, there=[]) in EVERY_SERVERS
    assert voice_for(voice, "en", chosen={}, there=["Zed", voice.upper()]) == voice.upper()
    there = ["af_sky", "am_eric", "bm_lewis", "ff_siwis"]
    assert voice_for(voice, "fr", chosen={}, there=there) == "ff_siwis"
    assert voice_for(voice, "en", chosen={}, there=there) != "ff_siwis"


@pytest.mark.parametrize(
    "answer", [{"voices": ["a", "b"]}, {"voices": [{"id": "a"}, {"name": "b"}]}, {"data": [{"voice_id": "a"}, "b", 7]}]
)
def test_a_list_of_voices_in_any_form(answer: dict[str, Any]) -> None:
    assert listed(answer) == ["a", "b"]


@pytest.mark.parametrize(
    ("written", "root", "server"),
    [
        ("http://localhost:11434", "http://localhost:11434/v1", "http://localhost:11434"),
        ("http://localhost:11434/", "http://localhost:11434/v1", "http://localhost:11434"),
        ("http://host/v1", "http://host/v1", "http://host"),
        ("http://host/v1/chat/completions", "http://host/v1", "http://host"),
        ("https://host/openai/v1/images/generations/", "https://host/openai/v1", "https://host/openai"),
        ("https://host/api/v1", "https://host/api/v1", "https://host"),
    ],
)
def test_an_address_in_any_of_its_forms(written: str, root: str, server: str) -> None:
    assert (api_root(written), server_root(written)) == (root, server)


@pytest.mark.parametrize(
    ("named", "fetched"),
    [
        ("http://localhost:8080/x.png", "http://images:9000/x.png"),
        ("http://127.0.0.1/x.png", "http://images:9000/x.png"),
        ("/x.png", "http://images:9000/x.png"),
        ("https://cdn.example/x.png", "https://cdn.example/x.png"),
        ("http://localhost.example/x", "http://localhost.example/x"),
        ("//evil/x", ""),
        ("file:///etc/passwd", ""),
        (None, ""),
    ],
)
def test_a_file_is_fetched_from_the_server_that_was_set(named: object, fetched: str) -> None:
    assert file_address(named, "http://images:9000/v1") == fetched
