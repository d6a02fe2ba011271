from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Mapping
from pathlib import Path

import psycopg

from pixora.embedded import paths, server_files
from pixora.foundation.errors import ServiceDown

START_S = 25.0
STOP_S = 60.0
RETRY_S = 0.02
LOG_BYTES = 1 << 20
ENVIRONMENT = {"PATH": os.defpath, "LC_ALL": "C", "TZ": "UTC"}
"""All that a server sees of ours: PGPORT and the like would change how it runs."""


class Server(ABC):
    """One server process, recognised by a text of its command line, never by its number alone."""

    name: str
    stop_signal: signal.Signals
    kill_signal: signal.Signals

    def __init__(self, account: server_files.Account, data: Path) -> None:
        self.account = account
        self.folder = data / self.name
        self._last_pid: int | None = None

    @property
    def environment(self) -> Mapping[str, str]:
        return ENVIRONMENT

    @property
    def is_wanted(self) -> bool:
        """False where it was switched off while it ran."""
        return True

    @property
    def is_due(self) -> bool:
        """It does not run, and should be started now."""
        return self.pid() is None

    @property
    @abstractmethod
    def pid_file(self) -> Path: ...

    @property
    @abstractmethod
    def mark(self) -> str: ...

    @abstractmethod
    def prepare(self) -> list[str | Path]:
        """Make ready to start; the command line."""

    @abstractmethod
    def is_up(self) -> bool: ...

    def lock_files(self) -> list[Path]:
        """Files that name a process. After a crash that number may be someone else's, and then they are in the way."""
        return []

    def pid(self) -> int | None:
        """The number in the pid file (the last one seen, when that is gone) if that process is this server."""
        with contextlib.suppress(OSError, ValueError, IndexError):
            self._last_pid = int(self.pid_file.read_text().split()[0])
        return self._last_pid if self._last_pid and self._is_ours(self._last_pid) else None

    def start(self) -> None:
        """Start, or adopt what a killed supervisor left running. Returns when it answers."""
        if self._starts():
            return
        if self.pid() is None:
            for left in self.lock_files():
                left.unlink(missing_ok=True)
        if not self._starts():
            raise ServiceDown(f"{self.name} does not start.")

    def _starts(self) -> bool:
        process = None if self.pid() else self._spawn(self.prepare())
        _wait_until(self.is_up, START_S, possible=lambda: process is None or process.poll() is None)
        return self.is_up()

    def _is_ours(self, pid: int) -> bool:
        try:
            return os.fsencode(self.mark) in Path(f"/proc/{pid}/cmdline").read_bytes()
        except OSError:
            return False

    def stop(self) -> None:
        for number, seconds in ((self.stop_signal, STOP_S), (self.kill_signal, START_S)):
            pid = self.pid()
            if pid is None:
                return
            with contextlib.suppress(ProcessLookupError):
                os.kill(pid, number)
            _wait_until(lambda: self.pid() is None, seconds)

    def _spawn(self, argv: list[str | Path]) -> subprocess.Popen[bytes]:
        path = paths.log_file(self.name)
        if path.exists() and path.stat().st_size > LOG_BYTES:
            path.replace(path.with_suffix(".old.log"))
        with path.open("ab") as log:
            return subprocess.Popen(
                argv,
                cwd=self.folder,
                env=self.environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                **self.account.popen,
            )


