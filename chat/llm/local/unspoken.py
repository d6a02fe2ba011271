"""PURE: wishes in a language that the agent does not speak: no words, pictures or order are changed by a guess."""

from __future__ import annotations

from chat.llm.local import corrections, talk
from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.steps import Understood
from chat.llm.local.wording import SPOKEN

TOLD_ALIKE = frozenset(
    {"change_settings", "quote_film", "film_status", "spending", "list_films", "savings", "explain", "start_film"}
)
"""Tools whose wishes are known in other languages too: by the sentence encoder, and a yes by its words."""


def heeded(found: Understood, said: str, film: Film) -> Understood:
    """Return what was found, or that this language is not spoken here, with those that are."""
    language = language_of(said, film.language)
    if language in SPOKEN:
        return found
    is_guess = any(call.tool not in TOLD_ALIKE for call in found.calls)
    is_lost = talk.was_lost(found.words) or corrections.was_asked("ask.scene", found.words)
    if found and not is_guess and not is_lost:
        return found
    spoken = film.listed([film.language_name(code) for code in SPOKEN], "lists.or")
    return Understood(words=film.say("cannot.speak", language=film.language_name(language), languages=spoken))
