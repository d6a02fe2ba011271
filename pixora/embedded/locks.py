"""Advisory locks between processes. A lock lives as long as its file descriptor is open in any of them."""

from __future__ import annotations

import fcntl
import os
import time
from pathlib import Path

RETRY_S = 0.02


def open_lock(path: Path) -> int:
    return os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)


def take(descriptor: int, *, shared: bool, within_s: float = 0.0) -> bool:
    """Take the lock and return True; False where somebody else still has it after `within_s` seconds."""
    kind = (fcntl.LOCK_SH if shared else fcntl.LOCK_EX) | fcntl.LOCK_NB
    deadline = time.monotonic() + within_s
    while True:
        try:
            fcntl.flock(descriptor, kind)
        except BlockingIOError:
            if time.monotonic() >= deadline:
                return False
            time.sleep(RETRY_S)
        else:
            return True


def is_held(path: Path) -> bool:
    """True where somebody has the lock to himself."""
    descriptor = open_lock(path)
    try:
        return not take(descriptor, shared=True)
    finally:
        os.close(descriptor)
