from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from pipeline.cut.narration_fit import FPS
from pipeline.film.script import Script
from pipeline.planning.graph import Graph, build_graph
from pipeline.planning.kinds import DERIVED, Kind, kind_of
from pipeline.planning.plan import TO_BE_MADE, Action, Plan, Take, Takes, make_plan, variation_seed
from tests.pipeline.scripts import TINY, scene, script

NARRATION_MS = 2_000


class Shelf:
    """Takes as an engine would make them: every `make` of a plan answered, until nothing is left to do."""

    def __init__(self) -> None:
        self.takes: dict[str, Take] = {}
        self.clock = itertools.count(1)
        self.made: list[str] = []

    def plan(self, graph: Graph, **options: object) -> Plan:
        return make_plan(graph, Takes.of(self.takes.values()), fps=FPS, **options)  # type: ignore[arg-type]

    def build(self, graph: Graph, **options: object) -> list[str]:
        """The keys made, in order."""
        self.made = []
        while True:
            plan = self.plan(graph, **options)
            free = plan.having(Action.SELECT, Action.ADOPT)
            for decision in free:
                self.select(decision.component.key, decision.take, decision.fingerprint or "")
            ready = plan.having(Action.MAKE)
            for decision in ready:
                self.make(decision.component.key, decision.fingerprint or "")
            options["forced"] = [key for key in options.get("forced", ()) if key not in self.made]  # type: ignore[attr-defined]
            if not free and not ready:
                return self.made

    def make(self, key: str, wanted: str, **changes: object) -> Take:
        number = next(self.clock)
        take = Take(
            asset_id=f"asset_{number}",
            component=key,
            kind=kind_of(key),
            number=number,
            content_hash=f"content {number}",
            fingerprint=wanted,
            length_ms=NARRATION_MS,
        )
        self.made.append(key)
        return self.choose(replace(take, **changes))  # type: ignore[arg-type]

    def select(self, key: str, take: Take | None, wanted: str) -> None:
        assert take is not None
        if take.component != key:
            take = replace(take, asset_id=f"asset_{next(self.clock)}", component=key, fingerprint=wanted)
        self.choose(take)

    def choose(self, take: Take) -> Take:
        for other in list(self.takes.values()):
            if other.component == take.component:
                self.takes[other.asset_id] = replace(other, selected=False)
        chosen = replace(take, selected=True, selected_at=float(next(self.clock)))
        self.takes[take.asset_id] = chosen
        return chosen


def graph_of(written: Script) -> Graph:
    return build_graph(written, TINY, title="A film")


def changed(written: Script, number: int, **changes: object) -> Script:
    scenes = [each.model_dump() | (changes if each.id == number else {}) for each in written.scenes]
    music = [group.model_dump() for group in written.music]
    return script(scenes, music=music)


def test_every_component_of_a_new_film_is_made_once() -> None:
    shelf = Shelf()
    made = shelf.build(graph_of(script(3)))
    assert sorted(made) == sorted(component.key for component in graph_of(script(3)).components)
    assert len(made) == 3 * 3 + 1 + 3 + 2 + 3 + 2


def test_nothing_is_made_twice() -> None:
    shelf = Shelf()
    shelf.build(graph_of(script(3)))
    assert shelf.build(graph_of(script(3))) == []


def test_a_clip_is_ready_as_soon_as_its_own_still_is_there() -> None:
    shelf, graph = Shelf(), graph_of(script(3))
    first = shelf.plan(graph)
    shelf.make("scene/2", first.decisions["scene/2"].fingerprint or "")
    ready = {decision.component.key for decision in shelf.plan(graph).having(Action.MAKE)}
    assert "video/2" in ready
    assert "video/1" not in ready


def test_a_changed_picture_remakes_what_is_seen_of_it_and_nothing_else() -> None:
    shelf, written = Shelf(), script(4)
    shelf.build(graph_of(written))
    made = shelf.build(graph_of(changed(written, 2, image_prompt="Another picture")))
    assert sorted(made) == sorted(
        ["scene/2", "video/2", "segment/2", "transition/2", "transition/3", "fullvideo", "storyboard"]
    )