class Postgres(Server):
    name = "postgres"
    stop_signal = signal.SIGINT
    """PostgreSQL's fast shutdown: sessions end, a checkpoint is written."""
    kill_signal = signal.SIGQUIT
    SETTINGS = (
        "listen_addresses=",
        "max_connections=300",
        "shared_buffers=128MB",
        "jit=off",
        "min_wal_size=32MB",
        "max_wal_size=128MB",
        "timezone=UTC",
        "log_timezone=UTC",
    )

    @property
    def pid_file(self) -> Path:
        return self.folder / "postmaster.pid"

    @property
    def mark(self) -> str:
        return f"-D\0{self.folder}\0"

    def prepare(self) -> list[str | Path]:
        binaries = server_files.postgres_folder(self.account, self.folder)
        if not self.folder.exists():
            self._initialise(binaries / "initdb")
        port = str(paths.POSTGRES_PORT)
        return [binaries / "postgres", "-D", self.folder, "-k", paths.socket_dir(), "-p", port]

    def start(self) -> None:
        super().start()
        try:
            self._create_database()
        except psycopg.Error as error:
            raise ServiceDown(f"{self.name} started and broke off; its log says why.") from error

    def lock_files(self) -> list[Path]:
        return [self.pid_file, *paths.socket_dir().glob(".s.PGSQL.*")]

    def is_up(self) -> bool:
        return _postgres_answers("postgres")

    def _create_database(self) -> None:
        with psycopg.connect(paths.database_url("postgres"), autocommit=True) as connection:
            if not connection.execute("SELECT 1 FROM pg_database WHERE datname = 'pixora'").fetchone():
                connection.execute("CREATE DATABASE pixora")

    def _initialise(self, initdb: Path) -> None:
        """Into a folder of another name first: a killed initdb leaves no half-made data."""
        for left in self.folder.parent.glob("new-*"):
            shutil.rmtree(left)
        fresh = self.account.give(Path(tempfile.mkdtemp(prefix="new-", dir=self.folder.parent)))
        locale = ("--encoding=UTF8", "--locale=C", "--locale-provider=builtin", "--builtin-locale=C.UTF-8")
        settings = [f"--set={setting}" for setting in self.SETTINGS]
        done = subprocess.run(
            [initdb, "-D", fresh, "-U", "pixora", "--auth=trust", *locale, *settings],
            cwd=fresh,
            env=ENVIRONMENT,
            capture_output=True,
            text=True,
            **self.account.popen,
        )
        if done.returncode:
            paths.log_file(self.name).write_text(done.stdout + done.stderr)
            reason = next(iter(done.stderr.strip().splitlines()), "initdb failed")
            raise ServiceDown(f"{reason}.")
        fresh.rename(self.folder)


class Redis(Server):
    name = "redis"
    stop_signal = signal.SIGTERM
    kill_signal = signal.SIGKILL

    @property
    def pid_file(self) -> Path:
        return self.folder / "redis.pid"

    @property
    def mark(self) -> str:
        return f"unixsocket:{paths.redis_socket()}"

    def prepare(self) -> list[str | Path]:
        self.account.give(self.folder)
        options: dict[str, str | Path] = {
            "port": "0",
            "unixsocket": paths.redis_socket(),
            "unixsocketperm": "700",
            "dir": self.folder,
            "pidfile": self.pid_file,
            "save": "",
            "maxmemory-policy": "noeviction",
        }
        argv: list[str | Path] = [server_files.redis_server(self.account)]
        for key, value in options.items():
            argv += [f"--{key}", value]
        return argv

    def is_up(self) -> bool:
        return _redis_answers() and self.pid() is not None


def answers(name: str) -> bool:
    """True where a client can use this server now; nobody waits for the language model as for the others."""
    if name == paths.LANGUAGE_MODEL:
        return True
    return _redis_answers() if name == Redis.name else _postgres_answers("pixora")


def _postgres_answers(database: str) -> bool:
    try:
        psycopg.connect(paths.database_url(database), connect_timeout=2).close()
    except psycopg.OperationalError:
        return False
    return True


def _redis_answers() -> bool:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(2)
        try:
            connection.connect(str(paths.redis_socket()))
            connection.sendall(b"PING\r\n")
            return connection.recv(16) == b"+PONG\r\n"
        except OSError:
            return False


def _wait_until(done: Callable[[], bool], seconds: float, *, possible: Callable[[], bool] = lambda: True) -> None:
    deadline = time.monotonic() + seconds
    while not done() and possible() and time.monotonic() < deadline:
        time.sleep(RETRY_S)
