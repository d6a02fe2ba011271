"""The voice of a film that nobody chose one for: one that its vendor has checked in the film's language."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pipeline.film.languages import ENGLISH
from pipeline.film.prompt_settings import settings_in
from pipeline.film.settings import USUAL as USUAL_CHOICE
from pipeline.film.settings import Choice, TaskSettings
from pipeline.film.voices import BY_NAME, USUAL, among_best
from pipeline.providers.models_and_prices import VoiceModel, catalogue
from pipeline.providers.registry import languages, model_for

NOBODYS = USUAL["woman"]
"""The voice of a film whose voice nobody spoke of, in a language in which none is known to be better."""


def chosen(settings: TaskSettings, choices: Mapping[str, Any], prompt: str) -> TaskSettings:
    """Return settings that a film is ordered with: a voice that is named among the choices or in the prompt stays, else
    one speaks that fits the language and, where the prompt says one, the sex."""
    if "voice" in choices or not _is_usual(settings.voice, prompt) or not _best(settings.choice):
        return settings
    voice = _fitting(settings.language, _usual(prompt), settings.choice, prompt)
    return settings.model_copy(update={"voice": voice, "voice_is_open": True})


def said(settings: Mapping[str, Any], prompt: str) -> dict[str, Any]:
    """Return the settings that a prompt says, with the voice that it would have for the sex that it says."""
    voice = settings.get("voice")
    if not voice or not _is_usual(voice, prompt):
        return dict(settings)
    return {**settings, "voice": _fitting(settings.get("language", ENGLISH), voice, USUAL_CHOICE, prompt)}


def by_language() -> dict[str, str]:
    """Return the voice of a film that nobody chose one for, by language, where it is not the one of all others."""
    found = {language: _fitting(language, NOBODYS) for language in languages()}
    return {language: voice for language, voice in found.items() if voice != NOBODYS}


def in_another_language(settings: TaskSettings, changes: Mapping[str, Any], prompt: str) -> dict[str, Any]:
    """Return changes of settings with a voice that fits another language, where nobody chose the one there is."""
    language = changes.get("language", settings.language)
    if "voice" in changes or language == settings.language or not settings.voice_is_open:
        return dict(changes)
    voice = _fitting(language, _usual(prompt), settings.choice, prompt)
    return {**changes, "voice": voice, "voice_is_open": True}


def _is_usual(voice: str, prompt: str) -> bool:
    """True for a voice that stands for its sex, and is not named."""
    return voice in USUAL.values() and voice.lower() not in prompt.lower()


def _usual(prompt: str) -> str:
    """The voice that stands for the sex that a prompt says; the one of all others where it says none."""
    return USUAL.get(BY_NAME[settings_in(prompt).get("voice", NOBODYS)].gender, NOBODYS)


def _fitting(language: str, usual: str, choice: Choice = USUAL_CHOICE, prompt: str = "") -> str:
    return among_best(usual, _best(choice).get(language, ()), is_asked="voice" in settings_in(prompt))


def _best(choice: Choice) -> Mapping[str, tuple[str, ...]]:
    """The voices that the vendor of the model in use has checked, by language; none where nobody knows of any."""
    found = model_for("voice", choice)
    return catalogue().voices.get(found.voices, {}) if isinstance(found, VoiceModel) else {}
