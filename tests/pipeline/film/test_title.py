from __future__ import annotations

import pytest

from pipeline.film.prompt_facts import told_in
from pipeline.film.short_titles import LONGEST
from pipeline.film.title import film_title
from tests.pipeline.scripts import script


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Create a 30-second video about space exploration", "Space Exploration"),
        ("please make me a short, funny film about two cats. They are brothers.", "Two Cats"),
        ("A lighthouse keeper sees the first ship in years", "A Lighthouse Keeper Sees the First Ship"),
        ("a video about a video about\n mirrors!", "A Video About Mirrors"),
        ("Ein Film über Bienen", "Bienen"),
        (
            "hii can u make smth about my dog biscuit who loves teh beach, funny, for instagram, 20 sec",
            "My Dog Biscuit Who Loves the Beach",
        ),
        (
            "Mach mir ein kurzes Video über meine Bäckerei in Köln, bitte auf Deutsch, hochkant",
            "Meine Bäckerei in Köln",
        ),
        ("Un video de 30 segundos sobre la historia del chocolate", "La historia del chocolate"),
        ("hello, pls make smth for my bakery, 15 sec, vertical", "My Bakery"),
        ("thx! make a video about trains in german", "Trains"),
        ("omg a vid of my hamster steve eating cheese lol", "My Hamster Steve Eating Cheese"),
        ("关于月亮的视频", "月亮"),
        ("?!", "Scene 1"),
        ("My pizza place tonis in hamburg, we open friday at 6pm with free slices", "My Pizza Place Tonis in Hamburg"),
        ("we are opening a small bookshop on 3 March in Leeds, come by!", "A Small Bookshop in Leeds"),
        ("my wifes bday is on saturday, make smth about how we met in lisbon in 2015", "How We Met in Lisbon"),
        ("The fall of the Berlin Wall in 1989", "The Fall of the Berlin Wall"),
        ("Wedding invitation: Lena & Tomás, 14 June 2027, Lisbon, 4 pm", "Wedding Invitation: Lena & Tomás"),
        ("Thank you to our 42 volunteers who planted 1,300 trees on Saturday", "Thank You to Our 42 Volunteers"),
        (
            "I run a small yoga studio called Still Water, new class on mondays",
            "A Small Yoga Studio Called Still Water",
        ),
        (
            "I run a small yoga studio in Portland called Still Water and have a class",
            "Still Water: A Small Yoga Studio",
        ),
        ("The history of the bicycle from 1817 to today", "The History of the Bicycle"),
        ("how my grandfather built his boat with a hammer and a saw", "How My Grandfather Built His Boat"),
        ("TOP 5 REASONS TO VISIT ICELAND", "Top 5 Reasons to Visit Iceland"),
        ("What is a black hole? Like I am six", "What Is a Black Hole?"),
        ("Three reasons to switch to a heat pump", "Three Reasons to Switch to a Heat Pump"),
    ],
)
def test_a_film_is_called_by_its_subject(prompt: str, title: str) -> None:
    assert film_title(script(3, user_prompt=prompt)) == title


@pytest.mark.parametrize(
    ("prompt", "title"),
    [
        ("Oma beim teigkneten", "Oma beim Teigkneten"),
        ("das neue café von lisa in bremen öffnet am montag um 9 uhr", "Das neue Café von Lisa in Bremen"),
        ("unser verein feiert am 12. juli sein 50. jubiläum, ab 15 uhr", "Unser Verein feiert sein 50. Jubiläum"),
        ("meine bäckerei müller in köln hat jetzt sonntags offen", "Meine Bäckerei Müller in Köln"),
        ("meine katze schläft den ganzen tag auf dem sofa", "Meine Katze schläft den ganzen Tag"),
        ("Ein kleiner igel sucht im herbst einen platz zum schlafen", "Ein kleiner Igel"),
    ],
)
def test_a_german_title_has_its_nouns_in_capitals(prompt: str, title: str) -> None:
    assert film_title(script(3, user_prompt=prompt, language="de")) == title


def test_german_that_was_typed_small_is_spoken_with_its_capitals() -> None:
    told = told_in("unser verein feiert am 12. juli sein 50. jubiläum, mach es lustig", "de")
    assert told[0].words.startswith("Unser Verein feiert am 12. Juli sein 50. Jubiläum")
    small = told_in("video über unsere oma beim teigkneten in der alten küche", "de")
    assert small[0].words == "Unsere Oma beim Teigkneten in der alten Küche."


def test_a_long_subject_ends_at_a_word() -> None:
    title = film_title(
        script(3, user_prompt="An invitation to a small coffee bar: three drinks for three moods of a morning")
    )
    assert title == "An Invitation to a Small Coffee Bar"
    assert len(title) <= LONGEST + 2


def test_a_film_of_one_scene_has_its_name() -> None:
    assert film_title(script(1)) == "Scene 1"


def test_a_film_that_was_written_about_something_else_is_called_by_that() -> None:
    made = script(3, user_prompt="Ein Film über Igel", language="de")
    told = "mach es lustiger\nEarlier: der film soll über bienen im frühling gehen"
    assert film_title(made, told) == "Bienen im Frühling"
    assert film_title(made, "mach es lustiger") == "Igel"
