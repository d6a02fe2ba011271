from __future__ import annotations

import pytest

from pipeline.engine.context import URGENCY
from pipeline.film.script import Script
from pipeline.planning.animatic import scenes_to_draft, with_animatic
from pipeline.planning.kinds import BESIDE, DERIVED, Kind, kind_of
from pipeline.planning.plan import Takes
from tests.pipeline.planning.test_plan import Shelf, changed, graph_of
from tests.pipeline.scripts import script

STILLS_AND_SOUND = {*(f"{kind}/{n}" for kind in ("scene", "audio") for n in (1, 2, 3)), "music/1_2_3"}


@pytest.fixture
def written() -> Script:
    return script(3)


def drafted(shelf: Shelf, written: Script, *, clips_come_soon: bool = False, **options: object) -> frozenset[int]:
    plan = shelf.plan(graph_of(written), **options)
    return scenes_to_draft(plan, Takes.of(shelf.takes.values()), clips_come_soon=clips_come_soon)


def test_nothing_is_drafted_before_all_stills_and_voices_are_there(written: Script) -> None:
    shelf = Shelf()
    assert drafted(shelf, written) == frozenset()
    shelf.build(graph_of(written), approved=STILLS_AND_SOUND - {"audio/3"})
    assert drafted(shelf, written) == frozenset()
    shelf.build(graph_of(written), approved=STILLS_AND_SOUND)
    assert drafted(shelf, written) == {1, 2, 3}


def test_a_clip_that_comes_soon_is_not_drafted_and_one_that_nobody_asked_for_is(written: Script) -> None:
    shelf = Shelf()
    shelf.build(graph_of(written), approved=STILLS_AND_SOUND)
    assert drafted(shelf, written, clips_come_soon=True) == frozenset()
    assert drafted(shelf, written, clips_come_soon=True, approved={"video/1"}) == {2, 3}
    assert drafted(shelf, written, clips_come_soon=True, given_up={"video/2"}) == {2}


def test_a_finished_film_is_not_drafted_even_while_a_clip_is_made_anew(written: Script) -> None:
    shelf = Shelf()
    shelf.build(graph_of(written))
    assert drafted(shelf, written) == frozenset()
    assert drafted(shelf, changed(written, 2, video_prompt="Faster")) == frozenset()


def test_a_draft_replaces_only_pieces_that_touch_a_missing_clip(written: Script) -> None:
    shelf = Shelf()
    shelf.build(graph_of(written), approved=STILLS_AND_SOUND | {"video/1", "video/2"})
    graph = with_animatic(graph_of(written), written, {3})
    made = shelf.build(graph, approved=())
    assert made == ["draft/3", "draft_segment/3", "draft_transition/3", "animatic"]
    animatic = graph.components[-1]
    assert animatic.inputs == (
        "segment/1", "transition/2", "segment/2", "draft_transition/3", "draft_segment/3", "soundtrack", "captions",
    )  # fmt: skip
    assert shelf.build(graph, approved=()) == []


def test_what_is_beside_the_film_is_free_and_made_last() -> None:
    assert BESIDE <= DERIVED
    needed = [URGENCY[kind] for kind in Kind if kind not in BESIDE]
    assert min(URGENCY[kind] for kind in BESIDE) > max(needed)


def test_the_cut_begins_with_its_sound_and_ends_with_what_fills_two_cores() -> None:
    """The order in which the bench makes the pieces too."""
    assert URGENCY[Kind.SOUNDTRACK] < URGENCY[Kind.TRANSITION] < URGENCY[Kind.BODY]


def test_every_piece_of_a_film_with_moved_scenes_finds_its_stand_in() -> None:
    first, second, third = (each.model_dump() for each in script(3).scenes)
    moved = script([third | {"index": 1}, first | {"index": 2}, second | {"index": 3}])
    graph = with_animatic(graph_of(moved), moved, {1, 2, 3})
    keys = {component.key for component in graph.components}
    pieces = [key for key in graph.components[-1].inputs if kind_of(key) not in (Kind.SOUNDTRACK, Kind.CAPTIONS)]
    assert set(pieces) <= keys
    assert all(key.startswith("draft_") for key in pieces)
