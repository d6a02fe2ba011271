"""`make bench`: figures as ratios against a baseline measured in the same run; `make bench ONLY=film` runs one set.

Each set has a site of its own, so that no set measures what another left."""

from __future__ import annotations

import importlib
import os
import sys
import tempfile
import time
from pathlib import Path

from tests.bench.figures import Figure, report
from tests.crash.site import Site

SETS = ("plan", "rest", "film", "memory", "cut", "office", "sockets")
APART = ("providers", "crowd")
"""These wait for vendors for minutes, so they run where `ONLY` names them."""


def main(chosen: list[str]) -> int:
    unknown = set(chosen) - {*SETS, *APART}
    if unknown:
        print(f"There is no set {', '.join(unknown)}: choose from {', '.join(SETS + APART)}.", file=sys.stderr)
        return 2
    figures: list[Figure] = []
    for name in chosen or SETS:
        began = time.monotonic()
        with tempfile.TemporaryDirectory(prefix="pixora-bench-", ignore_cleanup_errors=True) as folder:
            Path(folder).chmod(0o755)
            site = Site(Path(folder), lease_s=30.0)
            with site.services():
                for figure in importlib.import_module(f"tests.bench.{name}").measure(site):
                    print(figure, flush=True)
                    figures.append(figure)
        print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)
    return report(figures)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or os.environ.get("PIXORA_BENCH_ONLY", "").split()))
