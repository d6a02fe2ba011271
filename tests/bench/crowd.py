"""Fifty films of two scenes, all ordered at once, made with vendors by one worker process: its memory, its fairness."""

from __future__ import annotations

import statistics
import time
from collections.abc import Iterator

from tests.bench.figures import Figure
from tests.bench.memory import descendants, resident_kib
from tests.bench.providers import with_vendors
from tests.crash.site import Site, kill_group
from tests.emulators.server import running

FILMS, SECONDS = 50, 10
FINISHED_WITHIN_S = 600
LOOK_S = 0.2


def measure(site: Site) -> Iterator[Figure]:
    with running() as emulators:
        emulators.turn("openai", latencies={"images.generate": 2.0, "images.edit": 2.0})
        emulators.turn("fal", latencies={"voice": 1.0, "music": 3.0, "motion": 6.0})
        here = with_vendors(site, emulators, FAL_CONCURRENCY="40")
        tasks = here.order_paid_films([f"A film about rivers, number {number}" for number in range(FILMS)], SECONDS)
        peak_mib = _worked_mib(here)
    times = [float(seconds) for (seconds,) in here.query(_TIMES, tasks)]
    yield Figure("crowd: films of 50 that were not finished", FILMS - len(times), 0)
    yield Figure("crowd: the worker's memory without ffmpeg, MiB", peak_mib, 400)
    yield Figure("crowd: the last film's time ÷ the median", max(times) / statistics.median(times), 2)


def _worked_mib(here: Site) -> float:
    """The most that one worker and its Python children had until nothing was left to do."""
    worker, peak_kib, deadline = here.start_worker(), 0, time.monotonic() + FINISHED_WITHIN_S
    try:
        while worker.poll() is None and time.monotonic() < deadline:
            peak_kib = max(peak_kib, sum(resident_kib(pid, "python") for pid in descendants(worker.pid)))
            time.sleep(LOOK_S)
    finally:
        kill_group(worker)
    return peak_kib / 1024


_TIMES = """
SELECT extract(epoch FROM runs.ended_at - (SELECT min(started_at) FROM runs WHERE id IN (SELECT run_id FROM quotes)))
  FROM runs JOIN quotes ON quotes.run_id = runs.id
 WHERE runs.status = 'succeeded' AND runs.task_id = ANY(%s)
"""
