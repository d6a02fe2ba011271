"""`docs/examples/client.py` and `webhooks.py` as they stand, against a real server."""

from __future__ import annotations

import re
import runpy
from pathlib import Path

import pytest
from pytest_django import Settings

from media_assets.probe import probe
from pipeline.models import WebhookAddress
from pixora.accounts import keys
from pixora.accounts.keys import Wish
from pixora.accounts.models import User
from pixora.accounts.scopes import Scope
from tests.ports import free_port
from tests.web_server import web_server

EXAMPLES = Path(__file__).parents[2] / "docs" / "examples"


def test_it_makes_a_film(
    worker: None, home: Path, token: str, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = runpy.run_path(str(EXAMPLES / "client.py"))
    film = tmp_path / "film.mp4"
    with web_server(home) as server:
        settings.PUBLIC_URL = server.url  # where the worker, which is in this process, says that the film is
        example["make_film"](server.url, token, "A 10-second film about tea", film, duration=10, resolution="72p")
    assert probe(film, expect="video").duration_ms > 9_000
    said = capsys.readouterr().out
    assert " credits." in said
    assert re.search(r"^ *\d+ % (?!Done)\w+ .*$", said, re.MULTILINE), "it told how far it was"


def test_it_is_told_of_its_film_by_webhooks(
    worker: None, home: Path, alice: User, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    """A program with a key, a receiver and the docs, from the sentence to the file."""
    example, film, port = runpy.run_path(str(EXAMPLES / "webhooks.py")), tmp_path / "film.mp4", free_port()
    settings.PIXORA_PRIVATE_ADDRESSES = True
    _, key = keys.create(alice, Wish("Shelf", list(Scope)))
    with web_server(home, PIXORA_PRIVATE_ADDRESSES="1") as server:
        settings.PUBLIC_URL = server.url
        hook = f"http://127.0.0.1:{port}/pixora"
        example["make_film"](server.url, key, "A 10-second film about tea", film, hook, port, resolution="72p")
    assert probe(film, expect="video").duration_ms > 9_000
    assert " credits." in capsys.readouterr().out
    assert not WebhookAddress.objects.exists()


def test_the_client_is_no_longer_than_one_reads_at_once() -> None:
    assert (EXAMPLES / "client.py").read_text(encoding="utf-8").count("\n") <= 60
