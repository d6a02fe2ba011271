"""The files that a step reads, brought from the storage to the folder of its attempt."""

from __future__ import annotations

import logging
from pathlib import Path

from media_assets.storage import local_path
from pipeline.engine.state import Stored
from pipeline.engine.step_errors import check_room
from pipeline.steps.job import Input
from pixora.foundation.errors import PixoraError

log = logging.getLogger(__name__)


def bring_here(names: list[str], bench: Path) -> None:
    """Fetch what the storage has elsewhere, where there is room for what is to be made of it. Blocking."""
    check_room(bench)
    for name in names:
        local_path(name, hold=bench)


def if_readable(stored: Stored | None, bench: Path) -> Input | None:
    """Return an input that only saves work; None where it is away or damaged. Blocking."""
    try:
        return input_of(stored, bench) if stored else None
    except (OSError, PixoraError) as error:
        log.info("an earlier take cannot be read: %s", error)
        return None


def input_of(stored: Stored, bench: Path) -> Input:
    return Input(local_path(stored.storage_path, hold=bench), stored.facts)
