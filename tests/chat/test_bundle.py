"""The studio as one script and one style sheet, and what happens where they cannot be made."""

from __future__ import annotations

import gzip
import re
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from django.test import Client
from pytest_django import Settings

from chat import bundle
from pixora.accounts.models import User
from tests.pixora.accounts.doors import signed_in


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setattr(bundle, "BUNDLE", tmp_path)
    monkeypatch.setattr(bundle, "SOURCES", tmp_path / "sources")
    bundle.is_current.cache_clear()
    yield tmp_path
    bundle.is_current.cache_clear()


def loaded_by(page: str) -> list[str]:
    return re.findall(r'<(?:script type="module" src|link rel="stylesheet" href)="([^"]+)"', page)


def test_the_bundle_is_two_files_and_their_compressed_copies(folder: Path) -> None:
    assert bundle.make()
    assert bundle.is_current()
    made = {path.name: path.read_bytes() for path in folder.iterdir()}
    assert made.keys() == {"sources", "studio.js", "studio.js.gz", "studio.css", "studio.css.gz"}
    assert gzip.decompress(made["studio.js.gz"]) == made["studio.js"]
    assert not re.search(rb"\bimport\b[^;]*\bfrom\b|eval\(|new Function", made["studio.js"])
    assert b"@import" not in made["studio.css"]
    assert b".film-title" in made["studio.css"]


def test_it_is_made_again_only_when_a_source_has_changed(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert bundle.make()
    before = (folder / "studio.js").stat().st_ino
    assert bundle.make()
    assert (folder / "studio.js").stat().st_ino == before
    monkeypatch.setattr(bundle, "STYLES", bundle.STYLES[:-1])
    assert not bundle.is_current()
    assert bundle.make()
    assert (folder / "studio.js").stat().st_ino != before


@pytest.mark.parametrize("bundler", ["nothing", "/bin/false"])
def test_without_a_bundler_there_is_none(folder: Path, bundler: str, log_lines: object) -> None:
    assert not bundle.make(Path(bundler))
    assert not bundle.is_current()


@pytest.mark.django_db
def test_the_page_loads_the_bundle_where_it_is_current(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    user = User.objects.create_user("ann@example.org")
    apart = 1 + len(bundle.STYLES)
    for is_current, is_bundled, count in ((True, True, 2), (False, True, apart), (True, False, apart)):
        monkeypatch.setattr(bundle, "is_current", partial(bool, is_current))
        settings.PIXORA_BUNDLED = is_bundled
        files = loaded_by(signed_in(user).get("/").content.decode())
        assert len(files) == count
        if count > 2:
            assert {Client().get(file).status_code for file in files} == {200}
