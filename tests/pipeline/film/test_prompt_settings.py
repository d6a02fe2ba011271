"""Settings that a prompt says, in the languages people write to us: they count, and are no part of its subject."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import pytest

from pipeline.film.own_words.ordered_settings import refused_language, settings_for, settings_meanwhile
from pipeline.film.prompt_settings import settings_in
from pipeline.film.settings import TaskSettings
from pipeline.film.subjects import subject_in
from pixora.foundation.errors import Invalid

TOLD: dict[str, dict[str, Any]] = tomllib.loads((Path(__file__).parent / "said_settings.toml").read_text())
MEANT: list[tuple[str, dict[str, Any]]] = [
    (prompt, {"language": language, **said})
    for language, prompts in TOLD["settings"].items()
    for prompt, said in prompts.items()
]
REFUSED: list[tuple[str, dict[str, Any]]] = list(TOLD["elsewhere"].items())


def meant(said: dict[str, Any]) -> TaskSettings:
    return TaskSettings(length_is_open="duration" not in said, **said)


@pytest.mark.parametrize(("prompt", "said"), MEANT, ids=[prompt for prompt, _ in MEANT])
def test_what_a_prompt_says_of_settings_counts(prompt: str, said: dict[str, Any]) -> None:
    assert settings_for(prompt, {}) == meant(said)


@pytest.mark.parametrize(("prompt", "said"), REFUSED, ids=[prompt for prompt, _ in REFUSED])
def test_a_language_that_no_film_can_be_in_is_said_unless_another_is_chosen(prompt: str, said: dict[str, Any]) -> None:
    with pytest.raises(Invalid, match="No film can be in") as caught:
        settings_for(prompt, {})
    assert (caught.value.code, caught.value.field) == ("unsupported_language", "language")
    assert refused_language(prompt) == said["language"]
    wanted = meant({**said, "language": "fr"})
    assert settings_for(prompt, {"language": "fr"}) == wanted
    assert settings_meanwhile(prompt, {}) == wanted.model_copy(update={"language": "en"})


@pytest.mark.parametrize(("prompt", "about"), TOLD["about"].items())
def test_settings_are_no_part_of_the_subject(prompt: str, about: str) -> None:
    assert subject_in(prompt) == about


@pytest.mark.parametrize(
    ("chosen", "value"), [("aspect_ratio", "1:1"), ("style", "noir"), ("language", "de"), ("music", True)]
)
def test_a_setting_that_is_chosen_wins(chosen: str, value: object) -> None:
    prompt = "vertical film about cats in Spanish, watercolor style, no music"
    assert settings_for(prompt, {chosen: value}).model_dump()[chosen] == value
    assert settings_in(prompt)[chosen] != value


@pytest.mark.parametrize(
    ("prompt", "voice"),
    [
        ("bees, a British woman's voice", "Alice"),
        ("bees, narrated in a British man's voice", "Daniel"),
        ("bees, a male voice with an Australian accent", "Charlie"),
        ("ein Film über Bienen, britische Frauenstimme", "Alice"),
        ("abejas, voz británica", "Alice"),
        ("les abeilles, voix de femme britannique", "Alice"),
        ("le api, voce britannica", "Alice"),
        ("abelhas, voz feminina britânica", "Alice"),
        ("bijen, een britse stem", "Alice"),
        ("蜜蜂，英国女声", "Alice"),
    ],
)
def test_a_voice_has_the_accent_that_is_asked_for(prompt: str, voice: str) -> None:
    assert settings_in(prompt)["voice"] == voice


@pytest.mark.parametrize("prompt", ["the story of an American voice actor", "the British voice of reason"])
def test_a_voice_that_a_film_is_about_speaks_nothing(prompt: str) -> None:
    assert "voice" not in settings_in(prompt)


def test_no_music_with_drums_is_music_without_them() -> None:
    assert "music" not in settings_in("bees, no music with drums please")
    assert settings_in("bees, no music with captions")["music"] is False
