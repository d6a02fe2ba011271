"""A process that must not outlive the one that started it."""

from __future__ import annotations

import ctypes
import os
import shutil
import signal
from collections.abc import Sequence

SETPRIV = shutil.which("setpriv")
"""Of util-linux: sets up what `die_with_parent` does, and becomes the program."""
IF_PARENT_LIVES = '[ "$PPID" = "$0" ] && exec "$@"; exit 127'
PR_SET_PDEATHSIG = 1
_libc = ctypes.CDLL(None, use_errno=True)


def die_with_parent() -> None:
    """Have the kernel kill this process when its parent ends, however that ends. Call it in the child."""
    _libc.prctl(PR_SET_PDEATHSIG, signal.SIGKILL)


def tied_to_us(argv: Sequence[str]) -> list[str]:
    """The command, arranged by `setpriv` rather than by Python: that would copy this process first, and stand still.

    What finds that we have ended before it was arranged ends too. Unchanged where there is no `setpriv`.
    """
    if not SETPRIV:
        return list(argv)
    return [SETPRIV, "--pdeathsig", "KILL", "--", "/bin/sh", "-c", IF_PARENT_LIVES, str(os.getpid()), *argv]
