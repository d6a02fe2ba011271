"""What kind of voice of this machine speaks each language, for people to know before they choose."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.film.settings import LANGUAGES
from pipeline.providers.local.speech.neural import cast, weights

NEURAL = (
    "Two neural voices of this computer, a woman's and a man's, with an American accent. Names of one sex differ in"
    " pitch, size and pace."
)
SYNTHETIC = "espeak-ng, a synthetic voice of this computer: clear, but not natural. Names differ in pitch and pace."


@dataclass(frozen=True)
class VoiceKind:
    language: str
    neural: bool
    about: str
    """For users to read."""


def kinds() -> list[VoiceKind]:
    """One for each language that a film can be in."""
    return [_kind(language) for language in LANGUAGES]


def is_neural(language: str) -> bool:
    return language in cast.LANGUAGES and not weights.why_not()


def _kind(language: str) -> VoiceKind:
    neural = is_neural(language)
    return VoiceKind(language, neural, NEURAL if neural else SYNTHETIC)
