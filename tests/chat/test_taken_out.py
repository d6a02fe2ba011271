"""Something that was put into a picture, and is to be taken out of it again."""

from __future__ import annotations

import pytest

from tests.bench.agent.films import LIGHTHOUSE
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
