"""Whatever is sent, the answer is one that the document tells."""

from __future__ import annotations

import json
import os
import string
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.core.cache import cache
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from pipeline.models import Script
from pipeline.services import quotes
from pixora.accounts.models import User
from tests.pipeline.api.caller import ROOT, Caller
from tests.pipeline.api.conftest import scripted
from tests.pipeline.api.document import Operation, inlined, operations, problems
from tests.pipeline.api.values import ANYTHING, values
from tests.pipeline.scripts import script
from tests.pipeline.user_files import picture, upload

HEADER = st.text(string.ascii_letters + string.digits + ' "*-', min_size=1, max_size=30)
KEYS = ("script", "scene.1", "scene.2", "audio.1", "music.1_2_3", "fullvideo", "scene.99")
EXAMPLES = int(os.environ.get("EXAMPLES", "15"))
"""Of each operation; many more find what is rare."""
JSON = [operation for operation in operations() if operation.body or "requestBody" not in operation.told]


@pytest.fixture
def world(rich: User, bob: Caller, tmp_path: Path) -> dict[str, list[Any]]:
    """List what parameters and fields of these names may really be."""
    uploads = [upload(user, picture(tmp_path / "mine.png")).id for user in (rich, bob.user)]
    mine, theirs, deleted = scripted(rich), scripted(bob.user), scripted(rich)
    Script.objects.create(task=mine, version=2, content=script(3).model_dump(mode="json"))
    type(deleted).objects.filter(id=deleted.id).update(deleted_at=timezone.now())
    return {
        "task_id": [mine.id, mine.id, mine.id, theirs.id, deleted.id, "task_none"],
        "upload_id": uploads,
        "reference_upload": uploads,
        "quote_id": [quotes.quote(task=mine).id, quotes.quote(task=theirs).id],
        "key": list(KEYS),
        "version": [1, 2, 3],
        "index": [1, 3, 4],
        "take": [1, 2],
        "components": [["scene/1"], ["audio/2", "scene/1"], ["scene/9"]],
        "script": [script(2).model_dump(mode="json")],
    }


def value(name: str, schema: Any, world: dict[str, list[Any]]) -> st.SearchStrategy[Any]:
    """Often what really is, else what the document allows."""
    allowed = values(inlined(schema))
    return st.one_of(st.sampled_from(world[name]), allowed) if name in world else allowed


@st.composite
def requests(draw: Any, operation: Operation, world: dict[str, list[Any]]) -> tuple[str, Any, dict[str, str]]:
    """Address, body and headers."""
    path, query, headers = operation.path.removeprefix(ROOT), {}, {}
    for parameter in operation.parameters:
        name, place = parameter["name"], parameter["in"]
        if place == "path":
            found = draw(value(name, parameter["schema"], world) | st.text(min_size=1, max_size=20))
            path = path.replace(f"{{{name}}}", quote(str(found), safe=""))
        elif place == "query" and draw(st.booleans()):
            query[name] = draw(values(inlined(parameter["schema"])) | st.text(max_size=20))
        elif place == "header" and draw(st.booleans()):
            headers[name] = draw(HEADER)
    return f"{path}?{urlencode(query)}", draw(bodies(operation, world)), headers


@st.composite
def bodies(draw: Any, operation: Operation, world: dict[str, list[Any]]) -> Any:
    if operation.body is None:
        return None
    body = draw(st.one_of(values(inlined(operation.body)), ANYTHING) if draw(st.booleans()) else st.just({}))
    if isinstance(body, dict) and (fields := fields_of(operation.body)):
        for name in draw(st.sets(st.sampled_from(fields))):
            body[name] = draw(st.sampled_from(world[name]) if name in world else ANYTHING)
    return body


def fields_of(schema: Any) -> list[str]:
    whole = inlined(schema)
    options = [whole, *whole.get("anyOf", ())]
    return [name for option in options for name in option.get("properties", ())]


@pytest.mark.parametrize("operation", JSON, ids=lambda operation: operation.id)
def test_every_answer_is_one_that_the_document_tells(
    operation: Operation, caller: Caller, world: dict[str, list[Any]]
) -> None:
    told = dict(operation.answers())

    @settings(max_examples=EXAMPLES, suppress_health_check=list(HealthCheck))
    @given(requests(operation, world))
    def try_it(request: tuple[str, Any, dict[str, str]]) -> None:
        path, body, headers = request
        cache.clear()
        with transaction.atomic():
            answer = caller.ask(operation.method.upper(), path, body, **headers)
            transaction.set_rollback(True)
        assert str(answer.status_code) in told
        if schema := told[str(answer.status_code)]:
            assert problems(schema, json.loads(answer.content)) == []

    try_it()
