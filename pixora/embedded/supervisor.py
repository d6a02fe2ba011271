"""The one process that starts and stops the servers of a home.

It starts them in the foreground, so that whoever launched it learns how that went from its exit status and its
stderr, and then goes to the background. When it is killed the servers stay, and the next supervisor adopts them.
"""

from __future__ import annotations

import contextlib
import logging
import os
import signal
import sys
import time
from collections.abc import Iterable

from pixora.embedded import locks, paths, server_files
from pixora.embedded.client import make_home
from pixora.embedded.language_model import LanguageModel
from pixora.embedded.servers import Postgres, Redis, Server
from pixora.foundation.errors import PixoraError

log = logging.getLogger("pixora.embedded")

PROBE_S = 1.0
"""Clients look whether a supervisor is there by taking its lock for a moment."""
POLL_S = 2.0


def main() -> int:
    os.umask(0o077)
    make_home(paths.home())
    logging.basicConfig(filename=paths.log_file("supervisor"), format="{asctime} {message}", style="{")
    own_lock = locks.open_lock(paths.supervisor_lock())
    if not locks.take(own_lock, shared=False, within_s=PROBE_S):
        return 0
    clients = locks.open_lock(paths.services_lock())
    try:
        servers = _started_servers()
    except (PixoraError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    if os.fork():
        os._exit(0)
    _to_background(own_lock)
    try:
        _watch(servers, clients)
    finally:
        _stop(servers)
        with contextlib.suppress(FileNotFoundError):
            paths.services_lock().write_text("")
    return 0


def _started_servers() -> dict[str, Server]:
    """All that are wanted, or none and an error."""
    account = server_files.Account.for_servers()
    server_files.claim_sockets(account)
    servers: dict[str, Server] = {}
    try:
        data = server_files.data_dir(account)
        servers.update({kind.name: kind(account, data) for kind in (Postgres, Redis)})
        servers[LanguageModel.name] = LanguageModel()
        for name in _wanted():
            servers[name].start()
    except (PixoraError, OSError):
        _stop(servers)
        raise
    return servers


def _wanted() -> Iterable[str]:
    return dict.fromkeys(paths.services_lock().read_text().split())


def _restart_dead(servers: dict[str, Server]) -> None:
    """Start what is wanted and not there, be it dead or wanted only now; stop what was switched off."""
    for server in (servers[name] for name in _wanted()):
        if not server.is_wanted:
            server.stop()
        elif server.is_due:
            log.warning("starting %s", server.name)
            server.start()


def _watch(servers: dict[str, Server], clients: int) -> None:
    """Watch until no client holds the lock; from then on it is ours, and new clients wait until we are gone."""
    poll_s = float(os.environ.get("PIXORA_SERVICES_POLL_S") or POLL_S)
    while not locks.take(clients, shared=False):
        try:
            _restart_dead(servers)
        except (PixoraError, OSError) as error:
            log.error("%s", error)
        time.sleep(poll_s)


def _stop(servers: dict[str, Server]) -> None:
    for server in servers.values():
        server.stop()
    log.warning("stopped")
    with contextlib.suppress(OSError):
        paths.socket_dir().rmdir()


def _to_background(own_lock: int) -> None:
    """Write to the log what would go to the terminal of whoever launched us; SIGTERM stops the servers too."""
    os.ftruncate(own_lock, 0)
    os.write(own_lock, f"{os.getpid()}\n".encode())
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))
    descriptor = os.open(paths.log_file("supervisor"), os.O_WRONLY | os.O_APPEND)
    os.dup2(descriptor, sys.stderr.fileno())
    os.close(descriptor)
