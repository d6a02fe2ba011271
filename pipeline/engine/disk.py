from __future__ import annotations

import errno
import shutil
from pathlib import Path

from pixora.errors import ProcessFailed

MIN_FREE_BYTES = 64 << 20
"""Kept free for the database, which stops when it cannot write."""


def check_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < MIN_FREE_BYTES:
        raise OSError(errno.ENOSPC, "less free than is kept for the database")


def disk_is_full(error: Exception) -> bool:
    """A child's, too."""
    if isinstance(error, ProcessFailed):
        return "No space left on device" in error.tail
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
