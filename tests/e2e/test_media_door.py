"""A film in a real browser on a page of another origin, which has nothing but the signed address."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from playwright.sync_api import Page, sync_playwright

from media_assets.models import Asset
from media_assets.signing import signed_url
from media_assets.storage import content_hash
from pipeline.models import Task
from pixora.accounts.models import User
from tests.e2e.browser import FLAGS, chromium
from tests.e2e.film_server import serving
from tests.e2e.test_playback import COLOURS, OPEN, PLAY, SEEK, TIMELINE, make_film
from tests.web_server import WebServer, web_server

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGE = """<!doctype html><video muted crossorigin="anonymous" preload="metadata" src="{}"></video>
<canvas width="32" height="18"></canvas>"""


@pytest.fixture(scope="module")
def film(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return asyncio.run(make_film(tmp_path_factory.mktemp("film")))


@pytest.fixture
def asset(transactional_db: None, film: Path, tmp_path: Path) -> Asset:
    stored = tmp_path / "media/pixora/film_task/fullvideo.mp4"
    stored.parent.mkdir(parents=True)
    stored.write_bytes(film.read_bytes())
    alice = User.objects.create_user("alice@example.org")
    return Asset.objects.create(
        task=Task.objects.create(user=alice, prompt="A film", request_key="1"), asset_type="render",
        component="fullvideo", take=1, content_hash=content_hash(film), storage_path="film_task/fullvideo.mp4",
    )  # fmt: skip


@pytest.fixture
def elsewhere(tmp_path: Path) -> Iterator[tuple[Path, str]]:
    """A folder of pages, and the origin it is served from."""
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    with serving(folder) as origin:
        yield folder, origin


@pytest.fixture
def server(asset: Asset, elsewhere: tuple[Path, str], tmp_path: Path) -> Iterator[WebServer]:
    with web_server(tmp_path, CORS_ALLOWED_ORIGINS=elsewhere[1]) as running:
        yield running


@pytest.fixture
def page(server: WebServer, asset: Asset, elsewhere: tuple[Path, str], tmp_path: Path) -> Iterator[Page]:
    folder, origin = elsewhere
    (folder / "film.html").write_text(PAGE.format(server.url + signed_url(asset)))
    with sync_playwright() as playwright:
        context = playwright.chromium.launch_persistent_context(
            tmp_path / "profile", executable_path=chromium(), headless=True, args=list(FLAGS)
        )
        opened = context.new_page()
        opened.goto(f"{origin}/film.html")
        yield opened
        context.close()


def test_it_plays_and_seeks_through_the_media_door(page: Page) -> None:
    statuses: list[int] = []
    page.on("response", lambda answer: statuses.append(answer.status))

    found: dict[str, Any] = page.evaluate(OPEN)
    assert found["error"] is None
    assert found["duration"] == pytest.approx(TIMELINE.duration_s, abs=0.05)
    for slot in reversed(TIMELINE.slots):
        colour = np.array(page.evaluate(SEEK, (slot.start + slot.frames / 2) / 30))
        assert np.linalg.norm(colour - COLOURS[slot.scene_id]) < 60, slot.scene_id
    assert page.evaluate(PLAY) is None
    assert set(statuses) <= {206, 304}
