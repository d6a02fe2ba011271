"""Wishes in words that would be read as something else."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.into_english import language_of
from chat.llm.local.meanings import likely_meanings
from chat.llm.local.understanding import understand
from chat.llm.local.wording import say
from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.films import facts
from tests.chat.test_kinds_of_wishes import changes, lighthouse, on_an_empty_page


@pytest.mark.parametrize(
    ("said", "calls"),
    [
        ("trim the boat down to 4 sec", [("edit_scene", {"scene": 2, "duration": 4})]),
        ("music drowns out the narrator", [("change_settings", {"music_level_db": -6.0})]),
        ("the voice covers the music", [("change_settings", {"music_level_db": 6.0})]),
        (
            "2nd line is odd. 'Tom needs the light' is nicer",
            [("edit_scene", {"scene": 2, "script": "Tom needs the light"})],
        ),
        ("2nd half without music", [("change_music", {"scenes": [3, 4], "silent": True})]),
        ("no music in the second half", [("change_music", {"scenes": [3, 4], "silent": True})]),
        ("lovely, my mum will cry! start now pls", [("start_film", {"quote_id": "quote_offered"})]),
        ("a 10 sec version with just the best bits", [("make_version", {"seconds": 10})]),
    ],
)
def test_it_is_heard_as_it_was_meant(said: str, calls: list[tuple[str, dict[str, Any]]]) -> None:
    assert changes(lighthouse(said)) == calls


def test_some_scenes_are_named_by_numbers_alone_and_the_others_stay() -> None:
    changed = changes(lighthouse("1 and 3 in the snow pls, other ones stay as they are"))
    assert [arguments["scene"] for _, arguments in changed] == [1, 3]


@pytest.mark.parametrize("said", ["stop stop wrong film!!", "halt! falsch geklickt", "para, para! fue sin querer"])
def test_a_stop_in_a_hurry_is_a_stop(said: str) -> None:
    found = facts("running") | {"script": {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}}
    assert changes(understand(said, Film(found, language_of(said, "en")), mind=likely_meanings)) == [("cancel_run", {})]


@pytest.mark.parametrize(
    "said",
    ["don't stop it!! just wondering who that man is", "Nicht abbrechen, wie lange dauert es noch?", "don't stop"],
)
def test_who_says_that_nothing_is_to_be_stopped_stops_nothing(said: str) -> None:
    found = facts("running") | {"script": {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}}
    heard = understand(said, Film(found, language_of(said, "en")), mind=likely_meanings)
    assert "cancel_run" not in {call.tool for call in heard.calls}


@pytest.mark.parametrize(
    "said",
    [
        "stop stop the music in scene 2", "that's great but start with the boat", "great, add a dog. start",
        "lovely, call it Home. go", "nice, can it be shorter? start",
    ],
)  # fmt: skip
def test_what_only_begins_so_is_none(said: str) -> None:
    assert not {name for name, _ in changes(lighthouse(said))} & {"cancel_run", "start_film"}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ("not sold on the title", "ask.title"),
        ("can i get polish subtitles", "cannot.captions_language"),
    ],
)
def test_it_is_answered(said: str, key: str) -> None:
    found = lighthouse(said)
    assert not found.calls
    assert found.words == say("en", key)


def test_who_asks_what_is_needed_orders_no_film_yet() -> None:
    assert not on_an_empty_page("ich will einen film machen lassen, was brauchen sie von mir").calls
    assert not on_an_empty_page("muss ich mich zuerst registrieren oder gehts gleich los?").calls


@pytest.mark.parametrize(
    ("said", "seen"),
    [
        ("replace the boat with a ferry pls", {2: "A ferry between high waves", 4: "A ferry in a calm harbour"}),
        ("a candle, not a lantern", {3: "stairs with a candle"}),
        ("use a torch instead of the lantern", {3: "stairs with a torch"}),
    ],
)
def test_a_thing_takes_the_place_of_another_where_it_is_seen(said: str, seen: dict[int, str]) -> None:
    found = dict((arguments["scene"], arguments["image_prompt"]) for _, arguments in changes(lighthouse(said)))
    assert set(found) == set(seen)
    assert all(seen[scene] in told for scene, told in found.items())


@pytest.mark.parametrize("said", ["replace the music with jazz", "replace Tom with a girl called Mia", "blue not red"])
def test_what_is_not_seen_is_exchanged_elsewhere(said: str) -> None:
    assert "edit_scene" not in {name for name, _ in changes(lighthouse(said))}


def test_a_remark_about_the_music_does_not_become_its_sound() -> None:
    found = lighthouse("music starts too late")
    assert (found.calls, found.words) == ((), say("en", "ask.music_all"))


def test_what_follows_the_scenes_that_stay_is_heard() -> None:
    changed = changes(lighthouse("1 and 3 in the snow, other ones stay, and no captions"))
    assert ("change_settings", {"captions": "off"}) in changed


def test_who_repeats_a_stop_of_something_else_stops_no_film() -> None:
    found = facts("running") | {"script": {"version": 1, **LIGHTHOUSE.model_dump(mode="json")}}
    heard = understand("stop stop showing the dog", Film(found, "en"), mind=likely_meanings)
    assert "cancel_run" not in {call.tool for call in heard.calls}
