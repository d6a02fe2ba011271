"""Tests of what a film's settings change in what it is made of."""

from __future__ import annotations

import pytest

from pipeline.film.script import Script
from pipeline.film.settings import parse_settings
from pipeline.planning.graph import Graph, build_graph
from pipeline.planning.kinds import Kind, kind_of
from pixora.foundation.errors import Invalid
from tests.pipeline.planning.test_plan import Shelf, changed
from tests.pipeline.scripts import TINY, scene, script


def graph_with(written: Script, **settings: object) -> Graph:
    return build_graph(written, TINY.model_copy(update=settings), title="A film")


def kinds(graph: Graph) -> set[Kind]:
    return {component.kind for component in graph.components}


@pytest.mark.parametrize(
    ("changes", "remade"),
    [
        ({"music_level_db": -6.0}, ["soundtrack", "fullvideo"]),
        ({"music": False}, ["soundtrack", "fullvideo"]),
        ({"voice_over": False}, ["soundtrack", "captions", "fullvideo"]),
        ({"captions": "off"}, ["fullvideo"]),
        ({"captions": "clean"}, ["segment/1", "segment/2", "segment/3", "fullvideo"]),
    ],
)
def test_a_changed_choice_remakes_what_it_concerns_and_taking_it_back_is_free(
    changes: dict[str, object], remade: list[str]
) -> None:
    shelf, written = Shelf(), script(3)
    shelf.build(graph_with(written))
    assert shelf.build(graph_with(written, **changes)) == remade
    assert shelf.build(graph_with(written)) == []


def test_without_voice_or_music_none_is_made() -> None:
    assert not {Kind.VOICE, Kind.MUSIC} & kinds(graph_with(script(2), voice_over=False, music=False))


def test_without_captions_there_are_neither_files_nor_a_track() -> None:
    graph = graph_with(script(2), captions="off")
    assert Kind.CAPTIONS not in kinds(graph)


def test_drawn_captions_replace_the_track_and_not_the_files() -> None:
    graph = graph_with(script(2), captions="boxed")
    film = next(component for component in graph.components if component.kind is Kind.FILM)
    assert Kind.CAPTIONS in kinds(graph)
    assert "captions" not in film.inputs


def test_other_words_remake_only_the_piece_they_are_drawn_on() -> None:
    shelf, written = Shelf(), script(4)
    shelf.build(graph_with(written, captions="clean"))
    made = shelf.build(graph_with(changed(written, 2, script="Something else is said."), captions="clean"))
    assert [key for key in made if kind_of(key) in (Kind.BODY, Kind.TRANSITION)] == ["segment/2"]


def test_another_style_remakes_only_pieces_with_words() -> None:
    shelf, written = Shelf(), script([scene(1), scene(2, script=""), scene(3)])
    shelf.build(graph_with(written, captions="clean"))
    assert shelf.build(graph_with(written, captions="boxed")) == ["segment/1", "segment/3", "fullvideo"]


@pytest.mark.parametrize(
    "wrong", [{"captions": "karaoke"}, {"music_level_db": 12}, {"music_level_db": "loud"}, {"voice_over": "maybe"}]
)
def test_a_wrong_choice_is_refused_by_name(wrong: dict[str, object]) -> None:
    with pytest.raises(Invalid) as refused:
        parse_settings(wrong)
    assert next(iter(wrong)) in refused.value.message


def test_choices_have_defaults() -> None:
    chosen = parse_settings({})
    assert (chosen.captions, chosen.voice_over, chosen.music, chosen.music_level_db) == ("soft", True, True, 0.0)
