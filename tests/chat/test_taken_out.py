"""Something that was put into a picture, and is to be taken out of it again."""

from __future__ import annotations

import pytest

from tests.bench.agent.films import LIGHTHOUSE
from tests.chat.test_guessing import heard, only
from tests.chat.test_kinds_of_wishes import changes, lighthouse


@pytest.mark.parametrize(
    ("said", "named"),
    [
        ("no wait take the roses out", "roses"),
        ("no take the roses out", "roses"),
        ("drop the roses again", "roses"),
        ("die rosen wieder raus", "rosen"),
    ],
)
def test_only_what_was_added_is_taken_out(said: str, named: str) -> None:
    content = LIGHTHOUSE.model_dump(mode="json")
    content["clips"][1]["scene"]["image_prompt"] = f"A small fishing boat, warmer, with {named}"
    heard = lighthouse(said, script={"version": 1, **content})
    assert changes(heard) == [("edit_scene", {"scene": 2, "image_prompt": "A small fishing boat, warmer"})]


def test_what_a_picture_is_of_stays_in_it() -> None:
    for _, told in changes(lighthouse("take the boat out")):
        assert "boat" in told.get("image_prompt", "boat").lower()
        assert told.get("order") in (None, [1, 3, 4])


def test_the_music_is_not_taken_out_of_a_picture() -> None:
    assert changes(lighthouse("take the music out")) == [("change_settings", {"music": False})]


@pytest.mark.parametrize(
    ("said", "place", "gone"),
    [
        ("remove the storm from scene 1", 1, "storm"),
        ("take the lantern out of scene 3", 3, "lantern"),
        ("can you remove the harbour from the last scene", 4, "harbour"),
    ],
)
def test_a_thing_leaves_the_picture_of_a_scene_that_is_called_by_it(said: str, place: int, gone: str) -> None:
    call = only(heard(said))
    assert (call.tool, call.arguments["scene"]) == ("edit_scene", place)
    assert gone not in call.arguments["image_prompt"]


@pytest.mark.parametrize(
    "said",
    ["nimm den sturm aus szene 1 raus", "entfern das boot aus der zweiten szene", "remove the boat from scene 2"],
)
def test_no_scene_is_removed_with_a_thing_in_it(said: str) -> None:
    assert {call.tool for call in heard(said).calls} == {"edit_scene"}


def test_what_is_no_thing_of_a_picture_leaves_otherwise() -> None:
    assert only(heard("remove the music from scene 1")).tool == "change_music"
    assert only(heard("remove scene 1")).tool == "arrange_scenes"
