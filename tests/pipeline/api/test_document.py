"""Tests of what the OpenAPI document owes its readers, of every operation there is."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from django.test import Client
from pydantic import BaseModel

from pixora.accounts.idempotency import ARGUMENT
from tests.pipeline.api.document import Operation, document, operations, problems, referred

GUESTS = {each.id for each in operations() if each.told["tags"] == ["guests"]}
"""By a link's token, which opens the film it is to."""
OPEN_TO_ALL = {"exchange_token", "fal_webhook"} | GUESTS
ANSWERS_OTHERWISE = {("exchange_token", "401")}
"""The owner's brief fixes this one."""
REFUSAL = "#/components/schemas/RefusalBody"

every_operation = pytest.mark.parametrize("operation", operations(), ids=lambda operation: operation.id)


def shown(schema: dict[str, Any]) -> Any:
    """The example of a schema, or one made of its parts' examples. Raises KeyError where there is none."""
    if "examples" in schema:
        return schema["examples"][0]
    if "$ref" in schema:
        return shown(referred(schema))
    if "anyOf" in schema:
        return shown(next(each for each in schema["anyOf"] if each.get("type") != "null"))
    if schema.get("type") == "array":
        return [shown(schema["items"])]
    return {name: shown(field) for name, field in schema["properties"].items()}


def good_answers(operation: Operation) -> Iterator[dict[str, Any]]:
    yield from (schema for status, schema in operation.answers() if status < "300" and schema)


@every_operation
def test_it_is_reached_at_its_address(operation: Operation, db: None, services: None) -> None:
    """Django asks only the first of two routers with the same address."""
    path = re.sub(r"{\w+}", "1", operation.path)
    assert Client().generic(operation.method.upper(), path).status_code != 405


@every_operation
def test_it_says_what_it_does(operation: Operation) -> None:
    assert len(operation.told["summary"]) > 5
    assert operation.told["tags"]


@every_operation
def test_it_shows_what_is_sent_and_answered(operation: Operation) -> None:
    for schema in [*good_answers(operation), *([operation.body] if operation.body else [])]:
        assert problems(schema, shown(schema)) == []


@every_operation
def test_its_refusals_are_documented(operation: Operation) -> None:
    refusals = {status: schema for status, schema in operation.answers() if status >= "400"}
    expected = {"401", "503"}
    expected |= {"403"} if operation.is_change and operation.id not in OPEN_TO_ALL else set()
    expected |= {"422"} if operation.body or any(each["in"] != "path" for each in operation.parameters) else set()
    assert expected <= refusals.keys()
    for status, schema in refusals.items():
        assert (operation.id, status) in ANSWERS_OTHERWISE or schema == {"$ref": REFUSAL}


@every_operation
def test_it_needs_a_sign_in(operation: Operation) -> None:
    doors = {name for door in operation.told.get("security", ()) for name in door}
    assert doors == (set() if operation.id in OPEN_TO_ALL else {"BearerToken", "SessionCookie"})


@every_operation
def test_what_is_limited_says_how_often(operation: Operation) -> None:
    if "429" in operation.told["responses"]:
        limit = operation.told["x-rate-limit"]
        assert limit["times"] >= 1
        assert limit["window_s"] >= 1


def test_ids_are_names_for_programs() -> None:
    ids = [operation.id for operation in operations()]
    assert len(set(ids)) == len(ids)
    assert all(each.isidentifier() for each in ids)


def test_what_makes_something_can_be_repeated_safely() -> None:
    with_key = {
        operation.id
        for operation in operations()
        if any(parameter["name"] == "Idempotency-Key" for parameter in operation.parameters)
    }
    assert {"create_task", "duplicate_task", "start_run", "regenerate_component"} <= with_key
    assert ARGUMENT not in str(document())


def test_no_two_bodies_or_answers_share_a_name() -> None:
    """The document would show one of them for both."""
    found: dict[str, set[str]] = {}
    for kind in _all_below(BaseModel):
        if kind.__module__.startswith(("pipeline.api.", "chat.api", "pixora.accounts.")):
            found.setdefault(kind.__name__, set()).add(kind.__module__)
    assert {name: modules for name, modules in found.items() if len(modules) > 1} == {}


def _all_below(kind: type[BaseModel]) -> Iterator[type[BaseModel]]:
    for each in kind.__subclasses__():
        yield each
        yield from _all_below(each)
