"""What is spoken is in words; what is shown stays as it was written, at its own time."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from pipeline.cut.picture.captions import Speech, Word, cues
from pipeline.film.spoken import as_written, pieces, spoken


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "$1,299.99", "one thousand, two hundred and ninety-nine dollars, ninety-nine cents"),
        ("en", "It costs $5.", "It costs five dollars."),
        ("en", "on 3/4/2026", "on March fourth, twenty twenty-six"),
        ("en", "2026-11-29", "November twenty-ninth, twenty twenty-six"),
        ("en", "CO2 and H₂O", "C O 2 and H 2 O"),
        ("en", "180 °C, 5° more", "180 degrees Celsius, 5 degrees more"),
        ("en", "120 km/h", "120 kilometres an hour"),
        ("en", "the 1st of May", "the first of May"),
        ("en", "+1 (555) 010-0199", "plus one, five five five, zero one zero, zero one nine nine"),
        ("en", "https://www.example.org/one-two", "example dot org slash one dash two"),
        ("en", "me@example.org", "me at example dot org"),
        ("de", "4,90 €", "vier Euro und neunzig Cent"),
        ("de", "1.299,99 €", "eintausendzweihundertneunundneunzig Euro und neunundneunzig Cent"),
        ("de", "am 3.4.2026", "am dritten April zweitausendsechsundzwanzig"),
        ("de", "25°C", "25 Grad Celsius"),
        ("fr", "le 1er mai", "le premier mai"),
        ("es", "5 €", "cinco euros"),
        ("it", "5,50 €", "cinque euro e cinquanta centesimi"),
        ("nl", "€ 5,50", "vijf euro, vijftig cent"),
        ("pt", "10 km", "10 quilômetros"),
        ("en", "It cost $1.5 million.", "It cost 1.5 million dollars."),
        ("en", "a €2bn deal", "a 2 billion euros deal"),
        ("de", "1,5 Mio. €", "1,5 Millionen Euro"),
        ("fr", "1,5 M€ ou 1 000 000 €", "1,5 millions d'euros ou un million d'euros"),
        ("es", "1.000.000 €", "un millón de euros"),
        ("en", "$5-10, $5–$10", "5 to 10 dollars, 5 to 10 dollars"),
        ("de", "5-10 € und 20–25 °C", "5 bis 10 Euro und 20 bis 25 Grad Celsius"),
        ("en", "-$5, −40 °F and -3 km", "minus five dollars, minus 40 degrees Fahrenheit and minus 3 kilometres"),
        ("nl", "€ 5,-", "vijf euro"),
        ("en", "45°N, 25 °Celsius", "45 degrees N, 25 degrees Celsius"),
        ("en", "15.000.000 °C", "15.000.000 degrees Celsius"),
        ("it", "1 km", "1 chilometro"),
        ("en", "50㎡ at 25℃, 7 km2", "50 square metres at 25 degrees Celsius, 7 square kilometres"),
        ("fr", "1re, 1ère, 2nd", "première, première, deuxième"),
        ("zh", "卖¥100，25°C，50㎡，-5℃", "卖100元，25摄氏度，50平方米，负5摄氏度"),
        ("zh", "100km/h的速度", "100公里每小时的速度"),
        ("en", "❶ then ⑳", " 1  then  20 "),
    ],
)
def test_what_voices_stumble_over_is_put_into_words(language: str, written: str, said: str) -> None:
    assert spoken(pieces(written, language)) == said


@pytest.mark.parametrize(
    "text",
    ["Plain words, 5 of them, in 1961.", "B2B, MP3, A4", "3.50 美元。", "Ratio 16:9, half-time 10:30", "R$ 5,00", ""],
)
def test_what_voices_read_well_is_left_to_them(text: str) -> None:
    assert spoken(pieces(text, "en")) == text


@pytest.mark.parametrize(
    ("language", "written", "said"),
    [
        ("en", "$1.234", "1.234 dollars"),
        ("en", "$0.001", "0.001 dollars"),
        ("de", "1,234 €", "1,234 Euro"),
        ("de", "1.234 €", "eintausendzweihundertvierunddreißig Euro"),
        ("en", "$1,234", "one thousand, two hundred and thirty-four dollars"),
        ("en", "€1.234.567", "one million, two hundred and thirty-four thousand, five hundred and sixty-seven euro"),
    ],
)
def test_what_could_be_either_of_two_numbers_is_left_as_it_is_written(language: str, written: str, said: str) -> None:
    assert spoken(pieces(written, language)) == said


@pytest.mark.parametrize(
    "text",
    ["(2019-2023)", "(1914 - 1918)", "(1990) 2000 (2010)", "+20 000 000 people", "2026-02-30", "31/04/2026", "5 mm/s",
     "$5 Mio.", "version 3.11.4", "B737-800", "COVID-19"],
)  # fmt: skip
def test_no_number_is_taken_for_another(text: str) -> None:
    """Years are no telephone, and what is no date is none."""
    assert spoken(pieces(text, "en")) == text


SIGNS = "0123456789.,-–−+()/ \u00a0'$€£¥￥°CFkmKMbnil²㎡℃#%@:①№的年A"


@given(st.text(SIGNS, max_size=60), st.sampled_from(["en", "de", "es", "fr", "it", "pt", "nl", "zh", "ja"]))
def test_whatever_is_written_is_said_somehow(text: str, language: str) -> None:
    parts = pieces(text, language)
    assert "".join(part.written for part in parts) == text
    assert not set("①№") & set(spoken(parts))


@pytest.mark.parametrize("bit", ["1", "1 ", "1,", "1-", "+1 ", "$1-", "(1", "1.1", "$", "a@", "1°-"])
def test_no_text_takes_long_to_be_understood(bit: str) -> None:
    """A narration has 1000 characters at most."""
    began = time.process_time()
    pieces((bit * 1_000)[:1_000] + "x", "en")
    assert time.process_time() - began < 1


@pytest.mark.parametrize("language", ["en", "de", "es", "fr", "it", "pt", "nl", "zh"])
def test_nothing_that_was_written_is_lost(language: str) -> None:
    text = "№ 5® costs $1,299.99 or 4,90 €; 31.12.2026, 99/99/2026, CO2, 180 °C, ①②, a@b.org! +49 (30) 123-4567"
    parts = pieces(text, language)
    assert "".join(part.written for part in parts) == text
    assert not set("№®①②") & set(spoken(parts))


def test_captions_show_a_price_as_written_for_as_long_as_it_is_spoken() -> None:
    text = "It costs $1,299.99 today, at 180 °C."
    parts = pieces(text, "en")
    heard = [(word, 300 * place, 300 * place + 250) for place, word in enumerate(spoken(parts).split())]
    words = as_written(parts, heard)
    assert [word for word, _, _ in words] == ["It", "costs", "$1,299.99", "today,", "at", "180 °C"]
    assert words[2][1:] == (600, 600 + 300 * 8 + 250)
    shown = cues([Speech(text, 0, heard[-1][2], words=tuple(Word(*word) for word in words))])
    assert " ".join(line for cue in shown for line in cue.lines) == text
