"""Questions whether something can be done or what would come of it, asides beside a wish, and what they do not do."""

from __future__ import annotations

import pytest

from chat.llm.local import asides
from chat.llm.local.corrections import Before
from chat.llm.local.film import Film
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say, sentences
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts
from tests.chat.test_kinds_of_wishes import changes, lighthouse, on_an_empty_page


@pytest.mark.parametrize(
    ("said", "offered"),
    [
        ("is anime possible?", "Anime"), ("geht auch anime?", "Anime"), ("do you do watercolor?", "Watercolor"),
        ("can you remove scene 2 or is it too late", "Remove scene 2"),
        ("remove scene 4? or would that be stupid", "Remove scene 4"),
        ("what happens if i remove scene 1", "Remove scene 1"),
    ],
)  # fmt: skip
def test_a_question_whether_it_can_be_done_is_answered_with_a_click(said: str, offered: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.suggestions[0] == offered
    clicked = lighthouse(offered)
    assert clicked.calls
    before = Before(said, found.words)
    content = {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}
    agreed = understand(
        "yes please", Film(facts("scripted") | {"script": content}, "en"), before=before, mind=likely_meanings
    )
    assert agreed.calls == clicked.calls


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("is it better with or without voice over?", "known.taste"),
        ("hmm is 30 secs too long for insta?", "known.taste"),
        ("can my wife hear the music too", "cannot.share_before"),
        ("scene 3 weg. ach nee lass", "talk.kept"),
        ("two times the boat scene would be cool", "cannot.copy_scene"),
    ],
)
def test_a_question_changes_nothing(said: str, key: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words in {say(language, key) for language in ("en", "de")}


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("la musique est trop forte non?", [("change_settings", {"music_level_db": -6.0})]),
        ("remove the boat scene, no wait, not the boat, the stairs", [("arrange_scenes", {"order": [1, 2, 4]})]),
        ("puedes quitar a tom de la última escena", [("remove_character", {"name": "Tom", "scenes": [4]})]),
        (
            "sag am ende noch: Danke fürs Zuschauen",
            [("edit_scene", {"scene": 4, "script": "And somebody came home. Danke fürs Zuschauen."})],
        ),
        ("the boat one is to short", [("edit_scene", {"scene": 2, "duration": 10})]),
        ("swap the first two", [("arrange_scenes", {"order": [2, 1, 3, 4]})]),
        ("dont use the word forty, say fifty", [("replace_word", {"old": "forty", "new": "fifty"})]),
        (
            "dont make it yet, first change ellas coat to red",
            [("describe_character", {"name": "Ella", "image_prompt": "Ella: an old woman with a red coat"})],
        ),
        (
            "replace tom with a girl called mia",
            [("describe_character", {"name": "Tom", "image_prompt": "Mia: a girl", "new_name": "Mia"})],
        ),
        (
            "quita la voz y sube la música",
            [("change_settings", {"voice_over": False, "music_level_db": 6.0})],
        ),
    ],
)
def test_a_hurried_wish_is_done_and_no_more(said: str, calls: list[tuple[str, dict[str, object]]]) -> None:
    assert changes(lighthouse(said)) == calls


def test_what_a_scene_says_is_told_where_nothing_is_to_change() -> None:
    found = lighthouse("change nothing just tell me what scene 2 says")
    assert not found.calls
    assert "Tonight somebody needs it." in found.words


@pytest.mark.parametrize(
    "said",
    ["c'est quoi ce site", "do the people in the films look the same in every scene?", "hi does this work on my phone"],
)
def test_a_question_of_the_films_here_begins_none(said: str) -> None:
    assert not on_an_empty_page(said).calls
    assert on_an_empty_page(said).words.split(".")[0] in {
        sentences(language)["talk.steps"].split(".")[0] for language in ("en", "fr")
    }


@pytest.mark.parametrize(
    "said", ["can penguins fly?", "a film about how captions are made", "does the moon have a smell?"]
)
def test_a_question_that_a_film_can_answer_is_a_subject(said: str) -> None:
    found = on_an_empty_page(said)
    assert found.calls or found.suggestions


@pytest.mark.parametrize(
    ("said", "left"),
    [
        ("while youre at it make it darker", "make it darker"),
        ("love it but she should be younger", "she should be younger"),
        ("the music is too loud, right?", "the music is too loud"), ("right?", "right?"), ("love it", "love it"),
        ("mach sie 60 statt 30 sekunden", "mach sie 60 sekunden"),
    ],
)  # fmt: skip
def test_asides_wish_for_nothing(said: str, left: str) -> None:
    assert asides.without(said) == left
