"""PURE: the fields of `TaskSettings` and `Scene` that may be changed, each optional, for all doors alike.

REST bodies, socket frames and the agent's tools are built from these, so a new field of a setting or a scene is written
once. The rules of each field (limits, choices, descriptions) come with it.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Annotated, Any, Literal, get_args, get_origin

from pydantic import BaseModel, Field

from pipeline.film.script import Scene
from pipeline.film.settings import TaskSettings

FIXED_SETTINGS = frozenset(
    {"seed", "reference", "reference_character", "clip_sounds", "source", "length_is_open", "voice_is_open"}
)
"""Settings that are not changed: they are given with the order, or follow from something else that is done."""
SETTINGS_FIELDS: tuple[str, ...] = tuple(name for name in TaskSettings.model_fields if name not in FIXED_SETTINGS)
OWN_TOOL = frozenset({"pronunciations", "models", "voice_character"})
"""Settings that the agent changes by a tool of their own, one entry of a list or one voice at a time, or not at all."""
AGENT_FIELDS: tuple[str, ...] = tuple(name for name in SETTINGS_FIELDS if name not in OWN_TOOL)
SCENE_FIELDS: tuple[str, ...] = tuple(
    name for name in Scene.model_fields if name not in {"id", "index", "translated_from"}
)
BY_HAND = frozenset({"focus", "slot_frames", "clip_from", "narration_at", "cuts", "cuts_of"})
"""Fields of a scene that are set on a picture or a timeline; the agent has a tool of its own for them, or none."""
AGENT_SCENE_FIELDS: tuple[str, ...] = tuple(name for name in SCENE_FIELDS if name not in BY_HAND)

_KEPT = Field(exclude_if=lambda _value: False)
Fields = dict[str, Any]
"""Definitions as `pydantic.create_model` takes them."""


def may_be_left_out(model: type[BaseModel], names: Iterable[str]) -> Fields:
    """Return these fields of a model, each with its rules and with None, which itself is refused, as its default. What
    is not written down where it is empty is a change all the same."""
    fields = model.model_fields
    return {name: (Annotated[fields[name].annotation, fields[name], _KEPT], None) for name in names}


def may_be_null(model: type[BaseModel], names: Iterable[str]) -> Fields:
    """Return these fields of a model with their choices, but not their limits; null and left out mean the same."""
    return {name: _or_null(_without_limits(model.model_fields[name].annotation)) for name in names}


def of_any_value(model: type[BaseModel], names: Iterable[str]) -> Fields:
    """Return these fields of a model by their JSON type alone, for values that are checked later; null is left out."""
    return {name: _or_null(_json_type(model.model_fields[name].annotation)) for name in names}


def _or_null(annotation: Any) -> tuple[Any, None]:
    return annotation | None, None


def _without_limits(annotation: Any) -> Any:
    if get_origin(annotation) is Annotated:
        return get_args(annotation)[0]
    return list[_without_limits(get_args(annotation)[0])] if get_origin(annotation) is list else annotation  # type: ignore[misc]


def _json_type(annotation: Any) -> Any:
    if get_origin(annotation) is list:
        return list
    return type(get_args(annotation)[0]) if get_origin(annotation) is Literal else annotation
