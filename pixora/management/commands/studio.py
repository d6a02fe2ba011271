"""Everything in one go: tables, a web server and the workers, as children that come and go with this process."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from argparse import ArgumentParser
from collections.abc import Sequence
from dataclasses import dataclass, field
from types import FrameType
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand
from django.db import connections

from chat import bundle
from pixora import embedded
from pixora.accounts import sign_in_links
from pixora.accounts.services import local_owner
from pixora.embedded.paths import CHECKOUT
from pixora.foundation.child_lifetime import die_with_parent
from pixora.foundation.errors import Invalid
from pixora.schema import migrate_if_needed

DEFAULT_PORT = 8000
LOOK_EVERY_S = 0.1
STOP_WITHIN_S = 8.0
"""Then children are killed: whatever they were making is taken up again at the next start."""
FIRST_PAUSE_S, LONGEST_PAUSE_S = 0.5, 30.0
STEADY_AFTER_S = 60.0
"""A child that ran so long starts again with the shortest pause."""


class Command(BaseCommand):
    help = "Start Pixora for the browser: the web server, the workers and the servers they need."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--port", default=os.environ.get("PIXORA_STUDIO_PORT", ""), help="8000 when not given")
        parser.add_argument("--host", default="127.0.0.1", help="the address to listen at; 0.0.0.0 is all")

    def handle(self, *args: Any, **options: Any) -> None:
        host, port = options["host"], read_port(options["port"])
        refuse_busy_port(host, port)
        site = settings.PUBLIC_URL if os.environ.get("PUBLIC_URL") else f"http://localhost:{port}"
        embedded.ensure()
        migrate_if_needed()
        if settings.PIXORA_BUNDLED:
            bundle.make()
        Studio(children(host, port, site), host, port, site).run()


class Studio:
    """Starts the children, says where to go, starts again what ends, and stops all of them."""

    def __init__(self, children: Sequence[Child], host: str, port: int, site: str) -> None:
        self._children = children
        self._address = (host, port)
        self._site = site
        self._stop = threading.Event()
        self._signals = 0

    def run(self) -> None:
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            signal.signal(number, self._told_to_stop)
        greeted = False
        try:
            while not self._stop.is_set():
                for child in self._children:
                    child.keep_alive()
                if not greeted and is_listening(*self._address):
                    greeted = True
                    self._greet()
                self._stop.wait(LOOK_EVERY_S)
        finally:
            self._stop_all()

    def _greet(self) -> None:
        sign_in_links.studio_is_at(self._site)
        link = sign_in_links.new_link(local_owner(), site=self._site)
        connections.close_all()
        print(f"Pixora is ready at {self._site}")
        print(f"Sign in (once, within 15 minutes): {link}")
        print("Ctrl-C stops everything.", flush=True)

    def _told_to_stop(self, number: int, frame: FrameType | None) -> None:
        """The second time it means at once."""
        self._signals += 1
        self._stop.set()

    def _stop_all(self) -> None:
        say("Stopping …")
        for child in self._children:
            child.signal(signal.SIGTERM)
        deadline = time.monotonic() + STOP_WITHIN_S
        while any(child.is_running for child in self._children):
            if time.monotonic() > deadline or self._signals > 1:
                break
            time.sleep(LOOK_EVERY_S)
        for child in self._children:
            child.signal(signal.SIGKILL)
            child.wait()


@dataclass
class Child:
    """One program, in a session of its own: a Ctrl-C in the terminal reaches this process alone."""

    name: str
    argv: list[str]
    environment: dict[str, str]
    _process: subprocess.Popen[bytes] | None = None
    _started_at: float = 0.0
    _start_at: float = 0.0
    _pause_s: float = field(default=FIRST_PAUSE_S)

    @property
    def is_running(self) -> bool:
        return self._process is not None and self._process.poll() is None

    def keep_alive(self) -> None:
        """Start it where it does not run; after it ended, with a pause that doubles."""
        if self.is_running:
            return
        if self._process is not None:
            self._report(self._process.returncode)
        if time.monotonic() >= self._start_at:
            self._start()

    def signal(self, number: signal.Signals) -> None:
        """Send the signal to the process's whole group, so that a kill takes its own children too."""
        if self._process is None:
            return
        try:
            os.killpg(self._process.pid, number)
        except ProcessLookupError:
            return

    def wait(self) -> None:
        if self._process is not None:
            self._process.wait()

    def _start(self) -> None:
        self._started_at = time.monotonic()
        self._process = subprocess.Popen(
            self.argv,
            cwd=CHECKOUT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            preexec_fn=die_with_parent,
        )

    def _report(self, status: int) -> None:
        """Tell of a child that ended; what its group left behind goes with it."""
        self.signal(signal.SIGKILL)
        self._process = None
        if time.monotonic() - self._started_at > STEADY_AFTER_S:
            self._pause_s = FIRST_PAUSE_S
        how = f"was killed by {signal.Signals(-status).name}" if status < 0 else f"ended with status {status}"
        say(f"The {self.name} {how}; it starts again in {self._pause_s:g} s.")
        self._start_at = time.monotonic() + self._pause_s
        self._pause_s = min(2 * self._pause_s, LONGEST_PAUSE_S)


def children(host: str, port: int, site: str) -> list[Child]:
    """The access log is off: paths can carry tokens."""
    environment = {**os.environ, "PUBLIC_URL": site}
    server = [
        "-m",
        "pixora.web_server",
        "-v",
        "0",
        "--no-server-name",
        "-b",
        host,
        "-p",
        str(port),
        "pixora.asgi:application",
    ]
    return [
        Child("web server", [sys.executable, *server], environment),
        Child("worker", [sys.executable, "manage.py", "qcluster"], environment),
    ]


def read_port(text: str) -> int:
    text = text.strip()
    if not text:
        return DEFAULT_PORT
    if not (text.isascii() and text.isdigit() and 0 < int(text[:6]) < 65536):
        raise Invalid(f"PORT: {text[:40]!r} is no port; give a number from 1 to 65535.", field="port")
    return int(text)


def refuse_busy_port(host: str, port: int) -> None:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
            probe.listen(1)
        except OSError as error:
            reason = f"cannot be used ({error.strerror})"
            raise Invalid(f"Port {port} {reason}: try another, make studio PORT=….", field="port") from error


def is_listening(host: str, port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1" if host == "0.0.0.0" else host, port), timeout=1).close()  # noqa: S104
    except OSError:
        return False
    return True


def say(sentence: str) -> None:
    print(sentence, file=sys.stderr, flush=True)
