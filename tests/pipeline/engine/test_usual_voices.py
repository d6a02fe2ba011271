"""The voice of a film that nobody chose one for: one that its vendor has checked in the film's language."""

from __future__ import annotations

from typing import Any

import pytest
from pytest_django import Settings

from pipeline.film.voices import BY_NAME
from pipeline.planning.film_plan import settings_of
from pipeline.providers.models_and_prices import VoiceModel, catalogue
from pipeline.services import films, own_words
from pixora.accounts.models import User


@pytest.fixture
def bought(settings: Settings) -> None:
    settings.PIXORA_KEYS = {**settings.PIXORA_KEYS, "openai": "k", "fal": "k"}
    settings.PIXORA_PROVIDERS = {**settings.PIXORA_PROVIDERS, "voice": "auto", "script": "auto"}


@pytest.mark.parametrize(
    ("prompt", "choices", "voice"),
    [
        ("A film about lighthouses, in Japanese", {}, "Alice"),
        ("A film about lighthouses, in Japanese, with a male voice", {"tier": "best"}, "George"),
        ("灯台についての映画", {}, "Alice"),
        ("Ein Film über Leuchttürme", {}, "Lily"),
        ("Ein Film über Leuchttürme mit einer männlichen Stimme", {}, "Brian"),
        ("A film about lighthouses, in Japanese, read by Rachel", {}, "Rachel"),
        ("A film about lighthouses", {"language": "ja", "voice": "Rachel"}, "Rachel"),
        ("A film about lighthouses", {"language": "pt"}, "Brian"),
        ("A film about lighthouses with a female voice", {"language": "pt"}, "Rachel"),
        ("A film about lighthouses with a female voice", {"language": "he"}, "Rachel"),
        ("A film about lighthouses", {}, "Rachel"),
    ],
)
def test_it_speaks_the_language_and_is_of_the_sex_that_was_asked(
    bought: None, prompt: str, choices: dict[str, Any], voice: str
) -> None:
    assert own_words.ordered(prompt, choices, "").settings.voice == voice


def test_another_language_has_another_voice_unless_one_was_chosen(bought: None, alice: User, home: object) -> None:
    for given, spoken in (({}, ["Rachel", "Alice", "Lily"]), ({"voice": "Bill"}, ["Bill"] * 3)):
        settings = own_words.ordered("A film about the sea", {"resolution": "72p", **given}, "").settings
        task = films.order_film(user=alice, prompt="A film about the sea", settings=settings, writes=False)
        heard = [settings.voice]
        for language in ("ja", "de"):
            films.write_script(task=task, changes={"language": language})
            task.refresh_from_db()
            heard.append(settings_of(task).voice)
        assert heard == spoken


def test_voices_of_this_machine_speak_every_language(settings: Settings) -> None:
    assert own_words.ordered("Ein Film über Leuchttürme", {}, "").settings.voice == "Rachel"


def test_the_tables_name_voices_and_languages_that_there_are() -> None:
    models = [model for model in catalogue().models["voice"].values() if isinstance(model, VoiceModel) and model.voices]
    spoken = {language for model in models for language in model.languages}
    for table in catalogue().voices.values():
        assert table.keys() <= spoken
        assert {name for best in table.values() for name in best} <= BY_NAME.keys()
