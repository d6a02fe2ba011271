"""Edits on the timeline: what each of them has made anew, and that undoing them gives back every fingerprint."""

from __future__ import annotations

from random import Random
from typing import Any

import pytest

from pipeline.film import script_edits
from pipeline.film.script import Script, parse_script
from pipeline.film.settings import TaskSettings
from pipeline.planning.graph import Component, Graph, build_graph
from pipeline.planning.kinds import DERIVED
from pipeline.planning.plan import fingerprint
from tests.pipeline.planning.test_plan import Shelf, graph_of
from tests.pipeline.scripts import scene, script

SOUND = {"soundtrack", "captions", "fullvideo"}
MUSIC_ALONE = {"soundtrack", "fullvideo"}
CUTS = [{"from": 0.4, "to": 0.9}]
LINE = {"speaker": "Mia", "text": "Hello there."}
BEFORE = {
    ("off", True): "fba64774f68bdb32",
    ("off", False): "6c699e4c712c07af",
    ("soft", True): "24763e020eab6bcc",
    ("soft", False): "5a889243e7b7c09c",
    ("boxed", True): "da95c08591fe5558",
    ("boxed", False): "cbb91b98388bb761",
}
"""As the code before timeline edits had it, of a film with lines in it."""


def two_groups() -> Script:
    groups = [{"prompt": "calm piano", "scene_indexes": [1, 2]}, {"prompt": "drums", "scene_indexes": [3, 4]}]
    return script(4, music=groups)


def edited(written: Script, number: int, **changes: Any) -> Script:
    return parse_script(script_edits.edited(written.model_dump(), number, changes))


@pytest.mark.parametrize(
    ("changes", "made"),
    [
        ({"narration_at": 0.5}, SOUND),
        ({"cuts": CUTS}, SOUND),
        ({"clip_from": 1.25}, {"segment/2", "transition/2", "transition/3", "fullvideo"}),
        ({"slot_frames": 120}, {"segment/2", "transition/2", "transition/3", *SOUND}),
        ({"slot_frames": 150}, set()),
        ({"slot_frames": 0, "clip_from": 0, "narration_at": 0, "cuts": [], "cuts_of": ""}, set()),
    ],
)
def test_an_edit_of_a_scene_has_only_that_made_anew_which_it_changes(changes: Any, made: set[str]) -> None:
    shelf, written = Shelf(), two_groups()
    shelf.build(graph_of(written))
    assert set(shelf.build(graph_of(edited(written, 2, **changes)))) == made
    assert shelf.build(graph_of(written)) == [], "undone for nothing"


@pytest.mark.parametrize(
    ("changes", "made"),
    [
        ({"clip_from": 1.25}, {"segment/1", "transition/2", "fullvideo", "poster"}),
        ({"slot_frames": 120}, {"segment/1", "transition/2", *SOUND, "poster"}),
        ({"slot_frames": 150}, set()),
        ({"narration_at": 0.5}, SOUND),
    ],
)
def test_what_is_seen_of_the_first_scene_is_on_the_poster(changes: Any, made: set[str]) -> None:
    shelf, written = Shelf(), two_groups()
    shelf.build(graph_of(written))
    assert set(shelf.build(graph_of(edited(written, 1, **changes)))) == made


@pytest.mark.parametrize(
    "edit",
    [
        lambda content: script_edits.with_mute(content, [4], muted=True),
        lambda content: script_edits.with_mute(content, [3, 4], muted=True),
        lambda content: script_edits.with_fades(content, [4], fade_out=4),
    ],
)
def test_an_edit_of_the_music_has_the_sound_made_anew_alone(edit: Any) -> None:
    shelf, written = Shelf(), two_groups()
    shelf.build(graph_of(written))
    assert set(shelf.build(graph_of(parse_script(edit(written.model_dump()))))) == MUSIC_ALONE
    assert shelf.build(graph_of(written)) == []


def test_cuts_of_another_recording_are_not_cut_into_this_one() -> None:
    shelf, written = Shelf(), script([scene(1, duration=5), scene(2)])
    shelf.build(graph_of(written))
    graph = graph_of(edited(written, 1, cuts=CUTS, cuts_of="c0ffee"))
    length, take = graph.lengths[1], shelf.plan(graph).take("audio/1")
    assert take
    assert length.heard_ms("audio/1", take.length_ms, take.content_hash) == take.length_ms
    assert length.heard_ms("audio/1", take.length_ms, "c0ffee42") == take.length_ms - 500
    assert length.heard_ms("line/1/1", take.length_ms, "c0ffee42") == take.length_ms


