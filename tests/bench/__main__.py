"""`make bench`: figures as ratios against a baseline measured in the same run; `make bench ONLY=film` runs one set.

Each set has a site of its own, a copy of one whose tables are empty, so that no set measures what another left. The cut
comes last: it takes the longest, and sees how much time is left."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path

from tests.bench import time_left
from tests.bench.figures import Figure, report
from tests.crash.site import Site, wait_until

SETS = ("plan", "signing", "rest", "film", "memory", "office", "studio", "sockets", "shapes", "cut")
APART = ("providers", "crowd", "webhooks", "guests", "agent", "voices", "referee", "languages")
"""These take minutes, or wait for vendors, so they run where `ONLY` names them."""


def main(chosen: list[str]) -> int:
    unknown = set(chosen) - {*SETS, *APART}
    if unknown:
        print(f"There is no set {', '.join(unknown)}: choose from {', '.join(SETS + APART)}.", file=sys.stderr)
        return 2
    time_left.begin()
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory(prefix="pixora-bench-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        empty = _empty_site(Path(folder) / "empty")
        for name in chosen or SETS:
            began = time.monotonic()
            site = Site(Path(folder) / name, lease_s=30.0)
            subprocess.run(["cp", "-a", empty.home, site.home], check=True)  # its owners too
            with site.servers():
                for figure in importlib.import_module(f"tests.bench.{name}").measure(site):
                    print(figure, flush=True)
                    figures.append(figure)
            print(f"({name}: {time.monotonic() - began:.0f} s)", flush=True)
    return report(figures)


def _empty_site(home: Path) -> Site:
    """Its servers have stopped."""
    home.mkdir(mode=0o755)
    site = Site(home)
    with site.services():
        pass
    wait_until(lambda: not list(home.rglob("*.pid")), 30, "the servers to stop")
    return site


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or os.environ.get("PIXORA_BENCH_ONLY", "").split()))
