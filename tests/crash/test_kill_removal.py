"""A removal that is killed midway: a film is whole or gone, and the next housekeeping removes what is left."""

from __future__ import annotations

import os
import random
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.crash.site import ROOT, Site, kill_group

pytestmark = pytest.mark.crash

FILMS, FILES, KILLS = 6, 300, 6
SHELVE = f"""
from datetime import timedelta
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils import timezone
from media_assets.models import Asset
from pipeline.models import Task
from pixora.accounts.services import local_user
for film in range({FILMS}):
    task = Task.objects.create(
        user=local_user(), prompt="A film", request_key="k", deleted_at=timezone.now() - timedelta(days=8)
    )
    names = [f"film_{{task.id}}/scene{{number}}/image.png" for number in range({FILES})]
    for name in names:
        default_storage.save(name, ContentFile(b"a picture"))
    Asset.objects.bulk_create(
        Asset(task=task, asset_type="scene", component=f"scene/{{number}}", take=1, content_hash="h", storage_path=name)
        for number, name in enumerate(names)
    )
"""


@pytest.fixture
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="pixora crash ", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder))
        site.home.chmod(0o755)
        with site.services():
            site.manage("shell", "--no-imports", "-c", SHELVE)
            yield site


def stored(site: Site) -> dict[str, Path]:
    """The films' files by their names in the storage; folders may go away while this looks."""
    media = site.home / "media" / "pixora"
    paths = (Path(folder, name) for folder, _, names in os.walk(media) for name in names)
    return {name: path for path in paths if (name := str(path.relative_to(media))).startswith("film_")}


def kill_while_it_removes(site: Site, dice: random.Random) -> None:
    """Kill it as soon as one film has lost the file that the dice chose."""
    chosen = f"scene{dice.randrange(FILES)}/image.png"
    watched = [path for path in stored(site).values() if path.match(chosen)]
    removal = subprocess.Popen(
        [sys.executable, "manage.py", "housekeeping"], cwd=ROOT, env=site.environment, start_new_session=True
    )
    try:
        while removal.poll() is None and all(path.exists() for path in watched):
            time.sleep(0.001)
    finally:
        kill_group(removal)


def test_a_killed_removal_leaves_whole_films_and_nothing_that_stays(site: Site) -> None:
    dice, partly = random.Random(5), 0
    for _ in range(KILLS):
        kill_while_it_removes(site, dice)
        named = {name for (name,) in site.query("SELECT storage_path FROM assets")}
        files = stored(site)
        assert named <= files.keys(), "no row names a file that is gone"
        films = site.query("SELECT count(*) FROM assets GROUP BY task_id")
        assert all(count == FILES for (count,) in films)
        partly += bool(files.keys() - named)
    assert partly, "no kill came between a film's rows and its last file"
    long_ago = time.time() - 10 * 86_400
    for path in stored(site).values():
        os.utime(path, (long_ago, long_ago))
    site.manage("housekeeping")
    assert stored(site) == {}
    assert site.query("SELECT count(*) FROM tasks") == [(0,)]
