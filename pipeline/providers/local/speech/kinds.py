"""The kind of voice that speaks each language on this machine, for people to know before they choose."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.film.settings import LANGUAGES
from pipeline.providers.local.speech.neural import cast, weights
from pipeline.providers.local.speech.voices import PICO
from pixora.foundation.toml_tables import table


@dataclass(frozen=True)
class VoiceKind:
    language: str
    neural: bool
    label: str
    """Two words for users to read, and `about` a sentence or two."""
    about: str


KINDS: dict[str, dict[str, str]] = table(__file__, "kinds")


def kinds() -> list[VoiceKind]:
    """One for each language that a film can be in."""
    return [kind_of(language) for language in LANGUAGES]


def is_neural(language: str) -> bool:
    return language in cast.LANGUAGES and not weights.why_not()


def is_trained(language: str) -> bool:
    return language in PICO and not weights.why_not_pico()


def kind_of(language: str) -> VoiceKind:
    if is_neural(language):
        return VoiceKind(language, True, **KINDS["neural"])
    return VoiceKind(language, False, **KINDS["trained" if is_trained(language) else "synthetic"])
