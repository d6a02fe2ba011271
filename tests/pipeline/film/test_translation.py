"""Tests of which scenes are to be translated, what is wrong with a translation, and tables that people make
themselves."""

from __future__ import annotations

from typing import Any

import pytest

from pipeline.film.script import Script, parse_script
from pipeline.film.settings import ALL_LANGUAGES
from pipeline.film.translation import (
    SceneText,
    Translating,
    Translation,
    due,
    faults,
    kept_words,
    limit_of,
    origin_hash,
    titles_due,
    titles_kept,
    translated,
    words_hash,
)
from pipeline.film.translation_table import Cue, texts_of
from pipeline.planning.all_languages import differing
from pixora.foundation.errors import Invalid
from tests.pipeline.scripts import scene, script

SAID = [{"speaker": "Mia", "text": "Is anybody there?"}]
FILM = script([scene(1), scene(2, lines=SAID), scene(3, script="")])
SLOTS = {1: (0, 5_000), 2: (5_000, 10_000), 3: (10_000, 15_000)}
WORDS = {(1, ""): "Uno.", (2, ""): "Dos.", (2, "line"): "¿Hay alguien?"}


def read(table: str, *cues: Cue) -> dict[tuple[int, str], str]:
    found = texts_of(table, FILM.scenes, slots_ms=SLOTS, cues=cues)
    return {(1, ""): found[1].script, (2, ""): found[2].script, (2, "line"): found[2].lines[0]}


@pytest.mark.parametrize(
    "table",
    [
        "1\tUno.\n2\tDos.\n2\t¿Hay alguien?",
        "Scene;Español\n1;Uno.\n2;Dos.\n2.1;¿Hay alguien?\n",
        "| Scene | Text |\n|---|---|\n| 1 | Uno. |\n| 2 | Dos. |\n| 2.1 | ¿Hay alguien? |",
        '"This is what scene 1 says.","Uno."\n"This is what scene 2 says.","Dos."\n"Is anybody there?","¿Hay alguien?"',
        "this is what scene 1 says|Uno.\nThis is what scene 2 says|Dos.\nIs anybody there|¿Hay alguien?",
        "\ufeffUno.\r\nDos.\r\n\r\n¿Hay alguien?\r\n",
        "1;Uno.\r2;Dos.\r2.1;¿Hay alguien?\r",
        "1;U\x07no.\x1b\n2;\x00Dos.\x9b\n2.1;¿Hay alguien?",
    ],
)
def test_a_table_is_read_however_it_was_saved(table: str) -> None:
    assert read(table) == WORDS


@pytest.mark.parametrize(
    "table",
    [
        "Scene;Title;Text\n1;Die Eins;Uno.\n2;;Dos.\n2.1;;¿Hay alguien?\n3;Die Drei;",
        "Szene\tText\tTitel (deutsch)\n1\tUno.\tDie Eins\n2\tDos.\n2\t¿Hay alguien?\n3\t\tDie Drei",
        "| # | English | Title | Title (German) | Text |\n|---|---|---|---|---|\n"
        "| 1 | One. | Scene 1 | Die Eins | Uno. |\n"
        "| 2 | Two. | Scene 2 | | Dos. |\n| 2.1 | Anybody? | | | ¿Hay alguien? |\n| 3 | | Scene 3 | Die Drei | |",
    ],
)
def test_a_column_that_is_called_so_has_the_titles(table: str) -> None:
    assert read(table) == WORDS
    found = texts_of(table, FILM.scenes, slots_ms=SLOTS)
    assert [found[place].title for place in (1, 2, 3)] == ["Die Eins", "", "Die Drei"]
    wanted = Translating(FILM, scene_ids=(1, 2, 3))
    german = parse_script(translated(wanted, Translation(found), "de"))
    assert [one.title for one in german.scenes] == ["Die Eins", "Scene 2", "Die Drei"]
    assert titles_kept(wanted, Translation(found)) == (2,)


