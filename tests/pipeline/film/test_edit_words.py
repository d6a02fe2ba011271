from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import pytest

from pipeline.film.edit_words import what_changed
from pipeline.film.script import parse_script
from tests.pipeline.scripts import scene, script

BEFORE = script(3)


def changed(**fields: Any) -> Any:
    content = BEFORE.model_dump(mode="json")
    content["clips"][1]["scene"].update(fields)
    content["expected_duration"] = sum(clip["scene"]["duration"] for clip in content["clips"])
    return parse_script(content)


@pytest.mark.parametrize(
    ("fields", "told"),
    [
        ({}, ""),
        ({"duration": 10}, "length of scene 2"),
        ({"script": "A fox.", "image_prompt": "A fox"}, "narration of scene 2 and picture of scene 2"),
        ({"title": "A", "script": "B", "image_prompt": "C", "video_prompt": "D"},
         "title of scene 2, narration of scene 2, picture of scene 2 and more"),
    ],
)  # fmt: skip
def test_it_is_said_which_part_of_which_scene_was_changed(fields: Mapping[str, Any], told: str) -> None:
    assert what_changed(BEFORE, changed(**fields)) == told


def test_it_is_said_which_scenes_came_went_and_moved() -> None:
    assert what_changed(script(2), BEFORE) == "scene 3 added"
    assert what_changed(BEFORE, script(2)) == "scene 3 removed"
    swapped = script([scene(2, index=1), scene(1, index=2)])
    assert what_changed(script(2), swapped).startswith("order of the scenes")
