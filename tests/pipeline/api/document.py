"""The OpenAPI document as tests read it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

from jsonschema import Draft202012Validator

from pixora.api import api


@cache
def document() -> dict[str, Any]:
    """The document as clients get it."""
    shown: dict[str, Any] = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    return shown


@dataclass(frozen=True)
class Operation:
    method: str
    path: str
    told: dict[str, Any]

    @property
    def id(self) -> str:
        return str(self.told["operationId"])

    @property
    def is_change(self) -> bool:
        return self.method != "get"

    @property
    def body(self) -> dict[str, Any] | None:
        """The schema of its JSON."""
        content = self.told.get("requestBody", {}).get("content", {})
        schema: dict[str, Any] | None = content.get("application/json", {}).get("schema")
        return schema

    @property
    def parameters(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.told.get("parameters", [])
        return found

    def answers(self) -> Iterator[tuple[str, dict[str, Any] | None]]:
        for status, told in self.told["responses"].items():
            yield status, told.get("content", {}).get("application/json", {}).get("schema")


def operations() -> list[Operation]:
    paths = document()["paths"]
    return [Operation(method, path, told) for path in paths for method, told in paths[path].items()]


def problems(schema: dict[str, Any], value: Any) -> list[str]:
    """List where a value is not what its schema says."""
    whole = {**schema, "components": document()["components"]}
    return [f"{error.json_path}: {error.message}" for error in Draft202012Validator(whole).iter_errors(value)]


def inlined(schema: Any) -> Any:
    """The schema without references."""
    if isinstance(schema, list):
        return [inlined(each) for each in schema]
    if not isinstance(schema, dict):
        return schema
    if "$ref" in schema:
        return inlined(referred(schema))
    return {name: inlined(each) for name, each in schema.items()}


def referred(schema: dict[str, Any]) -> dict[str, Any]:
    if "$ref" not in schema:
        return schema
    found: dict[str, Any] = document()["components"]["schemas"][schema["$ref"].rpartition("/")[2]]
    return found
