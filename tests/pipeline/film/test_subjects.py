"""Tests of what people ask for a film about, in their own spelling."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from pipeline.film.german_subjects import new_subject
from pipeline.film.prompt_settings import settings_in
from pipeline.film.scene_counts import scenes_in
from pipeline.film.subjects import subject_in
from pipeline.film.title import film_title
from tests.pipeline.scripts import script

TOLD: dict[str, dict[str, str]] = tomllib.loads((Path(__file__).parent / "subjects.toml").read_text())


@pytest.mark.parametrize(("prompt", "subject"), {**TOLD["subjects"], **TOLD["others"]}.items())
def test_a_subject_is_what_the_prompt_is_about(prompt: str, subject: str) -> None:
    assert subject_in(prompt) == subject


@pytest.mark.parametrize("prompt", TOLD["subjects"])
def test_a_german_prompt_asks_for_a_german_film(prompt: str) -> None:
    assert settings_in(prompt)["language"] == "de"


@pytest.mark.parametrize(("prompt", "title"), TOLD["titles"].items())
def test_an_ordinal_ends_no_title(prompt: str, title: str) -> None:
    assert film_title(script(3, user_prompt=prompt, language="de")) == title


@pytest.mark.parametrize(
    ("prompt", "scenes"),
    [
        ("ein film über igel, zwei szenen, 10 sekunden", 2),
        ("a film about bees in 3 scenes", 3),
        ("nach 2 szenen kommt musik", None),
        ("the first two scenes in red", None),
        ("Szene 2 lustiger", None),
    ],
)
def test_a_prompt_may_say_how_many_scenes(prompt: str, scenes: int | None) -> None:
    assert scenes_in(prompt) == scenes


@pytest.mark.parametrize(
    ("prompt", "seconds"), [("ein film über igel in zwei szenen", 20), ("ein film über igel in 12 szenen", 60)]
)
def test_so_many_scenes_have_a_length(prompt: str, seconds: int) -> None:
    assert settings_in(prompt)["duration"] == seconds


@pytest.mark.parametrize(
    ("prompt", "ratio"),
    [
        ("a square video about bees for instagram", "1:1"),
        ("bees, square instagram post", "1:1"),
        ("bees, 4:3, for instagram", "4:3"),
        ("bees in widescreen for tiktok", "16:9"),
        ("bees for instagram", "9:16"),
    ],
)
def test_a_shape_that_is_said_wins_over_what_is_usual_on_a_platform(prompt: str, ratio: str) -> None:
    assert settings_in(prompt)["aspect_ratio"] == ratio


@pytest.mark.parametrize(("said", "subject"), TOLD["instead"].items())
def test_a_german_sentence_may_want_another_subject(said: str, subject: str) -> None:
    assert new_subject(said) == subject


@pytest.mark.parametrize(
    ("prompt", "subject"),
    [
        ("kurzes vidoe für den Flohmarkt in Passau, lustige musik", "den Flohmarkt in Passau"),
        ("a vidoe for our flea market, funny music", "our flea market"),
        ("a clip for our choir, live music", "our choir, live music"),
    ],
)
def test_a_wish_for_music_is_not_of_the_subject_and_a_slip_hides_no_film(prompt: str, subject: str) -> None:
    assert subject_in(prompt) == subject


@pytest.mark.parametrize(
    "prompt", ["a video about tigers. no wait, snow leopards", "a film about tigers, no sorry, make it snow leopards"]
)
def test_a_subject_that_is_taken_back_is_none(prompt: str) -> None:
    assert subject_in(prompt) == "snow leopards"


@pytest.mark.parametrize("said", ["Tische aus Eiche, es soll keiner reden", "oak tables, nobody talks in it"])
def test_a_film_in_which_nobody_is_to_talk_has_no_voice(said: str) -> None:
    assert settings_in(said)["voice_over"] is False
