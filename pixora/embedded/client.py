from __future__ import annotations

import os
import subprocess
import sys
import time
from pathlib import Path

from pixora.embedded import locks, paths
from pixora.foundation.errors import ServiceDown

START_S = 30.0
RETRY_S = 0.03

_lock: int | None = None
"""Held until the process ends. Forked children hold it with us: they use the servers too."""


def ensure() -> None:
    """Have the servers whose URL is unset running for as long as this process lives. Raises ServiceDown."""
    wanted = paths.wanted_servers()
    if not wanted:
        return
    deadline = time.monotonic() + START_S
    try:
        _hold(deadline)
        _ask_for(wanted)
        _wait(wanted, deadline)
    except OSError as error:
        raise ServiceDown(f"PIXORA_HOME {paths.home()} cannot be used: {error.strerror or error}.") from error


def _hold(deadline: float) -> None:
    """Waits for a supervisor that is just stopping: it has the lock to itself until it is gone."""
    global _lock
    if _lock is not None:
        return
    make_home(paths.home())
    descriptor = locks.open_lock(paths.services_lock())
    if not locks.take(descriptor, shared=True, within_s=deadline - time.monotonic()):
        os.close(descriptor)
        raise ServiceDown(f"The embedded servers are still stopping; see {paths.log_file('supervisor')}.")
    _lock = descriptor


def make_home(home: Path) -> None:
    """A home we make is private; root's may be passed through by the account the servers run as."""
    mode = 0o711 if os.geteuid() == 0 else 0o700
    home.parent.mkdir(parents=True, exist_ok=True)
    for folder, folder_mode in ((home, mode), (home / "logs", 0o700)):
        if not folder.is_dir():
            folder.mkdir(exist_ok=True)
            folder.chmod(folder_mode)


def _ask_for(wanted: set[str]) -> None:
    """The lock file says which servers are wanted, one a line; the supervisor reads it at every turn."""
    path = paths.services_lock()
    missing = wanted - set(path.read_text().split())
    if missing:
        with path.open("a") as file:
            file.write("".join(f"{name}\n" for name in sorted(missing)))


def _wait(wanted: set[str], deadline: float) -> None:
    from pixora.embedded.servers import answers

    while True:
        if not locks.is_held(paths.supervisor_lock()):
            _launch(deadline)
        silent = sorted(name for name in wanted if not answers(name))
        if not silent:
            return
        if time.monotonic() > deadline:
            raise ServiceDown(f"{silent[0]} does not answer; see {paths.log_file(silent[0])}.")
        time.sleep(RETRY_S)


def _launch(deadline: float) -> None:
    """Returns when the supervisor has started the servers and gone to the background, or found another one."""
    supervisor = subprocess.Popen(
        [sys.executable, "-m", "pixora.embedded"],
        cwd=paths.CHECKOUT,
        env={**os.environ, "PIXORA_HOME": str(paths.home())},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        _, said = supervisor.communicate(timeout=max(deadline - time.monotonic(), 1.0))
    except subprocess.TimeoutExpired:
        raise ServiceDown(f"The embedded servers are not up after {START_S:.0f} s; see {_logs()}.") from None
    if supervisor.returncode:
        reason = (said.strip().splitlines() or [f"the supervisor ended with status {supervisor.returncode}."])[-1]
        raise ServiceDown(f"The embedded servers did not start: {reason} See {_logs()}.")


def _logs() -> Path:
    return paths.log_file("supervisor").parent
