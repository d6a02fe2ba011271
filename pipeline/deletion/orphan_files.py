"""Files in storage that no row names: what killed processes and interrupted removals left. Folder by folder."""

from __future__ import annotations

import logging
import re
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

from django.core.exceptions import SuspiciousFileOperation
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from media_assets.files import named_under, stored_under, top_folders
from media_assets.paths import script_name
from media_assets.storage import remove_file, remove_folder
from pipeline.models import RUN_ENDED, Task

log = logging.getLogger(__name__)

GRACE = timedelta(days=1)
"""A file is stored before its row is written."""
TASK_AT_THE_END = re.compile(r"_(task_[a-z0-9]+)$")


def sweep_orphans() -> int:
    """Remove them; how many there were. One folder's names are in memory at a time."""
    return sum(map(_sweep, top_folders()))


def _sweep(folder: str) -> int:
    oldest = timezone.now() - GRACE
    if not any(_orphans(folder, oldest)):
        return 0
    with transaction.atomic():
        if not _lock(folder):
            return 0
        removed = _remove(_orphans(folder, oldest))
    remove_folder(folder)
    return removed


def _lock(folder: str) -> bool:
    """Nothing gets a name in this folder meanwhile: no run is at work, and while the task's row is held none begins."""
    task = Task.objects.select_for_update().filter(id=_task_id(folder)).first()
    return task is None or not task.runs.exclude(status__in=RUN_ENDED).exists()


def _orphans(folder: str, oldest: datetime) -> Iterator[str]:
    named = named_under(folder)
    if Task.objects.filter(id=_task_id(folder)).exists():
        named.add(script_name(folder))
    for name in stored_under(folder):
        if name not in named and _is_older(name, oldest):
            yield name


def _is_older(name: str, oldest: datetime) -> bool:
    """A file that our layout could not have named is somebody else's."""
    try:
        return default_storage.get_modified_time(name) < oldest
    except (FileNotFoundError, SuspiciousFileOperation):
        return False


def _remove(names: Iterable[str]) -> int:
    removed = 0
    for name in names:
        remove_file(name)
        removed += 1
    return removed


def _task_id(folder: str) -> str:
    match = TASK_AT_THE_END.search(folder)
    return match[1] if match else ""
