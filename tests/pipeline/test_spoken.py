"""What is spoken is in words; what is shown stays as it was written, at its own time."""

from __future__ import annotations

import pytest

from pipeline.cut.captions import Speech, Word, cues
from pipeline.spoken import as_written, pieces, spoken


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
