"""Prompts whose writer changes their mind in them."""

from __future__ import annotations

import pytest

from pipeline.film.prompt_corrections import corrected
from pipeline.film.prompt_settings import settings_in
from pipeline.film.subjects import subject_in


@pytest.mark.parametrize(
    ("prompt", "seconds", "subject"),
    [
        ("a 30 second film abt bees.. no wait make it 20, and about wasps", 20, "wasps"),
        ("a 30 second film about bees, sorry no, 45 seconds", 45, "bees"),
        ("Ein Film über Bienen, 30 Sekunden, nein warte, über Wespen", 30, "Wespen"),
        ("a video about our bakery, actually no, about our café", None, "our café"),
    ],
)
def test_the_later_length_and_subject_count(prompt: str, seconds: int | None, subject: str) -> None:
    assert settings_in(prompt).get("duration") == seconds
    assert subject in subject_in(prompt)
    assert "bees" not in subject_in(prompt) or subject == "bees"


@pytest.mark.parametrize(
    "prompt",
    [
        "a film about a dog who can wait no longer",
        "a story in which she says “no wait, about that” and leaves",
        "how bees dance, no wait for the bus",
    ],
)
def test_a_prompt_that_only_has_such_words_stays(prompt: str) -> None:
    assert corrected(prompt) == prompt


def test_a_language_that_is_not_needed_is_not_the_films() -> None:
    assert "language" not in settings_in("a film about my kid's birthday party, spanish voice not needed")
    assert settings_in("a film about my kid's birthday party, with a spanish voice")["language"] == "es"
