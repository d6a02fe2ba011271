"""`python -m tests.bench.agent FILE…`: what comes of the sentences of these files, each that is wrong in full.

`PIXORA_BENCH_AGENT_HOME` names a folder in which the installation is kept, so that another go begins at once."""

from __future__ import annotations

import os
import sys
import tempfile
import textwrap
from pathlib import Path

from tests.bench.agent import figures, minds, tried
from tests.bench.agent.judging import Verdict
from tests.bench.agent.sentences import OWN, Case
from tests.crash.site import Site


def main(files: list[Path]) -> int:
    kept = os.environ.get("PIXORA_BENCH_AGENT_HOME")
    with tempfile.TemporaryDirectory(prefix="pixora-agent-", ignore_cleanup_errors=True) as folder:
        home = Path(kept or folder) / "site"
        home.mkdir(parents=True, exist_ok=True)
        home.parent.chmod(0o755)
        site = Site(home, lease_s=30.0)
        with site.services():
            found = list(_told(site, files))
    for figure in figures("all", found, minds.RULES):
        print(figure)
    return 0


def _told(site: Site, files: list[Path]) -> list[Verdict]:
    verdicts = []
    for case, verdict in tried(site, files):
        verdicts.append(verdict)
        print("." if verdict.is_right else _in_full(case, verdict), end="", flush=True)
    print()
    return verdicts


def _in_full(case: Case, verdict: Verdict) -> str:
    harm = " HARM" if verdict.is_harm else ""
    wanted = f"{case.outcome} {' '.join(case.changes)}"
    told = textwrap.indent(verdict.answer, "    ")
    return f"\n[{case.state}] {case.said}\n  {verdict.kind}{harm}, not {wanted}: {verdict.why}\n{told}\n"


if __name__ == "__main__":
    sys.exit(main([Path(name) for name in sys.argv[1:]] or list(OWN)))
