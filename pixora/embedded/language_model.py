"""The server of Pixora's own language model, as the supervisor starts, recognises and stops it."""

from __future__ import annotations

import os
import signal
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from pixora.embedded import model_switch, paths
from pixora.embedded.server_files import Account
from pixora.embedded.servers import ENVIRONMENT, Server

FIRST_PAUSE_S, LONGEST_PAUSE_S = 2.0, 120.0
HEALTH_S = 1.0


class LanguageModel(Server):
    """It is started without waiting for it: loading takes seconds, and whoever wants a film need not wait for that."""

    name = paths.LANGUAGE_MODEL
    stop_signal = signal.SIGTERM
    kill_signal = signal.SIGKILL

    def __init__(self) -> None:
        own = Account(os.geteuid(), os.getegid(), switched=False)
        super().__init__(own, paths.home())
        self._start_at, self._pause_s = 0.0, FIRST_PAUSE_S

    @property
    def pid_file(self) -> Path:
        return self.folder / "server.pid"

    @property
    def mark(self) -> str:
        return f"pixora.embedded.language_server\0{self.folder}\0"

    @property
    def environment(self) -> Mapping[str, str]:
        search = f"{paths.CHECKOUT}{os.pathsep}{paths.model_packages()}"
        return {**ENVIRONMENT, "PIXORA_HOME": str(paths.home()), "PYTHONPATH": search}

    @property
    def is_wanted(self) -> bool:
        return paths.model_switch().is_file() and paths.model_file().is_file()

    @property
    def is_due(self) -> bool:
        return time.monotonic() >= self._start_at and self.pid() is None

    def prepare(self) -> list[str | Path]:
        return [sys.executable, "-P", "-m", "pixora.embedded.language_server", self.folder]

    def start(self) -> None:
        """Start the server; where it ended soon, it is tried again after a pause that doubles."""
        if self.is_due and self.is_wanted:
            self._start_at = time.monotonic() + self._pause_s
            self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)
            self._spawn(self.prepare())

    def is_up(self) -> bool:
        return is_ready()


def is_ready() -> bool:
    """True where the model is loaded and its server answers."""
    switch = model_switch.read()
    if switch is None:
        return False
    try:
        with urllib.request.urlopen(switch.url.replace("/v1", "/health"), timeout=HEALTH_S) as answer:  # noqa: S310
            return bool(answer.status == 200)
    except (urllib.error.URLError, OSError):
        return False
