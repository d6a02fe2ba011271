"""A worker that tells of progress at a steady pace, each time in another film: `publisher <a second> <seconds>`.

The films come as one line of JSON on stdin. It tells once for each line that comes after that, and says when it is
ready for the next.
"""

from __future__ import annotations

import json
import sys
import time

from pipeline.events import history
from pipeline.planning.progress import standing


def main(per_second: int, seconds: float) -> None:
    films: list[str] = json.loads(sys.stdin.readline())
    history.tick(films[0], "progress_update", data=standing("run_x", 0, "cutting", now=0.0))
    print("ready", flush=True)
    for _ in sys.stdin:
        _tell(films, per_second, seconds)
        print("told", flush=True)


def _tell(films: list[str], per_second: int, seconds: float) -> None:
    began = time.monotonic()
    for number in range(int(per_second * seconds)):
        time.sleep(max(began + number / per_second - time.monotonic(), 0))
        data = standing("run_x", number % 100, "generating_assets", now=time.time())
        history.tick(films[number % len(films)], "progress_update", data={**data, "sent_at": time.monotonic()})
