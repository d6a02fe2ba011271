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
        ("a vid about bees, 30 sec. wait make that 50, and wasps not bees", 50, "wasps"),
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
        "two friends wait 20 minutes for a bus that does not come",
    ],
)
def test_a_prompt_that_only_has_such_words_stays(prompt: str) -> None:
    assert corrected(prompt) == prompt


def test_a_language_that_is_not_needed_is_not_the_films() -> None:
    assert "language" not in settings_in("a film about my kid's birthday party, spanish voice not needed")
    assert settings_in("a film about my kid's birthday party, with a spanish voice")["language"] == "es"


@pytest.mark.parametrize(
    ("prompt", "settings"),
    [
        ("trailer for our book club, square.. no sorry landscape, 20s", {"aspect_ratio": "16:9", "duration": 20}),
        ("smth cool about surfing, 4:3, no wait 9:16 and 30 secs", {"aspect_ratio": "9:16", "duration": 30}),
        ("wedding invite video 30 sec.. actually 25 is plenty", {"duration": 25}),
    ],
)
def test_the_later_shape_and_what_is_plenty_count(prompt: str, settings: dict[str, object]) -> None:
    assert settings_in(prompt) == settings


@pytest.mark.parametrize(
    ("prompt", "voice"),
    [
        ("need a promo for my taco truck, brian narrates", "Brian"),
        ("a detective cat looking for a lost fish, bill reading", "Bill"),
        ("a short film about a snail race, lily should do the talking", "Lily"),
        ("Ein Film über Schnecken, Daniel liest", "Daniel"),
        ("how fungi move carbon, 40 s, Daniel as narrator, no captions", "Daniel"),
        ("quero um video de 45s sobre os descobrimentos, narrado pela alice", "Alice"),
        ("ein film über bienen, gelesen von george", "George"),
    ],
)
def test_who_reads_is_the_voice(prompt: str, voice: str) -> None:
    assert settings_in(prompt)["voice"] == voice


@pytest.mark.parametrize("prompt", ["a film about Alice reading a book", "the day Will speaks to his father, a story"])
def test_somebody_of_the_story_is_no_voice(prompt: str) -> None:
    assert "voice" not in settings_in(prompt)


def test_a_format_without_its_accent_is_one() -> None:
    assert settings_in("une pub pour mon salon de coiffure, format carre")["aspect_ratio"] == "1:1"


@pytest.mark.parametrize(
    ("prompt", "settings"),
    [
        ("yo make me a 15s anime edit of a samurai cat", {"duration": 15, "style": "anime"}),
        ("smth noir, a detective cat, 40 seconds", {"duration": 40, "style": "noir"}),
        ("un clip pour mon food truck de crêpes, dessin anime stp", {"style": "cartoon", "language": "fr"}),
        ("for my year 7s: photosynthesis, 1 min", {"duration": 60}),
        ("clip for my under 12s football squad, 20 secs, liam on the mic", {"duration": 20, "voice": "Liam"}),
        ("finds lost parcels. minimal look, square format", {"style": "minimal", "aspect_ratio": "1:1"}),
        ("my flower shop, soft pastel look pls", {"style": "soft pastel"}),
        ("how to wash hands, 30 seconds, tall", {"duration": 30, "aspect_ratio": "9:16"}),
        ("the fall of rome, 40 seconds, no wait 50, like an oil painting", {"duration": 50, "style": "oil painting"}),
        ("a boy who is tall, and his dog", {}),
        ("our bakery, keep it under 30s please", {"duration": 30}),
        ("our bakery in under 15s", {"duration": 15}),
        ("take a look, 20 seconds", {"duration": 20}),
    ],
)
def test_settings_as_people_type_them(prompt: str, settings: dict[str, object]) -> None:
    assert settings_in(prompt) == settings
