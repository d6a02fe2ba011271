"""Fields of a body that are wrong are named in the refusal, each with a sentence in words of our own."""

from __future__ import annotations

import re
from typing import Any

from django.core.cache import cache

from tests.pipeline.api.caller import ROOT, Caller
from tests.pipeline.api.document import Operation, inlined, operations, problems

WRONG: tuple[Any, ...] = ({"no": "such"}, -1.5, "?" * 70_000)
PYDANTIC = re.compile(
    r"\w (should|error|required|inputs|violated) |valid (string|integer|number|list|dictionary|boolean)|pydantic"
)
BODIES = [operation for operation in operations() if operation.body]


def wrong_bodies(operation: Operation) -> list[dict[str, Any]]:
    """Return a body for each wrong value, which stands in all fields where the document does not allow it."""
    kinds = [inlined(operation.body), *inlined(operation.body).get("anyOf", ())]
    fields = {name: schema for kind in kinds for name, schema in kind.get("properties", {}).items()}
    found = [{name: value for name, schema in fields.items() if problems(schema, value)} for value in WRONG]
    return [body for body in found if body]


def test_every_wrong_field_is_named_in_our_words(caller: Caller) -> None:
    for operation in BODIES:
        path = re.sub(r"\{\w+\}", "1", operation.path.removeprefix(ROOT))
        cache.clear()
        for body in wrong_bodies(operation):
            answer = caller.ask(operation.method.upper(), path, body)
            if answer.status_code not in (401, 403, 404, 413):
                assert answer.status_code == 422, (operation.id, body, answer.content)
                _check(answer.json()["error"], body)


def _check(told: dict[str, Any], body: dict[str, Any]) -> None:
    listed = told["details"].get("problems", ())
    words = [told["message"], *(each["message"] for each in listed)]
    assert not [each for each in words if PYDANTIC.search(each) or "is not valid" in each], words
    named = {each["field"].partition(".")[0].partition("[")[0] for each in listed}
    missed = body.keys() - named
    assert not listed or not missed or (WRONG[0] not in body.values() and body.keys() & named), missed
    assert told["message"].partition(":")[0].partition(".")[0] in body.keys() | named, told


def test_most_bodies_have_fields_that_can_be_wrong() -> None:
    assert sum(bool(wrong_bodies(operation)) for operation in BODIES) > 0.8 * len(BODIES)
