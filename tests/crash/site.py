"""An installation of its own, driven from outside as an operator would: processes, a database, files."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any

import psycopg

ROOT = Path(__file__).parents[2]
KEEP = "import sys; from pixora import embedded; embedded.ensure(); print('up', flush=True); sys.stdin.read()"
ASK = "import sys; from pixora import embedded; sys.stdout.write(embedded.database_url())"


@dataclass
class Site:
    home: Path
    lease_s: float = 2.0
    clusters: list[subprocess.Popen[bytes]] = field(default_factory=list)
    variables: Mapping[str, str] = field(default_factory=dict)
    """Further settings of this installation."""

    @property
    def environment(self) -> dict[str, str]:
        own = {"PIXORA_HOME": str(self.home), "PIXORA_LEASE_S": str(self.lease_s), "PIXORA_LOG_LEVEL": "CRITICAL"}
        return {**os.environ, **own, **self.variables}

    def python(self, *arguments: str) -> str:
        done = subprocess.run(
            [sys.executable, *arguments], cwd=ROOT, env=self.environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def manage(self, *arguments: str) -> str:
        return self.python("manage.py", *arguments)

    @contextmanager
    def services(self) -> Iterator[None]:
        """Servers up and tables made, whoever else comes and goes."""
        with self.servers():
            self.manage("migrate", "--verbosity", "0")
            yield

    @contextmanager
    def servers(self) -> Iterator[None]:
        keeper = subprocess.Popen(
            [sys.executable, "-c", KEEP], cwd=ROOT, env=self.environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE
        )
        assert keeper.stdout
        keeper.stdout.readline()
        try:
            yield
        finally:
            keeper.communicate()

    def start_cluster(self) -> subprocess.Popen[bytes]:
        return self._start("manage.py", "qcluster")

    def start_web(self, port: int) -> subprocess.Popen[bytes]:
        return self._start("-m", "daphne", "-b", "127.0.0.1", "-p", str(port), "pixora.asgi:application")

    def _start(self, *arguments: str) -> subprocess.Popen[bytes]:
        cluster = subprocess.Popen(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            start_new_session=True,
        )
        self.clusters.append(cluster)
        return cluster

    def start_worker(self) -> subprocess.Popen[bytes]:
        """One process that drives runs until none is left, without django-q2 around it."""
        return self._start("manage.py", "shell", "--no-imports", "-c", "from tests.crash.orders import work; work()")

    def order_film(self, prompt: str, seconds: int) -> str:
        """Order a film through the services, as every door does, and return the task's id."""
        program = (
            "import sys;from pipeline.services import films;from pipeline.film.settings import TaskSettings;"
            "from pixora.accounts.services import local_user;"
            f"settings=TaskSettings(duration={seconds}, resolution='72p');"
            f"task=films.order_film(user=local_user(), prompt={prompt!r}, settings=settings);"
            "films.start_run(task=task);sys.stdout.write(task.id)"
        )
        return self.manage("shell", "--no-imports", "-c", program).strip()

    def order_paid_films(self, prompts: Sequence[str], seconds: int) -> list[str]:
        """Written at once, quoted, and started by using the quote; the tasks' ids."""
        program = f"from tests.crash.orders import order; order({list(prompts)!r}, {seconds})"
        return self.manage("shell", "--no-imports", "-c", program).split()

    def query(self, sql: str, *values: Any) -> list[tuple[Any, ...]]:
        with psycopg.connect(self.url, connect_timeout=5) as database:
            return database.execute(sql, values or None).fetchall()

    @cached_property
    def url(self) -> str:
        return self.python("-c", ASK)

    def is_done(self, task: str) -> bool:
        return self.is_true("SELECT bool_and(status = 'succeeded') FROM runs WHERE task_id = %s", task)

    def is_true(self, sql: str, *values: Any) -> bool:
        """True where the row says so; false while the server is away."""
        try:
            return bool(self.query(sql, *values)[0][0])
        except psycopg.OperationalError:
            return False

    def stop(self) -> None:
        for cluster in self.clusters:
            kill_group(cluster)


def kill_group(process: subprocess.Popen[bytes]) -> None:
    try:
        os.killpg(process.pid, signal.SIGKILL)
    except ProcessLookupError:
        return
    finally:
        process.wait()


def wait_until(true: Callable[[], object], seconds: float, what: str) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, f"not within {seconds} s: {what}"
        time.sleep(0.1)
