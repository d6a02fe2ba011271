"""What OpenAI refuses in a strict JSON schema and in a tool's name."""

from __future__ import annotations

import re
from typing import Any

from tests.emulators.openai.errors import Refused

TOOL_NAME = re.compile(r"[a-zA-Z0-9_-]{1,64}")
NOT_PERMITTED = frozenset(
    {"allOf", "not", "if", "then", "else", "dependentRequired", "dependentSchemas", "patternProperties", "default"}
    | {"minLength", "maxLength", "oneOf", "uniqueItems"}
)
KNOWN = frozenset(
    {"type", "properties", "required", "additionalProperties", "items", "enum", "const", "anyOf", "$ref", "$defs"}
    | {"definitions", "title", "description", "pattern", "format", "minimum", "maximum", "exclusiveMinimum"}
    | {"exclusiveMaximum", "multipleOf", "minItems", "maxItems"}
)
MAX_DEPTH, MAX_PROPERTIES = 10, 5_000


def check_strict(schema: Any, where: str) -> None:
    """Raises Refused with the rule that is broken."""
    if not isinstance(schema, dict) or schema.get("type") != "object":
        raise _invalid(where, "schema must be a JSON Schema of 'type: \"object\"'")
    count = _check(schema, where, 0)
    for name, inner in schema.get("$defs", {}).items():
        count += _check(inner, f"{where}.$defs.{name}", 0)
    if count > MAX_PROPERTIES:
        raise _invalid(where, "too many properties")


def _check(schema: dict[str, Any], where: str, depth: int) -> int:
    if depth > MAX_DEPTH:
        raise _invalid(where, "it is nested too deeply")
    for key in schema.keys() - KNOWN | schema.keys() & NOT_PERMITTED:
        raise _invalid(where, f"'{key}' is not permitted")
    if "$ref" in schema and len(schema) > 1:
        raise _invalid(where, "$ref cannot have keywords beside it")
    properties: dict[str, Any] = schema.get("properties", {})
    if schema.get("type") == "object":
        _check_object(schema, properties, where)
    children = [*properties.items(), *((str(number), one) for number, one in enumerate(schema.get("anyOf", [])))]
    children += [("items", schema["items"])] if "items" in schema else []
    return len(properties) + sum(_check(child, f"{where}.{name}", depth + 1) for name, child in children)


def _check_object(schema: dict[str, Any], properties: dict[str, Any], where: str) -> None:
    if schema.get("additionalProperties") is not False:
        raise _invalid(where, "'additionalProperties' is required to be supplied and to be false")
    if set(schema.get("required", [])) != set(properties):
        raise _invalid(where, "'required' is required to be supplied and to be an array including every key")


def check_tool(tool: Any, where: str) -> None:
    if not isinstance(tool, dict) or tool.get("type") != "function":
        raise Refused(f"Invalid value for '{where}.type'.", param=f"{where}.type", code="invalid_value")
    for key in tool.keys() - {"type", "name", "description", "parameters", "strict"}:
        raise Refused(f"Unknown parameter: '{where}.{key}'.", param=f"{where}.{key}", code="unknown_parameter")
    if not TOOL_NAME.fullmatch(str(tool.get("name"))):
        text = (
            f"Invalid '{where}.name': string does not match pattern. Expected a string that matches '^[a-zA-Z0-9_-]+$'."
        )
        raise Refused(text, param=f"{where}.name", code="invalid_value")
    if tool.get("strict", True):
        check_strict(tool.get("parameters"), f"{where}.parameters")


def _invalid(where: str, rule: str) -> Refused:
    return Refused(f"Invalid schema for '{where}': In context=(), {rule}.", param=where, code="invalid_json_schema")
