"""A voice is found by how it should sound."""

from __future__ import annotations

import pytest

from pipeline.film.languages import is_right_to_left
from pipeline.film.voice_search import about, fitting_words
from pipeline.film.voices import BY_NAME, KNOWN


@pytest.mark.parametrize(
    ("described", "first"),
    [
        ("deep, warm, British", "George"),
        ("an old man, trustworthy", "Bill"),
        ("eine sanfte junge Frau, soft", "Sarah"),
        ("australian guy", "Charlie"),
        ("Lily", "Lily"),
    ],
)
def test_it_is_found_by_words(described: str, first: str) -> None:
    assert fitting_words(described)[0].name == first


def test_words_that_fit_nothing_find_nothing() -> None:
    assert fitting_words("purple") == []


def test_each_is_described_in_a_line() -> None:
    assert about(BY_NAME["George"]) == "man, middle-aged, British, deep, warm, calm, storyteller"
    assert about(BY_NAME["Brian"]).count("deep") == 1
    assert all(about(voice).startswith(voice.gender) for voice in KNOWN)


def test_the_way_of_a_language_is_known() -> None:
    assert [code for code in ("en", "ar", "he", "ja", "fa", "ur") if is_right_to_left(code)] == ["ar", "he", "fa", "ur"]
