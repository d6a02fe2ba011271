"""How a film should feel is a wish, and no sentence of its narration; its scenes have titles that differ."""

from __future__ import annotations

import pytest

from pipeline.film.prompt_facts import told_in
from pipeline.film.tone_words import is_tone
from pipeline.providers.base import ScriptRequest
from pipeline.providers.local.writing.writer import write_script


@pytest.mark.parametrize(
    "said",
    [
        "Warm and a bit funny.", "schnell und laut", "Fun, loud and colourful!",
        "It should feel cosy and a little sad.",
        "Fast and exciting, with a little humour.", "Cálido y un poco divertido.", "Un peu drôle et très chaleureux",
        "Warm und ein bisschen lustig.", "mood: dreamy, slow", "Light-hearted, please",
    ],
)  # fmt: skip
def test_a_wish_for_a_tone_is_one(said: str) -> None:
    assert is_tone(said)


@pytest.mark.parametrize(
    "said",
    [
        "Warm bread, every day",
        "Quick service",
        "Small and proud",
        "We are fast.",
        "Dark chocolate",
        "Quiet rooms, soft beds",
    ],
)
def test_what_something_is_like_is_no_tone(said: str) -> None:
    assert not is_tone(said)


@pytest.mark.parametrize(
    ("prompt", "language", "spoken"),
    [
        ("Our choir sings on Sunday at six. Warm and a bit funny.", "en", ["Our choir sings on Sunday at six."]),
        ("Invite people to our street party on 4 July. Fun, loud and colourful!", "en",
         ["Invite people to our street party on 4 July."]),
        ("A trailer for our hiking club. We walk every Saturday. Fast and exciting, with a little humour.", "en",
         ["Our hiking club.", "We walk every Saturday."]),
        ("Ein Film über unsere Imkerei. Wir haben 12 Völker. Warm und ein bisschen lustig.", "de",
         ["Unsere Imkerei.", "Wir haben 12 Völker."]),
        ("ein clip für unseren Verein, Training ist immer am Dienstag in der alten Halle, schnell und laut", "de",
         ["Unser Verein, Training ist immer am Dienstag in der alten Halle."]),
        ("A film about our bar. It is small, quiet and cosy.", "en", ["Our bar.", "It is small, quiet and cosy."]),
    ],
)  # fmt: skip
def test_a_tone_is_never_spoken(prompt: str, language: str, spoken: list[str]) -> None:
    assert [told.words for told in told_in(prompt, language)] == spoken


@pytest.mark.parametrize(
    ("prompt", "language", "seconds"),
    [
        ("A film about our school garden. It should feel cosy and a little sad.", "en", 30),
        ("our dog biscuit went missing for two days and the whole street looked for him, then he came home", "en", 20),
        ("Ein Clip für unseren Verein", "de", 30),
        ("关于我们的花园的短片", "zh", 30),
    ],
)
def test_scenes_of_one_film_have_titles_that_differ(prompt: str, language: str, seconds: int) -> None:
    script = write_script(
        ScriptRequest(
            prompt=prompt, duration_s=seconds, aspect_ratio="16:9", style="cinematic", language=language,
            voice="Rachel", character_consistency=False, seed=0,
        )
    )  # fmt: skip
    titles = [clip.scene.title for clip in script.clips]
    assert len(titles) > 1
    assert len(set(titles)) == len(titles)
