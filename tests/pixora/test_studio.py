"""The real command as an operator starts it: processes, HTTP on loopback, signals."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx
import pytest

from pixora.embedded.paths import CHECKOUT
from pixora.foundation.errors import Invalid
from pixora.management.commands.studio import read_port
from tests.ports import free_port

READY_WITHIN_S = 60
STOPS_WITHIN_S = 12


@dataclass
class Studio:
    home: Path
    port: int
    running: list[subprocess.Popen[str]] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://localhost:{self.port}"

    @property
    def said(self) -> str:
        return (self.home / "said").read_text()

    def start(self) -> subprocess.Popen[str]:
        with (self.home / "said").open("w") as said:
            process = subprocess.Popen(
                [sys.executable, "manage.py", "studio", "--port", str(self.port)],
                cwd=CHECKOUT,
                env={**os.environ, "PIXORA_HOME": str(self.home), "PIXORA_SERVICES_POLL_S": "0.1"},
                stdout=said,
                stderr=said,
                text=True,
            )
        self.running.append(process)
        wait_until(lambda: "Ctrl-C" in self.said, READY_WITHIN_S, lambda: self.said)
        return process

    def children(self) -> list[int]:
        """Pids of the web server and the workers' parent, known by their command lines."""
        return [pid for pid in children_of(self.running[-1].pid) if re.search("web_server|qcluster", command_of(pid))]

    def stop(self) -> None:
        for process in self.running:
            process.kill()
            process.wait()


@pytest.fixture(scope="module")
def studio() -> Iterator[Studio]:
    with tempfile.TemporaryDirectory(prefix="pixora studio ", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        studio = Studio(Path(folder), free_port())
        yield studio
        studio.stop()
        wait_until(lambda: not members(studio.home), STOPS_WITHIN_S, lambda: "nothing of the site runs")


@pytest.mark.crash
def test_a_life_of_the_studio(studio: Studio) -> None:
    """One start for all of it: starting takes seconds."""
    process = studio.start()
    everything_is_ready(studio)
    the_link_signs_in_once(studio)
    a_busy_port_is_refused(studio)
    killed_children_come_back(studio)
    everything_is_ready(studio)
    children = studio.children()
    began = time.monotonic()
    process.send_signal(signal.SIGINT)
    assert process.wait(STOPS_WITHIN_S) == 0
    assert time.monotonic() - began < STOPS_WITHIN_S
    assert not [pid for pid in children if is_running(pid)]
    assert not any(secret in studio.said.split("Ctrl-C")[1] for secret in re.findall(r"/login/(\S+)", studio.said))


@pytest.mark.crash
def test_children_die_with_a_killed_parent(studio: Studio) -> None:
    process = studio.start()
    children = studio.children()
    process.kill()
    process.wait()
    wait_until(lambda: not any(map(is_running, children)), 5, lambda: "the children died too")


def everything_is_ready(studio: Studio) -> None:
    wait_until(lambda: ready(studio) == 200, READY_WITHIN_S, lambda: studio.said)


def ready(studio: Studio) -> int:
    try:
        return httpx.get(f"{studio.url}/readyz", timeout=10).status_code
    except httpx.TransportError:
        return 0


def the_link_signs_in_once(studio: Studio) -> None:
    [link] = re.findall(r"http://localhost:\d+/login/\S+", studio.said)
    assert link.startswith(f"{studio.url}/login/")
    with httpx.Client(base_url=studio.url, follow_redirects=True) as browser:
        page = browser.get(link)
        assert page.status_code == 200
        assert "you@localhost" in page.text
        assert browser.get("/static/pixora/site.css").status_code == 200
        me = browser.get("/api/v1/me").json()
        assert me["is_staff"]
        token = browser.post("/api/v1/auth/refresh", headers={"X-CSRFToken": browser.cookies["csrftoken"]}).json()
        assert browser.get("/admin/").status_code == 200
    bearer = {"Authorization": f"Bearer {token['session_token']}"}
    assert httpx.get(f"{studio.url}/api/v1/me", headers=bearer).json() == me
    assert httpx.get(link).headers["Location"] == "/login/?link=used"


def a_busy_port_is_refused(studio: Studio) -> None:
    done = subprocess.run(
        [sys.executable, "manage.py", "studio"],
        cwd=CHECKOUT,
        env={**os.environ, "PIXORA_HOME": str(studio.home / "other"), "PIXORA_STUDIO_PORT": str(studio.port)},
        capture_output=True,
        text=True,
    )
    assert done.returncode == 2
    assert re.fullmatch(rf"Port {studio.port} cannot be used .*\n", done.stderr)
    assert not (studio.home / "other").exists()


def killed_children_come_back(studio: Studio) -> None:
    killed = studio.children()
    for pid in killed:
        os.kill(pid, signal.SIGKILL)
    wait_until(lambda: studio.said.count("was killed by SIGKILL; it starts again") == 2, 5, lambda: studio.said)
    assert {"The web server", "The worker"} <= {line.partition(" was ")[0] for line in studio.said.splitlines()}
    wait_until(lambda: len(set(studio.children()) - set(killed)) == 2, 10, lambda: studio.said)


@pytest.mark.parametrize("text", ["0", "65536", "-1", "eighty", "80.0", "٨٠٠٠", "9" * 30])
def test_what_is_no_port_is_refused(text: str) -> None:
    with pytest.raises(Invalid, match="from 1 to 65535"):
        read_port(text)


@pytest.mark.parametrize(("text", "port"), [("", 8000), ("  ", 8000), (" 8123 ", 8123), ("65535", 65535)])
def test_a_port_is_read(text: str, port: int) -> None:
    assert read_port(text) == port


def wait_until(true: Callable[[], object], seconds: float, otherwise: Callable[[], str]) -> None:
    deadline = time.monotonic() + seconds
    while not true():
        assert time.monotonic() < deadline, otherwise()
        time.sleep(0.05)


def children_of(parent: int) -> list[int]:
    return [pid for pid, of in ((pid, parent_of(pid)) for pid in processes()) if of == parent]


def processes() -> list[int]:
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def parent_of(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except OSError:
        return 0


def is_running(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False


def command_of(pid: int) -> str:
    try:
        return Path(f"/proc/{pid}/cmdline").read_bytes().replace(b"\0", b" ").decode()
    except OSError:
        return ""


def members(home: Path) -> list[int]:
    """Processes of ours that belong to a home, by their environment; the servers under it have another."""
    own = f"PIXORA_HOME={home}".encode()
    found = []
    for pid in processes():
        try:
            environment = Path(f"/proc/{pid}/environ").read_bytes()
        except OSError:
            continue
        if own in environment.split(b"\0") and is_running(pid):
            found.append(pid)
    return found
