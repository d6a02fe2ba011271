"""`docs/examples/agent.py` as it stands, against a real server: the SDK's own client in another process' place."""

from __future__ import annotations

import asyncio
import runpy
from pathlib import Path

import pytest

from media_assets.probe import probe
from pixora.accounts import keys
from pixora.accounts.keys import Wish
from pixora.accounts.models import User
from pixora.accounts.scopes import Scope
from tests.web_server import web_server

EXAMPLE = Path(__file__).parents[3] / "docs" / "examples" / "agent.py"


def test_it_makes_a_film(
    worker: None, home: Path, alice: User, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = runpy.run_path(str(EXAMPLE))
    film = tmp_path / "film.mp4"
    _, secret = keys.create(alice, Wish("Agent", [Scope.FILMS_READ, Scope.FILMS_WRITE, Scope.FILMS_SPEND]))
    with web_server(home) as server:
        settings = {"duration": 10, "resolution": "72p"}
        asyncio.run(example["make_film"](server.url, secret, "A 10-second film about tea", film, **settings))
    assert probe(film, expect="video").duration_ms > 9_000
    assert " credits." in capsys.readouterr().out
