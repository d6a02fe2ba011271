"""A process that must not outlive the one that started it."""

from __future__ import annotations

import ctypes
import signal

PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Called in the child: the kernel kills it when its parent ends, however that ends."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)
