"""The spelling of words that order a film."""

from __future__ import annotations

import pytest

from pipeline.film.order_slips import mended
from pipeline.film.prompt_facts import told_in
from pipeline.film.prompt_settings import settings_in
from pipeline.film.subjects import subject_in


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("vidoe abuot my dog", "video about my dog"),
        ("plaese, a Vidio", "please, a Video"),
        ("30 secodns for instagramm", "30 seconds for instagram"),
        ("watercolr on facebok", "watercolor on facebook"),
        ("ein Vidoe von 30 Skeunden", "ein Video von 30 Sekunden"),
    ],
)
def test_words_that_order_a_film_are_spelled(typed: str, meant: str) -> None:
    assert mended(typed) == meant


@pytest.mark.parametrize(
    "text",
    [
        "every second counts, jede Sekunde zählt, chaque seconde compte, cada segundo",
        "legends of the landscapes, a caption, eine quadratische Kiste, un formato horizontale",
        'a brand called “Abuot” and "Instagramm"',
        "a carte, a void, cautions and captains",
    ],
)
def test_other_words_stay_as_they_are(text: str) -> None:
    assert mended(text) == text


def test_a_hurried_order_is_not_spoken() -> None:
    prompt = "vidoe abuot my dog bruno who steels sausages, 20 secs pls, funny, for instagramm"
    assert settings_in(prompt)["aspect_ratio"] == "9:16"
    said = " ".join(told.words for told in told_in(prompt))
    assert "my dog" in said.lower()
    assert not {"video", "vidoe", "about", "abuot", "instagram", "instagramm"} & set(said.lower().strip(".").split())
    assert subject_in(prompt).lower().startswith("my dog bruno")
