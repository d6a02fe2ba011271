"""Own voices in films: whether one may be chosen, and which voice speaks where it cannot."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from media_assets import own_voices
from pipeline.film.languages import name_of
from pipeline.film.script import Script
from pipeline.film.speakers import is_own
from pipeline.providers.registry import sample_model
from pixora.accounts.models import User
from pixora.foundation.errors import Conflict, Invalid

UPLOAD_FIRST = (
    "voice_character: upload a sample of the voice and keep it with POST me/voices, with your word that you may use it;"
    " then give its id. Addresses are not fetched."
)


def check(user: User, character: str, settings: Mapping[str, Any]) -> None:
    """Check that a voice of one's own may be chosen for a film with these settings; empty is no choice.

    Raises Invalid for what is no voice's id, NotFound for other people's, Conflict where no model here speaks from a
    sample in the film's language: the sentence says whose voice is used instead.
    """
    if not character:
        return
    if not is_own(character):
        raise Invalid(UPLOAD_FIRST, field="voice_character")
    own_voices.voice_of(user, character)
    if sentence := why_not(str(settings["language"]), str(settings["voice"])):
        raise Conflict(sentence, code="not_ready")


def check_cast(user: User, script: Script, before: Script | None) -> None:
    """Check the own voices that characters were newly given, as `check` does."""
    was = {profile.voice_character for profile in before.character_profiles} if before else set()
    said = {"language": script.language, "voice": script.voice}
    for character in {profile.voice_character for profile in script.character_profiles} - was:
        check(user, character, said)


def why_not(language: str, voice: str) -> str:
    """A sentence on why no own voice speaks in this language here, and who does; empty where one can."""
    if sample_model(language):
        return ""
    if not any(map(sample_model, ("en", "zh", "de", "es", "fr"))):
        return f"No model here can speak in the voice of a sample: {voice} speaks instead."
    return f"No model here speaks {name_of(language, 'en')} in the voice of a sample: {voice} speaks instead."


def instead_of_one(settings: Mapping[str, Any], changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of a film's settings as `with_one_voice` has them, where an own voice speaks now; else as they are."""
    return with_one_voice(changes) if settings.get("voice_character") else dict(changes)


def with_one_voice(changes: Mapping[str, Any]) -> dict[str, Any]:
    """Changes of settings in which a voice that is chosen by name takes the place of an own one."""
    return {"voice_character": "", **changes} if "voice" in changes else dict(changes)
