"""The fields of settings and scenes reach REST, the socket and the agent's tools from where they are defined."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from chat.agent.tool_specs import TOOLS
from chat.protocol import Wishes
from pipeline.api.bodies import Choices, NewTask, SceneChanges, TaskChanges
from pipeline.film.changes import AGENT_FIELDS, BY_HAND, FIXED_SETTINGS, OWN_TOOL, SCENE_FIELDS, SETTINGS_FIELDS
from pipeline.film.script import Scene
from pipeline.film.settings import TaskSettings


def test_every_setting_is_fixed_or_may_be_changed() -> None:
    assert {*SETTINGS_FIELDS, *FIXED_SETTINGS} == set(TaskSettings.model_fields)


@pytest.mark.parametrize("name", SETTINGS_FIELDS)
def test_a_setting_is_taken_through_every_door(name: str) -> None:
    usual = getattr(TaskSettings(), name)
    assert Choices(**{name: usual}).chosen() == {name: usual}
    assert Wishes(**{name: usual}).settings() == {name: usual}
    assert name in OWN_TOOL or TOOLS["change_settings"].parse({name: usual})[name] == usual
    assert (name in AGENT_FIELDS) is (name not in OWN_TOOL)


@pytest.mark.parametrize("name", SCENE_FIELDS)
def test_a_scenes_field_is_taken_by_rest_and_by_the_agent(name: str) -> None:
    assert name in SceneChanges.model_fields
    for tool in ("edit_scene", "edit_scenes"):
        assert (f"'{name}':" in str(TOOLS[tool].spec.parameters)) is (name not in BY_HAND)


def test_a_scene_keeps_its_id_and_its_place() -> None:
    assert {"id", "index", "translated_from"} == set(Scene.model_fields) - set(SCENE_FIELDS)


@pytest.mark.parametrize("body", [NewTask, TaskChanges])
def test_a_setting_may_be_left_out_but_not_be_null(body: type[Choices]) -> None:
    with pytest.raises(ValidationError, match="music"):
        body.model_validate({"prompt": "A film", "music": None})


def test_the_rules_of_a_field_come_with_it() -> None:
    with pytest.raises(ValidationError, match="multiple of 5"):
        Choices.model_validate({"duration": 7})
    with pytest.raises(ValidationError):
        SceneChanges.model_validate({"image_prompt": "x" * 4_001})


def test_a_wish_of_the_socket_is_checked_later_so_that_its_refusal_names_the_message() -> None:
    assert Wishes(aspect_ratio="5:4", duration=None).settings() == {"aspect_ratio": "5:4"}
