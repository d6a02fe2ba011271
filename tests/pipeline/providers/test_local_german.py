"""The local scriptwriter in German."""

from __future__ import annotations

import re

import pytest

from pipeline.providers.local.writing.reading import _tone
from tests.pipeline.providers.test_local_script import film, said


@pytest.mark.parametrize("seed", range(4))
@pytest.mark.parametrize("prompt", ["ein film über apfelernte", "ein film über igel im herbst, 5 sekunden"])
def test_a_german_subject_without_an_article_stands_where_none_is_needed(prompt: str, seed: int) -> None:
    spoken = " ".join(said(film(prompt, 10, language="de", seed=seed)))
    assert not re.search(r"\b(?:um|für|über|auf) (?:apfelernte|igel)", spoken, re.IGNORECASE)
    assert "I'm" not in spoken
    assert re.search(r"(?:Apfelernte|Igel im Herbst)[.:]|: (?:Apfelernte|Igel im Herbst)", spoken)


def test_a_german_question_is_asked_as_one() -> None:
    spoken = " ".join(said(film("erklär mir, wie ein Vulkan funktioniert", 30, language="de")))
    assert spoken.startswith("Wie ein Vulkan funktioniert. Tief unter dem Vulkan")
    assert "um wie" not in spoken


def test_a_german_rewrite_may_be_about_something_else() -> None:
    about = film("Ein Film über Igel", 30, language="de", instructions="der film soll über bienen im frühling gehen")
    assert "Bienen im Frühling" in " ".join(said(about))
    assert "Igel" not in " ".join(said(about))


def test_a_tone_is_heard_with_its_ending() -> None:
    assert _tone("lustige Musik, bitte") == _tone("lustig") == "funny"
