"""Whatever is killed, and whenever: the next start finishes the film, and nothing is made twice."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import av
import pytest

from tests.crash.site import Site, kill_group, wait_until

pytestmark = pytest.mark.crash

KILLS = 20
SECONDS = 30
FINISHES_WITHIN_S = 180


@pytest.fixture
def site() -> Iterator[Site]:
    with tempfile.TemporaryDirectory(prefix="pixora crash ", ignore_cleanup_errors=True) as folder:
        site = Site(Path(folder))
        site.home.chmod(0o755)
        with site.services():
            yield site
            site.stop()


def assert_whole(site: Site, task: str, seconds: int = SECONDS) -> None:
    """The film is complete and of its length; one success a component; every file named exists and is whole."""
    media = site.home / "media" / "pixora"
    (film,) = site.query(
        "SELECT storage_path FROM assets WHERE task_id = %s AND component = 'fullvideo' AND selected", task
    )
    with av.open(str(media / film[0])) as container:
        assert sum(1 for _ in container.decode(video=0)) == seconds * 30
    twice = site.query(
        "SELECT component FROM steps JOIN attempts ON attempts.step_id = steps.id JOIN runs ON runs.id = steps.run_id"
        " WHERE runs.task_id = %s AND attempts.status = 'succeeded' GROUP BY component HAVING count(*) > 1",
        task,
    )
    assert twice == []
    assert site.query("SELECT id FROM attempts WHERE status = 'open'") == []
    assert site.query("SELECT id FROM assets WHERE task_id = %s AND take > 1", task) == []
    for path, size in site.query("SELECT storage_path, metadata->>'bytes' FROM assets WHERE task_id = %s", task):
        assert (media / path).stat().st_size == int(size)


def test_twenty_kills_at_any_moment_cost_nothing_but_time(site: Site) -> None:
    dice = random.Random(7)
    task, films = site.order_film("A film about the sea", SECONDS), []
    for number in range(KILLS):
        cluster = site.start_cluster()
        time.sleep(dice.uniform(1.0, 8.0))
        kill_group(cluster)
        if site.is_done(task):
            films.append(task)
            task = site.order_film(f"A film about the sea, number {number}", SECONDS)
    site.start_cluster()
    wait_until(lambda: site.is_done(task), FINISHES_WITHIN_S, "the film is complete")
    for finished in [*films, task]:
        assert_whole(site, finished)
    lost = site.query("SELECT count(*) FROM attempts WHERE status = 'lost'")
    assert lost[0][0] > 0, "no kill came while something was being made"


def test_a_killed_parent_leaves_no_orphan_that_does_harm(site: Site) -> None:
    task = site.order_film("A film about mountains", SECONDS)
    cluster = site.start_cluster()
    wait_until(lambda: making(site), 90, "something is being made")
    os.kill(cluster.pid, signal.SIGKILL)
    cluster.wait()
    wait_until(lambda: not members(cluster.pid), 10, "the orphans are gone")
    site.start_cluster()
    wait_until(lambda: site.is_done(task), FINISHES_WITHIN_S, "the film is complete")
    assert_whole(site, task)


def test_a_kill_in_the_middle_of_ffmpeg(site: Site) -> None:
    task = site.order_film("A film about cities", SECONDS)
    cluster = site.start_cluster()
    wait_until(lambda: any("ffmpeg" in command for command in commands(site)), 60, "ffmpeg is at work")
    kill_group(cluster)
    wait_until(lambda: not commands(site), 10, "no child outlives its worker")
    site.start_cluster()
    wait_until(lambda: site.is_done(task), FINISHES_WITHIN_S, "the film is complete")
    assert_whole(site, task)


def test_postgres_restarting_in_the_middle_is_survived(site: Site) -> None:
    task = site.order_film("A film about forests", SECONDS)
    site.start_cluster()
    for _ in range(2):
        wait_until(lambda: making(site), 60, "something is being made")
        postmaster = int((site.home / "data" / "postgres" / "postmaster.pid").read_text().split()[0])
        os.kill(postmaster, signal.SIGINT)
        time.sleep(3)
    wait_until(lambda: site.is_done(task), FINISHES_WITHIN_S, "the film is complete")
    assert_whole(site, task)


def test_a_stopped_cluster_leaves_soon_and_the_next_goes_on(site: Site) -> None:
    task = site.order_film("A film about deserts", SECONDS)
    cluster = site.start_cluster()
    wait_until(lambda: making(site), 30, "something is being made")
    os.killpg(cluster.pid, signal.SIGTERM)
    try:
        cluster.wait(40)
    except subprocess.TimeoutExpired:
        pytest.fail("the cluster did not stop")
    assert site.query("SELECT id FROM attempts WHERE status = 'open'") == []
    site.start_cluster()
    wait_until(lambda: site.is_done(task), FINISHES_WITHIN_S, "the film is complete")
    assert_whole(site, task)


def making(site: Site) -> bool:
    return site.is_true("SELECT count(*) FROM steps WHERE status = 'running' AND component <> 'script'")


def members(group: int) -> list[int]:
    """Live processes of a process group or session."""
    found = []
    for entry in Path("/proc").iterdir():
        if entry.name.isdigit():
            fields = _stat(entry)
            if fields and fields[0] != "Z" and str(group) in (fields[2], fields[3]):
                found.append(int(entry.name))
    return found


def _stat(entry: Path) -> list[str]:
    """State, parent, group and session."""
    try:
        return (entry / "stat").read_text().rpartition(")")[2].split()[:4]
    except (FileNotFoundError, ProcessLookupError):
        return []


def commands(site: Site) -> list[str]:
    """Command lines of the children at work for this site, known by their environment."""
    own = f"PIXORA_HOME={site.home}".encode()
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            environment, command = (entry / "environ").read_bytes(), (entry / "cmdline").read_bytes()
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if own in environment.split(b"\0") and (b"ffmpeg" in command or b"pipeline." in command):
            found.append(command.replace(b"\0", b" ").decode(errors="replace"))
    return found