def test_a_new_voice_of_the_same_length_remakes_only_sound_and_captions() -> None:
    shelf, written = Shelf(), script(3)
    shelf.build(graph_of(written))
    made = shelf.build(graph_of(changed(written, 2, script="Something else is said now.")))
    assert made == ["audio/2", "soundtrack", "captions", "fullvideo"]


def test_a_voice_that_outgrows_its_slot_remakes_the_pieces_that_touch_it() -> None:
    shelf, written = Shelf(), script(3)
    graph = graph_of(written)
    shelf.build(graph)
    wanted = shelf.plan(graph, forced=["audio/2"]).decisions["audio/2"].fingerprint or ""
    shelf.make("audio/2", wanted, length_ms=9_000)
    assert set(shelf.build(graph)) == {
        "segment/2", "transition/2", "transition/3", "soundtrack", "captions", "fullvideo",
    }  # fmt: skip


def test_a_changed_transition_remakes_one_piece() -> None:
    shelf, written = Shelf(), script(4)
    shelf.build(graph_of(written))
    made = shelf.build(graph_of(changed(written, 3, transition="wipe_left")))
    assert made == ["transition/3", "fullvideo"]


def test_an_edit_taken_back_is_free() -> None:
    shelf, written = Shelf(), script(3)
    shelf.build(graph_of(written))
    shelf.build(graph_of(changed(written, 2, image_prompt="Another picture")))
    assert shelf.build(graph_of(written)) == []


def test_regrouped_music_is_adopted_when_it_asks_for_the_same() -> None:
    shelf = Shelf()
    whole = [{"prompt": "calm piano", "scene_indexes": [1, 2, 3]}]
    halves = [{"prompt": "calm piano", "scene_indexes": [1, 2]}, {"prompt": "drums", "scene_indexes": [3]}]
    shelf.build(graph_of(script(3, music=whole)))
    made = shelf.build(graph_of(script(3, music=halves)))
    assert made == ["music/3", "soundtrack", "fullvideo"]


def test_a_forced_component_is_made_anew_and_what_reads_it_follows() -> None:
    shelf, graph = Shelf(), graph_of(script(3))
    shelf.build(graph)
    made = shelf.build(graph, forced=["video/1"])
    assert made == ["video/1", "segment/1", "transition/2", "poster", "fullvideo"]


def test_what_was_not_approved_is_left_as_it_is() -> None:
    shelf, written = Shelf(), script(3)
    shelf.build(graph_of(written))
    edited = graph_of(changed(written, 2, image_prompt="Another picture", script="New words here."))
    assert shelf.build(edited, approved={"audio/2"}) == ["audio/2", "soundtrack", "captions", "fullvideo"]
    assert shelf.plan(edited, approved=()).decisions["scene/2"].action is Action.LEAVE


def test_what_was_given_up_blocks_only_what_reads_it() -> None:
    shelf, graph = Shelf(), graph_of(script(3))
    made = shelf.build(graph, given_up={"scene/2"})
    missing = {decision.component.key for decision in shelf.plan(graph, given_up={"scene/2"}).having(Action.MISSING)}
    assert missing == {"scene/2", "video/2", "segment/2", "transition/2", "transition/3", "fullvideo", "storyboard"}
    assert "soundtrack" in made


def test_a_scene_without_words_has_no_voice() -> None:
    written = script([scene(1), scene(2, script="  ")])
    keys = {component.key for component in graph_of(written).components}
    assert "audio/1" in keys
    assert "audio/2" not in keys
    assert Shelf().build(graph_of(written))


def test_moving_a_scene_makes_no_picture_voice_or_clip_anew() -> None:
    shelf, written = Shelf(), script(4)
    shelf.build(graph_of(written))
    first, second, third, fourth = (each.model_dump() for each in written.scenes)
    moved = [
        first | {"index": 1},
        third | {"index": 2},
        second | {"index": 3},
        fourth | {"index": 4},
    ]
    made = shelf.build(graph_of(script(moved)))
    assert {kind_of(key) for key in made} <= DERIVED
    assert not any(key.startswith("segment/") for key in made)


