"""What is refused is told with its code, and changes nothing: no row of any table, no file."""

from __future__ import annotations

import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.apps import apps
from django.utils import timezone

from media_assets.models import Upload
from pipeline.models import Quote, Task
from pipeline.services import quotes
from pixora.accounts.models import User
from pixora.foundation.errors import MOST_PROBLEMS
from tests.pipeline.api.caller import ROOT, Caller
from tests.pipeline.api.conftest import scripted
from tests.pipeline.api.document import Operation, operations
from tests.pipeline.api.test_tasks import taken
from tests.pipeline.scripts import scene, script

SCRIPT = script(3).model_dump(mode="json")
SCRIPT_WITH_A_GAP = {**SCRIPT, "clips": [{"scene": scene(1, index=2)}]}


@pytest.fixture
def ids(task: Task, bob: Caller) -> dict[str, str]:
    """Alice has a film with one take, too few credits for the rest of it, and a clip; Bob has a film."""
    taken(task, "scene/1", "scene")
    theirs = scripted(bob.user)
    expired = quotes.quote(task=task)
    Quote.objects.filter(id=expired.id).update(expires_at=timezone.now() - timedelta(seconds=1))
    return {
        "mine": task.id,
        "theirs": theirs.id,
        "quote": quotes.quote(task=task).id,
        "expired": expired.id,
        "foreign": quotes.quote(task=theirs).id,
        "of_another_film": quotes.quote(task=scripted(task.user)).id,
        "clip": clip_of(task.user).id,
        "their_clip": clip_of(bob.user).id,
    }


def clip_of(user: User) -> Upload:
    facts = {"duration_ms": 5_000, "fps": 30.0, "format": "mov", "tagged_colour": True}
    return Upload.objects.create(user=user, kind="clip", storage_path=f"uploads/{user.id}/a", facts=facts)


def everything(home: Path) -> dict[str, Any]:
    """All rows of all tables, and all files."""
    tables = {model._meta.db_table: list(model._default_manager.order_by("pk").values()) for model in apps.get_models()}
    return {**tables, "files": sorted(map(str, home.rglob("*")))}


MISSING = (404, "not_found")
INVALID = (422, "invalid")
CONFLICT = (409, "version_conflict")
WRONG = {
    "an unknown film": ("GET", "tasks/task_none", None, MISSING),
    "somebody else's film": ("PATCH", "tasks/{theirs}", {"title": "Mine"}, MISSING),
    "somebody else's film deleted": ("DELETE", "tasks/{theirs}", None, MISSING),
    "an unknown component regenerated": ("POST", "tasks/{mine}/components/scene.9/regenerate", {}, MISSING),
    "an unknown component priced": ("POST", "tasks/{mine}/quote", {"components": ["scene/9"]}, MISSING),
    "an unknown component's take": ("POST", "tasks/{mine}/components/scene.9/takes/1/select", None, MISSING),
    "an unknown take": ("POST", "tasks/{mine}/components/scene.1/takes/99/select", None, MISSING),
    "a take that is no number": ("POST", "tasks/{mine}/components/scene.1/takes/x/select", None, INVALID),
    "an unknown version": ("POST", "tasks/{mine}/script/versions/9/restore", None, MISSING),
    "an edit of a wrong version": ("PUT", "tasks/{mine}/script", {"version": 7, "script": SCRIPT}, CONFLICT),
    "a scene of a wrong version": (
        "PATCH",
        "tasks/{mine}/script/scenes/1",
        {"version": 7, "changes": {"title": "New"}},
        CONFLICT,
    ),
    "a scene that is none": (
        "PATCH",
        "tasks/{mine}/script/scenes/9",
        {"version": 1, "changes": {"title": "New"}},
        MISSING,
    ),
    "a script with a gap": ("PUT", "tasks/{mine}/script", {"version": 1, "script": SCRIPT_WITH_A_GAP}, INVALID),
    "an edit of no version": ("PUT", "tasks/{mine}/script", {"script": SCRIPT}, INVALID),
    "an unknown setting": ("PATCH", "tasks/{mine}", {"colour": "red"}, INVALID),
    "an expired quote": ("POST", "tasks/{mine}/runs", {"quote_id": "{expired}"}, (410, "quote_expired")),
    "a foreign quote": ("POST", "tasks/{mine}/runs", {"quote_id": "{foreign}"}, MISSING),
    "a quote of another film": ("POST", "tasks/{mine}/runs", {"quote_id": "{of_another_film}"}, MISSING),
    "a quote that is none": ("POST", "tasks/{mine}/runs", {"quote_id": "quote_none"}, MISSING),
    "too few credits": ("POST", "tasks/{mine}/runs", {"quote_id": "{quote}"}, (402, "insufficient_credits")),
    "a quote for something else": (
        "POST",
        "tasks/{mine}/components/scene.1/regenerate",
        {"quote_id": "{quote}"},
        MISSING,
    ),
    "an upload that is none": ("POST", "tasks/{mine}/components/video.1/takes", {"upload_id": "upload_none"}, MISSING),
    "somebody else's upload": (
        "POST",
        "tasks/{mine}/components/video.1/takes",
        {"upload_id": "{their_clip}"},
        MISSING,
    ),
    "a clip as a still": ("POST", "tasks/{mine}/components/scene.1/takes", {"upload_id": "{clip}"}, INVALID),
    "a clip before its still": (
        "POST",
        "tasks/{mine}/components/video.2/takes",
        {"upload_id": "{clip}"},
        (409, "not_ready"),
    ),
    "a clip as a reference": ("POST", "tasks/{mine}/reference-image", {"upload_id": "{clip}"}, INVALID),
    "an order with a clip": ("POST", "tasks", {"prompt": "A film", "reference_upload": "{clip}"}, INVALID),
    "a takeaway of nothing": ("GET", "tasks/{mine}/takeaway", None, (409, "not_ready")),
}


