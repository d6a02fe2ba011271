"""The failures of steps, whatever went wrong, as our own errors, and what of them is logged."""

from __future__ import annotations

import errno
import logging
import shutil
from pathlib import Path

from pipeline.models import OUTCOME_UNKNOWN
from pixora.foundation.errors import PixoraError, ProcessFailed

log = logging.getLogger(__name__)

ONCE_MORE = "Pixora tried more than once without success: start it again later."
MIN_FREE_BYTES = 64 << 20
"""Kept free for the database, which stops when it cannot write."""


def as_error(caught: Exception, *, component: str, run_id: str) -> PixoraError:
    if _disk_is_full(caught):
        return PixoraError("The disk is full: free some space, then start the film again.", code="disk_full")
    if isinstance(caught, PixoraError):
        log.warning("%s of %s failed: %s %s", component, run_id, _said(caught), _tail(caught))
        return caught
    log.error("%s of %s failed unexpectedly", component, run_id, exc_info=caught)
    return PixoraError("Something went wrong in Pixora itself; it is logged.", code="internal")


def given_up(error: PixoraError) -> PixoraError:
    """The error as its user reads it once no further try follows: with what to do next."""
    passing = error.retryable or error.code == OUTCOME_UNKNOWN
    return PixoraError(f"{error.message} {ONCE_MORE}", code=error.code, details=error.details) if passing else error


def check_room(folder: Path) -> None:
    if shutil.disk_usage(folder).free < MIN_FREE_BYTES:
        raise OSError(errno.ENOSPC, "less free than is kept for the database")


def _said(error: PixoraError) -> str:
    """Say it for the log: a refusal's sentence quotes what the user wrote, so its code has to do."""
    return error.code if error.code.startswith("refused") else error.message


def _tail(error: BaseException | None) -> str:
    """Return what our own child said last, for the log; it never holds a provider's words."""
    return error.tail if isinstance(error, ProcessFailed) else _tail(error.__cause__) if error else ""


def _disk_is_full(error: Exception) -> bool:
    if isinstance(error, ProcessFailed):
        return "No space left on device" in error.tail
    return isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT)
