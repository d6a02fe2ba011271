"""What a piece of work costs: wall time, CPU time of all its processes, and the most memory they had at once."""

from __future__ import annotations

import os
import resource
import statistics
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from tests.bench.memory import descendants, resident_kib

LOOK_S = 0.2


@dataclass(frozen=True)
class Cost:
    wall_s: float
    cpu_s: float
    peak_mib: float


def cost_of(work: Callable[[], object]) -> Cost:
    with _memory_watched() as peak:
        cpu_s, wall_s = _cpu_s(), time.perf_counter()
        work()
        return Cost(time.perf_counter() - wall_s, _cpu_s() - cpu_s, max(peak) / 1024)


def median(costs: Sequence[Cost]) -> Cost:
    return Cost(
        *(statistics.median(part) for part in zip(*((c.wall_s, c.cpu_s, c.peak_mib) for c in costs), strict=True))
    )


def _cpu_s() -> float:
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


@contextmanager
def _memory_watched() -> Iterator[list[int]]:
    """KiB of this process and all below it, at each look."""
    seen, done = [0], threading.Event()

    def watch() -> None:
        while not done.wait(LOOK_S):
            seen.append(sum(resident_kib(pid, "python", "ffmpeg") for pid in descendants(os.getpid())))

    watcher = threading.Thread(target=watch, daemon=True)
    watcher.start()
    try:
        yield seen
    finally:
        done.set()
        watcher.join()
