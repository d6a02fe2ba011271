"""`docs/examples/client.py` as it stands, against a real server."""

from __future__ import annotations

import runpy
from pathlib import Path

import pytest
from pytest_django import Settings

from media_assets.probe import probe
from tests.web_server import web_server

EXAMPLE = Path(__file__).parents[2] / "docs" / "examples" / "client.py"


def test_it_makes_a_film(
    worker: None, home: Path, token: str, settings: Settings, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    example = runpy.run_path(str(EXAMPLE))
    film = tmp_path / "film.mp4"
    with web_server(home) as server:
        settings.PUBLIC_URL = server.url  # where the worker, which is in this process, says that the film is
        example["make_film"](server.url, token, "A 10-second film about tea", film, duration=10, resolution="72p")
    assert probe(film, expect="video").duration_ms > 9_000
    said = capsys.readouterr().out
    assert " credits." in said
    assert "Mixing the sound" in said