def test_a_persons_choice_of_an_old_take_is_fresh() -> None:
    shelf, graph = Shelf(), graph_of(script(2))
    shelf.build(graph)
    first_film = set(shelf.takes)
    old = next(take for take in shelf.takes.values() if take.component == "video/1")
    shelf.build(graph, forced=["video/1"])
    shelf.choose(replace(old, chosen_for=old.fingerprint))
    assert shelf.build(graph) == []
    assert {take.asset_id for take in shelf.takes.values() if take.selected} <= first_film


def test_the_fingerprint_knows_neither_the_number_of_a_scene_nor_its_place() -> None:
    one = graph_of(script([scene(1), scene(2), scene(3, image_prompt="Picture 1")]))
    plan = Shelf().plan(one)
    assert plan.decisions["scene/1"].fingerprint == plan.decisions["scene/3"].fingerprint
    assert plan.decisions["scene/1"].fingerprint != plan.decisions["scene/2"].fingerprint


def test_each_take_varies_with_a_seed_of_its_own() -> None:
    assert variation_seed(0, "scene/1", 1) == variation_seed(0, "scene/1", 1)
    seeds = {variation_seed(task, key, take) for task in (0, 1) for key in ("scene/1", "scene/2") for take in (1, 2)}
    assert len(seeds) == 8


EDITS = st.tuples(
    st.integers(1, 4),
    st.sampled_from(["image_prompt", "video_prompt", "script", "transition", "duration"]),
    st.integers(0, 2),
)
VALUES: Mapping[str, Sequence[object]] = {
    "image_prompt": ["A", "B", "C"],
    "video_prompt": ["A", "B", "C"],
    "script": ["One two three.", "Four five six.", ""],
    "transition": ["fade", "none", "zoom_in"],
    "duration": [5, 10, 5],
}


@given(st.lists(EDITS, max_size=6))
def test_after_any_edits_what_is_made_is_exactly_what_the_final_script_lacks(edits: list[tuple[int, str, int]]) -> None:
    """An oracle without memory: a component is fresh when a clean build of it would ask for what it is made of."""
    shelf, written = Shelf(), script(4)
    shelf.build(graph_of(written))
    for number, name, value in edits:
        written = changed(written, number, **{name: VALUES[name][value]})
        graph = graph_of(written)
        shelf.build(graph)
        plan = shelf.plan(graph)
        assert {decision.action for decision in plan.decisions.values()} == {Action.KEEP}
        for decision in plan.decisions.values():
            assert decision.take is not None
            assert decision.take.fingerprint == decision.fingerprint
    seen = [(take.component, take.fingerprint) for take in shelf.takes.values()]
    assert len(seen) == len(set(seen)), "the same thing was made twice"
    assert Kind.FILM in {take.kind for take in shelf.takes.values()}


@given(st.lists(EDITS, max_size=6), st.sets(st.integers(0, 40)), st.integers(0, 6), st.booleans())
def test_what_is_due_is_what_would_be_made_if_everything_were_approved(
    edits: list[tuple[int, str, int]], lost: set[int], built: int, forced: bool
) -> None:
    shelf, written = Shelf(), script(4)
    for place, (number, name, value) in enumerate(edits):
        if place == built:
            shelf.build(graph_of(written))
        written = changed(written, number, **{name: VALUES[name][value]})
    shelf.takes = {key: take for place, (key, take) in enumerate(shelf.takes.items()) if place not in lost}
    anew = ["scene/2"] if forced else []
    everything = shelf.plan(graph_of(written), forced=anew)
    free = shelf.plan(graph_of(written), forced=anew, approved=())
    made = {key for key, decision in everything.decisions.items() if decision.action in TO_BE_MADE}
    assert set(free.due) == set(everything.due) == made