def test_another_duration_takes_the_place_of_a_dragged_border() -> None:
    dragged = edited(script(2), 1, slot_frames=90)
    assert edited(dragged, 1, duration=10).scenes[0].slot_frames == 0
    assert edited(dragged, 1, title="Another").scenes[0].slot_frames == 90


def test_muting_a_part_and_hearing_it_again_gives_the_same_group() -> None:
    written = two_groups()
    muted = parse_script(script_edits.with_mute(written.model_dump(), [4], muted=True))
    assert [(group.scene_indexes, group.muted) for group in muted.music] == [
        ([1, 2], False), ([3], False), ([4], True),
    ]  # fmt: skip
    assert parse_script(script_edits.with_mute(muted.model_dump(), [4], muted=False)) == written
    again = script_edits.with_music(muted.model_dump(), [4], prompt="a flute")
    assert not parse_script(again).music[-1].muted


def test_1000_random_edits_and_their_undoing_give_back_every_fingerprint() -> None:
    groups = [{"prompt": "calm piano", "scene_indexes": [1, 2]}, {"prompt": "drums", "scene_indexes": [3]}]
    dice, shelf, versions = Random(19), Shelf(), [script(3, music=groups)]
    shelf.build(graph_of(versions[0]))
    asked_for = [wanted(shelf, versions[0])]
    for _ in range(1_000):
        versions.append(parse_script(random_edit(dice, versions[-1].model_dump())))
        asked_for.append(wanted(shelf, versions[-1]))
    assert sum(asked_for[at] != asked_for[at + 1] for at in range(1_000)) > 800
    for version, before in zip(reversed(versions), reversed(asked_for), strict=True):
        assert wanted(shelf, parse_script(version.model_dump(mode="json"))) == before


def wanted(shelf: Shelf, written: Script) -> dict[str, str | None]:
    """All that is asked for; nothing that costs a credit is ever among what is missing."""
    plan = shelf.plan(graph_of(written), approved=())
    decisions = plan.decisions
    assert all(decisions[key].component.kind in DERIVED for key in plan.due)
    return {key: decision.fingerprint for key, decision in decisions.items()}


def random_edit(dice: Random, content: dict[str, Any]) -> dict[str, Any]:
    place = dice.randint(1, 3)
    begin = dice.randint(0, 1_500) / 1000
    return dice.choice(
        [
            lambda: script_edits.edited(content, place, {"slot_frames": dice.randint(60, 180)}),
            lambda: script_edits.edited(content, place, {"clip_from": dice.randint(0, 40) / 10}),
            lambda: script_edits.edited(content, place, {"narration_at": dice.randint(0, 90) / 30}),
            lambda: script_edits.edited(content, place, {"cuts": [{"from": begin, "to": begin + 0.25}]}),
            lambda: script_edits.with_mute(content, [place], muted=dice.random() < 0.5),
            lambda: script_edits.with_fades(content, [place], fade_in=dice.randint(0, 5), fade_out=dice.randint(0, 5)),
        ]
    )()


@pytest.mark.parametrize("captions", ["off", "soft", "boxed"])
@pytest.mark.parametrize("voice_over", [True, False])
def test_a_script_without_edits_asks_for_what_it_asked_for(captions: Any, voice_over: bool) -> None:
    assert (
        asked(TaskSettings(duration=10, captions=captions, voice_over=voice_over, clip_sounds=(2,)))
        == BEFORE[captions, voice_over]
    )


def asked(settings: TaskSettings) -> str:
    graph: Graph = build_graph(script([scene(1, lines=[LINE]), scene(2)]), settings, title="A title")
    listed = [[each.key, _plain(each.asks), list(each.inputs), list(each.slots)] for each in graph.components]
    return fingerprint(Component("all", graph.components[0].kind, {"of": listed}), [], [])[:16]


def _plain(asks: Any) -> Any:
    """The encoders are left out, because other tests watch them."""
    if not isinstance(asks, dict):
        return asks
    return {name: _plain(value) for name, value in asks.items() if name != "encoder"}
