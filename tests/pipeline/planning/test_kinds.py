"""One row for each kind says everything that its kind alone decides."""

from __future__ import annotations

from importlib.util import find_spec

import pytest

from pipeline.credentials import manifest
from pipeline.credentials.pieces import Maker, Piece, Source
from pipeline.engine.landing import asset_type
from pipeline.planning.cut_changes import Change, cut_again
from pipeline.planning.kinds import GENERATED, Kind, kind_of, place_of
from pipeline.providers.base import Capability
from pipeline.providers.registry import capability_of
from pipeline.queries.credentials import ORDER, Credentials, Row
from pipeline.sharing import made_how, wording
from pipeline.steps import STEPS


@pytest.mark.parametrize(
    ("component", "place"),
    [
        ("scene/2", "scene2/image"),
        ("audio/2", "scene2/audio"),
        ("line/2/1", "scene2/line_1"),
        ("video/2", "scene2/video"),
        ("character/mia", "characters/mia"),
        ("music/1_2_3", "music/clip_1_2_3"),
        ("fullvideo", "fullvideo"),
        ("segment/4", "render/segment_4"),
        ("soundtrack", "render/soundtrack"),
    ],
)
def test_each_component_has_its_place(component: str, place: str) -> None:
    assert place_of(component) == place


def test_a_key_says_its_kind_first() -> None:
    assert kind_of("scene/2") is kind_of("scene") is Kind.STILL
    with pytest.raises(ValueError, match="wheel"):
        kind_of("wheel/2")


@pytest.mark.parametrize("kind", Kind)
def test_each_kind_has_a_step_that_makes_it(kind: Kind) -> None:
    assert find_spec(STEPS[kind].removesuffix(".make"))


@pytest.mark.parametrize("kind", [kind for kind in Kind if not kind.is_derived])
def test_what_is_generated_has_a_capability_and_a_stored_type(kind: Kind) -> None:
    assert isinstance(capability_of(kind), Capability)
    assert kind_of(f"{asset_type(kind)}/2") is kind


def test_no_two_kinds_share_a_name_or_a_place() -> None:
    for about in ("label", "plural", "doing", "short", "file"):
        told = [getattr(kind.about, about) for kind in Kind]
        assert len(set(told)) == len(told), about


@pytest.mark.parametrize("kind", GENERATED)
def test_a_film_can_say_who_made_a_piece_of_each_kind(kind: Kind) -> None:
    maker = Maker(Source.AI, "openai", "gpt")
    piece = Piece(f"{kind}/1", "a" * 64, maker, scene_id=1)
    (named,) = manifest.of_film([piece], [1])["ingredients"]
    assert named["title"] == f"{kind.about.credit or kind.about.label} of scene 1"
    row = Row(kind, Source.AI, "openai", "gpt", (1,))
    assert kind in ORDER
    for words in wording.languages().values():
        told = Credentials(signed=False, by="", self_signed=False, why="", term="", rows=(row,))
        ((what, _),) = made_how.lines(told, words)
        assert what.endswith(")")


@pytest.mark.parametrize("kind", GENERATED)
@pytest.mark.parametrize(("language", "said"), [("en", "Cut again with "), ("de", "Neu geschnitten, mit ")])
def test_a_cut_is_told_of_a_changed_piece_of_each_kind(kind: Kind, language: str, said: str) -> None:
    told = cut_again([Change(kind, "new", (1,))], computed=[Kind.FILM], is_cut=True, language=language)
    assert told.startswith(said)
    assert told.count(" ") > said.count(" ")
