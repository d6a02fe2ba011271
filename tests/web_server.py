"""The real web server as a process of its own, over this session's database and one folder of files."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

import httpx
from django.conf import settings
from django.db import connection

from pixora.embedded.paths import CHECKOUT
from tests.ports import free_port

MODULE = "pixora.web_server"
READY_WITHIN_S = 90


@dataclass(frozen=True)
class WebServer:
    url: str
    pid: int
    log: Path

    def memory_bytes(self) -> int:
        """The memory that it has had at most; see `forget_peak`."""
        return self._status("VmHWM")

    def resident_kib(self) -> int:
        return self._status("VmRSS") >> 10

    def forget_peak(self) -> None:
        Path(f"/proc/{self.pid}/clear_refs").write_text("5")

    def spooled_bytes(self) -> int:
        """The bytes in its files that have no name any more."""
        total = 0
        for link in Path(f"/proc/{self.pid}/fd").iterdir():
            with suppress(FileNotFoundError):
                if "(deleted)" in str(link.readlink()):
                    total += link.stat().st_size
        return total

    def _status(self, name: str) -> int:
        lines = Path(f"/proc/{self.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) << 10 for line in lines if line.startswith(f"{name}:"))


def database_url() -> str:
    where = connection.settings_dict
    address = quote(str(where["HOST"]), safe="")
    account = f"{quote(str(where['USER']))}:{quote(str(where['PASSWORD']))}"
    return f"postgresql://{account}@{address}:{where['PORT'] or 5432}/{where['NAME']}"


@contextmanager
def web_server(home: Path, *, port: int | None = None, module: str = MODULE, **environment: str) -> Iterator[WebServer]:
    """Its files lie in `home`/media/pixora; it logs whatever it can, and holds back what Python holds back."""
    own = {
        "PYTHONUNBUFFERED": "",
        "PIXORA_HOME": str(home), "DATABASE_URL": database_url(), "REDIS_URL": settings.REDIS_URL,
        "PIXORA_REQUEST_LOG": "1", "PIXORA_LOG_LEVEL": "DEBUG", "SECRET_KEY": str(settings.SECRET_KEY),
    }  # fmt: skip
    log, whole = home / "web_server.log", {**os.environ, **own, **environment}
    with serving(whole, log, port=port, verbosity=1, module=module) as server:
        yield server


@contextmanager
def serving(
    environment: Mapping[str, str],
    log: Path,
    *,
    port: int | None = None,
    verbosity: int = 0,
    application: str = "pixora.asgi:application",
    module: str = MODULE,
) -> Iterator[WebServer]:
    """Serve with exactly this environment; whatever it says goes to `log`. On a free port where none is named."""
    port = port or free_port()
    options = ["-v", str(verbosity), "-b", "127.0.0.1", "-p", str(port), application]
    with log.open("w") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", module, *options],
            cwd=CHECKOUT, env=dict(environment), stdout=said, stderr=said,
        )  # fmt: skip
    try:
        url = f"http://127.0.0.1:{port}"
        _wait(url, process, log)
        yield WebServer(url, process.pid, log)
    finally:
        process.terminate()
        process.wait(20)


def _wait(url: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + READY_WITHIN_S
    with httpx.Client(verify=False) as http:  # to read the certificates takes longer than the server to answer
        while True:
            try:
                http.get(f"{url}/healthz")
                return
            except httpx.TransportError:
                assert process.poll() is None, log.read_text()
                assert time.monotonic() < deadline, log.read_text()
            time.sleep(0.05)
