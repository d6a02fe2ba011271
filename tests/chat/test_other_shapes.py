"""The same film in another shape, asked for in the chat: a version beside it, for nothing."""

from __future__ import annotations

from typing import Any

import pytest

from chat.llm.local.film import Film
from chat.llm.local.understanding import understand
from pipeline.models import Task
from pixora.accounts.models import User
from tests.chat.films import facts
from tests.chat.test_agent import answer
from tests.pipeline.sharing.films import finished_film, take_of


@pytest.mark.parametrize(
    ("said", "shapes"),
    [
        ("same thing but vertical", ["9:16"]), ("make it square too", ["1:1"]),
        ("and a square one for insta", ["1:1"]), ("can i get a vertical one for tiktok", ["9:16"]),
        ("one in 9:16 for stories", ["9:16"]), ("noch eins in quadratisch", ["1:1"]),
        ("smae thing but verticle pls", ["9:16"]),
        ("can u make a vertical version for tiktok", ["9:16"]), ("nice! now also as 9:16 please", ["9:16"]),
        ("i need this in square as well", ["1:1"]), ("give me a 4:3 copy", ["4:3"]), ("same video in 3x4", ["3:4"]),
        ("the same film for reels and also square", ["9:16", "1:1"]), ("ok cool, same but for tik tok", ["9:16"]),
        ("Mach mir das auch hochkant bitte", ["9:16"]), ("das gleiche nur quadratisch", ["1:1"]),
        ("lo mismo pero en vertical", ["9:16"]), ("la même vidéo en carré", ["1:1"]), ("anche in verticale", ["9:16"]),
        ("o mesmo vídeo quadrado", ["1:1"]), ("同样的影片做成竖屏", ["9:16"]), ("वही फ़िल्म वर्टिकल", ["9:16"]),
    ],
)  # fmt: skip
def test_a_version_in_another_shape_is_understood(said: str, shapes: list[str]) -> None:
    found = understand(said, Film(facts("film"), "en")).calls
    assert [(call.tool, call.arguments) for call in found] == [
        ("make_version", {"aspect_ratio": shape}) for shape in shapes
    ]


@pytest.mark.parametrize(
    "said",
    [
        "make it vertical", "make it a square one",
        "make it square and also darker", "scene 2 should also be vertical", "use the same music",
        "same thing but funnier", "a tall tower in scene 2 too", "make the film vertical and add a scene about Mars",
    ],
)  # fmt: skip
def test_what_changes_this_film_is_no_version(said: str) -> None:
    assert "make_version" not in {call.tool for call in understand(said, Film(facts("film"), "en")).calls}


def test_a_film_that_is_not_finished_changes_its_own_shape() -> None:
    found = understand("same thing but vertical", Film(facts("scripted"), "en")).calls
    assert [call.tool for call in found if call.tool == "make_version"] == []


def test_the_agent_makes_it_beside_the_film(alice: User, home: Any) -> None:
    film = finished_film(alice)
    for scene in (1, 2, 3):
        for kind, suffix in (("scene", ".png"), ("video", ".mp4"), ("audio", ".mp3")):
            take_of(film, f"{kind}/{scene}", suffix, duration_ms=4_000)
    said = answer(film, "same thing but vertical").content
    version = Task.objects.get(origin=film)
    assert "9:16" in said
    assert (version.settings["aspect_ratio"], version.scripts.get().content["filmed_in"]) == ("9:16", "16:9")
    assert Task.objects.get(id=film.id).settings["aspect_ratio"] == "16:9"
    assert (
        understand("make it 16:9 too", Film(facts("film"), "en")).words
        == "“16:9” is the shape that this film has already."
    )
