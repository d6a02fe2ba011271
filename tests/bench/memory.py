"""The memory of all Python processes at once while a film of sixty scenes is made, against one of six."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tests.bench.figures import Figure
from tests.crash.site import ROOT, Site

LOOK_S = 0.05
FEW, MANY = 6, 60
MAKE = "from tests.bench.memory import make; make({})"


def measure(site: Site) -> Iterator[Figure]:
    short, long = _peak_mib(site, FEW), _peak_mib(site, MANY)
    yield Figure("memory: Python processes for 60 scenes, MiB", long)
    yield Figure("memory: Python processes for 60 scenes ÷ for 6", long / short, 1.3)


def make(scenes: int) -> None:
    """A film of so many scenes, with the local generators; run inside the site."""
    from pipeline.engine.shift import Shift
    from pipeline.models import RunStatus, Script
    from pipeline.services import films
    from pixora.accounts.services import local_user
    from tests.pipeline.scripts import TINY, script

    task = films.order_film(user=local_user(), prompt=f"A film of {scenes} scenes", settings=TINY, writes=False)
    Script.objects.create(task=task, version=1, content=script(scenes).model_dump(mode="json"))
    run = films.start_run(task=task)
    asyncio.run(Shift(only=run.id).work())
    run.refresh_from_db()
    assert run.status == RunStatus.SUCCEEDED


def _peak_mib(site: Site, scenes: int) -> float:
    """The memory of the process that makes it and of all its Python descendants, summed at each look."""
    command = [sys.executable, "manage.py", "shell", "--no-imports", "-c", MAKE.format(scenes)]
    making = subprocess.Popen(command, cwd=ROOT, env=site.environment)
    peak = 0
    while making.poll() is None:
        peak = max(peak, sum(resident_kib(pid, "python") for pid in descendants(making.pid)))
        time.sleep(LOOK_S)
    assert making.returncode == 0
    return peak / 1024


def descendants(pid: int) -> list[int]:
    found, ahead = [pid], [pid]
    while ahead:
        children = _children(ahead.pop())
        found += children
        ahead += children
    return found


def _children(pid: int) -> list[int]:
    """List the children of a process that may have ended meanwhile."""
    try:
        threads = os.listdir(f"/proc/{pid}/task")  # noqa: PTH208 (pathlib's answers lazily)
    except (FileNotFoundError, ProcessLookupError):
        return []
    return [int(child) for thread in threads for child in _read(Path(f"/proc/{pid}/task/{thread}/children")).split()]


def resident_kib(pid: int, *programs: str) -> int:
    """0 for another program than the named ones, and for a child that is not a program of its own yet: until then it
    has its parent's memory."""
    if not any(program in _read(Path(f"/proc/{pid}/comm")) for program in programs):
        return 0
    status = dict(line.split(":", 1) for line in _read(Path(f"/proc/{pid}/status")).splitlines() if ":" in line)
    if "VmRSS" not in status or _command(pid) == _command(int(status["PPid"])):
        return 0
    return int(status["VmRSS"].split()[0])


def _command(pid: int) -> str:
    return _read(Path(f"/proc/{pid}/cmdline"))


def _read(path: Path) -> str:
    try:
        return path.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
