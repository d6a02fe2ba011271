"""A worker that tells of progress at a steady pace, each time in another film: `publisher <a second> <seconds>`.

The films come as one line of JSON on stdin; it begins when a second line comes.
"""

from __future__ import annotations

import json
import sys
import time

from pipeline import events
from pipeline.progress import standing


def main(per_second: int, seconds: float) -> None:
    films: list[str] = json.loads(sys.stdin.readline())
    events.tick(films[0], "progress_update", data=standing("run_x", 0, "cutting", now=0.0))
    print("ready", flush=True)
    sys.stdin.readline()
    began = time.monotonic()
    for number in range(int(per_second * seconds)):
        time.sleep(max(began + number / per_second - time.monotonic(), 0))
        data = standing("run_x", number % 100, "generating_assets", now=time.time())
        events.tick(films[number % len(films)], "progress_update", data={**data, "sent_at": time.monotonic()})
    time.sleep(1.0)
