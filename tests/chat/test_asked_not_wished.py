"""What is only asked changes nothing, what is wished behind a question is not lost, and what is said is true."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local import changes, prices
from chat.llm.local.film import Film
from chat.llm.local.film_status import told
from chat.llm.local.music import _in_mood
from chat.llm.local.shorthand import spelled_out
from tests.chat.films import facts
from tests.chat.test_guessing import heard

CHANGES = {
    "arrange_scenes",
    "edit_scene",
    "change_settings",
    "add_scene",
    "change_music",
    "write_script",
    "rename_film",
}


@pytest.mark.parametrize(
    ("said", "asked"),
    [
        ("how much is it if i take out the last scene?", {"order": [1, 2, 3]}),
        ("how much would i save if we drop scene 2", {"order": [1, 3, 4]}),
        ("was kostet das wenn ich szene 3 rausnehme", {"order": [1, 2, 4]}),
        ("was kostet es ohne musik?", {"music": False}),
    ],
)
def test_the_price_of_what_is_only_thought_of_is_told_and_nothing_is_changed(said: str, asked: dict[str, Any]) -> None:
    assert [(call.tool, call.arguments) for call in heard(said).calls] == [("price_of_settings", asked)]


@pytest.mark.parametrize(
    "said", ["if i add two more scenes how much does it cost", "whats the price when it is longer"]
)
def test_a_price_that_nobody_knows_yet_is_not_told_as_another(said: str) -> None:
    assert not heard(said).calls
    assert "Nothing is changed yet" in heard(said).words


@pytest.mark.parametrize(
    ("said", "tool", "scenes"),
    [
        ("what music is that at the start? can u make it jazz", "change_music", {1, 2, 3, 4}),
        ("why is scene 3 so dark? make it brighter", "edit_scene", {3}),
        ("was ist das für musik? mach sie fröhlicher", "change_music", {1, 2, 3, 4}),
    ],
)
def test_a_wish_behind_a_question_is_done_where_the_question_is_about(said: str, tool: str, scenes: set[int]) -> None:
    found = [call for call in heard(said).calls if call.tool == tool]
    places = [call.arguments.get("scenes") or [call.arguments["scene"]] for call in found]
    assert {place for each in places for place in each} == scenes


@pytest.mark.parametrize(
    ("said", "spared"),
    [
        ("make everything darker but leave scene 1", 1),
        ("all at night except scene 3", 3),
        ("make it brighter and leave scene 1 out", 1),
        ("mach bitte alles dunkler außer Szene 2", 2),
        ("bitte mach alles dunkler, aber lass die Szene 1 so", 1),
        ("ponlo todo de noche salvo la escena 2", 2),
    ],
)
def test_a_scene_that_is_spared_is_not_the_one_that_is_changed(said: str, spared: int) -> None:
    edits = [call.arguments["scene"] for call in heard(said).calls if call.tool == "edit_scene"]
    assert edits == [place for place in (1, 2, 3, 4) if place != spared]


def test_how_one_asks_is_not_named_as_not_done() -> None:
    found = heard("can you also put a cat in scene 3")
    assert (len(found.calls), found.words) == (1, "")


def test_an_accent_that_there_is_not_is_not_dropped() -> None:
    assert not heard("a scottish grandpa should speak it").calls


@pytest.mark.parametrize(
    "said",
    [
        "make the title bigger fonts",
        "title in red please",
        "der Titel soll größer sein",
        "mach den Titel rot",
        "the title should be larger",
        "make the title bold",
    ],
)
def test_a_title_that_should_look_otherwise_is_not_called_so(said: str) -> None:
    assert not heard(said).calls
    assert "stands nowhere in the picture" in heard(said).words or "steht nirgends im Bild" in heard(said).words


def test_a_title_may_be_a_colour() -> None:
    assert [call.arguments for call in heard("der Titel soll Rot und Schwarz heißen").calls] == [
        {"title": "Rot und Schwarz"}
    ]


@pytest.mark.parametrize(
    "said",
    [
        "make the voice a woman from england pls",
        "an english lady should read it",
        "eine Frau aus England soll sprechen",
    ],
)
def test_a_voice_is_from_where_it_should_be(said: str) -> None:
    assert [call.arguments for call in heard(said).calls] == [{"voice": "Alice"}]


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("make scene 2 twice as long", 10), ("lösch szene 3 und mach dafür szene 2 doppelt so lang", 10)],
)
def test_a_scene_lasts_so_many_times_as_long(said: str, seconds: int) -> None:
    edits = [call.arguments for call in heard(said).calls if call.tool == "edit_scene"]
    assert edits == [{"scene": 2, "duration": seconds}]


def test_a_letter_of_a_name_is_corrected_where_the_name_stands() -> None:
    found = heard("the keeper is called Tam with a not o, pls fix")
    assert [call.arguments for call in found.calls] == [{"old": "Tom", "new": "Tam"}]


def test_a_polite_wish_for_a_colour_is_no_removal() -> None:
    found = heard("actually can the cake be chocolate in scene 3")
    assert [(call.tool, call.arguments["scene"]) for call in found.calls] == [("edit_scene", 3)]


def test_a_no_while_the_film_is_made_tells_that_it_is_still_made() -> None:
    assert "still making the film" in heard("no", "running").words


def test_pieces_that_are_not_made_are_not_said_to_be_out_of_date() -> None:
    found = facts("film")
    found["components"] |= {"missing": ["scene/9", "video/9"], "stale": []}
    assert "2 pieces of the script are not made yet" in told(found, Film(found, "en"), lambda key, _: key)


def test_the_question_is_last_where_a_price_comes_with_news() -> None:
    result = {"waits_for_the_run": True, "price": {"components": ["audio/1"], "credits": 2}}
    assert prices.after(result, Film(facts("running"), "en"), lambda key, _: key).endswith("Shall I?")


def test_what_is_said_of_a_picture_is_a_sentence() -> None:
    film = Film(facts("scripted"), "en")
    told_of = {
        new: " ".join(
            changes.of_scenes(
                [(2, {"image_prompt": f"A boat, {new}"}, {"image_prompt": "A boat"})], film, unchanged=False
            )
        )
        for new in ("at night", "bike red sky blue")
    }
    assert told_of["at night"] == "I described scene 2 at night."
    assert told_of["bike red sky blue"] == "I added to the picture of scene 2: bike red sky blue."


def test_a_mood_before_words_of_music_leaves_no_capital_inside() -> None:
    assert _in_mood("Fresh opening in A major: guitar", ["happy"]) == "happy, fresh opening in A major: guitar"


def test_a_letter_at_the_end_of_a_foreign_word_is_no_abbreviation() -> None:
    assert spelled_out("dafür") == "dafür"
