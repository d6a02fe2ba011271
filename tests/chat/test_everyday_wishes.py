"""What people say of a film day by day: questions with a remark, things as they were, names of two words."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.understanding import understand
from chat.llm.local.weather_words import without_denied
from chat.llm.local.wording import say
from tests.chat.test_guessing import film, heard, only


@pytest.mark.parametrize(
    ("said", "tool", "arguments"),
    [
        ("take Tom out of the last picture please", "remove_character", {"name": "Tom", "scenes": [4]}),
        ("rename tom to Uncle Bob", "describe_character", {"name": "Tom", "new_name": "Uncle Bob"}),
        ("nenn Ella lieber Oma Rosa", "describe_character", {"name": "Ella", "new_name": "Oma Rosa"}),
        ("a different voice - male", "change_settings", {"voice": "George"}),
        ("in szene 4 umarmt tom ella", "edit_scene", {"scene": 4}),
    ],
)
def test_it_is_done(said: str, tool: str, arguments: dict[str, Any]) -> None:
    call = only(heard(said))
    assert call.tool == tool
    assert call.arguments | arguments == call.arguments


def test_another_name_and_a_look_beside_it() -> None:
    call = only(heard("can you call Ella Nana Rose instead and give her round glasses"))
    assert call.arguments["new_name"] == "Nana Rose"
    assert call.arguments["image_prompt"].endswith(", round glasses")


@pytest.mark.parametrize(
    "said", ["scene 4 shud be in the rain not sunrise", "scene 4 should be in the rain instead of sunrise"]
)
def test_an_hour_that_is_not_to_be_leaves_the_picture(said: str) -> None:
    told = only(heard(said)).arguments["image_prompt"]
    assert "rain" in told
    assert "sunrise" not in told


def test_only_what_is_denied_goes() -> None:
    assert without_denied("A boat at night in a storm", "in fog, not at night") == "A boat in a storm"
    assert without_denied("A boat at night", "not too dark at night") == "A boat at night"


@pytest.mark.parametrize("said", ["nella scena 4 Tom deve abbracciare Ella", "dans la scène 3 Ella doit sourire"])
def test_what_begins_with_a_scene_adds_none(said: str) -> None:
    assert {call.tool for call in heard(said).calls} == {"edit_scene"}


@pytest.mark.parametrize(
    "said",
    ["hmm no go back to the old voice", "nimm wieder die alte stimme", "remets l'ancienne voix",
     "torna alla voce di prima", "vuelve a la voz de antes"],
)  # fmt: skip
@pytest.mark.parametrize("last", ["a male voice please", "remove scene 3"])
def test_the_old_voice_is_the_one_before_the_last_change_or_is_asked_about(said: str, last: str) -> None:
    told = film("scripted")
    told = Film({**told.facts, "last_change": last}, language_of(said, "en"))
    found = understand(said, told, mind=likely_meanings)
    if "voice" in last:
        assert [call.tool for call in found.calls] == ["undo"]
    else:
        assert not found.calls
        assert last in found.words


def test_an_old_voice_is_a_voice() -> None:
    assert only(heard("give me an old man's voice")).arguments["voice"] == "Bill"


def test_a_question_is_answered_whatever_stands_behind_it() -> None:
    assert "scenes 2 and 4" in heard("who's tom? never mentioned any tom").words


@pytest.mark.parametrize(
    ("said", "language"),
    [
        ("what would a german version cost", "en"),
        ("how much is a vertical version", "en"),
        ("cuánto me costaría hacer otra versión en portugués? solo pregunto", "es"),
        ("combien coûterait une version allemande ?", "fr"),
        ("was würde eine spanische Fassung kosten", "de"),
    ],
)
def test_the_price_of_a_version_is_told_and_none_is_made(said: str, language: str) -> None:
    found = heard(said, "film")
    assert not found.calls
    assert found.words == say(language, "versions.price")


@pytest.mark.parametrize(
    "said",
    ["Comment je la partage avec mes élèves ?", "wie kann ich das mit meinen eltern teilen",
     "how do i share it with my class", "como eu compartilho com a turma"],
)  # fmt: skip
def test_how_a_film_is_shared_is_told(said: str) -> None:
    found = heard(said, "film")
    assert not found.calls
    assert "Share" in found.words


def test_a_german_word_for_a_scene_is_german() -> None:
    assert language_of("in szene 4 umarmt tom ella", "en") == "de"
    assert language_of("in scene 4 tom hugs ella", "en") == "en"


def test_words_that_are_to_mention_something_are_asked_for_and_never_taken_away() -> None:
    for said in ("the narration for scene 2 should mention the wind", "don't mention the storm in scene 1"):
        found = heard(said)
        assert not found.calls
        assert "say?" in found.words


def test_praise_with_an_order_is_a_yes_and_with_another_wish_is_none() -> None:
    assert [call.tool for call in heard("looks amazing, make it").calls] == ["start_film"]
    assert "start_film" not in [call.tool for call in heard("looks amazing, make it shorter").calls]


def test_two_colours_are_of_one_thing() -> None:
    assert "red-and-white lighthouse" in only(heard("can the lighthouse be red and white")).arguments["image_prompt"]


@pytest.mark.parametrize("said", ["die musik am ende ist zu laut", "can the music at the end be quieter"])
def test_the_loudness_of_a_part_is_said_to_be_the_films(said: str) -> None:
    found = heard(said)
    assert not [call for call in found.calls if call.tool == "change_music"]
    assert found.words


def test_a_spoken_article_is_one_and_a_spoken_no_is_none() -> None:
    added = only(heard("füg noch ne szene mit dem hund ein"))
    assert added.tool == "add_scene"
    assert not added.arguments["title"].lower().startswith("ne ")
    assert [call.tool for call in heard("mach den film.. ne halt, erst noch ein andrer titel: Leuchtfeuer").calls] == [
        "rename_film"
    ]


@pytest.mark.parametrize("said", ["scene 2 voice is to fast", "the narrator in scene 2 talks too fast"])
def test_a_voice_that_is_too_fast_slows_no_picture(said: str) -> None:
    found = heard(said)
    assert not found.calls
    assert found.words == say("en", "cannot.voice_pace")


def test_a_wrong_turn_is_undone_without_a_remark_on_it() -> None:
    found = heard("no thats wrong, undo")
    assert [call.tool for call in found.calls] == ["undo"]
    assert not found.words


@pytest.mark.parametrize("said", ["fix the typos", "can you correct the spelling mistakes", "korrigier die tippfehler"])
def test_whoever_wants_typos_mended_is_asked_which(said: str) -> None:
    found = heard(said)
    assert not found.calls
    assert found.words == say(language_of(said, "en"), "ask.typos")
