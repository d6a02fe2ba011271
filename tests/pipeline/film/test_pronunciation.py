"""A listed word is spoken as it was told, alone where it stands by itself, and shown as it is written."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from pipeline.film.ipa import is_ipa, respelled
from pipeline.film.pronunciation import Pronunciation, as_asked, calm, spoken_pieces
from pipeline.film.settings import parse_settings
from pipeline.film.spoken import as_written, spoken
from pixora.foundation.errors import Invalid

KOEHLER = Pronunciation(written="Köhler", said="KER-ler")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("Köhler pays $5.", "ker-ler pays five dollars."),
        ("KÖHLER and Köhler's", "ker-ler and ker-ler's"),
        ("Ko\u0308hler", "ker-ler"),
        ("Köhlers Kohle", "Köhlers Kohle"),
        ("a köhler", "a köhler"),
    ],
)
def test_the_word_itself_is_spoken_otherwise(text: str, said: str) -> None:
    assert spoken(spoken_pieces(text, "en", [KOEHLER])) == said


def test_the_longer_word_has_it_and_words_beside_each_other_need_no_space_in_chinese() -> None:
    both = [Pronunciation(written="San", said="sun"), Pronunciation(written="San José", said="san ho-ZAY")]
    assert spoken(spoken_pieces("San José, San Remo", "en", both)) == "san ho-zay, sun Remo"
    assert spoken(spoken_pieces("我是重庆人", "zh", [Pronunciation(written="重庆", said="崇庆")])) == "我是崇庆人"


def test_what_is_heard_is_led_back_to_what_is_written() -> None:
    parts = spoken_pieces("Köhler waits.", "en", [KOEHLER])
    assert as_written(parts, [("ker-ler", 0, 400), ("waits.", 400, 900)]) == [("Köhler", 0, 400), ("waits.", 400, 900)]


def test_capitals_are_stress_and_no_letters_to_spell() -> None:
    assert [calm(said) for said in ("KER-ler", "JIF", "B M W", "BMW")] == ["ker-ler", "jif", "B M W", "BMW"]


def test_sounds_are_spelt_in_letters_for_voices_that_take_no_phonemes() -> None:
    assert respelled("/ˈkøːlɐ/") == "kurluh"
    assert respelled("t͡ʃaɪˈkɒfski") == "cheye-kofskee"
    assert Pronunciation(written="Köhler", ipa="ˈkøːlɐ").spoken == "kurluh"
    assert is_ipa("ŋwiən")
    assert not is_ipa("KER-ler")


def test_a_text_asks_for_what_touches_it_in_one_order() -> None:
    other = Pronunciation(written="Ada", said="AY-da")
    assert as_asked([KOEHLER, other], "Ada and Köhler") == as_asked([other, KOEHLER], "Ada and Köhler")
    assert as_asked([KOEHLER], "Nobody") == []


@pytest.mark.parametrize(
    "entry",
    [
        {"written": "", "said": "a"},
        {"written": "Köhler"},
        {"written": "Köhler", "ipa": "§"},
        {"written": "a\nb", "said": "a"},
        {"written": "x" * 81, "said": "a"},
    ],
)
def test_an_entry_that_says_nothing_is_refused(entry: dict[str, str]) -> None:
    with pytest.raises(ValidationError):
        Pronunciation(**entry)
    with pytest.raises(Invalid, match="pronunciations"):
        parse_settings({"pronunciations": [entry]})


def test_of_one_word_the_last_entry_counts_and_an_empty_list_is_not_written_down() -> None:
    twice = parse_settings({"pronunciations": [{"written": "Ada", "said": "one"}, {"written": "ada", "said": "two"}]})
    assert [entry.said for entry in twice.pronunciations] == ["two"]
    assert "pronunciations" not in parse_settings({}).model_dump()
