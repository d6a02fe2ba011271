from __future__ import annotations

import pytest

from pipeline.planning.piece_names import PieceNames
from tests.pipeline.scripts import scene, script

NAMES = PieceNames(scenes=(1, 7, 3), characters=("Anna Müller",))
"""Scene 7 was added between two others."""


@pytest.mark.parametrize(
    ("key", "name"),
    [
        ("scene/7", "Picture of scene 2"),
        ("audio/1", "Voice-over of scene 1"),
        ("video/3", "Clip of scene 3"),
        ("music/1_7_3", "Music of scenes 1 to 3"),
        ("music/7", "Music of scene 2"),
        ("transition/3", "Transition into scene 3"),
        ("character/anna-muller", "Character Anna Müller"),
        ("character/old-bob", "Character Old Bob"),
        ("fullvideo", "Film"),
        ("script", "Script"),
        ("scene/2", "Picture of a scene that was removed"),
        ("music/2_3", "Music of scene 3"),
    ],
)
def test_a_piece_is_called_by_its_place_in_the_film(key: str, name: str) -> None:
    assert NAMES.name(key) == name


def test_a_name_stands_within_a_sentence() -> None:
    assert NAMES.the("audio/7") == "the voice-over of scene 2"
    assert NAMES.the("character/anna-muller") == "the character Anna Müller"


def test_the_places_are_those_of_the_script() -> None:
    written = script([scene(4, index=1), scene(2, index=2)])
    assert PieceNames.of(written).name("scene/2") == "Picture of scene 2"
    assert PieceNames.of(None).name("script") == "Script"
