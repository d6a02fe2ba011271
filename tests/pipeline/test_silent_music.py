"""Music that is not heard in some scenes: neither made nor paid for, and remembered."""

from __future__ import annotations

from pipeline.film.script import MusicGroup, parse_script
from pipeline.film.script_edits import arranged, with_music, with_scene
from pipeline.film.settings import TaskSettings
from pipeline.planning.graph import build_graph
from pipeline.planning.kinds import Kind
from tests.pipeline.scripts import scene, script

FILM = script(
    [scene(place, index=place) for place in (1, 2, 3, 4)],
    music=[{"prompt": "soft piano", "scene_indexes": [1, 2, 3]}, {"prompt": "drums", "scene_indexes": [4]}],
).model_dump(mode="json")


def keys(content: dict[str, object]) -> list[str]:
    graph = build_graph(parse_script(content), TaskSettings())
    return [part.key for part in graph.components if part.kind is Kind.MUSIC]


def soundtrack(content: dict[str, object]) -> object:
    graph = build_graph(parse_script(content), TaskSettings())
    return next(part for part in graph.components if part.kind is Kind.SOUNDTRACK)


def test_a_silent_scene_in_the_middle_of_a_group_splits_it() -> None:
    changed = with_music(FILM, [2], silent=True)
    assert changed["music"] == [
        {"prompt": "soft piano", "scene_indexes": [1]},
        {"prompt": "soft piano", "silent": True, "scene_indexes": [2]},
        {"prompt": "soft piano", "scene_indexes": [3]},
        {"prompt": "drums", "scene_indexes": [4]},
    ]


def test_what_is_silent_is_not_made_and_the_soundtrack_does_not_read_it() -> None:
    changed = with_music(FILM, [1, 2, 3], silent=True)
    assert keys(changed) == ["music/4"]
    assert soundtrack(changed) != soundtrack(FILM)


def test_silence_over_two_groups_keeps_the_words_of_each() -> None:
    changed = with_music(FILM, [3, 4], silent=True)
    assert [(group["prompt"], group.get("silent")) for group in changed["music"]] == [
        ("soft piano", None), ("soft piano", True), ("drums", True),
    ]  # fmt: skip
    heard = with_music(changed, [3, 4], silent=False)
    assert keys(heard) == ["music/1_2", "music/3", "music/4"]


def test_the_whole_script_may_be_silent() -> None:
    assert keys(with_music(FILM, [1, 2, 3, 4], silent=True)) == []


def test_scenes_take_their_silence_along() -> None:
    changed = arranged(with_music(FILM, [4], silent=True), [4, 1, 2, 3])
    assert changed["music"][0] == {"prompt": "drums", "silent": True, "scene_indexes": [1]}
    added = with_scene(changed, 1, {**FILM["clips"][0]["scene"], "id": 9})
    assert added["music"][0]["scene_indexes"] == [1, 2]


def test_silence_is_written_only_where_it_is() -> None:
    assert "silent" not in MusicGroup(prompt="x", scene_indexes=[1]).model_dump(mode="json")
    assert MusicGroup(prompt="x", scene_indexes=[1], silent=True).model_dump(mode="json")["silent"] is True
