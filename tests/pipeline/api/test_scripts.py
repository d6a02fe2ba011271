from __future__ import annotations

from typing import Any

import pytest

from pipeline.models import Script, Task
from pipeline.services import films
from tests.pipeline.api.caller import Caller
from tests.pipeline.scripts import TINY, scene, script


def written(scenes: int = 3, **changes: Any) -> dict[str, Any]:
    return script(scenes, **changes).model_dump(mode="json")


def versions(task: Task) -> int:
    return task.scripts.count()


def test_the_script_is_read_with_its_version_and_warnings(caller: Caller, task: Task) -> None:
    content = written()
    content["clips"][0]["scene"]["script"] = "word " * 30
    Script.objects.create(task=task, version=2, content=content)
    answer = caller.ask("GET", f"tasks/{task.id}/script")
    shown = answer.json()
    assert (shown["version"], answer["ETag"], shown["script"]) == (2, '"2"', content)
    assert [told["field"] for told in shown["warnings"]] == ["clips[0].scene.script"]


def test_a_script_that_is_not_written_is_not_ready(caller: Caller) -> None:
    draft = films.order_film(user=caller.user, prompt="A film", settings=TINY, writes=False)
    edit = {"version": 1, "script": written()}
    for method, path, body in [
        ("GET", "script", None),
        ("PUT", "script", edit),
        ("PATCH", "script/scenes/1", {"version": 1, "changes": {"title": "x"}}),
        ("POST", "quote", None),
    ]:
        assert caller.refused(method, f"tasks/{draft.id}/{path}", body)[:2] == (409, "not_ready")


@pytest.mark.parametrize(
    ("said", "headers"), [({"version": 1}, {}), ({}, {"If_Match": '"1"'}), ({"version": 1}, {"If_Match": 'W/"1"'})]
)
def test_an_edit_of_the_current_version_is_the_next_one(
    caller: Caller, task: Task, said: dict[str, Any], headers: dict[str, str]
) -> None:
    content = written(2)
    answer = caller.ask("PUT", f"tasks/{task.id}/script", {**said, "script": content}, **headers)
    assert (answer.status_code, answer["ETag"]) == (200, '"2"')
    assert caller.get(f"tasks/{task.id}/script")["script"] == content


def test_an_edit_of_an_older_version_is_told_the_current_one(caller: Caller, task: Task) -> None:
    caller.ask("PUT", f"tasks/{task.id}/script", {"version": 1, "script": written(2)})
    for path, body in [
        ("script", {"version": 1, "script": written()}),
        ("script/scenes/1", {"version": 1, "changes": {"title": "x"}}),
    ]:
        method = "PUT" if path == "script" else "PATCH"
        status, code, details = caller.refused(method, f"tasks/{task.id}/{path}", body)
        assert (status, code, details["version"], details["script"]) == (409, "version_conflict", 2, written(2))
    assert versions(task) == 2


@pytest.mark.parametrize(
    ("said", "headers"),
    [({}, {}), ({"version": 1}, {"If_Match": '"2"'}), ({}, {"If_Match": "*"}), ({}, {"If_Match": "x" * 101})],
)
def test_an_edit_says_which_version_it_is_of(
    caller: Caller, task: Task, said: dict[str, Any], headers: dict[str, str]
) -> None:
    body = {**said, "script": written()}
    assert caller.refused("PUT", f"tasks/{task.id}/script", body, **headers)[:2] == (422, "invalid")
    assert versions(task) == 1


def test_every_broken_rule_is_named(caller: Caller, task: Task) -> None:
    wrong = written() | {"expected_duration": 20}
    wrong["clips"][1]["scene"]["index"] = 7
    status, code, details = caller.refused("PUT", f"tasks/{task.id}/script", {"version": 1, "script": wrong})
    assert (status, code) == (422, "invalid")
    assert [each["field"] for each in details["problems"]] == ["expected_duration", "clips[1].scene.index"]
    assert versions(task) == 1


@pytest.mark.parametrize(
    "changes",
    [
        {"title": None},
        {"title": " "},
        {"duration": 2},
        {"transition": "explode"},
        {"id": 9},
        {"characters": ["Nobody"]},
        {"script": "\x00"},
    ],
)
def test_a_wrong_scene_changes_nothing(caller: Caller, task: Task, changes: dict[str, Any]) -> None:
    body = {"version": 1, "changes": changes}
    assert caller.refused("PATCH", f"tasks/{task.id}/script/scenes/1", body)[:2] == (422, "invalid")
    assert versions(task) == 1


def test_a_scene_is_changed_and_the_others_stay(caller: Caller, task: Task) -> None:
    changes = {"image_prompt": "A fox at night", "duration": 10}
    answer = caller.ask("PATCH", f"tasks/{task.id}/script/scenes/2", {"version": 1, "changes": changes})
    shown = answer.json()["script"]
    assert [clip["scene"] for clip in shown["clips"]] == [scene(1), scene(2, **changes), scene(3)]
    assert shown["expected_duration"] == 20


def test_a_scene_that_is_none_is_not_found(caller: Caller, task: Task) -> None:
    body = {"version": 1, "changes": {"title": "x"}}
    for place in ("0", "4", "-1", "9" * 30):
        assert caller.refused("PATCH", f"tasks/{task.id}/script/scenes/{place}", body)[:2] == (404, "not_found")
    assert caller.refused("PATCH", f"tasks/{task.id}/script/scenes/x", body)[:2] == (422, "invalid")


def test_versions_are_kept_and_can_be_restored(caller: Caller, task: Task) -> None:
    caller.ask("PUT", f"tasks/{task.id}/script", {"version": 1, "script": written(2)})
    listed = caller.get(f"tasks/{task.id}/script/versions")
    assert [each["version"] for each in listed["results"]] == [2, 1]
    assert caller.get(f"tasks/{task.id}/script/versions/1")["script"] == written()
    restored = caller.post(f"tasks/{task.id}/script/versions/1/restore")
    assert (restored["version"], restored["script"]) == (3, written())
    for version in ("9", "0", "9" * 30):
        assert caller.refused("GET", f"tasks/{task.id}/script/versions/{version}")[:2] == (404, "not_found")
        path = f"tasks/{task.id}/script/versions/{version}/restore"
        assert caller.refused("POST", path)[:2] == (404, "not_found")
    assert versions(task) == 3
