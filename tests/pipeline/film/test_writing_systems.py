"""Narration that a voice can only spell is said to be so when it is written, and its time is counted."""

from __future__ import annotations

import pytest

from pipeline.film.narration import narration_length, narration_s, pace
from pipeline.film.script import parse_script, spoken_length_s, warnings
from pipeline.film.writing_systems import foreign_letters
from tests.pipeline.scripts import scene, script

ARABIC = "مرحبا بالعالم، هذا فيلم قصير عن الشاي والناس الذين يشربونه كل صباح في المدينة القديمة."


@pytest.mark.parametrize(
    ("text", "language", "letters"),
    [
        (ARABIC, "en", "Arabic"),
        ("שלום עולם", "de", "Hebrew"),
        ("富士山は日本で一番高い山です。", "en", "Chinese"),
        ("한국어 자막", "zh", "Korean"),
        (ARABIC, "fa", ""),
        ("富士山は日本で一番高い山です。", "ja", ""),
        ("Маяк и море", "sr", ""),
        (ARABIC, "he", "Arabic"),
        ("Привет, мир", "fr", "Cyrillic"),
        ("2026年11月，iPhone 15 在 New York。", "zh", ""),
        ("Fünf für ça: naïve Œuvres, ﬁn ＡＢＣ", "en", ""),
        ("The angle α and the number π, at 5 µm.", "en", ""),
        ("180 °C, № 5 ①", "en", ""),
    ],
)
def test_letters_that_a_voice_spells_are_named(text: str, language: str, letters: str) -> None:
    assert foreign_letters(text, language) == letters


def test_what_can_be_read_takes_as_long_as_its_words() -> None:
    text = "A short film about tea and people."
    assert narration_s(text, "en") == pytest.approx(10 * narration_length(text, "en") / pace("en"))
    assert 25 < narration_s(ARABIC, "en") < 50


def test_a_script_warns_of_it_and_tells_how_long_the_film_will_be() -> None:
    plain = script([scene(1, script="One two three."), scene(2, script="Four five six.")])
    foreign = script([scene(1, script="One two three."), scene(2, script=ARABIC)])
    assert not [each for each in warnings(plain) if "letters" in each.message]
    (told,) = [each for each in warnings(foreign) if "letters" in each.message]
    assert told.field == "clips[1].scene.script"
    assert "written in Arabic letters" in told.message
    asked = sum(each.duration for each in plain.scenes)
    assert spoken_length_s(plain) == asked
    assert spoken_length_s(parse_script(foreign.model_dump())) > asked + 15
