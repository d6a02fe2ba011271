"""Values that a JSON schema allows, and values of any kind."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st
from hypothesis_jsonschema import from_schema

FEW = 3

ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
    lambda inner: st.lists(inner, max_size=FEW) | st.dictionaries(st.text(max_size=8), inner, max_size=FEW),
    max_leaves=6,
)


def values(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    """Make values of a schema without references. Lists and objects are made here, and kept small; the library makes
    the rest."""
    if "anyOf" in schema:
        return st.one_of([values(each) for each in schema["anyOf"]])
    if "allOf" in schema:
        [only] = schema["allOf"]
        return values(only)
    match schema.get("type"):
        case "object":
            return _objects(schema)
        case "array":
            least = schema.get("minItems", 0)
            return st.lists(values(schema["items"]), min_size=least, max_size=max(least, FEW))
        case _:
            return from_schema(schema)


def _objects(schema: dict[str, Any]) -> st.SearchStrategy[Any]:
    fields = {name: values(field) for name, field in schema.get("properties", {}).items()}
    needed = {name: fields[name] for name in schema.get("required", ())}
    return st.fixed_dictionaries(needed, optional={name: fields[name] for name in fields.keys() - needed.keys()})