@pytest.mark.parametrize("name", WRONG)
def test_it_is_refused_and_changes_nothing(caller: Caller, ids: dict[str, str], home: Path, name: str) -> None:
    method, path, body, expected = WRONG[name]
    before = everything(home)
    for headers in ({}, {"Idempotency_Key": "a-key"}):
        assert caller.refused(method, path.format(**ids), filled(body, ids), **headers)[:2] == expected
    assert everything(home) == before


def filled(body: Any, ids: dict[str, str]) -> Any:
    """The body with the ids in the place of their names."""
    if not isinstance(body, dict):
        return body
    return {name: ids.get(str(value)[1:-1], value) if str(value)[:1] == "{" else value for name, value in body.items()}


def test_approving_twice_is_one_run_and_one_hold(caller: Caller, rich: User, ids: dict[str, str], home: Path) -> None:
    path, body = f"tasks/{ids['mine']}/runs", {"quote_id": ids["quote"]}
    first = caller.post(path, body, status=202)
    before = everything(home)
    assert caller.post(path, body, status=202) == first
    assert everything(home) == before


def test_of_a_hundred_thousand_problems_the_first_are_told(caller: Caller, task: Task) -> None:
    body = {"version": 1, "script": {str(number): 1 for number in range(40_000)}}
    answer = caller.ask("PUT", f"tasks/{task.id}/script", body)
    assert answer.status_code == 422
    assert len(answer.json()["error"]["details"]["problems"]) == MOST_PROBLEMS


@pytest.mark.parametrize("operation", [one for one in operations() if one.body], ids=str)
def test_half_a_letter_in_a_text_is_no_fault_of_ours(operation: Operation, caller: Caller) -> None:
    """Escaped as JSON can: no database stores it. A whole pair is a letter like any other."""
    for half, is_right in ((r"\ud83d", False), (r"\udc00x", False), (r"\ud83d\ude42", True)):
        path = re.sub(r"\{\w+\}", "1", operation.path).removeprefix(ROOT)
        told = caller.text(operation.method, path, f'{{"quote_id": "{half}", "{half}": ["{half}"]}}')
        assert told.status_code < 500, told.content
        assert is_right or told.json()["error"]["code"] in ("invalid", "not_found", "missing_scope")


def test_an_approval_of_half_a_letter_is_refused(caller: Caller, task: Task) -> None:
    told = caller.text("POST", f"tasks/{task.id}/runs", r'{"quote_id": "\ud800"}')
    assert (told.status_code, told.json()["error"]["code"]) == (422, "invalid")


def test_a_preset_keeps_no_nul(caller: Caller) -> None:
    made = caller.post("presets", {"name": "Shop", "settings": {"style": "a\x00b"}}, status=201)
    assert made["settings"] == {"style": "ab"}
    caller.ask("PATCH", f"presets/{made['id']}", {"settings": {"style": "c\x00"}})
    assert caller.get("presets")["results"][0]["settings"] == {"style": "c"}
