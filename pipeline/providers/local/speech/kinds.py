"""The kind of voice that speaks each language on this machine, for people to know before they choose."""

from __future__ import annotations

from dataclasses import dataclass

from pipeline.film.settings import LANGUAGES
from pipeline.providers.local.speech.neural import cast, weights

PICO_LANGUAGES = frozenset({"de", "es", "fr", "it"})


@dataclass(frozen=True)
class VoiceKind:
    language: str
    neural: bool
    label: str
    """Two words for users to read, and `about` a sentence or two."""
    about: str


NEURAL = (
    "neural voice",
    "Two neural voices of this computer, a woman's and a man's, with an American accent. Names of one sex differ in"
    " pitch, size and pace.",
)
TRAINED = (
    "trained voice",
    "SVOX Pico, a voice of this computer that learnt from a woman's recordings. Names differ in pitch, size and pace;"
    " those of men are the same voice, made deeper.",
)
SYNTHETIC = (
    "synthetic voice",
    "espeak-ng, a synthetic voice of this computer: clear, but not natural. Names differ in pitch and pace.",
)


def kinds() -> list[VoiceKind]:
    """One for each language that a film can be in."""
    return [kind_of(language) for language in LANGUAGES]


def is_neural(language: str) -> bool:
    return language in cast.LANGUAGES and not weights.why_not()


def is_trained(language: str) -> bool:
    return language in PICO_LANGUAGES and not weights.why_not_pico()


def kind_of(language: str) -> VoiceKind:
    if is_neural(language):
        return VoiceKind(language, True, *NEURAL)
    return VoiceKind(language, False, *(TRAINED if is_trained(language) else SYNTHETIC))
