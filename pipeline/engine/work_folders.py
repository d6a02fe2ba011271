"""Leftovers of killed processes on the disk: work folders of runs that are over, files that never got their names."""

from __future__ import annotations

import shutil
from pathlib import Path

from media_assets.storage import sweep_parts
from pipeline.models import RUN_ENDED, Run


def sweep(work: Path) -> None:
    folders = {folder.name: folder for folder in work.iterdir()} if work.is_dir() else {}
    alive = set(Run.objects.filter(id__in=folders).exclude(status__in=RUN_ENDED).values_list("id", flat=True))
    for name in folders.keys() - alive:
        shutil.rmtree(folders[name], ignore_errors=True)
    sweep_parts()
