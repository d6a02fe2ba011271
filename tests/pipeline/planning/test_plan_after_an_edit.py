"""A plan that is made like the one before an edit equals one that is made from nothing."""

from __future__ import annotations

from unittest.mock import patch

from hypothesis import given
from hypothesis import strategies as st

from pipeline.planning import plan as planning
from pipeline.planning.plan import Plan
from tests.pipeline.planning.test_plan import EDITS, VALUES, Shelf, changed, graph_of
from tests.pipeline.scripts import script


def alike(one: Plan, other: Plan) -> bool:
    return (one.decisions, one.due, one.unheld) == (other.decisions, other.due, other.unheld)


@given(st.lists(EDITS, min_size=1, max_size=6), st.sets(st.integers(0, 40)), st.sampled_from([(), None]))
def test_after_any_edits_it_is_the_plan_that_is_made_from_nothing(
    edits: list[tuple[int, str, int]], lost: set[int], approved: tuple[()] | None
) -> None:
    shelf, written = Shelf(), script(4)
    shelf.build(graph_of(written))
    shelf.takes = {key: take for place, (key, take) in enumerate(shelf.takes.items()) if place not in lost}
    plan = shelf.plan(graph_of(written), approved=approved)
    for number, name, value in edits:
        written = changed(written, number, **{name: VALUES[name][value]})
        plan = shelf.plan(graph_of(written), approved=approved, like=plan)
        assert alike(plan, shelf.plan(graph_of(written), approved=approved))


def test_scenes_that_come_go_and_move_are_decided_too() -> None:
    shelf, written = Shelf(), script(4)
    shelf.build(graph_of(written))
    before = shelf.plan(graph_of(written), approved=())
    for other in (script(3), script(6), script(2)):
        after = shelf.plan(graph_of(other), approved=(), like=before)
        assert alike(after, shelf.plan(graph_of(other), approved=()))


def test_a_scene_of_many_is_decided_without_the_others() -> None:
    shelf, written = Shelf(), script(40)
    shelf.build(graph_of(written))
    before = shelf.plan(graph_of(written), approved=())
    with patch.object(planning, "fingerprint", wraps=planning.fingerprint) as fingerprint:
        shelf.plan(graph_of(changed(written, 7, script="Other words.")), approved=(), like=before)
    assert fingerprint.call_count < 15
