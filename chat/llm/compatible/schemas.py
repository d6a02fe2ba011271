"""PURE: the tools as a small model reads them best: short schemas, without what pydantic writes beside."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from chat.llm.base import ToolSpec

UNREAD = frozenset({"title", "default", "additionalProperties"})
MOST_VALUES = 30
"""Of a field, where tools are told of briefly."""


def offered(tool: ToolSpec, *, briefly: bool) -> dict[str, Any]:
    """A tool in the form of `/chat/completions`; `briefly`: with the first sentence of what is said about it."""
    description = first_sentence(tool.description) if briefly else " ".join(tool.description.split())
    parameters = short(tool.parameters)
    function = {
        "name": tool.name,
        "description": description,
        "parameters": flat(parameters) if briefly else parameters,
    }
    return {"type": "function", "function": function}


def first_sentence(text: str) -> str:
    return re.split(r"(?<=[.!?])\s", " ".join(text.split()), maxsplit=1)[0]


def short(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same object's schema: names of fields and kinds of values, references resolved, nulls left out."""
    return dict(_short(schema, schema.get("$defs", {})))


def flat(schema: Mapping[str, Any]) -> dict[str, Any]:
    """The same without what stands in the objects of its lists (`edit_scenes` takes what `edit_scene` does), and
    without long lists of values: models know the codes of languages, and the facts list those of films."""
    return {**schema, "properties": {name: _flat(inner) for name, inner in schema.get("properties", {}).items()}}


def _flat(schema: Mapping[str, Any]) -> Mapping[str, Any]:
    if len(schema.get("enum", ())) > MOST_VALUES:
        return {name: value for name, value in schema.items() if name != "enum"}
    items = schema.get("items", {})
    return {**schema, "items": {"type": "object"}} if "properties" in items else schema


def _short(schema: Mapping[str, Any], definitions: Mapping[str, Any]) -> Mapping[str, Any]:
    if "$ref" in schema:
        return _short(definitions[schema["$ref"].rpartition("/")[2]], definitions)
    choices = [each for each in schema.get("anyOf", ()) if each.get("type") != "null"]
    if len(choices) == 1:
        return _short(choices[0], definitions)
    kept = {name: value for name, value in schema.items() if name not in UNREAD and name != "$defs"}
    if "properties" in kept:
        kept["properties"] = {name: _short(inner, definitions) for name, inner in schema["properties"].items()}
    if isinstance(kept.get("items"), Mapping):
        kept["items"] = _short(kept["items"], definitions)
    return kept | ({"anyOf": [_short(each, definitions) for each in choices]} if choices else {})