def test_a_title_that_is_there_stays_where_none_is_given_again() -> None:
    first = texts_of("Scene;Title;Text\n1;Die Eins;Uno.\n2;Die Zwei;Dos.\n2.1;;Tres.", FILM.scenes, slots_ms=SLOTS)
    german = parse_script(translated(Translating(FILM, scene_ids=(1, 2, 3)), Translation(first), "de"))
    again = Translating(edited(2, script="Quite new."), scene_ids=(2,), current=german)
    second = texts_of("2;Ganz neu.\n2.1;Tres.", again.scenes, slots_ms=SLOTS)
    assert parse_script(translated(again, Translation(second), "de")).scenes[1].title == "Die Zwei"


def test_a_title_that_a_model_leaves_out_is_asked_for_again() -> None:
    (one,) = script([scene(1, script="Hello there.", title="The harbour at night")]).scenes
    told = [
        faults(one, SceneText(1, title, "Hola."), "es", "en") for title in ("", "The harbour at night", "El puerto")
    ]
    assert told == [["the title is not translated"], ["the title is not translated"], []]


def test_subtitles_say_by_their_times_which_scene_they_are_of() -> None:
    cues = [Cue(300, 2_000, "Uno."), Cue(5_200, 7_000, "Dos."), Cue(7_500, 9_800, "¿Hay alguien?")]
    assert read("00:00 --> 00:02", *cues) == WORDS


@pytest.mark.parametrize(
    ("table", "told"),
    [
        ("", "no words"),
        ("1;Uno.", "scene 2 has no translation"),
        ("1;Uno.\n2;Dos.\n9;Nueve.", "“9”"),
        ("Uno.\nDos.", "2 lines"),
        ("x" * 60_001, "60,000"),
        ("1;\ud800", "UTF-8"),
        ("1;Uno\n" * 2_500, "2,000"),
        ("00:00 --> 00:02", "subtitles"),
        ('1,"' + "x" * 200_000, "characters"),
        ("1;\u0301\u0301\n2;Dos.\n2;Tres.", "scene 1 has no translation"),
        ("1;Uno.\n2;\u200b\u2060\n2;\u2800", "scene 2 has no translation"),
        ("1;\u3164\n2;\uffa0\n2;\u115f\u1160", "scenes 1, 2 have no translation"),
        ("\u0301\n\u0308\n\u20e3", "no words"),
        ("1;\ufe0f\u00ad\n2;…\n2;–", "scenes 1, 2 have no translation"),
    ],
)
def test_what_cannot_be_read_is_told_and_nothing_is_guessed(table: str, told: str) -> None:
    with pytest.raises(Invalid, match=told):
        read(table)


def spanish_film() -> Script:
    made = Translation(
        {one.id: SceneText(one.id, "", f"x {one.script}", tuple(x.text for x in one.lines)) for one in FILM.scenes}
    )
    return parse_script(translated(Translating(FILM, scene_ids=(1, 2, 3)), made, "es"))


def test_exactly_what_was_said_otherwise_is_due() -> None:
    spanish = spanish_film()
    assert due(FILM, None) == (1, 2, 3)
    assert due(FILM, spanish) == ()
    other = edited(2, lines=[{"speaker": "Mia", "text": "Who is there?"}])
    assert due(other, spanish) == (2,)
    assert due(edited(1, image_prompt="Another", duration=10), spanish) == ()


def test_a_title_alone_is_due_and_leaves_what_is_said() -> None:
    spanish = spanish_film()
    other = edited(2, title="Another")
    assert (due(other, spanish), titles_due(other, spanish)) == ((2,), (2,))
    both = edited(2, title="Another", script="Other words.")
    assert (due(both, spanish), titles_due(both, spanish)) == ((2,), ())
    again = Translating(other, scene_ids=(2,), title_ids=(2,), current=spanish)
    (asked,) = again.asked
    assert (asked.title, asked.script, asked.lines) == ("Another", "", [])
    told = parse_script(translated(again, Translation({2: SceneText(2, "Otro", "")}), "es"))
    (before, now) = (film.scenes[1] for film in (spanish, told))
    assert now == before.model_copy(update={"title": "Otro", "translated_from": origin_hash(other.scenes[1])})
    assert due(other, told) == ()
    left = parse_script(translated(again, Translation({2: SceneText(2, " ", "")}), "es"))
    assert titles_due(other, left) == (2,), "a title that is left out stays due"


