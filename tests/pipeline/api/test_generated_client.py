"""A client that somebody generates from the document takes a film from its prompt to its end, over real HTTP."""

from __future__ import annotations

import asyncio
import compileall
import importlib
import json
import pkgutil
import runpy
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import httpx
import pytest

from media_assets.probe import probe
from pipeline.engine.shift import Shift
from pipeline.models import Run
from pipeline.providers.registry import serving
from pixora.accounts import keys, ledger
from pixora.accounts.keys import Wish
from pixora.accounts.models import CreditReason, User
from pixora.accounts.scopes import Scope
from tests.pipeline.api.document import document
from tests.pipeline.doubles import Studio, doubles
from tests.pixora.accounts.doors import bearer
from tests.web_server import web_server
from tests.worker import working

PACKAGE = "pixora_client"
EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "generated_client.py"
FILES = ("application/zip", "audio/mpeg")
CONFIG = {"post_hooks": [], "content_type_overrides": dict.fromkeys(FILES, "application/octet-stream")}
"""The generator reads JSON and plain bytes."""


@pytest.fixture(scope="module")
def package(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ModuleType]:
    """The generated client, compiled and imported whole."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "openapi.json").write_text(json.dumps(document()))
    (folder / "config.yml").write_text(json.dumps(CONFIG))
    command = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    command += ["--path", "openapi.json", "--config", "config.yml", "--output-path", PACKAGE]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    assert compileall.compile_dir(folder / PACKAGE, quiet=2)
    sys.path.insert(0, str(folder))
    yield importlib.import_module(PACKAGE)
    sys.path.remove(str(folder))


@pytest.fixture
def url(transactional_db: None, home: Path) -> Iterator[str]:
    with web_server(home) as server:
        yield server.url


@pytest.fixture
def made_here(home: Path) -> Iterator[None]:
    """Tiny films, made in this process."""
    with serving(doubles(Studio())):
        yield


class Api:
    """`api("get_task", …)` calls the generated function of that name and wants a good answer."""

    def __init__(self, client: Any) -> None:
        self._client = client
        self.models: Any = importlib.import_module(f"{PACKAGE}.models")
        found = importlib.import_module(f"{PACKAGE}.api")
        modules = pkgutil.walk_packages(found.__path__, f"{found.__name__}.")
        self._operations = {name.rpartition(".")[2]: name for _, name, is_package in modules if not is_package}

    def __call__(self, operation: str, *arguments: Any, **named: Any) -> Any:
        function = importlib.import_module(self._operations[operation])
        answer = function.sync_detailed(*arguments, client=self._client, **named)
        assert answer.status_code < 400, answer.content
        return answer.parsed


def test_the_example_makes_a_film(
    package: ModuleType, url: str, made_here: None, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """`docs/examples/generated_client.py` as it stands, with a program's key."""
    alice = User.objects.create_user("alice@example.org")
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    _, key = keys.create(alice, Wish("Example", [Scope.FILMS_READ, Scope.FILMS_WRITE, Scope.FILMS_SPEND]))
    film, example = tmp_path / "film.mp4", runpy.run_path(str(EXAMPLE))
    with working():
        example["make_film"](url, key, "A film about a thing", film, resolution="72p", duration=15)
    assert probe(film, expect="video").duration_ms == 15_000
    assert " credits." in capsys.readouterr().out


def work() -> None:
    """Work until nothing waits any more, the runs that follow by themselves included."""
    while run := Run.objects.filter(status="queued").order_by("created_at").first():
        asyncio.run(Shift(only=run.id).work())


@pytest.fixture
def api(package: ModuleType, url: str) -> Iterator[Api]:
    """Signed in as somebody with 1,000 credits."""
    alice = User.objects.create_user("alice@example.org")
    ledger.give(user=alice, amount=1_000, reason=CreditReason.GRANT, key="grant:alice")
    token = bearer(alice)["Authorization"].removeprefix("Bearer ")
    with package.AuthenticatedClient(base_url=url, token=token) as client:
        yield Api(client)


def test_from_the_prompt_to_the_film(api: Api, url: str, made_here: None) -> None:
    models = api.models

    order = models.NewTask.from_dict({"prompt": "A film about a thing", "resolution": "72p", "duration": 15})
    task = api("create_task", body=order, idempotency_key="one film")
    assert api("create_task", body=order, idempotency_key="one film").id == task.id
    work()
    script = api("get_script", task.id)
    assert api("get_task", task.id).version == script.version == 1

    changed = {"version": 1, "changes": {"title": "At night", "image_prompt": "A street at night"}}
    assert api("edit_scene", task.id, 1, body=models.SceneEdit.from_dict(changed)).version == 2
    quote = api("quote_task", task.id, body=models.QuoteRequest())
    run = api("start_run", task.id, body=models.Approval(quote_id=quote.quote_id))
    assert api("get_task", task.id).run.run_id == run.run_id
    work()

    film = api("get_video", task.id)
    assert (film.duration, film.version, film.take) == (15.0, 2, 1)
    assert httpx.get(f"{url}{film.signed_url}").content[4:8] == b"ftyp"
    assert {each.status.value for each in api("list_components", task.id).results} == {"ready"}
    assert api("list_credits").balance == 1_000 - quote.credits_

    again = models.Regeneration(instructions="in the snow")
    price = api("regenerate_component", task.id, "scene.1", body=again)
    api("regenerate_component", task.id, "scene.1", body=models.Regeneration(quote_id=price.quote_id))
    work()
    stale = [each.component for each in api("list_components", task.id).results if each.stale]
    assert stale == ["video/1"]
    takes = api("list_takes", task.id, "scene.1").results
    assert [(take.take, take.selected) for take in takes] == [(1, False), (2, True)]

    api("select_take", task.id, "scene.1", 1)
    work()
    assert not [each.component for each in api("list_components", task.id).results if each.stale]
    copy = api("duplicate_task", task.id)
    work()
    assert (copy.status, api("get_video", copy.id).duration) == ("complete", 15.0)
    assert api("list_credits").balance == 1_000 - quote.credits_ - price.credits_

    history = api("list_events", task.id).results
    assert [event.seq for event in history] == list(range(1, len(history) + 1))
    api("delete_task", copy.id)
    assert [each.id for each in api("list_tasks").results] == [task.id]
