"""PURE: calls of tools that a model wrote into its words, in any of the ways that models are taught."""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterator, Mapping
from typing import Any

import json_repair

from chat.llm.base import MAX_QUOTED, NOT_JSON
from pipeline.providers.openai.answers import as_object, objects, string

NAMES = ("name", "tool", "tool_name", "function_name", "action")
ARGUMENTS = ("arguments", "parameters", "args", "input", "action_input")
LISTS = ("tool_calls", "calls", "tools")
MOST_READ = 100_000
"""Characters; nothing longer is a call."""
INVOKED = re.compile(
    r"\s*<?function[=\s](?:name=)?[\"']?(?P<name>\w+)[\"']?>?(?P<arguments>.*?)(</function>)?\s*\Z", re.DOTALL
)

Call = tuple[str, dict[str, Any]]
"""A tool's name and its arguments."""


def calls_in(text: str, tools: Collection[str]) -> list[Call]:
    """The calls in a text that holds nothing else; none where it is anything but calls of these tools."""
    if len(text) > MOST_READ:
        return []
    invoked = INVOKED.match(text)
    if invoked and invoked["name"] in tools:
        return [(invoked["name"], as_arguments(_read(invoked["arguments"])))]
    return [call for value in _values(_in_a_row(text) or _read(text)) if (call := _call(value, tools))]


def as_arguments(value: Any) -> dict[str, Any]:
    """Arguments as an object, whether they came as one or as text. What is null is left out."""
    if isinstance(value, str):
        value = _read(value)
    return {name: inner for name, inner in as_object(value).items() if inner is not None}


def arguments_in(text: str) -> dict[str, Any]:
    """The arguments that a server gave for a call, as text. What was cut short is no call: the tool refuses it."""
    said = text.strip() or "{}"
    try:
        found = json.loads(said)
    except (ValueError, RecursionError):
        found = _read(said) if said.endswith("}") else None
    return as_arguments(found) if isinstance(found, dict) else {NOT_JSON: text[:MAX_QUOTED]}


def _read(text: str) -> Any:
    try:
        return json_repair.loads(text.strip())
    except (ValueError, RecursionError):
        return None


def _in_a_row(text: str) -> list[Any]:
    """The JSON values of a text that has several, one after the other; none where it has anything else."""
    found: list[Any] = []
    rest = text.strip()
    while rest:
        try:
            value, end = json.JSONDecoder().raw_decode(rest)
        except (ValueError, RecursionError):
            return []
        found.append(value)
        rest = rest[end:].lstrip(" \t\r\n,;")
    return found if len(found) > 1 else []


def _values(value: Any) -> Iterator[Mapping[str, Any]]:
    """The objects that may be calls: one, a list of them, or a list under one of its usual names."""
    if isinstance(value, list):
        yield from objects(value)
        return
    whole = as_object(value)
    listed = next((whole[name] for name in LISTS if isinstance(whole.get(name), list)), None)
    yield from objects(listed) if listed is not None else [whole]


def _call(value: Mapping[str, Any], tools: Collection[str]) -> Call | None:
    inner = as_object(value.get("function")) or value
    name = next((said for key in NAMES if (said := string(inner.get(key)))), "") or string(value.get("function"))
    if name not in tools:
        return None
    given = next((inner[key] for key in ARGUMENTS if inner.get(key) is not None), None)
    return name, as_arguments(given)