def test_what_an_earlier_release_translated_is_due_for_its_words_alone() -> None:
    spanish = spanish_film()
    old = script([{**one.model_dump(mode="json"), "translated_from": words_hash(one)} for one in FILM.scenes])
    assert due(FILM, old) == due(edited(2, title="Another"), old) == ()
    assert due(edited(2, script="Other words."), old) == due(edited(2, script="Other words."), spanish) == (2,)


@pytest.mark.parametrize(
    ("table", "title", "said"),
    [
        ("Scene;Title;Text\n2;Die Zwei;\n1;;Uno.", "Die Zwei", ""),
        ("Scene;Title;Text\n2;Die Zwei;Dos.\n2.1;;Tres.\n1;;Uno.", "Die Zwei", "Dos."),
        ("Uno.", "", ""),
        ("1;Uno.", "", ""),
    ],
)
def test_words_may_be_left_out_where_a_title_alone_is_due(table: str, title: str, said: str) -> None:
    found = texts_of(table, FILM.scenes[:2], slots_ms=SLOTS, titles_only=(2,))
    assert (found[1].script, found[2].title, found[2].script) == ("Uno.", title, said)
    with pytest.raises(Invalid, match="scene 1 has no translation"):
        texts_of("Scene;Title;Text\n2;Die Zwei;", FILM.scenes[:2], slots_ms=SLOTS, titles_only=(2,))


@pytest.mark.parametrize("left_out", ["", " ", "\u0301", "\u3164", "…"])
def test_a_scene_whose_words_a_translator_leaves_out_stays_due(left_out: str) -> None:
    texts = {1: SceneText(1, "Uno", left_out), 2: SceneText(2, "Dos", "Dos.", ("¿Hay alguien?",))}
    spanish = parse_script(translated(Translating(FILM, scene_ids=(1, 2, 3)), Translation(texts), "es"))
    assert spanish.scenes[0].script == FILM.scenes[0].script
    assert 1 in due(FILM, spanish)
    assert spanish.scenes[1].script == "Dos."


def edited(place: int, **changes: Any) -> Any:
    scenes = [{**one.model_dump(mode="json"), **(changes if one.index == place else {})} for one in FILM.scenes]
    return script(scenes)


def test_what_was_done_to_a_voice_stays_behind_and_a_longer_slot_comes_along() -> None:
    cut = script([scene(1, narration_at=0.2), scene(2)])
    wanted = Translating(cut, scene_ids=(1, 2), slots={1: 180, 2: 150})
    made = Translation({number: SceneText(number, "", "Uno.") for number in (1, 2)})
    first, second = parse_script(translated(wanted, made, "es")).scenes
    assert (first.slot_frames, first.narration_at, first.translated_from) == (180, 0.0, origin_hash(cut.scenes[0]))
    assert second.slot_frames == 0


@pytest.mark.parametrize(
    ("text", "wrong"),
    [
        ("El X200 de Acme cuesta 1.000 euros.", []),
        ("El X200 de Acme cuesta mil euros.", []),
        ("El X200 cuesta 1000 euros.", ["“Acme”"]),
        ("El modelo de Acme cuesta mil euros.", ["“X200”"]),
        ("El X200 de Acme es caro.", ["1,000"]),
        ("", ["empty", "“Acme”", "“X200”", "1,000"]),
        ("The X200 by Acme costs 1,000 euros today.", ["not translated", "room for"]),
        ("El X200 de Acme cuesta 1.000 euros y es muy caro para todos los que estamos aquí.", ["room for"]),
    ],
)
def test_names_numbers_and_room_are_looked_after(text: str, wrong: list[str]) -> None:
    said = script([scene(1, script="The X200 by Acme costs 1,000 euros today.")]).scenes[0]
    keep = kept_words(said, ["Acme"], [])
    found = faults(said, SceneText(1, "Uno", text), "es", "en", keep=keep)
    assert len(found) == len(wrong)
    assert all(any(part in fault for fault in found) for part in wrong)


