from __future__ import annotations

import pytest

from pipeline.film.title import LONGEST, film_title
from tests.pipeline.scripts import script


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Create a 30-second video about space exploration", "Space exploration"),
        ("please make me a short, funny film about two cats. They are brothers.", "Two cats"),
        ("A lighthouse keeper sees the first ship in years", "A lighthouse keeper sees the first ship in years"),
        ("a video about a video about\n mirrors!", "A video about mirrors"),
        ("Ein Film über Bienen", "Bienen"),
        (
            "hii can u make smth about my dog biscuit who loves teh beach, funny, for instagram, 20 sec",
            "My dog Biscuit who loves the beach",
        ),
        (
            "Mach mir ein kurzes Video über meine Bäckerei in Köln, bitte auf Deutsch, hochkant",
            "Meine Bäckerei in Köln",
        ),
        ("Un video de 30 segundos sobre la historia del chocolate", "La historia del chocolate"),
        ("hello, pls make smth for my bakery, 15 sec, vertical", "My bakery"),
        ("thx! make a video about trains in german", "Trains"),
        ("omg a vid of my hamster steve eating cheese lol", "My hamster Steve eating cheese"),
        ("关于月亮的视频", "关于月亮的视频"),
        ("?!", "Scene 1"),
    ],
)
def test_a_film_is_called_by_its_subject(prompt: str, title: str) -> None:
    assert film_title(script(3, user_prompt=prompt)) == title


def test_a_long_subject_ends_at_a_word() -> None:
    title = film_title(
        script(3, user_prompt="An invitation to a small coffee bar: three drinks for three moods of a morning")
    )
    assert title == "An invitation to a small coffee bar: three drinks for three …"
    assert len(title) <= LONGEST + 2


def test_a_film_of_one_scene_has_its_name() -> None:
    assert film_title(script(1)) == "Scene 1"


def test_a_film_that_was_written_about_something_else_is_called_by_that() -> None:
    made = script(3, user_prompt="Ein Film über Igel", language="de")
    told = "mach es lustiger\nEarlier: der film soll über bienen im frühling gehen"
    assert film_title(made, told) == "Bienen im Frühling"
    assert film_title(made, "mach es lustiger") == "Igel"
