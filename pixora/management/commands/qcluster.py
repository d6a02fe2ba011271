"""django-q2's cluster, made fit for long shifts.

django-q2 does not tell a running job that the cluster is to stop, and its processes outlive a parent that is killed.
So stopping leaves a flag that shifts look for, every process of the cluster dies with its parent, and a cluster that
starts looks at once for what an earlier one left behind.
"""

from __future__ import annotations

import functools
import os
import signal
from pathlib import Path
from types import FrameType
from typing import Any

from django.conf import settings
from django_q.cluster import Cluster
from django_q.management.commands.qcluster import Command as DjangoQCommand

from pipeline import jobs
from pipeline.services import wake_workers
from pixora.foundation.child_lifetime import die_with_parent
from pixora.schema import migrate_if_needed


class Command(DjangoQCommand):  # type: ignore[misc]
    help = "Run the workers that make films."

    def handle(self, *args: Any, **options: Any) -> None:
        migrate_if_needed()
        flag = _flag()
        os.register_at_fork(after_in_child=functools.partial(_begin_child, os.getpid()))
        jobs.keep_schedules()
        wake_workers.wake()
        cluster = Cluster()
        _leave_flag_when_stopped(cluster, flag)
        cluster.start()
        if options.get("run_once"):
            cluster.stop()


def _begin_child(cluster_pid: int) -> None:
    """Set up every process that the cluster forks. Its sentinel, and so all below it, gets a process group of its own:
    a signal to the whole group would kill the sentinel while it holds the lock that stopping waits for."""
    die_with_parent()
    if os.getppid() == cluster_pid:
        os.setpgrp()


def _flag() -> Path:
    """A name that only this cluster uses; the workers know it from their environment."""
    flag = Path(settings.PIXORA_HOME) / "run" / f"stop-{os.getpid()}"
    flag.parent.mkdir(parents=True, exist_ok=True)
    flag.unlink(missing_ok=True)
    os.environ[jobs.STOP_FLAG] = str(flag)
    return flag


def _leave_flag_when_stopped(cluster: Cluster, flag: Path) -> None:
    def stop(number: int, frame: FrameType | None) -> None:
        flag.touch()
        cluster.sig_handler(number, frame)
        flag.unlink(missing_ok=True)

    signal.signal(signal.SIGTERM, stop)
    signal.signal(signal.SIGINT, stop)