def test_a_scene_has_the_room_that_it_takes_up_in_the_source() -> None:
    short, long = scene(1), scene(2, script=" ".join(["word"] * 20))
    first, second = script([short, long]).scenes
    assert limit_of(first, "es", "en") == 10
    assert limit_of(second, "es", "en") > 15


def test_a_cut_of_other_lengths_is_told_with_its_scene() -> None:
    own = [{"scene_id": 1, "frames": 150}, {"scene_id": 2, "frames": 150}]
    assert differing(own, own, 30) == ""
    assert differing(own, [own[0], {"scene_id": 2, "frames": 174}], 30) == "its scene 2 is 0.8 s longer"
    assert "other scenes" in differing(own, own[:1], 30)


TWICE = script([scene(1, script="Buy now."), scene(2), scene(3, script="Buy now!")])


@pytest.mark.parametrize(
    ("table", "third"), [("Buy now|Compra.\n2|Dos.", "Compra."), ("Buy now|Compra.\n2|Dos.\nBuy now|Ya.", "Ya.")]
)
def test_what_is_spoken_twice_is_translated_by_one_row_or_by_two(table: str, third: str) -> None:
    found = texts_of(table, TWICE.scenes, slots_ms=SLOTS)
    assert [found[n].script for n in (1, 2, 3)] == ["Compra.", "Dos.", third]


@pytest.mark.parametrize("language", ALL_LANGUAGES)
def test_a_number_that_is_missing_is_told_in_every_language(language: str) -> None:
    (said,) = script([scene(1, script=f"It has 2026 parts and {'9' * 70} more.")]).scenes
    missing = [fault for fault in faults(said, SceneText(1, "Uno", "Nothing."), language, "en") if "number" in fault]
    assert missing == ["the number 2026 is missing", f"the number {'9' * 70} is missing"]


@pytest.mark.parametrize(
    ("said", "from_", "text", "language"),
    [
        ("Acme sells iPhones since 2026.", "en", "自2026年起Acme销售iPhones。", "zh"),
        ("自2026年起Acme销售iPhone吧。", "zh", "Acme has sold the iPhone since 2026.", "en"),
        ("تأسست ١٢ شركة مع Acme iPhone ٢٠٢٦", "ar", "12 companies, Acme, iPhone, 2026", "en"),
    ],
)
def test_names_and_numbers_are_found_in_writings_without_spaces_and_in_their_digits(
    said: str, from_: str, text: str, language: str
) -> None:
    (one,) = script([scene(1, script=said)]).scenes
    kept = kept_words(one, ["Acme"], ())
    assert [word.rstrip("s") for word in kept] == ["Acme", "iPhone"]
    told = faults(one, SceneText(1, "", text), language, from_, keep=kept)
    assert not [fault for fault in told if "missing" in fault or "as it is" in fault], told
    assert len([fault for fault in faults(one, SceneText(1, "", "x"), language, from_, keep=kept)]) >= 3


def test_a_row_of_a_scene_that_says_nothing_is_told_as_that() -> None:
    with pytest.raises(Invalid, match="scene 3 says nothing: leave its row out"):
        read("1;Uno.\n2;Dos.\n2;¿Hay alguien?\n3;Tres.")
    with pytest.raises(Invalid, match="scene 1 has 1 texts, and more rows"):
        read("1;Uno.\n1;Uno.\n2;Dos.\n2;¿Hay alguien?")
